/**
 * The scales of a map of points: an age from zero, and a size that may span many powers of ten.
 */

/** The powers of ten around the sizes: the scale's ends, and its marks. */
export function powersAround(sizes: readonly number[]): readonly number[] {
  const positive = sizes.filter((size) => size > 0);
  if (positive.length === 0) return [1, 10];
  const first = Math.floor(Math.log10(Math.min(...positive)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...positive)) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_none, index) => 10 ** (first + index));
}

/** Round steps from 0 to at least `most`, about `wanted` of them; of days, so that they are whole. */
export function wholeTicks(most: number, wanted: number): readonly number[] {
  const steps = [1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825];
  const step = steps.find((each) => most / each <= wanted) ?? steps.at(-1)!;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_none, index) => index * step);
}

export interface Placed {
  readonly x: number;
  readonly y: number;
}

/**
 * Moves points that would cover each other apart along the width: those of one spot stand side by side.
 *
 * @param distance between the middles of two points, in pixels
 * @param right the last place for a middle
 */
export function spreadPoints(points: readonly Placed[], distance: number, right: number): readonly Placed[] {
  const taken: Placed[] = [];
  return points.map((point) => {
    let { x } = point;
    const isFree = (place: number) => taken.every((other) => Math.abs(other.y - point.y) >= distance || Math.abs(other.x - place) >= distance);
    while (x + distance <= right && !isFree(x)) x += distance;
    const placed = { x: isFree(x) ? x : point.x, y: point.y };
    taken.push(placed);
    return placed;
  });
}
