/**
 * A small reconciled month and two people, for tests of journals, locks and verification.
 */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createIdentity } from '../../electron/files/identities/create-identity';
import { identityStore } from '../../electron/files/identities/identity-store';
import type { ServiceContext } from '../../electron/services/context';
import { createPeriod } from '../../electron/services/periods';
import { appendAudit } from '../../electron/workbook/audit';
import { contextOf, newWorkbook, NOW, temporaryFolder, type WhenFinished } from './workbooks';

export const PASS_PHRASE = 'correct horse battery';

export interface SignOffBench {
  readonly context: ServiceContext;
  readonly workbookPath: string;
  readonly periodId: number;
  readonly identitiesFolder: string;
  readonly preparer: string;
  readonly approver: string;
  close(): void;
}

/** Makes an identity in the folder; answers its fingerprint. Its pass phrase is `PASS_PHRASE`. */
export async function person(folder: string, name: string, role: 'accountant' | 'controller'): Promise<string> {
  const email = `${name.split(' ')[0]!.toLowerCase()}@test.example`;
  const created = await createIdentity({ name, email, role, algorithm: 'ecdsa-p256', passPhrase: PASS_PHRASE, nowInstant: NOW - 86_400_000 });
  if (!created.ok) throw new Error(created.message);
  identityStore(folder).save(created.value);
  return created.value.fingerprintSha256;
}

/** SKU, location, unit cost scaled by a million, adjustment in whole units, reason code. */
const LINES = [
  ['MUG-BLU-11', 'Portland', 4_125_000, -3, 'PHY-SHRINK'],
  ['TEE-BLK-M', 'Portland', 7_900_000, -1, 'PHY-SHRINK'],
  ['CANDLE-12', 'Reno', 2_350_000, 2, 'PHY-FOUND'],
  ['BAG-TOTE', 'Reno', 5_500_001, 0, 'ALN-REFUND'],
] as const;

/** October 2026 with four reconciled and tagged lines; Ana prepares, Ben approves and locks. */
export async function signOffBench(whenFinished: WhenFinished = onTestFinished): Promise<SignOffBench> {
  const folder = temporaryFolder(whenFinished);
  const identitiesFolder = path.join(folder, 'identities');
  const opened = newWorkbook(path.join(folder, 'Test.tieout'), whenFinished);
  const { workbook } = opened;
  const context = contextOf(workbook);
  const created = createPeriod(context, '2026-10', 48);
  if (!created.ok) throw new Error(created.message);
  const { periodId } = created.value;
  workbook.run(`INSERT INTO locations (location_id, code) VALUES (1, 'Portland'), (2, 'Reno')`);
  for (const [index, [sku, location, unitCostScaled, units, reason]] of LINES.entries()) {
    const key = index + 1;
    const adjustment = units * 10_000;
    workbook.run('INSERT INTO items (item_id, sku, name) VALUES (?, ?, ?)', key, sku, `Item ${sku}`);
    workbook.run('INSERT INTO stock_keys VALUES (?, ?, ?)', key, key, location === 'Portland' ? 1 : 2);
    workbook.run(
      `INSERT INTO lines (period_id, stock_key_id, unit_cost_scaled, tier, erp_on_hand_scaled, erp_at_cut_off_scaled, counted_scaled, counted_at_cut_off_scaled,
         count_variance_scaled, count_residual_scaled, adjustment_scaled, variance_scaled, variance_minor, class, rule_version)
       VALUES (?, ?, ?, 'A', 500000, 500000, ?, ?, ?, ?, ?, ?, ?, 'unexplained', 'test')`,
      periodId, key, unitCostScaled, 500_000 + adjustment, 500_000 + adjustment, adjustment, adjustment, adjustment, adjustment, Math.round((units * unitCostScaled) / 10_000),
    );
    workbook.run(`INSERT INTO line_checks (period_id, stock_key_id, waiting, findings) VALUES (?, ?, 0, '[]')`, periodId, key);
    workbook.run(`INSERT INTO tags (period_id, stock_key_id, reason_code, owner) VALUES (?, ?, ?, 'warehouse')`, periodId, key, reason);
  }
  workbook.run('UPDATE periods SET reconciled_instant = ? WHERE period_id = ?', NOW, periodId);
  appendAudit(workbook, { atInstant: NOW, actor: 'Ana', action: 'reconciliation.run', periodId, subject: 'period:2026-10', detail: { lines: 4, exceptions: 4 } });
  return {
    context,
    workbookPath: workbook.path,
    periodId,
    identitiesFolder,
    preparer: await person(identitiesFolder, 'Ana Reyes', 'accountant'),
    approver: await person(identitiesFolder, 'Ben Okafor', 'controller'),
    close: () => opened.close(),
  };
}
