/**
 * What a spreadsheet cell says, as text: numbers without the noise of binary fractions, dates as ISO 8601.
 */
import { DAY_MS } from '@shared/domain/instant';
import type { WallClock } from '../../wall-clock';

/** How a number format shows a number. */
export type CellFormat =
  | { readonly shows: 'number' }
  | { readonly shows: 'date' | 'date_time' | 'time' }
  /** Leading zeros up to this many digits, as for barcodes. */
  | { readonly shows: 'digits'; readonly digits: number };

const NUMBER: CellFormat = { shows: 'number' };

/** Built-in formats by number: ECMA-376 part 1, 18.8.30, and the East Asian dates. */
function builtInFormat(formatId: number): CellFormat {
  if ((formatId >= 14 && formatId <= 17) || (formatId >= 27 && formatId <= 36) || (formatId >= 50 && formatId <= 58)) {
    return { shows: 'date' };
  }
  if ((formatId >= 18 && formatId <= 21) || (formatId >= 45 && formatId <= 47)) return { shows: 'time' };
  return formatId === 22 ? { shows: 'date_time' } : NUMBER;
}

/** What a format shows, by its number and, where it is no built-in one, its code. */
export function cellFormat(formatId: number, code: string | undefined): CellFormat {
  if (code === undefined) return builtInFormat(formatId);
  const bare = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/am\/pm|a\/p/gi, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '');
  if (/^0{2,}$/.test(bare)) return { shows: 'digits', digits: bare.length };
  if (/general/i.test(bare)) return NUMBER;
  const hasDay = /[yd]/i.test(bare);
  const hasClock = /[hs]/i.test(bare);
  if (hasDay) return { shows: hasClock ? 'date_time' : 'date' };
  if (hasClock) return { shows: 'time' };
  return /m/i.test(bare) ? { shows: 'date' } : NUMBER;
}

/** A number as JavaScript writes it, without its exponent. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * A number cell's text: 15 significant digits, which is what spreadsheet programs keep and show; whole numbers as they
 * stand, so that a long identifier keeps all its digits.
 */
export function numberText(stored: string): string {
  if (/^-?\d{1,30}$/.test(stored)) return stored;
  // Of so few digits all are significant, and their shortest form is the one that stands there.
  if (stored.length <= 15 && /^-?(?:0|[1-9]\d*)\.\d*[1-9]$/.test(stored)) return stored;
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  return withoutExponent(String(Number(value.toPrecision(15))));
}

/** Day 0 of the two date systems, as a clock in UTC shows it. */
const DAY_ZERO_1900 = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);
/** The day after 9999-12-31, the last that a spreadsheet knows, in the system of 1900; that of 1904 begins as much later. */
const DAYS_END_1900 = 2_958_466;
const DAYS_END_1904 = DAYS_END_1900 - 1_462;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/**
 * A date cell's text: `2026-10-31`, or `2026-10-31T22:30:00-07:00` where the cell has a time. A spreadsheet keeps no time
 * zone, so `clock` says which wall clock is meant.
 */
export function dateText(stored: string, format: CellFormat, date1904: boolean, clock: WallClock): string {
  const serial = Number(stored);
  if (!Number.isFinite(serial) || serial < 0 || serial >= (date1904 ? DAYS_END_1904 : DAYS_END_1900)) return numberText(stored);
  const millisecondOfDay = Math.round((serial - Math.floor(serial)) * DAY_MS);
  if (format.shows === 'time' && serial < 1) {
    const seconds = Math.round(millisecondOfDay / 1000);
    return `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  }
  // The 1900 system counts a 29 February 1900 that never was: day 60.
  const day = !date1904 && serial < 60 ? Math.floor(serial) + 1 : Math.floor(serial);
  const wallMs = (date1904 ? DAY_ZERO_1904 : DAY_ZERO_1900) + day * DAY_MS + millisecondOfDay;
  if (format.shows === 'date' && millisecondOfDay === 0) return new Date(wallMs).toISOString().slice(0, 10);
  return clock.textAt(Math.round(wallMs / 1000) * 1000);
}

/** A number cell's text by its format. */
export function numericCellText(stored: string, format: CellFormat, date1904: boolean, clock: WallClock): string {
  switch (format.shows) {
    case 'number':
      return numberText(stored);
    case 'digits':
      return /^\d+$/.test(stored) ? stored.padStart(format.digits, '0') : numberText(stored);
    default:
      return dateText(stored, format, date1904, clock);
  }
}

/** Spreadsheets write control characters as `_x000D_`. */
export const decodeCellText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
