/**
 * Which rows of a long list are drawn.
 */

/** Rows drawn beyond each edge, so that a turn of the wheel shows no gap. */
const MARGIN_ROWS = 8;

/** The rows to draw for a box scrolled to `scrollTop`. */
export function rowsInSight(
  scrollTop: number,
  boxHeight: number,
  rowHeight: number,
  count: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN_ROWS);
  const end = Math.min(count, Math.ceil((scrollTop + boxHeight) / rowHeight) + MARGIN_ROWS);
  return { first, end: Math.max(first, end) };
}
