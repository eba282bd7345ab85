/**
 * Exact decimals as scaled integers: the one place where decimal text becomes an integer and back.
 *
 * A value is a whole number of 10^-places units that fits a JavaScript safe integer. Nothing here rounds unless
 * its name says so, and nothing wraps: what does not fit throws `DecimalOverflow`.
 */

/** A result that passes the largest exact integer. A bug or absurd input, never silently wrapped. */
export class DecimalOverflow extends Error {
  override readonly name = 'DecimalOverflow';
}

/** A bigint as a safe integer; throws `DecimalOverflow` where it does not fit. */
export function toSafeInteger(value: bigint): number {
  const narrowed = Number(value);
  if (!Number.isSafeInteger(narrowed)) throw new DecimalOverflow(`${value} does not fit an exact integer`);
  return narrowed;
}

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;

/**
 * Reads plain decimal text (`-12.5`, `.25`, `+3`): no thousands signs, no exponent.
 *
 * @param places how many decimal places the scale keeps; more non-zero places than that are no match
 * @returns the scaled integer, or undefined where the text is no such decimal or does not fit
 */
export function parseDecimal(text: string, places: number): number | undefined {
  const match = PLAIN_DECIMAL.exec(text);
  if (!match) return undefined;
  const sign = match[1] ?? match[4] ?? '';
  const whole = match[2] ?? '0';
  const fraction = (match[3] ?? match[5] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return undefined;
  const digits = BigInt(whole + fraction.padEnd(places, '0'));
  const scaled = Number(digits);
  if (!Number.isSafeInteger(scaled)) return undefined;
  return sign === '-' && scaled !== 0 ? -scaled : scaled;
}

/**
 * Writes a scaled integer as plain decimal text.
 *
 * @param minimumPlaces trailing zeros are dropped down to this many places (0: none kept)
 */
export function formatDecimal(scaled: number | bigint, places: number, minimumPlaces = 0): string {
  const value = BigInt(scaled);
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  let fraction = digits.slice(digits.length - places);
  while (fraction.length > minimumPlaces && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Divides and rounds half to even, the rule that does not drift when many halves are rounded (IEEE 754
 * roundTiesToEven, the accountants' banker's rounding).
 *
 * @param divisor a positive whole number
 */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  let quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n !== 0n)) quotient += dividend < 0n ? -1n : 1n;
  return quotient;
}

/**
 * Divides and rounds half away from zero, the rule of schools and of most invoices.
 *
 * @param divisor a positive whole number
 */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  if ((remainder < 0n ? -remainder : remainder) * 2n < divisor) return quotient;
  return quotient + (dividend < 0n ? -1n : 1n);
}
