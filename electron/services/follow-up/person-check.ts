/**
 * A person's word on open orders, reservations and returns of lines where no file tells: one note for many lines, kept for the
 * figures it was made for.
 */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';
import { appendAudit } from '../../workbook/audit';
import { CHECKS_WAITING_SQL, NEEDS_CHECK_SQL } from '../../workbook/tables/follow-up';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod } from '../periods';

export interface CheckRequest {
  readonly periodId: number;
  /** Null: every line that waits. */
  readonly stockKeyIds: readonly number[] | null;
  readonly note: string;
}

export type CheckFailure = 'period_unknown' | 'period_locked' | 'nothing_waits';

interface CheckedRow {
  readonly stock_key_id: number;
  readonly count_variance_scaled: number | null;
  readonly adjustment_scaled: number;
  /** The note that this one takes the place of, with the adjustment it was made for. */
  readonly note_before: string | null;
  readonly adjustment_before: number | null;
}

const NAMED = 5;

/** Names of the lines whose checks are not done, of those whose reason books something or is not given yet. */
export const waitingNames = (workbook: ReadableWorkbook, periodId: number, stockKeyIds: readonly number[]): string[] =>
  workbook
    .all<{ name: string }>(
      `SELECT i.sku || ' at ' || o.code AS name FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
       JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i USING (item_id) JOIN locations o USING (location_id)
       WHERE l.period_id = ? AND l.stock_key_id IN (SELECT value FROM json_each(?)) AND ${CHECKS_WAITING_SQL} ORDER BY i.sku, o.code`,
      periodId,
      JSON.stringify(stockKeyIds),
    )
    .map(({ name }) => name);

/** `5 lines wait for a check of ...: A at B, ... and 3 more. Look them up ...` */
export function waitingSentence(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return (
    `${plural(names.length, 'line waits', 'lines wait')} for a check of open orders, reservations and returns that no file answers: ` +
    `${names.slice(0, NAMED).join(', ')}${more}. Look them up and say what was found, one note for all of them if it is the same, then prepare the journal.`
  );
}

/** Records what a person found. Refused where a line named needs no check; nothing is recorded then. */
export function checkLines(context: ServiceContext, request: CheckRequest): Outcome<{ readonly checked: number }, CheckFailure> {
  const { workbook } = context;
  const { periodId } = request;
  return inTransaction(workbook, (): Outcome<{ readonly checked: number }, CheckFailure> => {
    const period = findPeriod(workbook, periodId);
    if (!period) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
    if (period.state === 'locked') return refused('period_locked', `Period ${period.code} is locked. A locked period does not change; work in an open one.`);
    const chosen = request.stockKeyIds === null ? CHECKS_WAITING_SQL : `${NEEDS_CHECK_SQL} AND l.stock_key_id IN (SELECT value FROM json_each(@keys))`;
    const rows = workbook.all<CheckedRow>(
      `SELECT l.stock_key_id, l.count_variance_scaled, l.adjustment_scaled, b.note AS note_before, b.adjustment_scaled AS adjustment_before
       FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
       LEFT JOIN person_checks b ON b.period_id = l.period_id AND b.stock_key_id = l.stock_key_id
       WHERE l.period_id = @period AND ${chosen} ORDER BY l.stock_key_id`,
      { period: periodId, ...(request.stockKeyIds === null ? {} : { keys: JSON.stringify(request.stockKeyIds) }) },
    );
    const asked = request.stockKeyIds === null ? rows.length : new Set(request.stockKeyIds).size;
    if (rows.length === 0 || rows.length < asked) {
      const what = request.stockKeyIds === null ? `No line of ${period.code} waits for a check.` : `${plural(asked - rows.length, 'line')} of those named in ${period.code} ${asked - rows.length === 1 ? 'has' : 'have'} no adjustment over tolerance.`;
      return refused('nothing_waits', `${what} Read the list again.`);
    }
    for (const row of rows) {
      const checkedInstant = context.now();
      workbook.run(
        `INSERT OR REPLACE INTO person_checks (period_id, stock_key_id, note, checked_instant, checked_by, count_scaled, adjustment_scaled)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        periodId, row.stock_key_id, request.note, checkedInstant, actorText(context.actor), row.count_variance_scaled, row.adjustment_scaled,
      );
      appendAudit(workbook, {
        atInstant: checkedInstant,
        actor: actorText(context.actor),
        action: 'check.done',
        periodId,
        subject: `line:${row.stock_key_id}`,
        detail: {
          before: row.note_before === null ? null : { note: row.note_before, adjustment: formatQuantity(row.adjustment_before!) },
          note: request.note, adjustment: formatQuantity(row.adjustment_scaled), lines: rows.length,
        },
      });
    }
    return done({ checked: rows.length });
  });
}
