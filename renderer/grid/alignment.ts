/**
 * Decimals under decimals: how much room a figure leaves at its right so that the points of a column stand in line.
 */

/** A negative in brackets ends in one; the digits before it are what counts. */
const withoutBracket = (text: string): string => (text.endsWith(')') ? text.slice(0, -1) : text);

/** Digits behind the decimal sign of a formatted figure; 0 where there is none. */
export function fractionLength(text: string, decimalSign: string): number {
  const figure = withoutBracket(text);
  const at = figure.lastIndexOf(decimalSign);
  return at < 0 || !/\d$/.test(figure) ? 0 : figure.length - at - decimalSign.length;
}

/**
 * The invisible tail that brings a figure to `places` digits behind the sign: `48` to two places wants `.00`. Where negatives
 * stand in brackets, a figure without one also wants the room of the closing one.
 */
export function ghostTail(text: string, places: number, decimalSign: string, usesBrackets = false): string {
  const own = fractionLength(text, decimalSign);
  const digits = own >= places ? '' : (own === 0 ? decimalSign : '') + '0'.repeat(places - own);
  return usesBrackets && !text.endsWith(')') ? `${digits})` : digits;
}
