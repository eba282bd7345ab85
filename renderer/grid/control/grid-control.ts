/**
 * The hand on the grid: what is chosen, where the keyboard is, and that both outlast scrolling, loading and changes.
 *
 * The selection here is the truth; AG Grid's focus and the marks on the cells follow it.
 */
import type { GridApi } from 'ag-grid-community';
import { countText, forText, textScale } from '../../ui';
import type { ColumnPlacing, DataGridProps } from '../props';
import {
  type CellBox, type CellPlace, type CellSelection, columnSpansOf, extendTo, type GridShape, keptWithin, rowSpansOf, selectCell, shifted,
} from '../model/cell-range';
import type { Freshness } from '../model/freshness';
import { GroupHead } from '../group-head';
import { FigureReader } from './figure-reader';
import { Painter, ROW_NUMBERS } from './painter';
import { rowArea } from './row-area';
import { RowReader } from './row-reader';

/** How far around its place a row is looked for when rows have moved. */
const NEAR_ROWS = 400;
/** More rows than this are reported by number alone. */
const REPORTED_ROWS_MOST = 5000;

export class GridControl<Row> {
  readonly painter = new Painter();
  readonly reader: RowReader<Row>;
  readonly figures: FigureReader<Row>;
  selection: CellSelection | undefined;
  total = 0;
  /** The column in which a row of Tabs began; any other move ends it. */
  tabbedFrom: string | undefined;
  #filling: CellBox | undefined;
  #focusedId: string | undefined;
  #reportedSelection = '';
  #hasKeyboard = false;
  #paintAsked = false;

  constructor(
    readonly grid: GridApi<Row>,
    readonly frame: HTMLElement,
    readonly props: () => DataGridProps<Row>,
    speak: (words: string) => void,
    readonly freshness: Freshness,
  ) {
    this.reader = new RowReader(grid, () => props().source, freshness);
    this.figures = new FigureReader(this.reader, props, speak);
  }

  get shape(): GridShape {
    const known = new Set(this.props().columns.map(({ id }) => id));
    const columns = this.grid.getAllDisplayedColumns().map((column) => column.getColId());
    return { rows: this.total, columns: columns.filter((id) => id !== ROW_NUMBERS && known.has(id)) };
  }

  /** Rows and columns in sight. */
  get page(): { readonly rows: number; readonly columns: number } {
    const rows = this.grid.getLastDisplayedRowIndex() - this.grid.getFirstDisplayedRowIndex() - 1;
    return { rows: Math.max(1, rows - 24), columns: Math.max(1, this.grid.getAllDisplayedVirtualColumns().length - 2) };
  }

  get isEditing(): boolean {
    return this.grid.getEditingCells().length > 0;
  }

  /** Chooses cells; the cell with the keyboard, or `follow`, is brought into sight. */
  choose(selection: CellSelection, follow: CellPlace | undefined = selection.active): void {
    this.selection = selection;
    this.tabbedFrom = undefined;
    if (follow) this.#reveal(follow);
    this.#focus(follow === selection.active);
    this.#report();
    this.paint();
  }

  /** Extends the last range to a place, which comes into sight; the keyboard stays. */
  extend(place: CellPlace): void {
    if (this.selection) this.choose(extendTo(this.selection, place), place);
  }

  /** Opens or closes the group whose head stands at a place. @returns whether there is one */
  toggleGroup(row: number): boolean {
    const head = this.reader.at(row);
    if (!(head instanceof GroupHead)) return false;
    this.props().onToggleGroup?.(head.setting.id);
    return true;
  }

  /** Begins to edit the active cell where AG Grid does not hear the key, because the cell was scrolled away. @returns whether it did */
  editByKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const active = this.selection?.active;
    if (!active || ctrlKey || metaKey || altKey || (key !== 'F2' && key.length !== 1)) return false;
    this.#reveal(active);
    this.grid.startEditingCell({ rowIndex: active.row, colKey: active.column, key });
    return true;
  }

  /** Begins to edit the active cell with nothing in it. */
  editEmptied(): void {
    const active = this.selection?.active;
    if (active && this.props().onEdits) this.grid.startEditingCell({ rowIndex: active.row, colKey: active.column, key: 'Backspace' });
  }

  goTo(place: CellPlace): void {
    this.choose(selectCell(place));
  }

  /** Chooses a cell and brings it into sight; the keyboard stays where it is. */
  show(place: CellPlace): void {
    this.selection = selectCell(place);
    this.#reveal(place);
    this.#report();
    this.paint();
  }

  /** From the filter of a column to its first cell in sight, or back to the one that had the keyboard. */
  enterColumn(column: string): void {
    this.takesKeyboard();
    const active = this.selection?.active;
    if (this.total === 0) return this.frame.focus({ preventScroll: true });
    const row = active !== undefined && this.#isInSight(active.row) ? active.row : Math.max(0, this.grid.getFirstDisplayedRowIndex());
    this.goTo({ row: Math.min(row, this.total - 1), column });
    return undefined;
  }

  /** Gives the keyboard to the filter of a column, which comes into sight; the row may only just have been shown. */
  async focusFilter(columnId?: string): Promise<void> {
    const column = columnId ?? this.selection?.active.column ?? this.shape.columns[0];
    if (column === undefined) return;
    this.onLeft();
    this.grid.ensureColumnVisible(column);
    for (let frames = 0; frames < 20; frames += 1) {
      const field = this.frame.querySelector<HTMLInputElement>(`input[data-filter="${CSS.escape(column)}"]`);
      if (field) {
        field.focus();
        field.select();
        return;
      }
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  }

  setTotal(total: number): void {
    this.total = total;
    // Room for the digits of the last row's number.
    if (this.props().rowNumbers) this.grid.applyColumnState({ state: [{ colId: ROW_NUMBERS, width: forText(Math.max(36, 14 + 7 * countText(total).length)) }] });
  }

  fillTo(box: CellBox | undefined): void {
    this.#filling = box;
    this.paint();
  }

  #reveal({ row, column }: CellPlace): void {
    // The grid may not have heard of the last rows yet, or may have lost them already.
    if (row < Math.min(this.total, this.grid.getDisplayedRowCount())) this.grid.ensureIndexVisible(row, null);
    const { columns } = this.shape;
    if (columns.includes(column)) this.grid.ensureColumnVisible(column);
    // The first column stays in sight by itself; who goes there wants to see the ones beside it.
    const besides = columns.find((id) => !this.grid.getColumn(id)?.isPinned());
    if (column === columns[0] && besides !== undefined) this.grid.ensureColumnVisible(besides, 'start');
  }

  /** A row that was scrolled away may be drawn for a moment yet: the keyboard given to it would scroll back. */
  #isInSight(row: number): boolean {
    const drawn = this.frame.querySelector(`.ag-row[row-index="${row}"]`)?.getBoundingClientRect();
    const area = rowArea(this.frame);
    return drawn !== undefined && (area === undefined || (drawn.bottom > area.top && drawn.top < area.bottom));
  }

  /** Gives the keyboard to the active cell where the grid has it and nobody types into a cell; one that is scrolled away only where it `comesIntoSight`. */
  #focus(comesIntoSight: boolean): void {
    const active = this.selection?.active;
    if (!active || this.isEditing || !this.#hasKeyboard) return;
    if (!comesIntoSight && !this.#isInSight(active.row)) return;
    const focused = this.grid.getFocusedCell();
    const isThere = focused?.rowIndex === active.row && focused.column.getColId() === active.column;
    const isInCell = this.frame.contains(document.activeElement) && document.activeElement?.closest('.ag-cell') != null;
    if (!isThere || !isInCell) this.grid.setFocusedCell(active.row, active.column);
  }

  /** The row with the keyboard was scrolled out and is not drawn any more: the grid itself has the keys until it is back. */
  #keepKeyboard(): void {
    if (!this.#hasKeyboard || document.activeElement !== document.body) return;
    const active = this.selection?.active;
    if (active !== undefined && this.#isInSight(active.row)) this.grid.setFocusedCell(active.row, active.column);
    else this.frame.focus({ preventScroll: true });
  }

  /** AG Grid gave the keyboard to a cell by itself: by a click or from the head. */
  onFocused(place: CellPlace): void {
    this.#hasKeyboard = true;
    if (place.column === ROW_NUMBERS) return;
    const active = this.selection?.active;
    if (active?.row === place.row && active.column === place.column) return;
    this.selection = selectCell(place);
    this.#report();
    this.paint();
  }

  /** The keyboard went to something outside the grid, not merely away because its row was drawn anew. */
  onLeft(): void {
    this.#hasKeyboard = false;
  }

  takesKeyboard(): void {
    this.#hasKeyboard = true;
  }

  get hasKeyboard(): boolean {
    return this.#hasKeyboard;
  }

  /** Rows may have changed: pages that are loaded are asked for again, and until then only shown. */
  refresh(): void {
    this.freshness.outdate();
    this.grid.refreshInfiniteCache();
  }

  layout(): readonly ColumnPlacing[] {
    return this.grid
      .getColumnState()
      .filter(({ colId }) => colId !== ROW_NUMBERS)
      .map(({ colId, width, hide, pinned }) => ({ id: colId, widthPixels: Math.round((width ?? 0) / textScale()), isHidden: hide ?? false, isFrozen: pinned === 'left' }));
  }

  setLayout(layout: readonly ColumnPlacing[]): void {
    this.grid.applyColumnState({
      state: [
        { colId: ROW_NUMBERS, pinned: 'left' },
        ...layout.map(({ id, widthPixels, isHidden, isFrozen }) => ({ colId: id, width: forText(widthPixels), hide: isHidden, pinned: isFrozen ? ('left' as const) : null })),
      ],
      applyOrder: true,
    });
    const kept = this.selection && keptWithin(this.selection, this.shape);
    if (kept) this.choose(kept, undefined);
  }

  /** Other rows are shown: nothing is chosen any more. */
  reset(): void {
    this.selection = undefined;
    this.#focusedId = undefined;
    this.#report();
    this.paint();
  }

  /**
   * Rows came or changed. The row with the keyboard is followed to where it went; one that left the filter leaves its place,
   * and the keyboard with it, to the next one.
   */
  onPage(): void {
    const { selection } = this;
    if (!selection) return this.paint();
    const kept = keptWithin(selection, this.shape);
    if (!kept) return this.reset();
    this.selection = shifted(kept, this.#movedBy(kept.active.row), this.shape) ?? kept;
    this.#focus(false);
    this.#report();
    return this.paint();
  }

  #movedBy(row: number): number {
    const isWanted = (index: number) => {
      const data = this.reader.loaded(index);
      return data !== undefined && this.props().rowId(data) === this.#focusedId;
    };
    if (this.#focusedId === undefined || isWanted(row)) return 0;
    for (let away = 1; away <= NEAR_ROWS; away += 1) {
      if (row - away >= 0 && isWanted(row - away)) return -away;
      if (row + away < this.total && isWanted(row + away)) return away;
    }
    return 0;
  }

  #report(): void {
    const { onFocusRow, onSelection, onSelected, rowId } = this.props();
    const active = this.selection?.active;
    const data = active && this.reader.loaded(active.row);
    const id = data === undefined ? undefined : rowId(data);
    if (id !== this.#focusedId || data !== undefined) {
      this.#focusedId = id;
      onFocusRow?.(data, active?.row ?? -1);
    }
    const { shape } = this;
    const spans = this.selection ? rowSpansOf(this.selection, shape) : [];
    this.figures.follow(this.selection, shape);
    if (this.selection) onSelected?.({ rows: spans, columns: [...columnSpansOf(this.selection, shape).keys()] });
    else onSelected?.({ rows: [], columns: [] });
    if (!onSelection) return;
    const rows: Row[] = [];
    for (const { from, to } of spans) {
      for (let index = from; index <= Math.min(to, from + REPORTED_ROWS_MOST); index += 1) {
        const row = this.reader.loaded(index);
        if (row !== undefined) rows.push(row);
      }
    }
    // A selection that grows over the same rows is no news to whoever works with rows.
    const key = JSON.stringify([spans, rows.map(rowId)]);
    if (key === this.#reportedSelection && rows.length === 0) return;
    this.#reportedSelection = key;
    onSelection(rows);
  }

  /** A range of computed columns has no handle: there is nothing to fill. */
  #canFill(shape: GridShape): boolean {
    const { onEdits, columns } = this.props();
    if (!onEdits || !this.selection) return false;
    const chosen = columnSpansOf(this.selection, shape);
    return columns.some((column) => chosen.has(column.id) && 'edit' in column && column.edit !== undefined);
  }

  /** Draws the selection anew before the next picture. */
  paint(): void {
    if (this.#paintAsked) return;
    this.#paintAsked = true;
    requestAnimationFrame(() => {
      this.#paintAsked = false;
      if (this.grid.isDestroyed()) return;
      const { shape } = this;
      this.painter.show({ selection: this.selection, shape, filling: this.#filling, hasHandle: this.#canFill(shape) });
      this.painter.all(this.frame);
      this.#keepKeyboard();
    });
  }
}
