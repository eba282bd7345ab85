/**
 * How wide a column has to be for the texts that have come so far: names that tell rows apart are read whole.
 */
import type { ColumnState, GridApi } from 'ag-grid-community';
import { countText, forText } from '../ui';
import { type GridColumn, isNumberColumn } from './columns';
import { GroupHead, subtotalText } from './group-head';
import styles from './data-grid.module.css';

/** The cell's padding on both sides and its borders, in pixels. */
const AROUND_TEXT = 15;

/** What the first column stands further in, in pixels. */
const AROUND_LEAD = 10;

/** What the caret of a group's head and the room around it take, in pixels. */
const AROUND_HEAD = 28;
/** A figure is read whole or it is another figure: its column widens this far for it. Bounds are for text of the designed size. */
const FIGURE_WIDTH_MOST = 180;

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

/** Figures of one type are as wide as they are long: the longest alone has to be measured. */
const longestOf = (texts: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([[...texts].reduce((longest, text) => (text.length > longest.length ? text : longest), '')]);

/** Remembers the widest text of each fitting column, so that a width a person gave stays until a wider one comes. */
export class ColumnWidths {
  readonly #widest = new Map<string, number>();

  /** Widens the columns that fit their texts or figures, each up to its bound; none becomes narrower. */
  fit<Row>(grid: GridApi<Row>, frame: HTMLElement, columns: readonly GridColumn<Row>[], page: readonly (Row | GroupHead)[]): void {
    const heads = page.filter((row) => row instanceof GroupHead);
    const rows = page.filter((row): row is Exclude<Row | GroupHead, GroupHead> => !(row instanceof GroupHead)) as readonly Row[];
    const [first] = grid.getAllDisplayedColumns().filter((shown) => columns.some(({ id }) => id === shown.getColId()));
    const lead = grid.getAllDisplayedColumns()[0]?.getColId();
    const state: ColumnState[] = [];
    for (const column of columns) {
      const isFigure = isNumberColumn(column);
      const most = isFigure ? FIGURE_WIDTH_MOST : column.kind === 'text' ? column.fitsUpTo : undefined;
      if (most === undefined) continue;
      const before = this.#widest.get(column.id) ?? forText(column.width);
      const texts = new Set(rows.map((row) => (isFigure ? column.text(column.value(row)) : column.kind === 'text' ? (column.value(row) ?? '') : '')));
      if (isFigure) for (const head of heads) texts.add(subtotalText(column, head) ?? '');
      let widest = widestOf(frame, isFigure ? longestOf(texts) : texts) + AROUND_TEXT + (column.id === lead ? AROUND_LEAD : 0);
      if (column.id === first?.getColId() && heads.length > 0) {
        widest = Math.max(widest, widestOf(frame, new Set(heads.map(({ setting }) => `${setting.label} ${countText(setting.rows)}`))) + AROUND_TEXT + AROUND_HEAD);
      }
      if (widest <= before) continue;
      this.#widest.set(column.id, widest);
      const width = Math.min(widest, forText(most));
      if (width > (grid.getColumn(column.id)?.getActualWidth() ?? width)) state.push({ colId: column.id, width });
    }
    if (state.length > 0) grid.applyColumnState({ state });
  }
}
