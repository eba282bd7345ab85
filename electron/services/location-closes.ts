/**
 * At which instants a location closes a period.
 *
 * A period begins at a location where the one before ended there, so that no posting falls between two periods or into both.
 */
import { periodBounds } from '@shared/domain/instant';
import { listPeriodLocations, putOwnBounds, type PeriodLocationRow } from '../workbook/tables/period-locations';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook/workbook';

export interface Close {
  readonly startInstant: number;
  readonly cutOffInstant: number;
}

interface PeriodClose extends Close {
  readonly periodId: number;
  readonly code: string;
}

/** The start and cut-off of a location in a period. */
export const closeOf = (row: PeriodLocationRow, period: Close): Close => ({
  startInstant: row.start_instant ?? period.startInstant,
  cutOffInstant: row.cut_off_instant ?? period.cutOffInstant,
});

/** Where the period before ended at each location; empty where there is none. */
export function endsOf(workbook: ReadableWorkbook, before: PeriodClose | undefined): ReadonlyMap<number, number> {
  const rows = before ? listPeriodLocations(workbook, before.periodId) : [];
  return new Map(rows.map((row) => [row.location_id, closeOf(row, before!).cutOffInstant]));
}

/**
 * How a location closes by its own time zone: until the first instant of the next month there, from where it ended before.
 *
 * @param endedInstant undefined where there is no period before
 */
export function closeByTimeZone(code: string, timeZone: string, endedInstant: number | undefined): Close {
  const bounds = periodBounds(code, timeZone);
  return { startInstant: endedInstant ?? bounds.startInstant, cutOffInstant: bounds.cutOffInstant };
}

/** Gives a period that is made anew to each location: by its time zone where it has one, else as the period, from where it ended before. */
export function closeAtLocations(workbook: WritableWorkbook, period: PeriodClose, before: PeriodClose | undefined): void {
  const ends = endsOf(workbook, before);
  for (const row of listPeriodLocations(workbook, period.periodId)) {
    const ended = ends.get(row.location_id);
    const close = row.time_zone === null
      ? { startInstant: ended ?? period.startInstant, cutOffInstant: period.cutOffInstant }
      : closeByTimeZone(period.code, row.time_zone, ended);
    if (close.startInstant === period.startInstant && close.cutOffInstant === period.cutOffInstant) continue;
    if (close.startInstant >= close.cutOffInstant) continue;
    putOwnBounds(workbook, period.periodId, row.location_id, { ...close, windowHours: null });
  }
}
