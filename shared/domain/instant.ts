/**
 * Instants and periods: epoch milliseconds inside, ISO 8601 at the edges, months in the workbook's time zone.
 */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const ISO_INSTANT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads an ISO 8601 instant with offset (`2026-10-31T22:30:00-07:00`); undefined where it is none or does not exist. */
export function parseInstant(text: string): number | undefined {
  const match = ISO_INSTANT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = match;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), milliseconds);
  const back = new Date(local);
  // Date.UTC rolls 31 November over into December: a date that does not come back is no date.
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day) || back.getUTCHours() !== Number(hour)) return undefined;
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zone === 'Z') return local;
  const offsetMinutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return local - (zone.startsWith('-') ? -offsetMinutes : offsetMinutes) * 60_000;
}

/** Writes an instant as ISO 8601 in UTC without fraction. */
export const formatInstantUtc = (instant: number): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** An instant for a sentence that knows no time zone: `2026-11-23 08:04 UTC`. */
export const instantWords = (instant: number): string => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

// Making a format costs many times what using it does, and a workbook has one time zone.
const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = wallClocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    wallClocks.set(timeZone, clock);
  }
  return clock;
}

/** Minutes that `timeZone` is ahead of UTC at `instant`. */
export function offsetMinutesAt(instant: number, timeZone: string): number {
  const parts = wallClockOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** Writes an instant as ISO 8601 with the offset that `timeZone` has at that instant. */
export function formatInstant(instant: number, timeZone: string): string {
  const offset = offsetMinutesAt(instant, timeZone);
  const local = new Date(instant + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

/** The instant at which a wall clock in `timeZone` shows the given date and time. */
export function instantOfLocal(
  year: number, month: number, day: number, timeZone: string, hour = 0, minute = 0, second = 0,
): number {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // Twice, because the offset at the first guess can lie on the other side of a clock change.
  const guess = wall - offsetMinutesAt(wall, timeZone) * 60_000;
  return wall - offsetMinutesAt(guess, timeZone) * 60_000;
}

/** The last second of the local day that is `days` after the one an instant lies in. Days are the calendar's, however long the clocks make them. */
export function endOfLocalDay(instant: number, days: number, timeZone: string): number {
  const [year, month, date] = formatInstant(instant, timeZone).slice(0, 10).split('-').map(Number) as [number, number, number];
  return instantOfLocal(year, month, date + days, timeZone, 23, 59, 59);
}

/** The first instant of a day written `2026-10-31`; of the day `days` after it. */
export function startOfLocalDay(day: string, timeZone: string, days = 0): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return instantOfLocal(year, month, date + days, timeZone);
}

/** A period code: its month, and its currency where that is not the workbook's own: `2026-10`, `2026-10-EUR`. */
export const PERIOD_CODE = /^(\d{4})-(0[1-9]|1[0-2])(?:-[A-Z]{3})?$/;
const MONTH_LENGTH = 'YYYY-MM'.length;

export const isPeriodCode = (text: string): boolean => PERIOD_CODE.test(text);

/** The month of a period, `YYYY-MM`. */
export const monthOfPeriod = (code: string): string => code.slice(0, MONTH_LENGTH);

/** The currency that a period is closed in, where its code names one: else it is the workbook's own. */
export const currencyOfPeriod = (code: string): string | undefined => code.slice(MONTH_LENGTH + 1) || undefined;

/** The code of a month closed in a currency; undefined: in the workbook's own. */
export const periodCode = (month: string, currency: string | undefined): string => (currency === undefined ? month : `${month}-${currency}`);

/**
 * A month's bounds in `timeZone`: the cut-off is the first instant after the month, and belongs to the next one.
 *
 * @throws where `code` is no period code
 */
export function periodBounds(code: string, timeZone: string): { readonly startInstant: number; readonly cutOffInstant: number } {
  const match = PERIOD_CODE.exec(code);
  if (!match) throw new Error(`no period code: ${code}`);
  const year = Number(match[1]);
  const month = Number(match[2]);
  return {
    startInstant: instantOfLocal(year, month, 1, timeZone),
    cutOffInstant: month === 12 ? instantOfLocal(year + 1, 1, 1, timeZone) : instantOfLocal(year, month + 1, 1, timeZone),
  };
}

/** Whether it is the name of a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return wallClockOf(name) !== undefined;
  } catch {
    return false;
  }
}

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const;

/** `2026-10` as `October 2026`, `2026-10-EUR` as `October 2026, EUR`. */
export function monthName(code: string): string {
  const [year, month, currency] = code.split('-');
  return `${MONTHS[Number(month) - 1] ?? month} ${year}${currency === undefined ? '' : `, ${currency}`}`;
}

/** The code of the month before in the same currency: `2026-10` to `2026-09`. */
export function previousPeriodCode(code: string): string {
  const [year, month] = code.split('-').map(Number) as [number, number];
  return periodCode(month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`, currencyOfPeriod(code));
}

/** The code of the month after in the same currency: `2026-12` to `2027-01`. */
export function nextPeriodCode(code: string): string {
  const [year, month] = code.split('-').map(Number) as [number, number];
  return periodCode(month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`, currencyOfPeriod(code));
}

/** The last day of a period's month as `YYYY-MM-DD`. */
export function lastDayOf(code: string): string {
  const [year, month] = code.split('-').map(Number) as [number, number];
  return `${monthOfPeriod(code)}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`;
}

/** The first day of a period's month as `YYYY-MM-DD`. */
export const firstDayOf = (code: string): string => `${monthOfPeriod(code)}-01`;
