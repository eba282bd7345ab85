/** Where a location closes a period at other instants than the period, or gives postings another window. */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

/** A location, and what is its own in a period; NULL: as the period. */
export interface PeriodLocationRow {
  readonly location_id: number;
  readonly code: string;
  readonly name: string;
  readonly time_zone: string | null;
  /** NULL: the workbook's own. */
  readonly currency: string | null;
  readonly start_instant: number | null;
  readonly cut_off_instant: number | null;
  readonly window_hours: number | null;
}

/** Every location, in the order of the codes. */
export const listPeriodLocations = (workbook: ReadableWorkbook, periodId: number): PeriodLocationRow[] =>
  workbook.all(
    `SELECT l.location_id, l.code, l.name, l.time_zone, l.currency, b.start_instant, b.cut_off_instant, b.window_hours
     FROM locations l LEFT JOIN period_locations b ON b.period_id = ? AND b.location_id = l.location_id ORDER BY l.code`,
    periodId,
  );

export interface OwnBounds {
  readonly startInstant: number | null;
  readonly cutOffInstant: number | null;
  readonly windowHours: number | null;
}

/** Sets what is a location's own in a period; with nothing of its own it closes as the period. */
export function putOwnBounds(workbook: WritableWorkbook, periodId: number, locationId: number, own: OwnBounds): void {
  workbook.run('DELETE FROM period_locations WHERE period_id = ? AND location_id = ?', periodId, locationId);
  if (own.startInstant === null && own.cutOffInstant === null && own.windowHours === null) return;
  workbook.run(
    'INSERT INTO period_locations (period_id, location_id, start_instant, cut_off_instant, window_hours) VALUES (?, ?, ?, ?, ?)',
    periodId,
    locationId,
    own.startInstant,
    own.cutOffInstant,
    own.windowHours,
  );
}
