/**
 * Numbers of forty decimal places as bigints, with the two functions that confidence factors need: the exponential and
 * the natural logarithm.
 *
 * Each result is cut, not rounded, at the last place; what is lost is far below the places that a factor keeps.
 */

export const FIXED_PLACES = 40;
/** One, scaled. */
export const FIXED_ONE = 10n ** BigInt(FIXED_PLACES);

/** A whole number divided by another, scaled. @param divisor not zero */
export const fixedRatio = (dividend: bigint, divisor: bigint): bigint => (dividend * FIXED_ONE) / divisor;

export const fixedTimes = (left: bigint, right: bigint): bigint => (left * right) / FIXED_ONE;

export const fixedOver = (dividend: bigint, divisor: bigint): bigint => (dividend * FIXED_ONE) / divisor;

/** How often an exponent is halved before its series is summed: it then needs few terms. */
const HALVINGS = 12n;

/** e to the power of `exponent`, both scaled. */
export function fixedExp(exponent: bigint): bigint {
  if (exponent < 0n) return fixedOver(FIXED_ONE, fixedExp(-exponent));
  // Squaring doubles what was cut each time: more places are carried so that the first forty stay right.
  const guard = 10n ** 24n;
  const one = FIXED_ONE * guard;
  const small = (exponent * guard) >> HALVINGS;
  let term = one;
  let sum = one;
  for (let step = 1n; term !== 0n; step += 1n) {
    term = (term * small) / (one * step);
    sum += term;
  }
  for (let square = 0n; square < HALVINGS; square += 1n) sum = (sum * sum) / one;
  return sum / guard;
}

/** Twice the inverse hyperbolic tangent: the logarithm of (1 + ratio) / (1 - ratio). */
function doubledArtanh(ratio: bigint): bigint {
  const square = fixedTimes(ratio, ratio);
  let power = ratio;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = fixedTimes(power, square);
  }
  return 2n * sum;
}

const LN_TWO = doubledArtanh(FIXED_ONE / 3n);

/** The natural logarithm, scaled. @param value scaled, above zero */
export function fixedLn(value: bigint): bigint {
  if (value <= 0n) throw new Error('only a number above zero has a logarithm');
  let reduced = value;
  let doublings = 0n;
  while (reduced > 2n * FIXED_ONE) {
    reduced /= 2n;
    doublings += 1n;
  }
  while (reduced < FIXED_ONE) {
    reduced *= 2n;
    doublings -= 1n;
  }
  return doublings * LN_TWO + doubledArtanh(fixedOver(reduced - FIXED_ONE, reduced + FIXED_ONE));
}
