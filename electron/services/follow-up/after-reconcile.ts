/**
 * What follows from a reconciliation that has just written its lines: how long exceptions have been open, second counts, checks before an
 * adjustment, what tolerance let pass, systems that do not add up, and journals that no longer stand for their lines.
 *
 * Belongs in the reconciliation's transaction. Figures are rewritten whole; what people said stays.
 */
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import type { ReconciliationScope } from '../reconciliation/scope';
import { stampCloses } from './closes';
import { writeChecks } from './gather-checks';
import { writeIdentityDifferences } from './identities';
import { askForRecounts } from './recounts';
import { writeWaived } from './waived';
import { withdrawJournals } from './withdraw-journals';

/** Tags that were given before there were lines are taken as given for the first figures. */
function adoptTags(workbook: SqliteWorkbook, periodId: number, atInstant: number): void {
  workbook.run(
    `UPDATE tags SET given_instant = @at, given_count_scaled = l.count_variance_scaled, given_channel_scaled = l.channel_variance_scaled,
       given_ledger_scaled = l.ledger_variance_scaled, given_adjustment_scaled = l.adjustment_scaled
     FROM lines l WHERE tags.period_id = @period AND tags.given_instant IS NULL AND l.period_id = tags.period_id AND l.stock_key_id = tags.stock_key_id`,
    { at: atInstant, period: periodId },
  );
}

export function followUpReconciliation(context: ServiceContext, scope: ReconciliationScope): void {
  const { workbook, job } = context;
  const stages: readonly (() => void)[] = [
    () => adoptTags(workbook, scope.periodId, context.now()),
    () => stampCloses(workbook, scope),
    () => askForRecounts(workbook, scope),
    () => writeChecks(workbook, scope),
    () => writeWaived(workbook, scope),
    () => writeIdentityDifferences(workbook, scope),
    () => withdrawJournals(context, scope.periodId),
  ];
  for (const [index, stage] of stages.entries()) {
    job.progress('follow-up', index, stages.length);
    job.checkCancelled();
    stage();
  }
}
