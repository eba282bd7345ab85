/**
 * Rows as text for other programs: tab-separated, heads first, figures as plain decimals.
 */
import { type GridColumn, plainText } from './columns';

/**
 * A field of a tab-separated line. What holds a tab, a line break or a quote is quoted; text that a spreadsheet would
 * take for a formula gets an apostrophe in front, so that it stays text.
 */
export function separatedField(text: string, isFigure: boolean): string {
  const safe = !isFigure && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows under the heads of `columns`, one line each. */
export function rowsAsText<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): string {
  const head = columns.map((column) => separatedField(column.title, false));
  const lines = rows.map((row) =>
    columns.map((column) => separatedField(plainText(column, row), column.kind === 'quantity' || column.kind === 'money')),
  );
  return [head, ...lines].map((fields) => fields.join('\t')).join('\n');
}
