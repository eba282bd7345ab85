/**
 * Cells that come from another program: an HTML table where there is one, else tab-separated text.
 */
import type { TextBlock } from '../model/blocks';
import { readTsv } from './tsv';

/** An apostrophe that only says that the rest is text, as `copied-cells` writes it. */
const withoutMark = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** How many rows or columns a cell of the table spans; nonsense counts as one. */
function spanOf(cell: Element, name: 'colspan' | 'rowspan'): number {
  const span = Number(cell.getAttribute(name) ?? 1);
  return Number.isInteger(span) && span >= 1 && span <= 1000 ? span : 1;
}

/** The text of a cell with its line breaks; several spaces are one, as the page shows them. */
function textOfCell(cell: Element): string {
  const parts: string[] = [];
  const read = (node: Node) => {
    if (node.nodeName === 'BR') parts.push('\n');
    else if (node.nodeType === 3) parts.push((node.nodeValue ?? '').replace(/[ \t\r\n]+/g, ' '));
    else node.childNodes.forEach(read);
  };
  cell.childNodes.forEach(read);
  return parts.join('').replaceAll('\u00a0', ' ').trim();
}

/** The cells of the first table, those that are joined over rows or columns once and empty after that; undefined without a table. */
export function readHtmlTable(page: Document): TextBlock | undefined {
  const table = page.querySelector('table');
  if (!table) return undefined;
  const rows: string[][] = [];
  [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table).forEach((row, rowPlace) => {
    const own = (rows[rowPlace] ??= []);
    let column = 0;
    for (const cell of [...row.children].filter((each) => each.nodeName === 'TD' || each.nodeName === 'TH')) {
      while (own[column] !== undefined) column += 1;
      for (let down = 0; down < spanOf(cell, 'rowspan'); down += 1) {
        for (let right = 0; right < spanOf(cell, 'colspan'); right += 1) {
          (rows[rowPlace + down] ??= [])[column + right] = down === 0 && right === 0 ? textOfCell(cell) : '';
        }
      }
    }
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_none, column) => row[column] ?? ''));
}

/**
 * The block that was copied elsewhere; undefined where nothing was.
 *
 * @param readPage makes a document of HTML without running or loading anything
 */
export function pastedBlock(clipboard: { readonly html: string; readonly text: string }, readPage: (html: string) => Document): TextBlock | undefined {
  const table = clipboard.html === '' ? undefined : readHtmlTable(readPage(clipboard.html));
  // Plain text keeps what HTML may round for showing; where both tell the same block, it is the truer one.
  const plain = clipboard.text === '' ? undefined : readTsv(clipboard.text);
  const isSameShape = table && plain && table.length === plain.length && table[0]?.length === plain[0]?.length;
  const block = isSameShape ? plain : (table ?? plain);
  return block && block.length > 0 ? block.map((row) => row.map(withoutMark)) : undefined;
}
