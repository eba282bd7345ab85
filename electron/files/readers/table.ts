/**
 * One door to the readers: a file is opened, says what it is, and gives its rows, whatever its format.
 */
import { WallClock } from '../wall-clock';
import { readCsvBatches } from './csv';
import { detectDelimiter } from './delimiter';
import { UnreadableFile, type SourceRow } from './limits';
import { fingerprint, type ByteSource } from './source';
import { openXlsx } from './xlsx/xlsx';

export { UnreadableFile, type ReadFailure, type SourceRow } from './limits';
export { sourceFromBytes, sourceFromPath, type ByteSource } from './source';
export { parseRecord, recordText } from './records';

export interface TableFile {
  readonly source: ByteSource;
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  /** The dialect of a text (`records.ts`); null for a spreadsheet. */
  readonly delimiter: string | null;
  /** Visible sheets in their order; none for text. */
  readonly sheets: readonly string[];
  /**
   * The rows from the first on, some hundreds to thousands at a time; `sheet` only for a spreadsheet, whose first sheet
   * is read without it.
   *
   * @throws UnreadableFile where the file cannot be read on, after the rows before that place
   */
  batches(sheet?: string): AsyncGenerator<SourceRow[], void, undefined>;
  /** The same, one at a time: for a few rows. */
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

function rowsInBatches(batches: TableFile['batches']): Pick<TableFile, 'batches' | 'rows'> {
  return {
    batches,
    rows: async function* rows(sheet) {
      for await (const batch of batches(sheet)) yield* batch;
    },
  };
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
      ...rowsInBatches(() => readCsvBatches(source, print, delimiter)),
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
    ...rowsInBatches((sheet = first) => workbook.batches(sheet)),
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
