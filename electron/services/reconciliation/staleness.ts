/**
 * Whether a period's lines still stand for everything the workbook holds for it.
 */
import type { ReadableWorkbook } from '../../workbook/workbook';

/** What moves a position, a rule or a window. Tags and trial balances do not: they speak of lines, not of stock. */
const MOVES_LINES = `(
  (action IN ('import.commit', 'import.undone') AND coalesce(json_extract(detail, '$.kind'), '') NOT IN ('tags', 'trial_balance'))
  OR action IN ('quarantine.replay', 'quarantine.correct', 'quarantine.replace', 'quarantine.takeBack', 'period.setWindow', 'period.setLocation'))`;

/** A location's time zone is nobody's period; locked periods keep the due dates they were locked with. */
const MOVES_DUE_DATES = `period_id IS NULL AND action = 'location.setTimeZone'
  AND (SELECT state FROM periods WHERE period_id = @period) = 'open'`;

/** Whether rows came in, or a bound or window changed, after the last reconciliation. False where there was none yet. */
export function isStale(workbook: ReadableWorkbook, periodId: number): boolean {
  return (
    workbook.get(
      `SELECT 1 FROM audit_events WHERE ((period_id = @period AND ${MOVES_LINES}) OR (${MOVES_DUE_DATES}))
         AND sequence > (SELECT max(sequence) FROM audit_events WHERE period_id = @period AND action = 'reconciliation.run') LIMIT 1`,
      { period: periodId },
    ) !== undefined
  );
}

/** Whether the reconciliation has to run before anything is built on its lines. */
export const needsReconciliation = (workbook: ReadableWorkbook, period: { readonly periodId: number; readonly reconciledInstant: number | null }): boolean =>
  period.reconciledInstant === null || isStale(workbook, period.periodId);
