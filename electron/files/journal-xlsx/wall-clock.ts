/**
 * An instant as the clock on the wall shows it, for date cells: Excel's dates know no time zone.
 */

/**
 * A date whose UTC fields are the local time in the zone, which is how exceljs writes a date cell.
 *
 * @param isoInstant ISO 8601 with offset
 * @param timeZone IANA name; an unknown one throws RangeError
 */
export function wallClockDate(isoInstant: string, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(isoInstant));
  const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return new Date(
    Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'), field('second')),
  );
}
