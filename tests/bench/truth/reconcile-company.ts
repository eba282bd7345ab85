/** A generated company through the real services: imported, the month before locked, reconciled, published. */
import path from 'node:path';
import type { LinesJson } from '@shared/domain/lines-json';
import { silentJob, type ServiceContext } from '../../../electron/services/context';
import { createIdentity } from '../../../electron/files/identities/create-identity';
import { identityStore } from '../../../electron/files/identities/identity-store';
import { commitImport } from '../../../electron/services/imports/index';
import { linesJson } from '../../../electron/services/lines';
import { addPerson } from '../../../electron/services/people';
import { createPeriod } from '../../../electron/services/periods';
import { reconcilePeriod } from '../../../electron/services/reconciliation/reconcile';
import { lockPeriod } from '../../../electron/services/sign-off/lock';
import { createWorkbook } from '../../../electron/services/workbooks';
import { insertRuleSet, ruleSetFor } from '../../../electron/workbook/tables/rule-sets';
import { COMMITTED_BY_ERP } from './company';
import { HOUR, TRANSFER_WINDOW, WINDOW } from './facts';
import type { MonthFiles } from './files';

const CONTROLLER = { name: 'Ana Reyes', email: 'ana@harborpine.example', role: 'controller', passPhrase: 'a long pass phrase for the truth' } as const;

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };
function told<T>(outcome: Answer<T>): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/** The rules of the company, before its first month. */
function agree({ workbook }: ServiceContext): void {
  workbook.run('INSERT INTO locations (code, name) VALUES (?, ?)', COMMITTED_BY_ERP, COMMITTED_BY_ERP);
  const { rules } = ruleSetFor(workbook, '2026-09');
  insertRuleSet(workbook, {
    fromPeriod: '',
    rules: {
      ...rules,
      transferWindowHours: TRANSFER_WINDOW / HOUR,
      truth: [...rules.truth, { state: 'committed', system: 'erp', location: COMMITTED_BY_ERP, category: null }],
    },
    madeInstant: 0,
    madeBy: CONTROLLER.name,
    why: 'The outlet keeps its orders in the ERP.',
  });
}

/**
 * Carries a generated company through its two months and answers the published lines of the second.
 *
 * @param folder where its files are, and where the workbook goes
 * @param order the order in which the month's files are imported
 */
export async function reconcileCompany(folder: string, files: MonthFiles, order: readonly string[] = files.month): Promise<LinesJson> {
  const identitiesFolder = path.join(folder, 'identities');
  const identity = told(await createIdentity({ ...CONTROLLER, nowInstant: Date.now() }));
  identityStore(identitiesFolder).save(identity);
  const company = { company: 'Harbor Pine', currency: 'USD', timeZone: 'America/Los_Angeles' };
  const opened = told(createWorkbook(path.join(folder, `${Math.random().toString(36).slice(2)}.tieout`), company, CONTROLLER, Date.now()));
  try {
    const context: ServiceContext = { workbook: opened.workbook, actor: CONTROLLER, now: () => Date.now(), job: silentJob };
    addPerson(context, identity);
    agree(context);
    const give = async (periodId: number, fileName: string) => {
      const { rehearsal } = told(await commitImport(context, { filePath: path.join(folder, fileName), fileName, periodId }));
      if (rehearsal.rowsQuarantined > 0) throw new Error(`${fileName}: ${rehearsal.rowsQuarantined} rows went to the quarantine`);
    };
    const hours = WINDOW / HOUR;
    const before = told(createPeriod(context, '2026-09', hours));
    for (const file of [files.items, ...files.before]) await give(before.periodId, file);
    told(reconcilePeriod(context, before.periodId));
    told(lockPeriod(context, identitiesFolder, { periodId: before.periodId, fingerprint: identity.fingerprintSha256, passPhrase: CONTROLLER.passPhrase, override: 'The opening of a generated company.' }));
    const period = told(createPeriod(context, '2026-10', hours));
    for (const file of order) await give(period.periodId, file);
    told(reconcilePeriod(context, period.periodId));
    return linesJson(opened.workbook, period.periodId);
  } finally {
    opened.close();
  }
}
