/**
 * Days and times as a person types them, in the order in which their language writes them, and as a field shows them.
 *
 * A field holds plain text: a day `2026-11-05`, a day with a time `2026-11-05T22:30`. What is shown spells the month, so that
 * nobody has to guess which figure is the day.
 */
import { dateLocale, dateText, instantText } from './date';

export type DayOrder = 'year' | 'day' | 'month';

/** What a date begins with in a language. */
export function dayOrder(locale: string): DayOrder {
  const parts = new Intl.DateTimeFormat(locale, { calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(0);
  const first = parts.find(({ type }) => type === 'year' || type === 'month' || type === 'day')?.type;
  return first === 'year' || first === 'month' ? first : 'day';
}

/** The month that a word begins or is, in English or in the language of the person; 0 where it is none. */
function monthOf(word: string, locale: string): number {
  const wanted = word.toLowerCase().replace(/\.$/, '');
  if (wanted.length < 3) return 0;
  for (const language of ['en-GB', locale]) {
    const long = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    const short = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const names = [long, short].map((format) => format.format(Date.UTC(2026, month, 15)).toLowerCase().replace(/\.$/, ''));
      if (names.some((name) => name.startsWith(wanted) || wanted.startsWith(name))) return month + 1;
    }
  }
  return 0;
}

function dayText(year: number, month: number, day: number): string | undefined {
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const isReal = full >= 1900 && date.getUTCFullYear() === full && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

function readDay(text: string, locale: string): string | undefined {
  // Small words between, as in `9 de jan. de 2026`, say nothing.
  const parts = (text.match(/\d+|\p{L}+\.?/gu) ?? []).filter((part) => !/^(de|del|of|the)$/i.test(part));
  if (parts.length !== 3) return undefined;
  const spelled = parts.findIndex((part) => /^\p{L}/u.test(part));
  const [one, two, three] = parts.map(Number) as [number, number, number];
  if (spelled >= 0) {
    const month = monthOf(parts[spelled]!, locale);
    const figures = parts.filter((_, index) => index !== spelled);
    if (month === 0 || figures.some((part) => !/^\d+$/.test(part))) return undefined;
    const yearFirst = figures[0]!.length === 4;
    return dayText(Number(figures[yearFirst ? 0 : 1]), month, Number(figures[yearFirst ? 1 : 0]));
  }
  if (parts[0]!.length === 4) return dayText(one, two, three);
  switch (dayOrder(locale)) {
    case 'year':
      return dayText(one, two, three);
    case 'day':
      return dayText(three, two, one);
    case 'month':
      return dayText(three, one, two);
  }
}

const TIME = /(?:^|[\sT,])(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?$/i;

/**
 * What was typed, as a field holds it; undefined where it is no day, or no day with a time where one is wanted.
 *
 * @param withTime a time belongs to it; midnight where none was typed
 */
export function readFieldDay(typed: string, withTime: boolean, locale: string = dateLocale()): string | undefined {
  const text = typed.trim();
  const time = withTime ? TIME.exec(text) : null;
  const day = readDay(time ? text.slice(0, time.index) : text, locale);
  if (day === undefined || !withTime) return day;
  if (!time) return `${day}T00:00`;
  const half = time[3]?.toLowerCase();
  const hour = half ? (Number(time[1]) % 12) + (half.startsWith('p') ? 12 : 0) : Number(time[1]);
  if (hour > 23 || Number(time[2]) > 59 || (half && Number(time[1]) > 12)) return undefined;
  return `${day}T${String(hour).padStart(2, '0')}:${time[2]}`;
}

/** A field's content as it is shown: `5 Nov 2026`, `5 Nov 2026, 22:30`. Empty stays empty. */
export function shownFieldDay(held: string): string {
  const instant = Date.parse(held.length > 10 ? `${held.slice(0, 16)}Z` : `${held}T00:00Z`);
  if (held === '' || Number.isNaN(instant)) return held;
  return held.length > 10 ? instantText(instant, 'UTC') : dateText(instant, 'UTC');
}

/** How a day may be typed, as an example. */
export function dayExample(withTime: boolean, locale: string = dateLocale()): string {
  const day = Date.UTC(2026, 10, 5, 22, 30);
  const numeric = new Intl.DateTimeFormat(locale, { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' }).format(day);
  return withTime ? `2026-11-05 22:30 or ${numeric} 22:30` : `2026-11-05 or ${numeric}`;
}
