/** A location's time zone, and when open periods begin and end there: read and set. */
import type { LocationBounds, LocationClose } from '@shared/contract/locations';
import type { Period } from '@shared/contract/workbook';
import { formatInstant, isTimeZone, nextPeriodCode, previousPeriodCode } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { appendAudit } from '../workbook/audit';
import { listPeriodLocations, putOwnBounds, type OwnBounds, type PeriodLocationRow } from '../workbook/tables/period-locations';
import { ownCurrency } from '../workbook/tables/period-codes';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';
import { closeByTimeZone, closeOf, endsOf, type Close } from './location-closes';
import { findPeriod, findPeriodByCode, periodLocked, periodMissing } from './periods';
import { workbookRow } from './workbooks';

const boundsOf = (workbook: ReadableWorkbook, row: PeriodLocationRow, period: Period): LocationBounds => ({
  code: row.code,
  name: row.name,
  timeZone: row.time_zone,
  currency: row.currency ?? ownCurrency(workbook),
  ...closeOf(row, period),
  windowHours: row.window_hours ?? period.windowHours,
  hasOwnCutOff: row.cut_off_instant !== null,
  hasOwnWindow: row.window_hours !== null,
});

/** How each location closes a period, in the order of the codes. */
export function locationBounds(workbook: ReadableWorkbook, periodId: number): Outcome<LocationBounds[], 'period_missing'> {
  const period = findPeriod(workbook, periodId);
  return period ? done(listPeriodLocations(workbook, periodId).map((row) => boundsOf(workbook, row, period))) : periodMissing(periodId);
}

const locationUnknown = (code: string) =>
  refused('location_unknown', `No location has the code ${code}. Codes are told apart by capitals; the list of locations has them.`);

/** Sets a location's own time zone: periods made from now on close by it, and its days end by it. Null takes it away. */
export function setLocationTimeZone(
  context: ServiceContext,
  { location, timeZone, why }: { readonly location: string; readonly timeZone: string | null; readonly why: string },
): Outcome<{ location: string; timeZone: string | null }, 'location_unknown' | 'invalid_time_zone'> {
  const { workbook } = context;
  if (timeZone !== null && !isTimeZone(timeZone))
    return refused('invalid_time_zone', `${timeZone} is no time zone. Give a name such as America/New_York or Europe/Berlin.`);
  return inTransaction(workbook, () => {
    const row = workbook.get<{ location_id: number; time_zone: string | null }>('SELECT location_id, time_zone FROM locations WHERE code = ?', location);
    if (!row) return locationUnknown(location);
    if (row.time_zone === timeZone) return done({ location, timeZone });
    workbook.run('UPDATE locations SET time_zone = ? WHERE location_id = ?', timeZone, row.location_id);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'location.setTimeZone',
      periodId: null,
      subject: `location:${location}`,
      detail: { before: { timeZone: row.time_zone }, after: { timeZone }, why },
    });
    return done({ location, timeZone });
  });
}

export interface BoundsToSet {
  readonly periodId: number;
  readonly location: string;
  readonly close: LocationClose;
  readonly windowHours: number | null;
  readonly why: string;
}

type SetBoundsFailure = 'period_missing' | 'period_locked' | 'location_unknown' | 'time_zone_missing' | 'bounds_order' | 'bounds_gap';

const ownOf = (row: PeriodLocationRow): OwnBounds => ({
  startInstant: row.start_instant,
  cutOffInstant: row.cut_off_instant,
  windowHours: row.window_hours,
});

/** The start and cut-off that are asked for; null: those of the period. */
function closeAsked(
  code: string,
  row: PeriodLocationRow,
  period: Period,
  close: LocationClose,
  ended: number | undefined,
): Outcome<Close | null, 'time_zone_missing'> {
  if (close === 'with_period') return done(null);
  if (close !== 'by_time_zone') return done({ startInstant: close.startInstant ?? ended ?? period.startInstant, cutOffInstant: close.cutOffInstant });
  return row.time_zone === null
    ? refused('time_zone_missing', `${row.code} has no time zone of its own. Set one first, or give its cut-off.`)
    : done(closeByTimeZone(code, row.time_zone, ended));
}

/**
 * Sets how a location closes an open period. The period asks to be reconciled again. Where the next period is open, it begins
 * at the location where this one now ends.
 *
 * Refusals: `bounds_gap` where the start is not where the locked period before ended there, or the next period is locked;
 * `bounds_order` where the cut-off is not after the start.
 */
export function setLocationBounds(context: ServiceContext, { periodId, location, close, windowHours, why }: BoundsToSet): Outcome<LocationBounds, SetBoundsFailure> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<LocationBounds, SetBoundsFailure> => {
    const period = findPeriod(workbook, periodId);
    if (!period) return periodMissing(periodId);
    if (period.state === 'locked') return periodLocked(period);
    const find = (id: number) => listPeriodLocations(workbook, id).find((each) => each.code === location);
    const row = find(periodId);
    if (!row) return locationUnknown(location);
    const before = findPeriodByCode(workbook, previousPeriodCode(period.code));
    const ended = endsOf(workbook, before).get(row.location_id);
    const asked = closeAsked(period.code, row, period, close, ended);
    if (!asked.ok) return asked;
    const { startInstant, cutOffInstant } = asked.value ?? period;
    const words = (instant: number) => formatInstant(instant, row.time_zone ?? workbookRow(workbook).time_zone);
    if (cutOffInstant <= startInstant)
      return refused('bounds_order', `${location} would close ${period.code} at ${words(cutOffInstant)}, which is not after its start, ${words(startInstant)}. Give a later cut-off.`);
    if (before?.state === 'locked' && startInstant !== ended)
      return refused('bounds_gap', `${before.code} is locked and ended at ${location} at ${words(ended!)}; ${period.code} has to begin there, not at ${words(startInstant)}.`);
    const next = findPeriodByCode(workbook, nextPeriodCode(period.code));
    const nextRow = next && find(next.periodId);
    if (next?.state === 'locked' && closeOf(nextRow!, next).startInstant !== cutOffInstant)
      return refused('bounds_gap', `${next.code} is locked and begins at ${location} at ${words(closeOf(nextRow!, next).startInstant)}; ${period.code} has to end there, not at ${words(cutOffInstant)}.`);
    const save = (of: Period, from: PeriodLocationRow, own: OwnBounds) => {
      putOwnBounds(workbook, of.periodId, from.location_id, own);
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'period.setLocation',
        periodId: of.periodId,
        subject: `period:${of.code}`,
        detail: { location, before: { ...ownOf(from) }, after: { ...own }, why },
      });
    };
    save(period, row, { startInstant: asked.value?.startInstant ?? null, cutOffInstant: asked.value?.cutOffInstant ?? null, windowHours });
    if (next?.state === 'open') {
      const then = closeOf(nextRow!, next);
      if (then.startInstant !== cutOffInstant) {
        if (cutOffInstant >= then.cutOffInstant)
          return refused('bounds_order', `${next.code} ends at ${location} at ${words(then.cutOffInstant)}, before ${period.code} would. Give an earlier cut-off.`);
        const isAsPeriod = cutOffInstant === next.startInstant && then.cutOffInstant === next.cutOffInstant;
        save(next, nextRow!, { startInstant: isAsPeriod ? null : cutOffInstant, cutOffInstant: isAsPeriod ? null : then.cutOffInstant, windowHours: nextRow!.window_hours });
      }
    }
    return done(boundsOf(workbook, find(periodId)!, period));
  });
}
