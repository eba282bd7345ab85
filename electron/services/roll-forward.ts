/**
 * The period's roll-forward in total: from the opening to the ERP's closing, by location.
 */
import { ROLL_FORWARD_TYPES } from '@shared/domain/explanation/positions';
import type { RollForwardColumn } from '@shared/domain/lines';
import { EFFECTS, type MovementType } from '@shared/domain/states';
import { movementScope, SAME_POSTING } from '../workbook/tables/movements';
import type { ReadableWorkbook } from '../workbook/workbook';
import { boundsByLocation, readScope } from './reconciliation/scope';

export interface RollForwardTotals {
  readonly location: string;
  /** Scaled quantities; null where a figure is unknown for a line of the location. */
  readonly columns: Record<RollForwardColumn, number | null>;
}

interface LineSums {
  readonly location: string;
  readonly opening: number | null;
  readonly expected: number | null;
  readonly reported: number | null;
  readonly difference: number | null;
}

const columnOf = (type: MovementType): keyof typeof ROLL_FORWARD_TYPES | undefined =>
  (Object.keys(ROLL_FORWARD_TYPES) as (keyof typeof ROLL_FORWARD_TYPES)[]).find((column) =>
    (ROLL_FORWARD_TYPES[column] as readonly MovementType[]).includes(type),
  );

/** One row per location, in the order of their codes. Only lines whose opening is known take part, so that the columns add up. */
export function rollForwardTotals(workbook: ReadableWorkbook, periodId: number): RollForwardTotals[] {
  const period = readScope(workbook, periodId);
  if (!period) return [];
  const sums = workbook.all<LineSums>(
    `SELECT o.code AS location, sum(l.opening_scaled) AS opening, sum(l.roll_forward_scaled) AS expected,
            sum(l.erp_at_cut_off_scaled) AS reported, sum(l.ledger_variance_scaled) AS difference
     FROM lines l JOIN stock_keys k USING (stock_key_id) JOIN locations o USING (location_id)
     WHERE l.period_id = ? AND l.roll_forward_scaled IS NOT NULL GROUP BY o.code ORDER BY o.code`,
    periodId,
  );
  const scope = movementScope(workbook, [...(period.previous ? [period.previous.periodId] : []), periodId]);
  const moved = workbook.all<{ location: string; type: MovementType; quantity: number }>(
    `SELECT o.code AS location, m.type, sum(m.quantity_scaled) AS quantity
     FROM (SELECT DISTINCT ${SAME_POSTING.map((column) => `v.${column}`).join(', ')}
           FROM movements v JOIN stock_keys own ON own.stock_key_id = v.stock_key_id
           JOIN json_each(@bounds) b ON b.value ->> 0 = own.location_id
           WHERE v.system = 'erp' AND v.posted_instant > b.value ->> 1 AND v.posted_instant <= b.value ->> 2
             AND v.import_id IN (SELECT value FROM json_each(@imports))) m
     JOIN lines l ON l.period_id = @period AND l.stock_key_id = m.stock_key_id AND l.roll_forward_scaled IS NOT NULL
     JOIN stock_keys k ON k.stock_key_id = m.stock_key_id JOIN locations o USING (location_id)
     GROUP BY o.code, m.type`,
    { period: periodId, bounds: JSON.stringify(boundsByLocation(workbook, period)), imports: JSON.stringify([...scope.rankOf.keys()]) },
  );
  return sums.map((sum) => {
    const columns: Record<RollForwardColumn, number | null> = {
      opening: sum.opening, receipts: 0, shipments: 0, returns: 0, transfers: 0, assembly: 0, adjustments: 0,
      expected: sum.expected, reported: sum.reported, difference: sum.difference,
    };
    for (const { location, type, quantity } of moved) {
      const column = columnOf(type);
      if (location === sum.location && column) columns[column] = (columns[column] ?? 0) + quantity * (EFFECTS[type].on_hand ?? 0);
    }
    return { location: sum.location, columns };
  });
}
