/**
 * The numbers behind a chart: what its table shows, what is copied and what is saved. Exact, whatever the picture rounds.
 */
import { csvCell } from '@shared/domain/csv-cell';

export interface ChartColumn {
  readonly title: string;
  readonly align?: 'start' | 'end';
}

/** `plain` is what other programs read: no thousands, no words. */
export interface ChartCell {
  readonly text: string;
  readonly plain: string;
}

export interface ChartRow {
  readonly key: string;
  readonly cells: readonly (ChartCell | string)[];
  /** Opens what the row counts. */
  readonly onOpen?: (() => void) | undefined;
}

export interface ChartTable {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly ChartRow[];
}

export const cellText = (cell: ChartCell | string): string => (typeof cell === 'string' ? cell : cell.text);
export const cellPlain = (cell: ChartCell | string): string => (typeof cell === 'string' ? cell : cell.plain);

const rowsOf = ({ columns, rows }: ChartTable): readonly (readonly string[])[] => [columns.map(({ title }) => title), ...rows.map(({ cells }) => cells.map(cellPlain))];

/** Comma-separated text with the mark by which spreadsheets know UTF-8. */
export const tableAsCsv = (table: ChartTable): string => `\ufeff${rowsOf(table).map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;

/** As spreadsheets take it from the clipboard. */
export const tableAsText = (table: ChartTable): string => rowsOf(table).map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
