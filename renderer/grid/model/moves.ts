/**
 * Where a key takes the keyboard, as a spreadsheet would: arrows, pages, ends, and Ctrl+arrows to the edge of the data.
 */
import type { CellPlace, CellSelection, GridShape } from './cell-range';
import { boxesOf } from './cell-range';

/** What is read of a key press. */
export interface KeyOf {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

export type Move =
  | { readonly to: 'step' | 'edge' | 'page'; readonly direction: Direction }
  | { readonly to: 'rowStart' | 'rowEnd' | 'first' | 'last' };

const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/** The move a key stands for; Shift extends the range instead and is for the caller to see. undefined: no move. */
export function moveFor(press: KeyOf): Move | undefined {
  const control = press.ctrlKey || press.metaKey;
  const arrow = ARROWS[press.key];
  if (arrow) return press.altKey ? undefined : { to: control ? 'edge' : 'step', direction: arrow };
  switch (press.key) {
    case 'PageUp':
    case 'PageDown':
      if (control) return undefined;
      return { to: 'page', direction: press.altKey ? (press.key === 'PageUp' ? 'left' : 'right') : press.key === 'PageUp' ? 'up' : 'down' };
    case 'Home':
      return { to: control ? 'first' : 'rowStart' };
    case 'End':
      return { to: control ? 'last' : 'rowEnd' };
    default:
      return undefined;
  }
}

export interface MoveSetting {
  readonly shape: GridShape;
  /** Rows and columns in sight: how far a page goes. */
  readonly page: { readonly rows: number; readonly columns: number };
  /** Whether the cell is empty; undefined where its row is not loaded. */
  readonly isEmpty: (place: CellPlace) => boolean | undefined;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/**
 * The edge of the data from a place on: from a filled cell with a filled neighbour the last filled one, otherwise the next
 * filled one, otherwise the end of the grid.
 *
 * @param from the place to start from, on a line of `count` places
 * @param isEmptyAt whether the place is empty; undefined where nobody knows yet
 * @returns the edge; `needs` is the first place that has to be known first
 */
export function edgeOfData(
  from: number, step: 1 | -1, count: number, isEmptyAt: (place: number) => boolean | undefined,
): { readonly at: number } | { readonly needs: number } {
  const end = step > 0 ? count - 1 : 0;
  if (from === end) return { at: from };
  const here = isEmptyAt(from);
  if (here === undefined) return { needs: from };
  const next = isEmptyAt(from + step);
  if (next === undefined) return { needs: from + step };
  const seeksFilled = here || next;
  for (let place = from + step; ; place += step) {
    const empty = isEmptyAt(place);
    if (empty === undefined) return { needs: place };
    if (seeksFilled && !empty) return { at: place };
    if (!seeksFilled && empty) return { at: place - step };
    if (place === end) return { at: end };
  }
}

/**
 * Where `move` goes from `place`. `needs` is a row that has to be read first to know where the data ends.
 */
export function placeAfter(place: CellPlace, move: Move, setting: MoveSetting): { readonly place: CellPlace } | { readonly needs: number } {
  const { shape, page, isEmpty } = setting;
  const lastRow = shape.rows - 1;
  const lastColumn = shape.columns.length - 1;
  const column = Math.max(0, shape.columns.indexOf(place.column));
  const at = (row: number, columnPlace: number) => ({ place: { row: clamp(row, lastRow), column: shape.columns[clamp(columnPlace, lastColumn)]! } });
  switch (move.to) {
    case 'rowStart':
      return at(place.row, 0);
    case 'rowEnd':
      return at(place.row, lastColumn);
    case 'first':
      return at(0, 0);
    case 'last':
      return at(lastRow, lastColumn);
    default:
  }
  const isVertical = move.direction === 'up' || move.direction === 'down';
  const sign = move.direction === 'down' || move.direction === 'right' ? 1 : -1;
  if (move.to === 'edge') {
    const edge = isVertical
      ? edgeOfData(place.row, sign, shape.rows, (row) => isEmpty({ row, column: place.column }))
      : edgeOfData(column, sign, shape.columns.length, (columnPlace) => isEmpty({ row: place.row, column: shape.columns[columnPlace]! }));
    if ('needs' in edge) return { needs: isVertical ? edge.needs : place.row };
    return isVertical ? at(edge.at, column) : at(place.row, edge.at);
  }
  const distance = (move.to === 'page' ? Math.max(1, isVertical ? page.rows : page.columns) : 1) * sign;
  return isVertical ? at(place.row + distance, column) : at(place.row, column + distance);
}

/**
 * Where Enter and Tab go: inside a range of several cells from cell to cell and round again, range after range; otherwise one
 * on, and Tab from the end of a row to the next.
 */
export function nextCell(selection: CellSelection, shape: GridShape, by: 'row' | 'column', step: 1 | -1): { readonly place: CellPlace; readonly staysInRange: boolean } {
  const boxes = boxesOf(selection, shape);
  const { active } = selection;
  const column = Math.max(0, shape.columns.indexOf(active.column));
  const cells = boxes.reduce((sum, box) => sum + (box.bottom - box.top + 1) * (box.right - box.left + 1), 0);
  if (cells <= 1) {
    const lastRow = shape.rows - 1;
    const width = shape.columns.length;
    if (by === 'row') return { place: { row: clamp(active.row + step, lastRow), column: active.column }, staysInRange: false };
    const flat = clamp(active.row * width + column + step, shape.rows * width - 1);
    return { place: { row: Math.floor(flat / width), column: shape.columns[flat % width]! }, staysInRange: false };
  }
  const at = boxes.findLastIndex((box) => active.row >= box.top && active.row <= box.bottom && column >= box.left && column <= box.right);
  const box = boxes[Math.max(0, at)]!;
  const [height, width] = [box.bottom - box.top + 1, box.right - box.left + 1];
  const order = by === 'row' ? (column - box.left) * height + active.row - box.top : (active.row - box.top) * width + column - box.left;
  const next = order + step;
  const size = height * width;
  const target = next < 0 || next >= size ? boxes[(Math.max(0, at) + step + boxes.length) % boxes.length]! : box;
  const [targetHeight, targetWidth] = [target.bottom - target.top + 1, target.right - target.left + 1];
  const place = next < 0 ? targetHeight * targetWidth - 1 : next >= size ? 0 : next;
  const [row, columnPlace] =
    by === 'row'
      ? [target.top + (place % targetHeight), target.left + Math.floor(place / targetHeight)]
      : [target.top + Math.floor(place / targetWidth), target.left + (place % targetWidth)];
  return { place: { row, column: shape.columns[columnPlace]! }, staysInRange: true };
}
