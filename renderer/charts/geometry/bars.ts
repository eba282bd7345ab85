/**
 * Where the parts of bars stand. Shares of a bar's own whole, or of the largest bar of the picture.
 */

export interface BarPart {
  /** Not negative. */
  readonly value: number;
}

export interface PartSpan {
  /** Shares of the length that a bar can have, 0 to 1. */
  readonly start: number;
  readonly width: number;
}

/** A part that is not nothing is drawn at least so wide, in pixels, so that it is seen and can be pointed at. */
const PART_LEAST = 3;

/**
 * The parts of one bar, side by side.
 *
 * Small parts are widened to be seen; what they take is taken from the larger ones, so that the bar keeps its length.
 *
 * @param whole what the full length stands for
 * @param length of the full bar in pixels
 */
export function partSpans(parts: readonly BarPart[], whole: number, length: number): readonly PartSpan[] {
  if (whole <= 0 || length <= 0) return parts.map(() => ({ start: 0, width: 0 }));
  const least = PART_LEAST / length;
  const shares = parts.map(({ value }) => Math.max(0, value) / whole);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widened = shares.map((share) => (share > 0 && share < least ? least : share));
  const surplus = widened.reduce((sum, share) => sum + share, 0) - total;
  const large = shares.reduce((sum, share) => sum + (share >= least ? share : 0), 0);
  const factor = large > surplus ? (large - surplus) / large : 1;
  let start = 0;
  return widened.map((share, index) => {
    const width = shares[index]! >= least ? share * factor : share;
    const span = { start, width };
    start += width;
    return span;
  });
}

/** A figure at the end of a scale that is easy to read: 1, 2, 2.5 or 5 times a power of ten, not less than `most`. */
export function niceEnd(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((end) => end >= most * (1 - 1e-9)) ?? 10 * power;
}
