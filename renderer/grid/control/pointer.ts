/**
 * The mouse in the grid: a drag chooses a range, Shift extends it, Ctrl begins a further one, row numbers and Ctrl on a head choose
 * whole rows and columns, and the corner of a range fills.
 */
import { addRange, boxesOf, type CellPlace, extendTo, selectCell, selectRange, wholeColumns, wholeRows } from '../model/cell-range';
import type { Changes } from './changes';
import type { GridControl } from './grid-control';
import { ROW_NUMBERS } from './painter';
import { type Area, rowArea } from './row-area';

/** How near to the corner of a range the pointer takes the fill handle, in pixels. */
const HANDLE_REACH = 7;
/** How often a drag beyond the edge scrolls on, in milliseconds, and by how many rows. */
const SCROLL_EVERY_MS = 40;
const SCROLL_ROWS = 3;

interface CellUnder extends CellPlace {
  readonly element: HTMLElement;
}

function cellUnder(target: EventTarget | null): CellUnder | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('.ag-cell[col-id]') : null;
  const row = element?.closest('.ag-row')?.getAttribute('row-index');
  return element && row != null ? { element, row: Number(row), column: element.getAttribute('col-id')! } : undefined;
}

const takesHandle = ({ element }: CellUnder, { clientX, clientY }: PointerEvent): boolean => {
  if (!element.dataset['range']?.split(' ').includes('corner')) return false;
  const { right, bottom } = element.getBoundingClientRect();
  return right - clientX <= HANDLE_REACH && bottom - clientY <= HANDLE_REACH;
};


/** The cell under a point, or the nearest one where the point left the rows. */
function cellNear(area: Area, x: number, y: number): CellUnder | undefined {
  const within = (value: number, least: number, most: number) => Math.max(least + 2, Math.min(most - 2, value));
  return cellUnder(document.elementFromPoint(within(x, area.left, area.right), within(y, area.top, area.bottom)));
}

type Drag = 'cells' | 'rows' | 'fill';

export class Pointer<Row> {
  #drag: Drag | undefined;
  #lastMove: PointerEvent | undefined;
  #scrolling: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly control: GridControl<Row>,
    readonly changes: Changes<Row>,
  ) {}

  /** @returns takes the listeners away */
  attach(): () => void {
    const { frame } = this.control;
    const stop = new AbortController();
    const listen = <Type extends keyof HTMLElementEventMap>(type: Type, run: (event: HTMLElementEventMap[Type]) => void) =>
      frame.addEventListener(type, run, { capture: true, signal: stop.signal });
    listen('pointerdown', (event) => this.#onDown(event));
    // So that no text is marked and the focus stays.
    listen('mousedown', (event) => {
      const cell = cellUnder(event.target);
      if (cell && event.button === 0 && !this.control.isEditing && (event.shiftKey || cell.column === ROW_NUMBERS || this.#drag === 'fill')) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    listen('click', (event) => {
      const caret = event.target instanceof Element ? event.target.closest('[data-group-toggle]') : null;
      const cell = caret && cellUnder(caret);
      if (cell) this.control.toggleGroup(cell.row);
      const head = event.target instanceof Element ? event.target.closest('.ag-header-cell[col-id]') : null;
      if (!head || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      this.#chooseColumn(head.getAttribute('col-id')!, event.shiftKey);
    });
    window.addEventListener('pointermove', (event) => this.#onMove(event), { signal: stop.signal });
    window.addEventListener('pointerup', () => this.#onUp(), { signal: stop.signal });
    return () => {
      this.#onUp();
      stop.abort();
    };
  }

  #onDown(event: PointerEvent): void {
    const cell = cellUnder(event.target);
    const { control } = this;
    if (cell && event.button === 2) return this.#onMenu(cell);
    if (!cell || event.button !== 0 || control.total === 0 || cell.element.classList.contains('ag-cell-inline-editing')) return;
    control.takesKeyboard();
    const held = event.ctrlKey || event.metaKey;
    const { selection, shape } = control;
    const isHandle = takesHandle(cell, event);
    // AG Grid gives the keyboard to whatever the pointer goes down on: here it stays where the range began.
    if (isHandle || cell.column === ROW_NUMBERS || (event.shiftKey && selection)) event.stopPropagation();
    if (isHandle) {
      this.#drag = 'fill';
    } else if (cell.column === ROW_NUMBERS) {
      this.#drag = 'rows';
      const from = event.shiftKey && selection ? selection.active.row : cell.row;
      const range = wholeRows(from, cell.row, shape);
      control.choose(held && selection ? addRange(selection, range) : selectRange(range), undefined);
    } else {
      this.#drag = 'cells';
      const place = { row: cell.row, column: cell.column };
      if (event.shiftKey && selection) control.choose(extendTo(selection, place), undefined);
      else control.choose(held && selection ? addRange(selection, { anchor: place, extent: place }) : selectCell(place), undefined);
    }
  }

  /** A menu is about what is chosen; on a cell that is not, it is about that cell. */
  #onMenu(cell: CellUnder): void {
    const { control } = this;
    if (control.total === 0 || control.isEditing || 'range' in cell.element.dataset) return;
    control.takesKeyboard();
    if (cell.column === ROW_NUMBERS) control.choose(selectRange(wholeRows(cell.row, cell.row, control.shape)), undefined);
    else control.choose(selectCell({ row: cell.row, column: cell.column }), undefined);
  }

  #chooseColumn(column: string, extends_: boolean): void {
    const { control } = this;
    const { selection, shape } = control;
    if (!shape.columns.includes(column) || shape.rows === 0) return;
    const from = extends_ && selection ? selection.active.column : column;
    control.takesKeyboard();
    control.choose(selectRange(wholeColumns(from, column, shape), { row: selection?.active.row ?? 0, column: from }), undefined);
  }

  #onMove(event: PointerEvent): void {
    if (!this.#drag) return;
    this.#lastMove = event;
    this.#reach(event);
    this.#scrolling ??= setInterval(() => this.#scrollOn(), SCROLL_EVERY_MS);
  }

  #reach({ clientX, clientY }: PointerEvent): void {
    const area = rowArea(this.control.frame);
    const cell = area && cellNear(area, clientX, clientY);
    if (cell) this.#dragTo(cell.row, cell.column);
  }

  #dragTo(row: number, column: string): void {
    const { control } = this;
    const { selection, shape } = control;
    if (!selection || row >= control.total) return;
    if (this.#drag === 'fill') {
      const place = shape.columns.indexOf(column);
      control.fillTo(place < 0 ? undefined : this.changes.handleStep(row, place)?.onto);
      return;
    }
    const last = selection.ranges.at(-1)!;
    const target = this.#drag === 'rows' ? { row, column: last.extent.column } : column === ROW_NUMBERS ? undefined : { row, column };
    if (target && (target.row !== last.extent.row || target.column !== last.extent.column)) control.choose(extendTo(selection, target), undefined);
  }

  /** A drag that stays beyond an edge goes on to the rows and columns there. */
  #scrollOn(): void {
    const { control } = this;
    const body = rowArea(control.frame);
    const event = this.#lastMove;
    if (!body || !event || !this.#drag) return;
    const extent = control.selection?.ranges.at(-1)?.extent;
    if (!extent) return;
    const down = event.clientY > body.bottom ? 1 : event.clientY < body.top ? -1 : 0;
    if (down === 0) return;
    const edge = down > 0 ? control.grid.getLastDisplayedRowIndex() : control.grid.getFirstDisplayedRowIndex();
    const row = Math.max(0, Math.min(control.total - 1, (this.#drag === 'fill' ? edge : extent.row) + down * SCROLL_ROWS));
    control.grid.ensureIndexVisible(row, null);
    this.#dragTo(row, extent.column);
  }

  #onUp(): void {
    clearInterval(this.#scrolling);
    this.#scrolling = undefined;
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag !== 'fill' || !this.#lastMove) return;
    const { control } = this;
    const { selection, shape } = control;
    const area = rowArea(control.frame);
    const { clientX, clientY } = this.#lastMove;
    this.#lastMove = undefined;
    control.fillTo(undefined);
    if (!selection || !area || boxesOf(selection, shape).length === 0) return;
    const cell = cellNear(area, clientX, clientY);
    const place = cell ? shape.columns.indexOf(cell.column) : -1;
    const step = cell && place >= 0 ? this.changes.handleStep(Math.min(cell.row, control.total - 1), place) : undefined;
    if (step) void this.changes.fillByHandle(step);
  }
}
