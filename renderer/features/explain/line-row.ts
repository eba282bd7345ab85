/**
 * A line as the grid's row, made from the page's columns.
 */
import type { LineColumn, LineColumns } from '@shared/domain/lines';

/** One line of the page: each column's value under the column's name. */
export type LineRow = { readonly [Column in LineColumn]: LineColumns[Column][number] };

/** The rows of a page, in its order. */
export function rowsOf(columns: LineColumns): readonly LineRow[] {
  const names = Object.keys(columns) as LineColumn[];
  return columns.stockKeyId.map((_each, index) => Object.fromEntries(names.map((name) => [name, columns[name][index]])) as unknown as LineRow);
}

/** How a message names a line. */
export const lineName = (line: { readonly sku: string; readonly location: string }): string => `${line.sku} at ${line.location}`;
