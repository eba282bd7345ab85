/**
 * Rows of the grid whether they are loaded or not: those in the cache at once, others through the source.
 */
import type { GridApi } from 'ag-grid-community';
import type { PageSource, SortOrder } from '../props';
import { GroupHead } from '../group-head';
import { type RowSpan, rowsIn } from '../model/cell-range';
import type { Freshness } from '../model/freshness';

/** How many rows are asked for at a time. */
const CHUNK_ROWS = 2000;

/** The order a person chose by the heads, the first column first. */
export const sortOf = (grid: GridApi): readonly SortOrder[] =>
  grid
    .getColumnState()
    .filter((state) => state.sort)
    .sort((left, right) => (left.sortIndex ?? 0) - (right.sortIndex ?? 0))
    .map((state) => ({ column: state.colId, direction: state.sort! }));

export class RowReader<Row> {
  constructor(
    readonly grid: GridApi<Row>,
    readonly source: () => PageSource<Row>,
    readonly freshness: Freshness,
  ) {}

  /** What stands at a place; undefined where it is not loaded. */
  at(index: number): Row | GroupHead | undefined {
    // Asked for the last time by what ends together with the grid.
    return this.grid.isDestroyed() ? undefined : this.grid.getDisplayedRowAtIndex(index)?.data;
  }

  /** The row at a place; undefined where it is not loaded, or is the head of a group. */
  loaded(index: number): Row | undefined {
    const found = this.at(index);
    return found instanceof GroupHead ? undefined : found;
  }

  /** All rows of the spans and the heads among them, where each of them is loaded. */
  allLoaded(spans: readonly RowSpan[], most: number): readonly (Row | GroupHead)[] | undefined {
    if (rowsIn(spans) > most) return undefined;
    const rows: (Row | GroupHead)[] = [];
    for (const { from, to } of spans) {
      for (let index = from; index <= to; index += 1) {
        const row = this.at(index);
        if (row === undefined) return undefined;
        rows.push(row);
      }
    }
    return rows;
  }

  /** The rows of a span in order; undefined where reading was refused, which the source itself reports. */
  async #readSpan({ from, to }: RowSpan): Promise<readonly (Row | GroupHead)[] | undefined> {
    const cached = this.freshness.isFresh({ from, to }) ? this.allLoaded([{ from, to }], Infinity) : undefined;
    if (cached) return cached;
    const sort = sortOf(this.grid);
    const rows: (Row | GroupHead)[] = [];
    for (let offset = from; offset <= to; offset += CHUNK_ROWS) {
      const page = await this.source()({ offset, limit: Math.min(CHUNK_ROWS, to - offset + 1), sort });
      if (!page) return undefined;
      rows.push(...page.rows);
    }
    return rows;
  }

  /** The rows of all spans in order, and the heads of groups among them. */
  async read(spans: readonly RowSpan[]): Promise<readonly (Row | GroupHead)[] | undefined> {
    const rows: (Row | GroupHead)[] = [];
    for (const span of spans) {
      const part = await this.#readSpan(span);
      if (!part) return undefined;
      for (const row of part) rows.push(row);
    }
    return rows;
  }
}
