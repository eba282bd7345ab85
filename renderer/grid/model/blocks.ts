/**
 * Blocks of cells onto a range: where each cell of a pasted block goes, and which cell a filled one repeats.
 */
import type { CellBox } from './cell-range';

/** Rows of texts, all equally long. */
export type TextBlock = readonly (readonly string[])[];

export interface PasteTarget {
  readonly box: CellBox;
  /** The text that goes into a cell of the box. */
  readonly textAt: (row: number, column: number) => string;
  /** Rows and columns of the block for which the grid has no cells. */
  readonly rowsOutside: number;
  readonly columnsOutside: number;
}

/**
 * Where a block goes, as in a spreadsheet: one text fills the range; a range that is a whole multiple of the block takes it
 * several times; otherwise the block goes from the range's first cell on, whatever the range's size.
 *
 * @param rows and `columns`: how many the grid has; what goes beyond is left out and counted
 */
export function pasteTarget(block: TextBlock, onto: CellBox, rows: number, columns: number): PasteTarget {
  const height = block.length;
  const width = block[0]?.length ?? 0;
  const [ontoHeight, ontoWidth] = [onto.bottom - onto.top + 1, onto.right - onto.left + 1];
  const fits = height > 0 && width > 0 && ontoHeight % height === 0 && ontoWidth % width === 0;
  const wantedBottom = fits ? onto.bottom : onto.top + height - 1;
  const wantedRight = fits ? onto.right : onto.left + width - 1;
  const box = { top: onto.top, left: onto.left, bottom: Math.min(rows - 1, wantedBottom), right: Math.min(columns - 1, wantedRight) };
  return {
    box,
    textAt: (row, column) => block[(row - onto.top) % height]?.[(column - onto.left) % width] ?? '',
    rowsOutside: wantedBottom - box.bottom,
    columnsOutside: wantedRight - box.right,
  };
}

export interface FillStep {
  readonly from: CellBox;
  /** The cells that are filled; never the ones they repeat. */
  readonly onto: CellBox;
}

/** Ctrl+D: the first row of the range goes into the rows below it; a single row takes what stands above it. */
export function fillDown(box: CellBox): FillStep | undefined {
  if (box.bottom > box.top) return { from: { ...box, bottom: box.top }, onto: { ...box, top: box.top + 1 } };
  return box.top === 0 ? undefined : { from: { ...box, top: box.top - 1, bottom: box.top - 1 }, onto: box };
}

/** Ctrl+R: the first column of the range goes into the columns to its right; a single column takes what stands left of it. */
export function fillRight(box: CellBox): FillStep | undefined {
  if (box.right > box.left) return { from: { ...box, right: box.left }, onto: { ...box, left: box.left + 1 } };
  return box.left === 0 ? undefined : { from: { ...box, left: box.left - 1, right: box.left - 1 }, onto: box };
}

/**
 * The fill handle drawn from a range to a cell: along the way on which the cell lies farther out, as a spreadsheet decides;
 * undefined where the cell lies inside.
 */
export function fillByHandle(from: CellBox, row: number, column: number): FillStep | undefined {
  const [down, up, right, left] = [row - from.bottom, from.top - row, column - from.right, from.left - column];
  const most = Math.max(down, up, right, left);
  if (most <= 0) return undefined;
  if (down === most) return { from, onto: { ...from, top: from.bottom + 1, bottom: row } };
  if (up === most) return { from, onto: { ...from, top: row, bottom: from.top - 1 } };
  if (right === most) return { from, onto: { ...from, left: from.right + 1, right: column } };
  return { from, onto: { ...from, left: column, right: from.left - 1 } };
}

const repeated = (at: number, first: number, length: number): number => first + (((at - first) % length) + length) % length;

/** The cell that a filled one repeats. A fill repeats what is there and never guesses how a series goes on. */
export const filledFrom = ({ from }: FillStep, row: number, column: number): { readonly row: number; readonly column: number } => ({
  row: repeated(row, from.top, from.bottom - from.top + 1),
  column: repeated(column, from.left, from.right - from.left + 1),
});
