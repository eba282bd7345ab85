/**
 * One door to the readers: a file is opened, says what it is, and gives its rows, whatever its format.
 */
import { WallClock } from '../wall-clock';
import { detectDelimiter, readCsvRows } from './csv';
import { UnreadableFile, type SourceRow } from './limits';
import { fingerprint, type ByteSource } from './source';
import { openXlsx } from './xlsx/xlsx';

export { UnreadableFile, type ReadFailure, type SourceRow } from './limits';
export { sourceFromBytes, sourceFromPath, type ByteSource } from './source';
export { parseRecord, recordText } from './csv';

export interface TableFile {
  readonly source: ByteSource;
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  /** null for a spreadsheet. */
  readonly delimiter: string | null;
  /** Visible sheets in their order; none for text. */
  readonly sheets: readonly string[];
  /** The rows from the first on; `sheet` only for a spreadsheet, whose first sheet is read without it. */
  rows(sheet?: string): AsyncGenerator<SourceRow, void, undefined>;
}

export interface OpenOptions {
  /** Which wall clock a spreadsheet's dates are read on: they carry no time zone. */
  readonly timeZone: string;
  /** Overrides what would be detected, for a file whose delimiter is known. */
  readonly delimiter?: string | undefined;
  /** Called while the file is fingerprinted, with the bytes read so far; may throw to stop. */
  readonly onBytes?: (bytesRead: number) => void;
}

/** @throws UnreadableFile where the file is empty, broken or neither text nor a spreadsheet */
export async function openTable(source: ByteSource, options: OpenOptions): Promise<TableFile> {
  const print = await fingerprint(source, options.onBytes);
  if (print.format === 'csv') {
    const delimiter = options.delimiter ?? (await detectDelimiter(source, print));
    return {
      source,
      sha256: print.sha256,
      format: 'csv',
      encoding: print.encoding,
      delimiter,
      sheets: [],
      rows: () => readCsvRows(source, print, delimiter),
    };
  }
  const workbook = await openXlsx(source, new WallClock(options.timeZone));
  const first = workbook.sheets[0];
  if (first === undefined) throw new UnreadableFile('file_empty', `${source.fileName} has no sheet.`);
  return {
    source,
    sha256: print.sha256,
    format: 'xlsx',
    encoding: print.encoding,
    delimiter: null,
    sheets: workbook.sheets,
    rows: (sheet = first) => workbook.rows(sheet),
  };
}

/** The first rows of a table, at most `count`. */
export async function firstRows(table: TableFile, count: number, sheet?: string): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of table.rows(sheet)) {
    rows.push(row);
    if (rows.length >= count) break;
  }
  return rows;
}
