/**
 * When a period begins and ends at a location, how long its window is, and by which clock its days end.
 *
 * A location closes with the period unless `period_locations` says otherwise.
 */
import { endOfLocalDay, HOUR_MS } from '@shared/domain/instant';
import { listPeriodLocations } from '../../workbook/tables/period-locations';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { closeOf } from '../location-closes';

export interface Bounds {
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowHours: number;
  readonly windowMs: number;
  /** Events that lie wholly before were settled with the locked period before; null where none is locked. */
  readonly settledBeforeInstant: number | null;
  /** By which its days end. */
  readonly timeZone: string;
}

/** The last second of a local day after the cut-off; the day that the cut-off lies in is the first. */
export const dueAfterDays = ({ cutOffInstant, timeZone }: Bounds, days: number): number => endOfLocalDay(cutOffInstant, days - 1, timeZone);

export interface PeriodBounds {
  /** Of the period, where a location has none of its own. */
  readonly general: Bounds;
  readonly at: (locationId: number) => Bounds;
}

export interface GivenBounds {
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowHours: number;
}

/**
 * @param given of the period itself
 * @param timeZone the workbook's; a location's own says when its days end
 */
export function readBounds(
  workbook: ReadableWorkbook,
  periodId: number,
  given: GivenBounds,
  timeZone: string,
  isPreviousLocked: boolean,
): PeriodBounds {
  const boundsOf = ({ startInstant, cutOffInstant, windowHours }: GivenBounds, zone: string): Bounds => {
    const windowMs = windowHours * HOUR_MS;
    return {
      startInstant,
      cutOffInstant,
      windowHours,
      windowMs,
      settledBeforeInstant: isPreviousLocked ? startInstant - windowMs : null,
      timeZone: zone,
    };
  };
  const general = boundsOf(given, timeZone);
  const own = new Map(
    listPeriodLocations(workbook, periodId)
      .filter((row) => row.time_zone !== null || row.cut_off_instant !== null || row.window_hours !== null)
      .map((row) => [
        row.location_id,
        boundsOf({ ...closeOf(row, given), windowHours: row.window_hours ?? given.windowHours }, row.time_zone ?? timeZone),
      ]),
  );
  return { general, at: (locationId) => own.get(locationId) ?? general };
}
