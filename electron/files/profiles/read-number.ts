/**
 * Numbers as people and reports write them, read exactly: group signs, brackets, a trailing minus, a leading apostrophe,
 * currencies. What is not certainly a number is none.
 */
import { divideHalfEven, parseDecimal, toSafeInteger, DecimalOverflow } from '@shared/domain/decimal';
import type { NumberStyle } from '@shared/domain/import-profile';

export type NumberReading =
  | { readonly ok: true; readonly scaled: number }
  | { readonly ok: false; readonly why: string };

const unreadable = (why: string): NumberReading => ({ ok: false, why });

const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const CURRENCY_BEFORE = /^(?:[A-Z]{3}\s?|[$€£¥₹]\s?)/;
const CURRENCY_BEHIND = /(?:\s?[A-Z]{3}|\s?[$€£¥₹])$/;

const GROUPED: Readonly<Record<NumberStyle['thousands'], RegExp | undefined>> = {
  ',': /^\d{1,3}(?:,\d{3})+$/,
  '.': /^\d{1,3}(?:\.\d{3})+$/,
  ' ': /^\d{1,3}(?: \d{3})+$/,
  "'": /^\d{1,3}(?:['’]\d{3})+$/,
  none: undefined,
};

/** The whole part without its group signs; undefined where they stand wrongly. */
function ungroup(whole: string, thousands: NumberStyle['thousands']): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  return GROUPED[thousands]?.test(whole) ? whole.replace(/\D/g, '') : undefined;
}

interface Signed {
  readonly negative: boolean;
  readonly digits: string;
}

const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/**
 * The scaled figure of a cell that can be read in one way only, as most cells of an export can: up to nine digits,
 * perhaps a minus and a fraction. NaN where it takes a closer look. Fifteen digits are exact in a number.
 */
export function readPlain(text: string, decimal: string, places: number): number {
  const { length } = text;
  const isNegative = text.charCodeAt(0) === 45;
  let index = isNegative ? 1 : 0;
  const from = index;
  let value = 0;
  for (; index < length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (index === from || index - from > 9) return Number.NaN;
  let fraction = 0;
  if (index < length) {
    fraction = length - index - 1;
    if (text.charCodeAt(index) !== 46 || decimal !== '.' || fraction === 0 || fraction > places) return Number.NaN;
    for (index += 1; index < length; index += 1) {
      const digit = text.charCodeAt(index) - 48;
      if (digit < 0 || digit > 9) return Number.NaN;
      value = value * 10 + digit;
    }
  }
  value *= POWERS_OF_TEN[places - fraction] ?? Number.NaN;
  return isNegative && value !== 0 ? -value : value;
}

/** Takes the sign off, wherever it stands; undefined where there are two. */
function takeSign(text: string): Signed | undefined {
  const bracketed = /^\((.+)\)$/.exec(text);
  const trailing = /^(.+?)\s?-$/.exec(bracketed?.[1] ?? text);
  const body = (trailing?.[1] ?? bracketed?.[1] ?? text).trim();
  const leading = /^([+-])\s?(.+)$/.exec(body);
  const minuses = [bracketed, trailing, leading?.[1] === '-' ? leading : null].filter(Boolean).length;
  if (minuses > 1) return undefined;
  return { negative: minuses === 1, digits: leading?.[2] ?? body };
}

/**
 * Reads a number.
 *
 * @param places decimal places that are kept
 * @param excessPlaces what to do with more places than that
 * @param money whether a currency may stand before or behind the number
 */
export function readNumber(
  text: string,
  style: NumberStyle,
  places: number,
  excessPlaces: 'quarantine' | 'round' = 'quarantine',
  money = false,
): NumberReading {
  const plain = readPlain(text, style.decimal, places);
  if (!Number.isNaN(plain)) return { ok: true, scaled: plain };
  let body = text.replace(SPACES, ' ').replaceAll('\u2212', '-').trim();
  // Spreadsheets and shops put an apostrophe before what they do not want to be calculated with.
  if (/^'[\d+\-.(]/.test(body)) body = body.slice(1);
  let signed = takeSign(body);
  if (signed && money) {
    const bare = signed.digits.replace(CURRENCY_BEFORE, '').replace(CURRENCY_BEHIND, '');
    const inner = takeSign(bare);
    signed = inner && !(inner.negative && signed.negative) ? { ...inner, negative: inner.negative || signed.negative } : undefined;
  }
  if (!signed) return unreadable('has two signs');
  const [whole = '', fraction = '', ...more] = signed.digits.split(style.decimal);
  const digits = more.length === 0 && /^\d*$/.test(fraction) ? ungroup(whole, style.thousands) : undefined;
  if (digits === undefined || digits + fraction === '') return unreadable('is no number');
  const kept = fraction.replace(/0+$/, '');
  const sign = signed.negative ? '-' : '';
  if (kept.length > places) {
    if (excessPlaces === 'quarantine') return unreadable(`has more than ${places} decimal places`);
    try {
      const exact = BigInt(`${sign}${digits || '0'}${kept}`);
      return { ok: true, scaled: toSafeInteger(divideHalfEven(exact, 10n ** BigInt(kept.length - places))) };
    } catch (error) {
      if (error instanceof DecimalOverflow) return unreadable('is too large');
      throw error;
    }
  }
  const scaled = parseDecimal(`${sign}${digits || '0'}.${kept}`, places);
  return scaled === undefined ? unreadable('is too large') : { ok: true, scaled };
}
