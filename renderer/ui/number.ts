/**
 * Exact figures as a person reads them: thousands apart, a true minus, the user's separators. Works on decimal text,
 * so that nothing passes through binary floating point.
 */
import { formatQuantity } from '@shared/domain/quantity';
import { formatAmount } from '@shared/domain/money';

/** The minus sign, as wide as a figure in tabular setting; a hyphen is not one. */
export const MINUS = '\u2212';
/** What stands where no figure is known. Never blank, never 0. */
export const UNKNOWN = 'unknown';

interface Separators {
  readonly group: string;
  readonly decimal: string;
}

/** How figures are written unless a locale is given with one. */
export interface FigureStyle {
  /** A language tag; undefined: the system's. */
  readonly locale: string | undefined;
  /** Brackets stand in place of the sign, as on printed accounts: `(212.40)`. */
  readonly negatives: 'minus' | 'brackets';
}

let style: FigureStyle = { locale: undefined, negatives: 'minus' };

/** Sets how every figure is written from now on; what is drawn already must be drawn anew. */
export function setFigureStyle(wanted: FigureStyle): void {
  style = wanted;
}

/** Negative figures stand in brackets, so that others leave room for the closing one. */
export const usesBrackets = (): boolean => style.negatives === 'brackets';

const separatorsOf = new Map<string, Separators>();

function separators(locale: string | undefined = style.locale): Separators {
  const key = locale ?? '';
  let found = separatorsOf.get(key);
  if (!found) {
    const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(-1234567.5);
    const part = (type: Intl.NumberFormatPartTypes) => parts.find((each) => each.type === type)?.value;
    found = { group: part('group') ?? ',', decimal: part('decimal') ?? '.' };
    separatorsOf.set(key, found);
  }
  return found;
}

/** Whether a figure as it is written is less than nothing. */
export const isWrittenNegative = (text: string): boolean => text.startsWith(MINUS) || text.startsWith('(');

/** A sentence with its figures' hyphens made true minus signs; numbers of documents keep theirs. */
export const withTrueMinus = (sentence: string): string => sentence.replace(/(^|[\s(])-(?=\d)/g, `$1${MINUS}`);

/** The sign between whole and fraction as the user writes it. */
export const decimalSign = (locale?: string): string => separators(locale).decimal;

/** The sign between thousands as the user writes it. */
export const groupSign = (locale?: string): string => separators(locale).group;

/** Decimal text (`-1234.50`) in groups of three: `−1,234.50`. Every digit given is kept. */
export function groupDecimal(text: string, locale?: string): string {
  const { group, decimal } = separators(locale);
  const negative = text.startsWith('-');
  const [whole = '0', fraction] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const written = `${grouped}${fraction === undefined ? '' : decimal + fraction}`;
  if (!negative) return written;
  return usesBrackets() ? `(${written})` : `${MINUS}${written}`;
}

/** A scaled quantity: -125000 as `−12.5`; `unknown` where it is null. */
export const quantityText = (quantityScaled: number | null, locale?: string): string =>
  quantityScaled === null ? UNKNOWN : groupDecimal(formatQuantity(quantityScaled), locale);

/** Minor units with all the currency's digits, without its sign: -21240 as `−212.40`; `unknown` where it is null. */
export const moneyText = (amountMinor: number | null, currency: string, locale?: string): string =>
  amountMinor === null ? UNKNOWN : groupDecimal(formatAmount(amountMinor, currency), locale);

/** A whole number, as of rows: `1,204`. */
export const countText = (count: number, locale?: string): string => groupDecimal(String(count), locale);

/** A quantity with its sign always shown, for changes: `+4`, `−2`, `0`. */
export function signedQuantityText(quantityScaled: number | null, locale?: string): string {
  const text = quantityText(quantityScaled, locale);
  return quantityScaled !== null && quantityScaled > 0 ? `+${text}` : text;
}

/** A money amount with its sign always shown. */
export function signedMoneyText(amountMinor: number | null, currency: string, locale?: string): string {
  const text = moneyText(amountMinor, currency, locale);
  return amountMinor !== null && amountMinor > 0 ? `+${text}` : text;
}

/** `1 line`, `31 lines`: a count with its word. */
export const countWords = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;

/** Hundredths of a percent with one place, cut and never rounded up: 9749 as `97.4 %`; `unknown` where there is no share. */
export const percentText = (hundredths: number | null, locale?: string): string =>
  hundredths === null ? UNKNOWN : `${groupDecimal(`${Math.floor(hundredths / 100)}.${Math.floor((hundredths % 100) / 10)}`, locale)} %`;

/** A share of a whole in percent with one place; `unknown` where the whole is nothing. */
export function shareText(part: number, whole: number, locale?: string): string {
  if (whole === 0) return UNKNOWN;
  // Half-even does not matter here: a share is a reading aid, no booked figure; truncation keeps 99.96 % from reading as 100 %.
  const tenths = (BigInt(part) * 1000n) / BigInt(whole);
  return `${groupDecimal(`${tenths / 10n}.${tenths % 10n}`, locale)} %`;
}
