/**
 * Cells on their way to another program: as tab-separated text and as an HTML table.
 *
 * Figures go with every digit and the decimal sign of the user's own programs, without signs between thousands. What is text
 * stays text: in the HTML by the formats that Excel and LibreOffice read, in plain text by an apostrophe before what would be
 * taken for a formula.
 */
import { tsvOf } from './tsv';

export type CopiedCell =
  /** A plain decimal with a point: `-12.5`. */
  | { readonly kind: 'figure'; readonly decimal: string }
  | { readonly kind: 'text'; readonly text: string };

export type CopiedTable = readonly (readonly CopiedCell[])[];

/** What a spreadsheet would work out, and what older ones took for a command. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;

/** What a spreadsheet would change when it reads it: figures with leading zeros, long digits, dates, percentages, logical words. */
const WOULD_BE_CHANGED = /^[\s=+\-@\d.,(]|^(true|false|wahr|falsch|vrai|faux)$/i;

/** The cells as tab-separated text; `heads` stand first where they are given. */
export function textOf(table: CopiedTable, decimalSign: string, heads?: readonly string[]): string {
  const rows = table.map((cells) =>
    cells.map((cell) => {
      if (cell.kind === 'figure') return decimalSign === '.' ? cell.decimal : cell.decimal.replace('.', decimalSign);
      return LOOKS_LIKE_FORMULA.test(cell.text) ? `'${cell.text}` : cell.text;
    }),
  );
  return tsvOf(heads ? [heads, ...rows] : rows);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replace(/\r\n?|\n/g, '<br>');

function cellHtml(cell: CopiedCell, decimalSign: string): string {
  if (cell.kind === 'text') {
    const text = escaped(cell.text);
    // Excel reads the format, LibreOffice the sheet's own type; both keep the text as it is.
    return WOULD_BE_CHANGED.test(cell.text) ? `<td data-sheets-type="text" style="mso-number-format:'\\@'">${text}</td>` : `<td>${text}</td>`;
  }
  const places = cell.decimal.split('.')[1]?.length ?? 0;
  const format = places === 0 ? '0' : `0\\.${'0'.repeat(places)}`;
  const shown = decimalSign === '.' ? cell.decimal : cell.decimal.replace('.', decimalSign);
  // sdval is the value itself, with a point whatever the language: LibreOffice and Excel take it before the text.
  return `<td align="right" sdval="${cell.decimal}" sdnum="1033;1033;${'0'}${places ? `.${'0'.repeat(places)}` : ''}" x:num="${cell.decimal}" style="mso-number-format:'${format}'">${shown}</td>`;
}

/** The cells as an HTML table that spreadsheets read with types; `heads` become a head row where they are given. */
export function htmlOf(table: CopiedTable, decimalSign: string, heads?: readonly string[]): string {
  const headRow = heads ? `<tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join('')}</tr>` : '';
  const rows = table.map((cells) => `<tr>${cells.map((cell) => cellHtml(cell, decimalSign)).join('')}</tr>`);
  return `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body><table>${headRow}${rows.join('')}</table></body></html>`;
}
