/** Snapshots: what a system said it had at an instant, read by line. */
import { POSITION_STATES, type PositionState, type SystemPosition } from '@shared/domain/explanation/positions';
import type { System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../workbook';
import { readSpans, type InstantSpans } from './instant-spans';

type SnapshotRow = { readonly [State in PositionState as `${State}_scaled`]: number | null } & {
  readonly import_id: number;
  readonly stock_key_id: number;
  readonly row_number: number;
  readonly system: System;
  readonly as_of_instant: number;
  readonly unit_cost_scaled: number | null;
};

/** One snapshot file: which systems' figures it holds, and from when to when. */
export interface SnapshotFile {
  readonly importId: number;
  readonly periodId: number;
  readonly spans: InstantSpans;
}

/** The snapshot files of these periods, in the order in which they were imported. Reads all their rows. */
export function readSnapshotFiles(workbook: ReadableWorkbook, periodIds: readonly number[]): readonly SnapshotFile[] {
  const files = workbook.all<{ import_id: number; period_id: number }>(
    `SELECT import_id, period_id FROM imports WHERE kind = 'snapshot' AND period_id IN (SELECT value FROM json_each(?))
     ORDER BY imported_instant, import_id`,
    JSON.stringify(periodIds),
  );
  return files.map(({ import_id, period_id }) => ({
    importId: import_id,
    periodId: period_id,
    spans: readSpans(workbook, 'snapshots', 'as_of_instant', import_id),
  }));
}

/**
 * Of each line each system's figure of the period that lies nearest to the line's cut-off; of equals, the one imported later.
 * A line without any is left out.
 */
export function nearestSnapshots(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyIds: readonly number[],
  cutOffOf: (stockKeyId: number) => number,
): ReadonlyMap<number, Readonly<Record<System, SystemPosition | null>>> {
  const rows = workbook.all<SnapshotRow>(
    // The few imports of a period first: each finds the line by the key of its positions.
    `SELECT s.* FROM imports i CROSS JOIN json_each(?) asked CROSS JOIN snapshots s ON s.import_id = i.import_id AND s.stock_key_id = asked.value
     WHERE i.period_id = ? AND i.kind = 'snapshot'
     ORDER BY i.imported_instant, i.import_id, s.row_number`,
    JSON.stringify(stockKeyIds),
    periodId,
  );
  const nearest = new Map<number, Record<System, SnapshotRow | null>>();
  for (const row of rows) {
    let own = nearest.get(row.stock_key_id);
    if (!own) nearest.set(row.stock_key_id, (own = { erp: null, storefront: null, warehouse: null }));
    const best = own[row.system];
    const cutOffInstant = cutOffOf(row.stock_key_id);
    const distance = (each: SnapshotRow) => Math.abs(each.as_of_instant - cutOffInstant);
    if (!best || distance(row) <= distance(best)) own[row.system] = row;
  }
  const positionOf = (row: SnapshotRow | null): SystemPosition | null =>
    row && {
      importId: row.import_id,
      rowNumber: row.row_number,
      asOfInstant: row.as_of_instant,
      unitCostScaled: row.unit_cost_scaled,
      statesScaled: Object.fromEntries(POSITION_STATES.map((state) => [state, row[`${state}_scaled`]])) as Record<
        PositionState,
        number | null
      >,
    };
  return new Map(
    [...nearest].map(([key, { erp, storefront, warehouse }]) => [
      key,
      { erp: positionOf(erp), storefront: positionOf(storefront), warehouse: positionOf(warehouse) },
    ]),
  );
}
