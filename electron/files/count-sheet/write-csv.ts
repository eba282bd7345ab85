/**
 * Count sheets as CSV: UTF-8 with a byte order mark and line ends that spreadsheets expect, one header, one row per line.
 */
import { countNumbersOf, sheetHeader } from '@shared/domain/count-sheet';
import { recordText } from '../readers/records';
import type { SheetFileContent } from './content';

/** A text that a spreadsheet would take for a formula gets an apostrophe in front, so that it stays text. */
const textCell = (text: string): string => (/^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text);

/**
 * The bytes of the file.
 *
 * @param filled what was filled into a line: a text for each count, who counted, when, and a note; empty where it is to be filled in by hand
 */
export function writeSheetCsv(content: Pick<SheetFileContent, 'firstCountNo' | 'sheets'>, filled?: (sheet: string, line: number) => readonly string[]): Uint8Array<ArrayBuffer> {
  const toFill = Array.from({ length: countNumbersOf(content.firstCountNo).length + 3 }, () => '');
  const rows = content.sheets.flatMap((sheet) =>
    sheet.lines.map((line) => [
      sheet.number, String(line.line), ...[line.location, line.bin, line.sku, line.item, line.barcode, line.unit].map(textCell), ...(filled?.(sheet.number, line.line) ?? toFill),
    ]),
  );
  const records = [sheetHeader(content.firstCountNo), ...rows].map((cells) => recordText(cells));
  return new TextEncoder().encode(`\ufeff${records.join('\r\n')}\r\n`);
}
