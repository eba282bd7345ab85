/**
 * Whether a period's lines still stand for everything the workbook holds for it.
 */
import type { ReadableWorkbook } from '../../workbook/workbook';

/** What moves a position, a rule or a window. Tags and trial balances do not: they speak of lines, not of stock. */
const MOVES_LINES = `(
  (action IN ('import.commit', 'import.undone') AND coalesce(json_extract(detail, '$.kind'), '') NOT IN ('tags', 'trial_balance'))
  OR action IN ('quarantine.replay', 'quarantine.correct', 'quarantine.replace', 'quarantine.takeBack', 'period.setWindow', 'item.set'))`;

/** What people change of items outside any one period: lines that are still open were judged by what held before. */
const MOVES_OPEN_LINES = `action = 'item.set'`;

/** Whether rows came in, or a window or an item changed, after the last reconciliation. False where there was none yet. */
export function isStale(workbook: ReadableWorkbook, periodId: number): boolean {
  return (
    workbook.get(
      `SELECT 1 FROM audit_events WHERE ((period_id = @period AND ${MOVES_LINES}) OR (period_id IS NULL AND ${MOVES_OPEN_LINES} AND
           (SELECT state FROM periods WHERE period_id = @period) = 'open'))
         AND sequence > (SELECT max(sequence) FROM audit_events WHERE period_id = @period AND action = 'reconciliation.run') LIMIT 1`,
      { period: periodId },
    ) !== undefined
  );
}

/** Whether the reconciliation has to run before anything is built on its lines. */
export const needsReconciliation = (workbook: ReadableWorkbook, period: { readonly periodId: number; readonly reconciledInstant: number | null }): boolean =>
  period.reconciledInstant === null || isStale(workbook, period.periodId);
