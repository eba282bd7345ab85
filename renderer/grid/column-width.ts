/**
 * How wide a column has to be for the texts that have come so far: names that tell rows apart are read whole.
 */
import type { ColumnState, GridApi } from 'ag-grid-community';
import type { GridColumn } from './columns';

/** The cell's padding on both sides, its border, and what the canvas measures too narrow by. */
const AROUND_TEXT = 16;

/** Remembers the longest text of each fitting column, so that a width a person gave stays until a longer one comes. */
export class ColumnWidths {
  readonly #longest = new Map<string, number>();
  #canvas: CanvasRenderingContext2D | null | undefined;

  /** Widens the columns that fit their texts, each up to its bound; none becomes narrower. */
  fit<Row>(grid: GridApi<Row>, frame: HTMLElement, columns: readonly GridColumn<Row>[], rows: readonly Row[]): void {
    this.#canvas ??= document.createElement('canvas').getContext('2d');
    if (!this.#canvas) return;
    const font = getComputedStyle(frame);
    this.#canvas.font = `${font.fontWeight} ${font.fontSize} ${font.fontFamily}`;
    const state: ColumnState[] = [];
    for (const column of columns) {
      if (column.kind !== 'text' || column.fitsUpTo === undefined) continue;
      const before = this.#longest.get(column.id) ?? column.width;
      const texts = new Set(rows.map((row) => column.value(row) ?? ''));
      const longest = Math.max(before, ...[...texts].map((text) => Math.ceil(this.#canvas!.measureText(text).width) + AROUND_TEXT));
      this.#longest.set(column.id, longest);
      const width = Math.min(longest, column.fitsUpTo);
      if (longest > before && width > (grid.getColumn(column.id)?.getActualWidth() ?? width)) state.push({ colId: column.id, width });
    }
    if (state.length > 0) grid.applyColumnState({ state });
  }
}
