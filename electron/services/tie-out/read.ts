/**
 * The tie-out of a period: the value of its stock against the trial balance, and the causes where they part.
 */
import type { Period } from '@shared/contract/workbook';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { decideTieOut, standsOf, type TieOut, type TieOutStands } from '@shared/domain/tie-out';
import { testCauses } from '@shared/domain/tie-out-causes';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { periodMissing } from '../periods';
import { readScope, type PeriodScope } from '../reconciliation/scope';
import { gatherTieOut, type JournalAtHand } from './gather';

/** Of a period that was reconciled; with a journal at hand, as it stands once that one is kept. */
export function tieOutOf(workbook: ReadableWorkbook, scope: PeriodScope, atHand?: JournalAtHand): TieOut {
  const { facts, causes } = gatherTieOut(workbook, scope, atHand);
  return decideTieOut(facts, testCauses(causes));
}

/** Refusals in their order: `period_missing`, `not_reconciled`. */
export function readTieOut(workbook: ReadableWorkbook, periodId: number): Outcome<TieOut, 'period_missing' | 'not_reconciled'> {
  const scope = readScope(workbook, periodId);
  if (!scope) return periodMissing(periodId);
  if (scope.reconciledInstant === null) {
    return refused('not_reconciled', `${scope.code} is not reconciled yet: what its stock is worth is not known. Run the reconciliation first.`);
  }
  return done(tieOutOf(workbook, scope));
}

/** Whether the period's stock ties to the ledger, for whoever locks it. */
export function tieOutStands(workbook: ReadableWorkbook, period: Period): TieOutStands {
  const outcome = readTieOut(workbook, period.periodId);
  return outcome.ok ? standsOf(outcome.value) : { standing: 'not_reconciled', differenceMinor: 0, sentence: `${period.code} is not reconciled yet.` };
}
