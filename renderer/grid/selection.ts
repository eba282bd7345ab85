/**
 * Which rows a key or click selects: from the anchor to where it went.
 */

/** Row indexes from `anchor` to `target`, in order, whichever lies first. */
export function indexesBetween(anchor: number, target: number): readonly number[] {
  const first = Math.min(anchor, target);
  return Array.from({ length: Math.abs(target - anchor) + 1 }, (_each, step) => first + step);
}
