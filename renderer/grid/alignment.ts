/**
 * Decimals under decimals: how much room a figure leaves at its right so that the points of a column stand in line.
 */

/** Digits behind the decimal sign of a formatted figure; 0 where there is none. */
export function fractionLength(text: string, decimalSign: string): number {
  const at = text.lastIndexOf(decimalSign);
  return at < 0 || !/\d$/.test(text) ? 0 : text.length - at - decimalSign.length;
}

/** The invisible tail that brings a figure to `places` digits behind the sign: `48` to two places wants `.00`. */
export function ghostTail(text: string, places: number, decimalSign: string): string {
  const own = fractionLength(text, decimalSign);
  if (own >= places) return '';
  return (own === 0 ? decimalSign : '') + '0'.repeat(places - own);
}
