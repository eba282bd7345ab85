/**
 * Locking a large month with its seal, and verifying the workbook afterwards: how many sealed rows a second.
 */
import path from 'node:path';
import { createIdentity } from '../../electron/files/identities/create-identity';
import { identityStore } from '../../electron/files/identities/identity-store';
import { silentJob } from '../../electron/services/context';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import type { Benchmark } from './benchmark';
import { fillMonth, newMonth, openCopy } from './generated-month';

const PASS_PHRASE = 'nine cedar masts at noon';

export const seal: Benchmark = {
  name: 'seal',
  reference: 'none: rows a second',
  // Sealed are lines, two snapshots, counts, movements and closings, and the keys and items behind them.
  sizes: { full: { keys: 200_000, counts: 40_000, movements: 600_000, rows: 1_690_000 }, quick: { keys: 20_000, counts: 4_000, movements: 60_000, rows: 169_000 } },
  figures: [
    { name: 'seal', tieout: 'seal', rows: 'rows' },
    { name: 'verify', tieout: 'verify', rows: 'rows' },
  ],
  prepare: async (folder, { keys, counts, movements }) => {
    const { opened, context, periodId } = newMonth(path.join(folder, 'month.tieout'));
    fillMonth(opened, periodId, { keys: keys!, counts: counts!, movements: movements! });
    const outcome = reconcilePeriod(context, periodId);
    if (!outcome.ok) throw new Error(outcome.message);
    opened.close();
    const identity = await createIdentity({ name: 'Ben Okafor', email: 'ben@harborpine.example', role: 'controller', algorithm: 'ecdsa-p256', passPhrase: PASS_PHRASE, nowInstant: Date.now() });
    if (!identity.ok) throw new Error(identity.message);
    identityStore(path.join(folder, 'identities')).save(identity.value);
  },
  tieout: async ({ folder, scratch, measure }) => {
    const identities = path.join(folder, 'identities');
    const { opened, context } = await openCopy(path.join(folder, 'month.tieout'), scratch);
    const fingerprint = identityStore(identities).list().identities[0]!.fingerprintSha256;
    const locked = await measure('seal', () => lockPeriod(context, identities, { periodId: 1, fingerprint, passPhrase: PASS_PHRASE, override: 'A benchmark' }));
    if (!locked.ok) throw new Error(locked.message);
    const verified = await measure('verify', () => verifyWorkbook(opened.workbook, silentJob));
    // The rows of the benchmark have no source file behind them, and nothing else may differ.
    const differing = verified.checks.filter(({ name, holds }) => !holds && name !== 'Source files');
    if (differing.length > 0) throw new Error(differing.map(({ message }) => message).join(' '));
    opened.close();
  },
};
