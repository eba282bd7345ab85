/**
 * How wide a column has to be for the texts that have come so far: names that tell rows apart are read whole.
 */
import type { ColumnState, GridApi } from 'ag-grid-community';
import type { GridColumn } from './columns';
import styles from './data-grid.module.css';

/** The cell's padding on both sides and its borders, in pixels. */
const AROUND_TEXT = 15;

/** The width of the widest of these texts as `frame` sets them, in pixels. */
function widestOf(frame: HTMLElement, texts: ReadonlySet<string>): number {
  const ruler = document.createElement('span');
  ruler.className = styles['ruler'] ?? '';
  ruler.setAttribute('aria-hidden', 'true');
  ruler.textContent = [...texts].join('\n');
  frame.append(ruler);
  const width = Math.ceil(ruler.getBoundingClientRect().width);
  ruler.remove();
  return width;
}

/** Remembers the widest text of each fitting column, so that a width a person gave stays until a wider one comes. */
export class ColumnWidths {
  readonly #widest = new Map<string, number>();

  /** Widens the columns that fit their texts, each up to its bound; none becomes narrower. */
  fit<Row>(grid: GridApi<Row>, frame: HTMLElement, columns: readonly GridColumn<Row>[], rows: readonly Row[]): void {
    const state: ColumnState[] = [];
    for (const column of columns) {
      if (column.kind !== 'text' || column.fitsUpTo === undefined) continue;
      const before = this.#widest.get(column.id) ?? column.width;
      const widest = widestOf(frame, new Set(rows.map((row) => column.value(row) ?? ''))) + AROUND_TEXT;
      if (widest <= before) continue;
      this.#widest.set(column.id, widest);
      const width = Math.min(widest, column.fitsUpTo);
      if (width > (grid.getColumn(column.id)?.getActualWidth() ?? width)) state.push({ colId: column.id, width });
    }
    if (state.length > 0) grid.applyColumnState({ state });
  }
}
