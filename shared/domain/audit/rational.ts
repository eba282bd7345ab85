/**
 * Fractions of whole numbers: what projections of a sample are, until a figure is shown or compared.
 */
import { divideHalfEven } from '../decimal';

export interface Rational {
  readonly numerator: bigint;
  /** Above zero. */
  readonly denominator: bigint;
}

function commonDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left < 0n ? -left : left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** @param denominator not zero */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const divisor = commonDivisor(numerator, denominator < 0n ? -denominator : denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const ZERO = rational(0n);

export const plus = (left: Rational, right: Rational): Rational =>
  rational(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);

export const times = (left: Rational, right: Rational): Rational => rational(left.numerator * right.numerator, left.denominator * right.denominator);

export const total = (values: readonly Rational[]): Rational => values.reduce(plus, ZERO);

/** Below zero where `left` is less, above where it is more. */
export function compare(left: Rational, right: Rational): number {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Half to even, as every amount of a workbook. */
export const rounded = (value: Rational): bigint => divideHalfEven(value.numerator, value.denominator);

/** To the next whole number that is not less: how a limit is stated. */
export function roundedUp({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  return numerator > 0n && numerator % denominator !== 0n ? quotient + 1n : quotient;
}
