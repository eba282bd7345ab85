/**
 * What a period's imports add up to, asked of the workbook in the simplest way: positions chosen by a window over all
 * rows, movements grouped. What the import counts while it writes is held against it.
 */
import { EFFECTS, QUANTITY_STATES, type MovementType, type QuantityState, type System } from '@shared/domain/states';
import type { ImportKind } from '@shared/domain/import-profile';
import { formatQuantity } from '@shared/domain/quantity';
import { totalsBefore } from '../../electron/services/imports/loading/totals';
import type { PeriodFrame } from '../../electron/workbook/tables/imports';
import type { ReadableWorkbook } from '../../electron/workbook/workbook';

interface HeldTotal {
  readonly system: System | null;
  readonly measure: string;
  readonly location: string | null;
  readonly value: string;
}

const POSITIONS = `
  WITH positions AS (
    SELECT s.*, row_number() OVER (
      PARTITION BY s.stock_key_id, s.system ORDER BY abs(s.as_of_instant - ?), s.import_id DESC, s.row_number DESC
    ) AS place
    FROM snapshots s JOIN imports i USING (import_id) WHERE i.period_id = ?
  )
  SELECT p.*, l.code AS location FROM positions p JOIN stock_keys k USING (stock_key_id) JOIN locations l USING (location_id) WHERE p.place = 1`;

const MOVEMENTS = `
  SELECT m.*, l.code AS location FROM movements m JOIN imports i USING (import_id) JOIN stock_keys k USING (stock_key_id)
  JOIN locations l USING (location_id) WHERE i.period_id = ?`;

function summed(figures: readonly { readonly system: System; readonly location: string; readonly measure: QuantityState; readonly figure: number }[]): HeldTotal[] {
  const sums = new Map<string, { system: System; location: string; measure: QuantityState; sum: bigint }>();
  for (const { figure, ...place } of figures) {
    const key = JSON.stringify(place);
    const held = sums.get(key) ?? { ...place, sum: 0n };
    held.sum += BigInt(figure);
    sums.set(key, held);
  }
  return [...sums.values()].map(({ sum, ...place }) => ({ ...place, value: formatQuantity(sum) }));
}

/** The totals of the kind that the period's imports hold now. */
export function totalsHeld(workbook: ReadableWorkbook, frame: PeriodFrame, kind: ImportKind): readonly HeldTotal[] {
  if (kind === 'snapshot') {
    const rows = workbook.all<Record<string, number | null> & { system: System; location: string }>(POSITIONS, frame.cutOffInstant, frame.periodId);
    return summed(
      rows.flatMap((row) =>
        QUANTITY_STATES.flatMap((measure) => {
          const figure = row[`${measure}_scaled`];
          return figure === null || figure === undefined ? [] : [{ system: row.system, location: row.location, measure, figure }];
        }),
      ),
    );
  }
  if (kind === 'movements') {
    const rows = workbook.all<{ system: System; location: string; type: MovementType; quantity_scaled: number }>(MOVEMENTS, frame.periodId);
    return summed(
      rows.flatMap(({ system, location, type, quantity_scaled: quantity }) =>
        (Object.entries(EFFECTS[type]) as [QuantityState, 1 | -1][]).map(([measure, direction]) => ({ system, location, measure, figure: direction * quantity })),
      ),
    );
  }
  return totalsBefore(workbook, frame, kind, false) ?? [];
}
