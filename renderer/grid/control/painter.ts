/**
 * Shows the selection on the cells that are drawn: an attribute on each tells where it lies in a range, and the style sheet
 * does the rest. No element and no style is added, so there is nothing to scroll along and nothing for the policy to refuse.
 */
import { boxesOf, type CellBox, type CellSelection, type GridShape, isInBox } from '../model/cell-range';

/** The column of row numbers: it is no data, but a click on it chooses whole rows. */
export const ROW_NUMBERS = 'row-number';

export interface Painted {
  readonly selection: CellSelection | undefined;
  readonly shape: GridShape;
  /** The cells that letting go of the fill handle would fill. */
  readonly filling: CellBox | undefined;
  /** The corner of the last range has a handle. */
  readonly hasHandle: boolean;
}

function marksOf(boxes: readonly CellBox[], row: number, column: number, { selection, filling, hasHandle, shape }: Painted): string {
  const marks: string[] = [];
  const own = boxes.filter((box) => isInBox(box, row, column));
  if (own.length > 0) {
    marks.push('in');
    for (const { top, bottom, left, right } of own) {
      if (row === top) marks.push('top');
      if (row === bottom) marks.push('bottom');
      if (column === left) marks.push('left');
      if (column === right) marks.push('right');
    }
    const last = boxes.at(-1)!;
    if (hasHandle && boxes.length === 1 && row === last.bottom && column === last.right) marks.push('corner');
    if (selection && selection.active.row === row && shape.columns[column] === selection.active.column) marks.push('active');
  }
  if (filling && isInBox(filling, row, column)) {
    marks.push('filling');
    if (row === filling.top) marks.push('fill-top');
    if (row === filling.bottom) marks.push('fill-bottom');
    if (column === filling.left) marks.push('fill-left');
    if (column === filling.right) marks.push('fill-right');
  }
  return marks.join(' ');
}

export class Painter {
  #painted: Painted = { selection: undefined, shape: { rows: 0, columns: [] }, filling: undefined, hasHandle: false };
  #boxes: readonly CellBox[] = [];
  #columns = new Map<string, number>();

  show(painted: Painted): void {
    this.#painted = painted;
    this.#boxes = painted.selection ? boxesOf(painted.selection, painted.shape) : [];
    this.#columns = new Map(painted.shape.columns.map((column, place) => [column, place]));
  }

  /** A single cell says where it is by its focus alone. */
  get #isRange(): boolean {
    const [box] = this.#boxes;
    return this.#boxes.length > 1 || (box !== undefined && (box.top !== box.bottom || box.left !== box.right));
  }

  cell(element: HTMLElement, row: number, column: string): void {
    const place = this.#columns.get(column);
    const marks =
      place !== undefined ? marksOf(this.#boxes, row, place, this.#painted)
      : column === ROW_NUMBERS && this.#boxes.some((box) => row >= box.top && row <= box.bottom) ? 'numbered'
      : '';
    if (marks === '') delete element.dataset['range'];
    else if (element.dataset['range'] !== marks) element.dataset['range'] = marks;
    if (marks.startsWith('in') && this.#isRange) element.setAttribute('aria-selected', 'true');
    else element.removeAttribute('aria-selected');
  }

  /** Every cell that is drawn. */
  all(frame: HTMLElement): void {
    const activeRow = this.#painted.selection?.active.row;
    for (const row of frame.querySelectorAll<HTMLElement>('.ag-row[row-index]')) {
      const index = Number(row.getAttribute('row-index'));
      row.toggleAttribute('data-active-row', index === activeRow);
      for (const cell of row.querySelectorAll<HTMLElement>('.ag-cell[col-id]')) this.cell(cell, index, cell.getAttribute('col-id')!);
    }
    for (const head of frame.querySelectorAll<HTMLElement>('.ag-header-cell[col-id]')) {
      const place = this.#columns.get(head.getAttribute('col-id')!);
      head.toggleAttribute('data-in-range', place !== undefined && this.#boxes.some(({ left, right }) => place >= left && place <= right));
    }
  }
}
