/**
 * Keys in the grid, as in a spreadsheet. What is not answered here goes on to AG Grid: typing, F2, and the way into the head.
 */
import { addRange, boxesOf, type CellPlace, type CellSelection, selectAll, selectCell, selectRange, wholeColumns, wholeRows } from '../model/cell-range';
import { type Move, moveFor, nextCell, placeAfter } from '../model/moves';
import type { Changes } from './changes';
import type { GridControl } from './grid-control';
import { isEmptyCell } from '../columns';

export interface KeyTargets<Row> {
  readonly control: GridControl<Row>;
  readonly changes: Changes<Row>;
  /** Copies what is chosen. */
  readonly copy: () => void;
  /** Tab leaves the grid. */
  readonly tabLeaves: boolean;
}

/** The place from which Shift goes on: the far end of the last range. */
const farEnd = (selection: CellSelection): CellPlace => selection.ranges.at(-1)!.extent;

async function travel<Row>({ control }: KeyTargets<Row>, move: Move, extends_: boolean): Promise<void> {
  const { selection, shape } = control;
  if (!selection) return;
  const from = extends_ ? farEnd(selection) : selection.active;
  const columns = new Map(control.props().columns.map((column) => [column.id, column]));
  const isEmpty = ({ row, column }: CellPlace) => {
    const data = control.reader.loaded(row);
    return data === undefined ? undefined : isEmptyCell(columns.get(column)!, data);
  };
  let reached = placeAfter(from, move, { shape, page: control.page, isEmpty });
  if ('needs' in reached && move.to === 'edge') {
    // The data goes on where no row is loaded: the source knows where it ends, or it is taken to go on to the last row.
    const step = move.direction === 'down' || move.direction === 'right' ? 1 : -1;
    const end = step > 0 ? shape.rows - 1 : 0;
    const here = isEmpty({ row: from.row, column: from.column });
    const next = isEmpty({ row: from.row + step, column: from.column });
    const seeks = here === false && next === false ? 'empty' : 'filled';
    const found = await control.props().edge?.({ column: from.column, from: from.row, direction: step > 0 ? 'next' : 'previous', seeks });
    const row = found === undefined || found === null ? end : seeks === 'empty' ? found - step : found;
    reached = { place: { row, column: from.column } };
  }
  if (!('place' in reached)) return;
  if (extends_) control.extend(reached.place);
  else control.goTo(reached.place);
}

/** Enter and Tab. Enter after Tabs goes back to the column where they began, as when a table is typed in row by row. */
export function stepOn<Row>(control: GridControl<Row>, by: 'row' | 'column', step: 1 | -1): void {
  const { selection, shape } = control;
  if (!selection) return;
  const began = control.tabbedFrom;
  const next = nextCell(selection, shape, by, step);
  const goesBack = by === 'row' && step > 0 && !next.staysInRange && began !== undefined && shape.columns.includes(began);
  const place = goesBack ? { ...next.place, column: began } : next.place;
  control.choose(next.staysInRange ? { ...selection, active: place } : selectCell(place));
  if (by === 'column' && !next.staysInRange) control.tabbedFrom = began ?? selection.active.column;
}

/** Ctrl+Space and Shift+Space: the columns or rows that the last range touches. */
function chooseWhole<Row>(control: GridControl<Row>, whole: 'rows' | 'columns'): void {
  const { selection, shape } = control;
  const box = selection && boxesOf({ ...selection, ranges: selection.ranges.slice(-1) }, shape)[0];
  if (!box) return;
  const range = whole === 'rows' ? wholeRows(box.top, box.bottom, shape) : wholeColumns(shape.columns[box.left]!, shape.columns[box.right]!, shape);
  control.choose(selectRange(range, selection.active), undefined);
}

/** @returns whether the key was answered and nobody else should see it */
export function answerKey<Row>(targets: KeyTargets<Row>, press: KeyboardEvent): boolean {
  const { control, changes } = targets;
  const { selection, shape } = control;
  if (!selection || shape.rows === 0) return false;
  const held = press.ctrlKey || press.metaKey;
  const move = moveFor(press);
  if (move) {
    // Up from the first row goes into the head, where AG Grid has the keyboard.
    if (!press.shiftKey && !held && press.key === 'ArrowUp' && selection.active.row === 0) return false;
    void travel(targets, move, press.shiftKey);
    return true;
  }
  if (held && !press.altKey) {
    switch (press.key.toLowerCase()) {
      case 'a':
        control.choose(selectAll(selection.active, shape), undefined);
        return true;
      case 'c':
        targets.copy();
        return true;
      case 'd':
        void changes.fill('down');
        return true;
      case 'r':
        void changes.fill('right');
        return true;
      case ' ':
        if (press.shiftKey) control.choose(selectAll(selection.active, shape), undefined);
        else chooseWhole(control, 'columns');
        return true;
      case 'backspace':
        control.choose(selection);
        return true;
      case 'enter':
        // Puts what is typed into the range; where nothing is typed it does nothing.
        return true;
      default:
        return false;
    }
  }
  if (press.altKey) return false;
  switch (press.key) {
    case 'Enter':
      if (!press.shiftKey && control.toggleGroup(selection.active.row)) return true;
      stepOn(control, 'row', press.shiftKey ? -1 : 1);
      return true;
    case 'Tab':
      if (targets.tabLeaves) return false;
      stepOn(control, 'column', press.shiftKey ? -1 : 1);
      return true;
    case 'Escape':
      if (boxesOf(selection, shape).length <= 1 && selection.ranges[0]!.whole === undefined && selection.ranges[0]!.extent === selection.ranges[0]!.anchor) return false;
      control.goTo(selection.active);
      return true;
    case ' ':
      if (!press.shiftKey) return control.toggleGroup(selection.active.row) || changes.explainFixed();
      chooseWhole(control, 'rows');
      return true;
    case 'Delete':
      void changes.empty();
      return true;
    case 'Backspace':
      if (press.shiftKey) control.goTo(selection.active);
      else if (!changes.explainFixed()) control.editEmptied();
      return true;
    case 'F2':
      return changes.explainFixed();
    default:
      // A cell that takes nothing says why instead of swallowing what is typed.
      return press.key.length === 1 ? changes.explainFixed() : false;
  }
}

/** A further range from `place`, as Ctrl+click begins it. */
export const beginFurther = <Row>(control: GridControl<Row>, place: CellPlace): void => {
  const { selection } = control;
  control.choose(selection ? addRange(selection, { anchor: place, extent: place }) : selectCell(place));
};
