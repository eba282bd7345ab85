/**
 * Rounding differences of an entry as a person reads them.
 */
import { sumDecimalTexts } from '@shared/domain/decimal-text';
import { groupDecimal } from './number';

const isZero = (decimal: string): boolean => !/[1-9]/.test(decimal);

/** Trailing zeros say nothing in a difference: `-0.0037000000` reads `−0.0037`. */
export const differenceText = (decimal: string): string =>
  isZero(decimal) ? '0' : groupDecimal(decimal.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));

/**
 * Differences that stand under each other: their points in one line, and a dash where nothing was moved.
 *
 * @param decimals decimal texts, as the lines of one entry carry them
 */
export function differenceColumn(decimals: readonly string[]): readonly string[] {
  const placesOf = (decimal: string) => (isZero(decimal) ? 0 : (/\.(\d*?)0*$/.exec(decimal)?.[1]?.length ?? 0));
  const places = Math.max(0, ...decimals.map(placesOf));
  return decimals.map((decimal) => {
    if (isZero(decimal)) return '–';
    const [whole = '', fraction = ''] = decimal.split('.');
    return groupDecimal(places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0').slice(0, places)}`);
  });
}

/**
 * What rounding moved in all. Both lines of a pair carry the same difference, so debits alone tell it.
 */
export const roundingOfDebits = (
  lines: readonly { readonly debitMinor: number; readonly roundingDifference: string }[],
): string =>
  differenceText(sumDecimalTexts(lines.filter((line) => line.debitMinor !== 0).map((line) => line.roundingDifference)));
