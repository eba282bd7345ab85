/**
 * Sheets of an XLSX, row by row, each cell as text: what it shows to a person, exactly.
 *
 * Own reader over the archive's parts: the streaming reader of exceljs breaks characters that lie across two pieces of
 * the file, and depends on the order of the parts. Formulas count by their cached value; one without it shows its text.
 */
import type { WallClock } from '../../wall-clock';
import { UnreadableFile, type SourceRow } from '../limits';
import type { ByteSource } from '../source';
import type { ZipArchive } from '../zip';
import { MergeFiller, readMergedCells } from './merged-cells';
import { readWorkbookParts } from './parts';
import { SheetRows } from './sheet-rows';
import { XmlScanner } from './xml';

/** A sheet is read as a stream; this bounds time, not memory. */
const SHEET_BYTES_MAX = 8 * 1024 ** 3;
/** A piece of the sheet's XML holds a few hundred rows; several make a batch. */
const BATCH_ROWS = 1_000;

export interface XlsxFile {
  readonly sheets: readonly string[];
  batches(sheet: string): AsyncGenerator<SourceRow[], void, undefined>;
}

/** Whether the archive says that it is a document of the kind that spreadsheets are. */
export const isSpreadsheet = (archive: ZipArchive): boolean => archive.has('[Content_Types].xml') || archive.has('_rels/.rels');

/** @throws UnreadableFile where the file is no spreadsheet */
export async function openXlsx(archive: ZipArchive, source: ByteSource, clock: WallClock): Promise<XlsxFile> {
  const { fileName } = source;
  const parts = await readWorkbookParts(archive, fileName);
  const mergesByPath = new Map<string, Awaited<ReturnType<typeof readMergedCells>>>();
  return {
    sheets: parts.sheets.map((sheet) => sheet.name),
    batches: async function* batches(name) {
      const sheet = parts.sheets.find((each) => each.name === name);
      if (!sheet) {
        const names = parts.sheets.map((each) => each.name).join(', ');
        throw new UnreadableFile('sheet_unknown', `${fileName} has no sheet ${name}. It has: ${names}.`);
      }
      const merges = mergesByPath.get(sheet.path) ?? (await readMergedCells(archive, sheet.path, SHEET_BYTES_MAX, fileName));
      mergesByPath.set(sheet.path, merges);
      const rows = new SheetRows(parts, clock, new MergeFiller(merges, fileName), fileName, source.byteLength);
      const scanner = new XmlScanner(rows, sheet.path);
      const decoder = new TextDecoder('utf-8');
      for await (const chunk of archive.chunks(sheet.path, SHEET_BYTES_MAX)) {
        scanner.write(decoder.decode(chunk, { stream: true }));
        if (rows.finished.length >= BATCH_ROWS) yield rows.finished.splice(0);
      }
      scanner.write(decoder.decode());
      scanner.end();
      if (rows.finished.length > 0) yield rows.finished.splice(0);
    },
  };
}
