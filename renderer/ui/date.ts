/**
 * Instants and dates in the workbook's time zone, never the machine's.
 */

const formats = new Map<string, Intl.DateTimeFormat>();
let locale = 'en-GB';

/** Sets how every date and time is written from now on; what is drawn already must be drawn anew. */
export function setDateLocale(wanted: string): void {
  locale = wanted;
}

export const dateLocale = (): string => locale;

function format(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formats.set(key, found);
  }
  return found;
}

/** `31 Oct 2026, 22:30`. */
export const instantText = (instant: number, timeZone: string): string =>
  format(timeZone, 'instant', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(instant);

/** `31 Oct 22:30`, where the year is plain from the place. */
export const shortInstantText = (instant: number, timeZone: string): string =>
  format(timeZone, 'short', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(instant).replace(',', '');

/** `31 Oct 2026`. */
export const dateText = (instant: number, timeZone: string): string =>
  format(timeZone, 'date', { day: 'numeric', month: 'short', year: 'numeric' }).format(instant);

/** `14:06:31`. */
export const clockText = (instant: number, timeZone: string): string =>
  format(timeZone, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant);

/** `UTC−7`: the offset of `timeZone` at `instant`. */
export function offsetText(instant: number, timeZone: string): string {
  const parts = format(timeZone, 'offset', { timeZoneName: 'shortOffset' }).formatToParts(instant);
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC').replace('-', '\u2212');
}

export { monthName as periodName } from '@shared/domain/instant';
