/**
 * Lines after they were explained, as conditions over lines `l` and tags `t`, so that lists, filters, the checklist and journals
 * all mean the same by them.
 */
import { EFFECTS, MOVEMENT_TYPES } from '@shared/domain/states';
import type { LineCaseName } from '@shared/domain/follow-up/shapes';

/** The figures a reason was given for are not those of the line any more. */
const FIGURES_DIFFER_SQL = `(t.given_instant IS NOT NULL AND (l.count_variance_scaled IS NOT t.given_count_scaled
  OR l.channel_variance_scaled IS NOT t.given_channel_scaled OR l.ledger_variance_scaled IS NOT t.given_ledger_scaled
  OR l.adjustment_scaled IS NOT t.given_adjustment_scaled))`;

/** A tagged line whose figures changed since; also one that a rule lets pass now. */
export const CHANGED_SQL = `(t.reason_code IS NOT NULL AND ${FIGURES_DIFFER_SQL})`;

/** A reason with an owner that stands for the line's figures, or that a journal has booked: what journals and reports go by. */
export const REASON_STANDS_SQL = `(t.reason_code IS NOT NULL AND t.owner IS NOT NULL AND (t.approved_journal_id IS NOT NULL OR NOT ${CHANGED_SQL}))`;

/** What the reason `r` books of the line, in scaled units: `bookedScaled` in SQL. */
export const BOOKS_SQL = `(CASE WHEN r.posting = 'none' THEN 0
  WHEN r.posting = 'accrue' OR (r.posting = 'reclassify' AND r.class = 'timing') THEN coalesce(l.count_variance_scaled, l.adjustment_scaled) - l.adjustment_scaled
  ELSE l.adjustment_scaled END)`;

/** What the reason `r` of the line books, or booked where a journal was approved; in scaled units. */
export const BOOKED_SQL = `(CASE WHEN r.posting <> 'none' AND ${REASON_STANDS_SQL} THEN coalesce(
    (SELECT v.booked_scaled FROM journal_reviews v WHERE v.journal_id = t.approved_journal_id AND v.stock_key_id = t.stock_key_id), ${BOOKS_SQL})
  ELSE 0 END)`;

/** A journal `j` that was reversed by another than the automatic one of an accrual: it holds no line any more. */
export const REVERSED_SQL = `EXISTS (SELECT 1 FROM journals x WHERE x.reverses_journal_id = j.journal_id AND x.is_automatic = 0 AND x.state IN ('approved', 'exported'))`;

/** A tag `t` whose line is gone, and that nobody has put on record. */
export const GONE_SQL = `((t.reason_code IS NOT NULL OR t.owner IS NOT NULL)
  AND (t.given_instant IS NULL OR coalesce(t.given_count_scaled, t.given_channel_scaled, t.given_ledger_scaled, t.given_adjustment_scaled) IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM lines l WHERE l.period_id = t.period_id AND l.stock_key_id = t.stock_key_id))`;

/** Over tolerance, with an adjustment: nothing is booked before orders, reservations and returns were looked at. */
export const NEEDS_CHECK_SQL = '(l.cleared_by IS NULL AND l.adjustment_scaled <> 0)';

/** Some question of the line's checks is answered neither by a file nor, for these figures, by a person. */
export const CHECKS_WAITING_SQL = `(${NEEDS_CHECK_SQL} AND t.approved_journal_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM reason_codes r WHERE r.reason_code = t.reason_code AND r.posting = 'none')
  AND NOT EXISTS (SELECT 1 FROM line_checks f WHERE f.period_id = l.period_id AND f.stock_key_id = l.stock_key_id AND f.waiting = 0)
  AND NOT EXISTS (SELECT 1 FROM person_checks q WHERE q.period_id = l.period_id AND q.stock_key_id = l.stock_key_id
    AND q.count_scaled IS l.count_variance_scaled AND q.adjustment_scaled = l.adjustment_scaled))`;

/** What comes next on a line: first what a person has to answer, then what the reconciliation proposed. */
export const NEXT_STEP_SQL = `CASE
  WHEN t.approved_journal_id IS NULL AND l.cleared_by IS NULL AND ${CHANGED_SQL} THEN 'Confirm ' || t.reason_code || ' for the new figures, or give another reason.'
  WHEN t.reason_code IS NOT NULL AND ${CHECKS_WAITING_SQL} THEN 'Look up what no file tells of open orders, reservations and returns, and say what was found.'
  ELSE l.next_step END`;

/** A second count is asked for and nobody has given the line a reason instead. */
export const RECOUNT_OPEN_SQL = '(l.recount_why IS NOT NULL AND t.reason_code IS NULL)';

const MOVES_ON_HAND = MOVEMENT_TYPES.filter((type) => EFFECTS[type].on_hand !== undefined && type !== 'count_post').map((type) => `'${type}'`).join(', ');

/**
 * When a count of the import `ci` became a checkpoint: the first reconciliation that took it in. Files that come in together may be
 * imported in any order before it.
 */
export const CHECKPOINT_SQL = `(SELECT min(e.at_instant) FROM audit_events e
  WHERE e.period_id = l.period_id AND e.subject = (SELECT 'period:' || code FROM periods p WHERE p.period_id = l.period_id)
    AND e.action = 'reconciliation.run' AND e.at_instant >= ci.imported_instant)`;

/** A posting `m` of the key of `l` that moves goods, happened before the count and came in after its checkpoint, of the imports `mi` and `ci`. */
export const LATE_POSTINGS_FROM_SQL = `counts c JOIN imports ci ON ci.import_id = c.import_id AND ci.period_id = l.period_id
  JOIN movements m ON m.stock_key_id = c.stock_key_id AND m.occurred_instant <= l.counted_instant AND m.type IN (${MOVES_ON_HAND})
  JOIN imports mi ON mi.import_id = m.import_id AND mi.period_id = l.period_id AND mi.imported_instant > ${CHECKPOINT_SQL}
  WHERE c.stock_key_id = l.stock_key_id AND c.counted_scaled IS NOT NULL`;

const STANDING_COUNTS = `SELECT c.bin, c.count_no, c.counted_by, c.stock_key_id,
    rank() OVER (PARTITION BY c.stock_key_id, c.count_no, c.sheet, c.line, c.bin ORDER BY i.imported_instant DESC, i.import_id DESC) AS place
  FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = l.period_id AND c.stock_key_id = l.stock_key_id AND c.counted_scaled IS NOT NULL`;

const CASE_SQL: Readonly<Record<LineCaseName, string>> = {
  changed: CHANGED_SQL,
  checks: CHECKS_WAITING_SQL,
  recount: 'l.recount_why IS NOT NULL',
  waived: 'EXISTS (SELECT 1 FROM waived_differences w WHERE w.period_id = l.period_id AND w.stock_key_id = l.stock_key_id)',
  identity: 'EXISTS (SELECT 1 FROM identity_differences d WHERE d.period_id = l.period_id AND d.stock_key_id = l.stock_key_id)',
  late: `(l.counted_instant IS NOT NULL AND EXISTS (SELECT 1 FROM ${LATE_POSTINGS_FROM_SQL}))`,
  conflict: `(l.counted_instant IS NOT NULL AND EXISTS (SELECT 1 FROM (${STANDING_COUNTS}) s WHERE s.place = 1 AND s.bin <> '' AND s.counted_by <> ''
    GROUP BY s.count_no, s.bin HAVING count(DISTINCT s.counted_by) > 1))`,
  loose: `(l.cleared_by IS NULL AND t.reason_code IS NULL AND (coalesce(l.count_residual_scaled, 0) <> 0 OR coalesce(l.channel_residual_scaled, 0) <> 0
    OR coalesce(l.ledger_residual_scaled, 0) <> 0))`,
  approved_changed: `(t.approved_journal_id IS NOT NULL AND ${CHANGED_SQL})`,
};

/** Any of these cases. */
export const anyCaseSql = (cases: readonly LineCaseName[]): string => `(${cases.map((each) => CASE_SQL[each]).join(' OR ')})`;
