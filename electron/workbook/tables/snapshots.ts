/** Snapshots: what a system said it had at an instant, read for one line. */
import { POSITION_STATES, type PositionState, type SystemPosition } from '@shared/domain/explanation/positions';
import type { System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../workbook';

type SnapshotRow = { readonly [State in PositionState as `${State}_scaled`]: number | null } & {
  readonly import_id: number;
  readonly row_number: number;
  readonly system: System;
  readonly as_of_instant: number;
  readonly unit_cost_scaled: number | null;
};

/** Each system's figure of the period that lies nearest to the cut-off; of equals, the one imported later. */
export function nearestSnapshots(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyId: number,
  cutOffInstant: number,
): Readonly<Record<System, SystemPosition | null>> {
  const rows = workbook.all<SnapshotRow>(
    // The few imports of a period first: each finds the line by the key of its positions.
    `SELECT s.* FROM imports i CROSS JOIN snapshots s ON s.import_id = i.import_id AND s.stock_key_id = ?
     WHERE i.period_id = ? AND i.kind = 'snapshot'
     ORDER BY abs(s.as_of_instant - ?), i.imported_instant DESC, i.import_id DESC, s.row_number DESC`,
    stockKeyId,
    periodId,
    cutOffInstant,
  );
  const nearest = (system: System): SystemPosition | null => {
    const row = rows.find((each) => each.system === system);
    if (!row) return null;
    return {
      importId: row.import_id,
      rowNumber: row.row_number,
      asOfInstant: row.as_of_instant,
      unitCostScaled: row.unit_cost_scaled,
      statesScaled: Object.fromEntries(POSITION_STATES.map((state) => [state, row[`${state}_scaled`]])) as Record<
        PositionState,
        number | null
      >,
    };
  };
  return { erp: nearest('erp'), storefront: nearest('storefront'), warehouse: nearest('warehouse') };
}
