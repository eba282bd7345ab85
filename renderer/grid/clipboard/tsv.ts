/**
 * Tab-separated text as spreadsheets exchange it: a field with a tab, a line break or a quote stands in quotes.
 */

const NEEDS_QUOTES = /[\t\r\n"]/;

const field = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows of fields as lines, each ended by a line break, as spreadsheets write them. */
export const tsvOf = (rows: readonly (readonly string[])[]): string => rows.map((fields) => `${fields.map(field).join('\t')}\r\n`).join('');

/**
 * The fields of tab-separated text, each row as long as the longest. The line break at the end makes no row of its own. A quote
 * that opens a field and is never closed is part of its text.
 */
export function readTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const source = text.replace(/\r\n?/g, '\n');
  while (at < source.length) {
    let value: string;
    const closing = source[at] === '"' ? closingQuote(source, at) : undefined;
    if (closing !== undefined) {
      value = source.slice(at + 1, closing).replaceAll('""', '"');
      at = closing + 1;
    } else {
      const ends = [source.indexOf('\t', at), source.indexOf('\n', at)].filter((end) => end >= 0);
      const end = ends.length > 0 ? Math.min(...ends) : source.length;
      value = source.slice(at, end);
      at = end;
    }
    row.push(value);
    const sign = source[at];
    if (sign === '\t') {
      at += 1;
      if (at === source.length) row.push('');
    } else {
      rows.push(row);
      row = [];
      at += 1;
    }
  }
  if (row.length > 0) rows.push(row);
  const width = Math.max(0, ...rows.map((each) => each.length));
  return rows.map((each) => [...each, ...Array<string>(width - each.length).fill('')]);
}

/** Where a quoted field ends: at the quote before a tab, a line break or the end. */
function closingQuote(source: string, opening: number): number | undefined {
  for (let at = source.indexOf('"', opening + 1); at >= 0; at = source.indexOf('"', at + 1)) {
    if (source[at + 1] === '"') {
      at += 1;
      continue;
    }
    const after = source[at + 1];
    return after === undefined || after === '\t' || after === '\n' ? at : undefined;
  }
  return undefined;
}
