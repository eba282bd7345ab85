/**
 * Money: whole minor units with their ISO 4217 currency; unit costs with six places; products kept exact until a
 * journal line rounds them once.
 */
import { divideHalfEven, divideHalfUp, formatDecimal, parseDecimal, toSafeInteger } from './decimal';
import { QUANTITY_PLACES } from './quantity';

/** How many decimal places a unit cost keeps. */
export const UNIT_COST_PLACES = 6;
/** Places of an exact value, the product of a quantity and a unit cost. */
export const EXACT_VALUE_PLACES = QUANTITY_PLACES + UNIT_COST_PLACES;

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one); all others have two digits. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

/** Whether it is a currency code of ISO 4217, such as USD. */
export const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);
/** Decimal digits of the currency's minor unit: 2 for USD, 0 for JPY. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** Reads `4.125000` as 4125000. */
export const parseUnitCost = (text: string): number | undefined => parseDecimal(text, UNIT_COST_PLACES);
/** Writes 4125000 as `4.125`; at least two places, as costs are read. */
export const formatUnitCost = (unitCostScaled: number): string => formatDecimal(unitCostScaled, UNIT_COST_PLACES, 2);

/** Reads an amount in major units (`-8.25`) as minor units of `currency` (-825). */
export const parseAmount = (text: string, currency: string): number | undefined => parseDecimal(text, minorDigits(currency));
/** Writes minor units as major units with all the currency's digits: -825 as `-8.25`. */
export const formatAmount = (amountMinor: number | bigint, currency: string): string =>
  formatDecimal(amountMinor, minorDigits(currency), minorDigits(currency));

/** Quantity times unit cost, exact, with `EXACT_VALUE_PLACES` places. */
export const exactValue = (quantityScaled: number, unitCostScaled: number): bigint =>
  BigInt(quantityScaled) * BigInt(unitCostScaled);

/** Which way a half goes: to the even digit, which does not drift, or away from zero. */
export const ROUNDINGS = ['half_even', 'half_up'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** Rounds an exact value to minor units of `currency`, half-even unless told; throws `DecimalOverflow` where it does not fit. */
export function roundToMinor(exact: bigint, currency: string, rounding: Rounding = 'half_even'): number {
  const divide = rounding === 'half_up' ? divideHalfUp : divideHalfEven;
  return toSafeInteger(divide(exact, 10n ** BigInt(EXACT_VALUE_PLACES - minorDigits(currency))));
}

/**
 * Rounds the parts of a sum so that the rounded parts add up to the rounded sum: each part is what its running total
 * rounds to, less what the one before did.
 */
export function roundParts(exactParts: readonly bigint[], currency: string): number[] {
  let exact = 0n;
  let rounded = 0;
  return exactParts.map((part) => {
    exact += part;
    const before = rounded;
    rounded = roundToMinor(exact, currency);
    return rounded - before;
  });
}

/** What rounding moved: rounded minus exact, with `EXACT_VALUE_PLACES` places. */
export const roundingDifference = (exact: bigint, amountMinor: number, currency: string): bigint =>
  BigInt(amountMinor) * 10n ** BigInt(EXACT_VALUE_PLACES - minorDigits(currency)) - exact;
