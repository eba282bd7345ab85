/**
 * How wide a column has to be for the texts that have come so far: names that tell rows apart are read whole.
 */
import type { ColumnState, GridApi } from 'ag-grid-community';
import { countText, forText, textScale } from '../ui';
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

/** The width of the widest text of each set as `frame` sets them, in pixels: all are laid out at once. */
function widestOf(frame: HTMLElement, sets: readonly ReadonlySet<string>[]): number[] {
  const rulers = sets.map((texts) => {
    const ruler = document.createElement('span');
    ruler.className = styles['ruler'] ?? '';
    ruler.setAttribute('aria-hidden', 'true');
    ruler.textContent = [...texts].join('\n');
    return ruler;
  });
  frame.append(...rulers);
  const widths = rulers.map((ruler) => Math.ceil(ruler.getBoundingClientRect().width));
  for (const ruler of rulers) ruler.remove();
  return widths;
}

/** Figures of one type are as wide as they are long: the longest alone has to be measured. */
const longestOf = (texts: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([[...texts].reduce((longest, text) => (text.length > longest.length ? text : longest), '')]);

/** Remembers the widest text of each fitting column, so that a width a person gave stays until a wider one comes. */
export class ColumnWidths {
  readonly #widest = new Map<string, number>();
  /** The longest figure that was measured of each column: a shorter one is no wider. */
  readonly #longest = new Map<string, number>();
  #scale = textScale();

  /** Widens the columns that fit their texts or figures, each up to its bound; none becomes narrower. */
  fit<Row>(grid: GridApi<Row>, frame: HTMLElement, columns: readonly GridColumn<Row>[], page: readonly (Row | GroupHead)[]): void {
    if (this.#scale !== textScale()) this.#longest.clear();
    this.#scale = textScale();
    const heads = page.filter((row) => row instanceof GroupHead);
    const rows = page.filter((row): row is Exclude<Row | GroupHead, GroupHead> => !(row instanceof GroupHead)) as readonly Row[];
    const [first] = grid.getAllDisplayedColumns().filter((shown) => columns.some(({ id }) => id === shown.getColId()));
    const fitting: { readonly column: GridColumn<Row>; readonly most: number; readonly texts: ReadonlySet<string> }[] = [];
    for (const column of columns) {
      const isFigure = isNumberColumn(column);
      const most = isFigure ? FIGURE_WIDTH_MOST : column.kind === 'text' ? column.fitsUpTo : undefined;
      if (most === undefined) continue;
      const texts = new Set(rows.map((row) => (isFigure ? column.text(column.value(row)) : column.kind === 'text' ? (column.value(row) ?? '') : '')));
      if (!isFigure) fitting.push({ column, most, texts });
      else {
        for (const head of heads) texts.add(subtotalText(column, head) ?? '');
        const longest = longestOf(texts);
        const [{ length }] = [...longest] as [string];
        if (length > (this.#longest.get(column.id) ?? 0)) fitting.push({ column, most, texts: longest });
        this.#longest.set(column.id, Math.max(length, this.#longest.get(column.id) ?? 0));
      }
    }
    const named = first !== undefined && heads.length > 0 ? new Set(heads.map(({ setting }) => `${setting.label} ${countText(setting.rows)}`)) : undefined;
    if (fitting.length === 0 && !named) return;
    const widths = widestOf(frame, [...fitting.map(({ texts }) => texts), ...(named ? [named] : [])]);
    const lead = grid.getAllDisplayedColumns()[0]?.getColId();
    const state: ColumnState[] = [];
    for (const [place, { column, most }] of fitting.entries()) {
      const before = this.#widest.get(column.id) ?? forText(column.width);
      let widest = widths[place]! + AROUND_TEXT + (column.id === lead ? AROUND_LEAD : 0);
      if (named && column.id === first?.getColId()) widest = Math.max(widest, widths.at(-1)! + AROUND_TEXT + AROUND_HEAD);
      if (widest <= before) continue;
      this.#widest.set(column.id, widest);
      const width = Math.min(widest, forText(most));
      if (width > (grid.getColumn(column.id)?.getActualWidth() ?? width)) state.push({ colId: column.id, width });
    }
    if (state.length > 0) grid.applyColumnState({ state });
  }
}
