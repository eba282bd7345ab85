/** An item at a location over its periods: what it differed by, and what became of it each time. Only reads. */
import { currencyOfPeriod, previousPeriodCode } from '@shared/domain/instant';
import type { LineInPeriod } from '@shared/domain/overview';
import type { LineStatus, Owner } from '@shared/domain/lines';
import { VARIANCE_KINDS } from '@shared/domain/variance';
import { type LineRow, STATUS_SQL } from '../workbook/tables/lines';
import { currencySql } from '../workbook/tables/period-codes';
import type { ReadableWorkbook } from '../workbook/workbook';

const PERIODS_MOST = 24;

interface Row extends LineRow {
  readonly period_id: number;
  readonly code: string;
  readonly state: 'open' | 'locked';
  readonly status: LineStatus;
  readonly reason_code: string | null;
  readonly owner: Owner | null;
  readonly booked_scaled: number | null;
}

/** The last periods up to and with `periodCode` that have the line, oldest first. */
export function lineOverPeriods(workbook: ReadableWorkbook, periodCode: string, stockKeyId: number): LineInPeriod[] {
  // An adjustment stands on both lines of its entry, debit and credit: it is booked once.
  const rows = workbook.all<Row>(
    `SELECT l.*, p.code, p.state, ${STATUS_SQL} AS status, t.reason_code, t.owner,
       (SELECT sum(quantity_scaled) FROM (SELECT DISTINCT s.journal_id, s.quantity_scaled FROM journal_sources s JOIN journals j USING (journal_id)
          WHERE j.period_id = l.period_id AND j.state IN ('approved', 'exported') AND j.is_automatic = 0 AND s.stock_key_id = l.stock_key_id)) AS booked_scaled
     FROM lines l JOIN periods p USING (period_id) LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
     WHERE l.stock_key_id = ? AND p.code <= ? AND ${currencySql('p.code')} = ? ORDER BY p.code DESC LIMIT ${PERIODS_MOST + 1}`,
    stockKeyId, periodCode, currencyOfPeriod(periodCode) ?? '',
  );
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return rows.slice(0, PERIODS_MOST).reverse().map((row) => {
    const before = byCode.get(previousPeriodCode(row.code));
    return {
      periodId: row.period_id,
      periodCode: row.code,
      isLocked: row.state === 'locked',
      variances: VARIANCE_KINDS.flatMap((kind) => {
        const quantityScaled = row[`${kind}_variance_scaled`];
        const residualScaled = row[`${kind}_residual_scaled`];
        return quantityScaled === null || residualScaled === null ? [] : [{ kind, quantityScaled, residualScaled }];
      }),
      varianceScaled: row.variance_scaled,
      valueMinor: row.unit_cost_scaled === null ? null : row.variance_minor,
      class: row.class,
      cause: row.cause,
      status: row.status,
      reasonCode: row.reason_code,
      owner: row.owner,
      clearedBy: row.cleared_by,
      bookedScaled: row.booked_scaled,
      recurs: VARIANCE_KINDS.filter((kind) => {
        const residual = row[`${kind}_residual_scaled`];
        return residual !== null && residual !== 0 && before !== undefined && before[`${kind}_residual_scaled`] === residual;
      }),
      sameCause: before !== undefined && row.cleared_by === null && before.cleared_by === null && row.cause !== null && row.cause === before.cause,
    };
  });
}
