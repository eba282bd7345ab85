/** Snapshots: what a system said it had at an instant, read for one line. */
import type { PositionState, SystemPosition } from '@shared/domain/explanation/positions';
import { POSITION_STATES } from '@shared/domain/explanation/positions';
import type { System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../workbook';

type SnapshotRow = { readonly [State in PositionState as `${State}_scaled`]: number | null } & {
  readonly import_id: number;
  readonly row_number: number;
  readonly as_of_instant: number;
  readonly unit_cost_scaled: number | null;
};

/** The period's figure of a system for a line that lies nearest to the cut-off; of equals, the one imported later. */
export function nearestSnapshot(
  workbook: ReadableWorkbook, periodId: number, stockKeyId: number, system: System, cutOffInstant: number,
): SystemPosition | null {
  const row = workbook.get<SnapshotRow>(
    `SELECT s.* FROM snapshots s JOIN imports i USING (import_id)
     WHERE s.stock_key_id = ? AND s.system = ? AND i.period_id = ?
     ORDER BY abs(s.as_of_instant - ?), i.imported_instant DESC, i.import_id DESC, s.row_number DESC LIMIT 1`,
    stockKeyId, system, periodId, cutOffInstant,
  );
  if (!row) return null;
  return {
    importId: row.import_id,
    rowNumber: row.row_number,
    asOfInstant: row.as_of_instant,
    unitCostScaled: row.unit_cost_scaled,
    statesScaled: Object.fromEntries(POSITION_STATES.map((state) => [state, row[`${state}_scaled`]])) as Record<PositionState, number | null>,
  };
}
