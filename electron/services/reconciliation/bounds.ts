/**
 * When a period begins and ends at a location, how long its window is, and until when its exceptions are due.
 *
 * A location closes with the period unless `period_locations` says otherwise.
 */
import { HOUR_MS, endOfLocalDay } from '@shared/domain/instant';
import type { RuleSet } from '@shared/domain/rules';
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface Bounds {
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowHours: number;
  readonly windowMs: number;
  /** Events that lie wholly before were settled with the locked period before; null where none is locked. */
  readonly settledBeforeInstant: number | null;
  readonly dueInstant: number;
  readonly urgentDueInstant: number;
}

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

interface LocationRow {
  readonly location_id: number;
  readonly time_zone: string | null;
  readonly start_instant: number | null;
  readonly cut_off_instant: number | null;
  readonly window_hours: number | null;
}

/**
 * @param given of the period itself
 * @param timeZone the workbook's; a location's own says when its days end
 */
export function readBounds(
  workbook: ReadableWorkbook,
  periodId: number,
  given: GivenBounds,
  rules: RuleSet,
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
      dueInstant: endOfLocalDay(cutOffInstant, rules.due.days - 1, zone),
      urgentDueInstant: endOfLocalDay(cutOffInstant, rules.due.urgentDays - 1, zone),
    };
  };
  const general = boundsOf(given, timeZone);
  const own = new Map(
    workbook
      .all<LocationRow>(
        `SELECT l.location_id, l.time_zone, b.start_instant, b.cut_off_instant, b.window_hours FROM locations l
         LEFT JOIN period_locations b ON b.period_id = ? AND b.location_id = l.location_id
         WHERE b.location_id IS NOT NULL OR l.time_zone IS NOT NULL`,
        periodId,
      )
      .map((row) => [
        row.location_id,
        boundsOf(
          {
            startInstant: row.start_instant ?? given.startInstant,
            cutOffInstant: row.cut_off_instant ?? given.cutOffInstant,
            windowHours: row.window_hours ?? given.windowHours,
          },
          row.time_zone ?? timeZone,
        ),
      ]),
  );
  return { general, at: (locationId) => own.get(locationId) ?? general };
}
