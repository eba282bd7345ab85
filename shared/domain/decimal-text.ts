/**
 * Sums and differences of decimal text, exact to the last digit however many places each has: for figures that cross
 * the door as text and are only shown.
 */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The digits as one whole number with `places` decimal places. @throws where the text is no decimal */
function scaled(text: string, places: number): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw new Error(`no decimal: ${text}`);
  const value = BigInt(match[2]! + (match[3] ?? '').padEnd(places, '0'));
  return match[1] ? -value : value;
}

const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** `1.5` and `-0.25` make `1.25`; the longest fraction decides how many places the sum keeps. `0` where there are none. */
export function sumDecimalTexts(texts: readonly string[]): string {
  const places = Math.max(0, ...texts.map(placesOf));
  const sum = texts.reduce((total, text) => total + scaled(text, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${sum < 0n ? '-' : ''}${whole}${places ? `.${digits.slice(digits.length - places)}` : ''}`;
}

const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);

/** What has to be added to `before` to make `after`. */
export const differenceOfDecimalTexts = (after: string, before: string): string =>
  sumDecimalTexts([after, negated(before)]);
