/**
 * Copying and pasting: the chosen cells onto the clipboard in two forms, rows that are not loaded read first, and back.
 */
import { countWords, decimalSign } from '../../ui';
import { copiedCell } from '../columns';
import { copiedHeadCell, GroupHead } from '../group-head';
import { type CopiedTable, htmlOf, textOf } from '../clipboard/copied-cells';
import { pastedBlock } from '../clipboard/pasted-cells';
import { copiedShapeOf, rowsIn } from '../model/cell-range';
import type { Changes } from './changes';
import type { GridControl } from './grid-control';

/** What the clipboard and a spreadsheet take in one piece. */
const CELLS_MOST = 2_000_000;

/**
 * Puts both forms onto the clipboard. The page has no permission for the asynchronous clipboard: it answers the copy event that
 * it asks for, as when a person copies.
 */
function toClipboard(text: string, html: string): boolean {
  let taken = false;
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.clipboardData?.setData('text/html', html);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  window.addEventListener('copy', onCopy, { capture: true, once: true });
  document.execCommand('copy');
  window.removeEventListener('copy', onCopy, { capture: true });
  return taken;
}

/** Copies what is chosen; several rows or columns go with their heads. */
export async function copyChosen<Row>(control: GridControl<Row>, announce: (text: string) => void): Promise<void> {
  const { selection, shape } = control;
  const copied = selection && copiedShapeOf(selection, shape);
  if (!selection) return;
  if (!copied) return announce('These ranges do not line up, so they make no block to copy. Choose rows or columns that do.');
  const rows = rowsIn(copied.spans);
  const cells = rows * copied.columns.length;
  if (cells > CELLS_MOST) return announce(`That is ${countWords(cells, 'cell')}; at most ${countWords(CELLS_MOST, 'cell')} are copied at a time.`);
  const data = await control.reader.read(copied.spans);
  if (!data) return undefined;
  const byId = new Map(control.props().columns.map((column) => [column.id, column]));
  const columns = copied.columns.flatMap((id) => byId.get(id) ?? []);
  const table: CopiedTable = data.map((row) =>
    columns.map((column, place) => (row instanceof GroupHead ? copiedHeadCell(column, place === 0, row) : copiedCell(column, row))),
  );
  // A whole column is a list with its name; a block is put into other cells and brings none.
  const heads = selection.ranges.some(({ whole }) => whole !== undefined) ? columns.map(({ title }) => title) : undefined;
  const sign = decimalSign();
  const done = toClipboard(textOf(table, sign, heads), htmlOf(table, sign, heads));
  return announce(done ? `${countWords(cells, 'cell')} copied` : 'The system did not take the copy. Copy again.');
}

/** Pastes a block from the clipboard onto the chosen cells. @returns whether there was one */
export function pasteOnto<Row>(changes: Changes<Row>, clipboard: DataTransfer): boolean {
  const block = pastedBlock(
    { html: clipboard.getData('text/html'), text: clipboard.getData('text/plain') },
    // A document made by the parser runs no script and loads nothing.
    (html) => new DOMParser().parseFromString(html, 'text/html'),
  );
  if (!block) return false;
  void changes.paste(block);
  return true;
}
