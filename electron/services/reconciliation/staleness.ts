/**
 * Whether a period's lines still stand for everything the workbook holds for it.
 */
import { codeBeforeSql } from '../../workbook/tables/period-codes';
import { inForceSql } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** What moves a position, a rule or a window. Tags and what the ledger says do not: they speak of lines and of value, not of stock. */
const MOVES_LINES = `(
  (action IN ('import.commit', 'import.undone') AND coalesce(json_extract(detail, '$.kind'), '') NOT IN ('tags', 'trial_balance', 'ledger_entries'))
  OR action IN ('quarantine.replay', 'quarantine.correct', 'quarantine.replace', 'quarantine.takeBack', 'period.setWindow', 'period.setLocation'))`;

const LAST_RUN = `(SELECT max(sequence) FROM audit_events WHERE period_id = p.period_id AND action = 'reconciliation.run')`;

/** Other rules are in force than the lines are stamped with; lines of before rules had versions stand under the first. */
const RULES_CHANGED = `(SELECT coalesce(rule_set_id, 1) FROM lines WHERE period_id = p.period_id LIMIT 1)
  <> (SELECT rule_set_id ${inForceSql('p.code')})`;

/** A risk window that touches the period, or the tier of an item that has a line in it. */
const RISK_CHANGED = `EXISTS (
  SELECT 1 FROM audit_events e WHERE e.period_id IS NULL AND e.sequence > ${LAST_RUN} AND (
    (e.action IN ('riskWindow.add', 'riskWindow.change', 'riskWindow.end')
      AND json_extract(e.detail, '$.reachesFrom') < p.cut_off_instant AND json_extract(e.detail, '$.reachesUntil') > p.start_instant)
    OR (e.action = 'item.setTier' AND EXISTS (SELECT 1 FROM stock_keys k JOIN lines l USING (stock_key_id)
      WHERE k.item_id = CAST(substr(e.subject, 6) AS INTEGER) AND l.period_id = p.period_id))))`;

/** A location's time zone, which says until when lines are due. */
const ZONE_CHANGED = `EXISTS (SELECT 1 FROM audit_events e WHERE e.period_id IS NULL AND e.action = 'location.setTimeZone' AND e.sequence > ${LAST_RUN})`;

/**
 * The period before was locked or reopened, and its closing is the opening here; it was reconciled, and what recurs here is as old as it is there; or rows
 * came into it: its movements explain lines of this one, and its snapshots say how far a system's data reach.
 */
const PREVIOUS_MOVED = `EXISTS (SELECT 1 FROM periods q CROSS JOIN audit_events e ON e.period_id = q.period_id
  WHERE q.code = ${codeBeforeSql('p')} AND e.sequence > ${LAST_RUN} AND (action IN ('period.lock', 'period.reopen', 'reconciliation.run') OR ${MOVES_LINES}))`;

/**
 * Whether rows came in, or a bound, a window, the rules, a risk window, a tier or the period before changed, after the last reconciliation. False where
 * there was none yet.
 */
export function isStale(workbook: ReadableWorkbook, periodId: number): boolean {
  return (
    workbook.get(
      `SELECT 1 FROM periods p WHERE p.period_id = @period AND (
         EXISTS (SELECT 1 FROM audit_events WHERE period_id = @period AND ${MOVES_LINES} AND sequence > ${LAST_RUN})
         OR (p.state = 'open' AND ${LAST_RUN} IS NOT NULL AND (${RULES_CHANGED} OR ${RISK_CHANGED} OR ${ZONE_CHANGED} OR ${PREVIOUS_MOVED})))`,
      { period: periodId },
    ) !== undefined
  );
}

/** Whether the reconciliation has to run before anything is built on its lines. */
export const needsReconciliation = (workbook: ReadableWorkbook, period: { readonly periodId: number; readonly reconciledInstant: number | null }): boolean =>
  period.reconciledInstant === null || isStale(workbook, period.periodId);
