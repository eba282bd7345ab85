/**
 * One door to the readers: a file is opened, says what it is, and gives its rows, whatever its format.
 */
import type { TextEncoding } from '@shared/domain/import';
import { WallClock } from '../wall-clock';
import { readCsvBatches } from './csv';
import { detectDelimiter } from './delimiter';
import type { TextForm } from './encoding';
import { UnreadableFile, type SourceRow } from './limits';
import { gzipContent, lookInside, onlyFileOf } from './packed';
import { fingerprint, type ByteSource, type ByteStream } from './source';
import { isSpreadsheet, openXlsx } from './xlsx/xlsx';
import { ZipArchive } from './zip';

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
  /** The bytes of a text and how they are decoded; null for a spreadsheet. */
  readonly text: { readonly file: ByteStream; readonly form: TextForm } | null;
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
  /** Overrides what would be detected, where a person sees that it is wrong. */
  readonly encoding?: TextEncoding | undefined;
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

/**
 * A CSV or XLSX as it is, or one of them in a gzip or ZIP archive. The SHA-256 is always that of the file as given.
 *
 * @throws UnreadableFile where the file is empty, broken or holds no table
 */
export async function openTable(source: ByteSource, options: OpenOptions): Promise<TableFile> {
  const { sha256, content } = await fingerprint(source, options.encoding, options.onBytes);
  if (content.kind === 'text') return openCsv(source, source, sha256, content.form, options);
  let inner: ByteStream;
  if (content.kind === 'zip') {
    const archive = await ZipArchive.open(source);
    if (isSpreadsheet(archive)) return openSpreadsheet(source, archive, sha256, options);
    inner = onlyFileOf(archive, source);
  } else inner = gzipContent(source);
  const unpacked = await lookInside(inner, options.encoding, () => options.onBytes?.(source.byteLength));
  if (unpacked.kind === 'text') return openCsv(source, inner, sha256, unpacked.form, options);
  const archive = await ZipArchive.open(unpacked.source);
  if (isSpreadsheet(archive)) return openSpreadsheet(source, archive, sha256, options);
  throw new UnreadableFile('file_unreadable', `${source.fileName} holds another archive. Unpack it first.`);
}

async function openCsv(source: ByteSource, text: ByteStream, sha256: string, form: TextForm, options: OpenOptions): Promise<TableFile> {
  const delimiter = options.delimiter ?? (await detectDelimiter(text, form));
  return {
    source,
    sha256,
    format: 'csv',
    encoding: form.encoding,
    delimiter,
    text: { file: text, form },
    sheets: [],
    ...rowsInBatches(() => readCsvBatches(text, form, delimiter)),
  };
}

async function openSpreadsheet(source: ByteSource, archive: ZipArchive, sha256: string, options: OpenOptions): Promise<TableFile> {
  const workbook = await openXlsx(archive, source, new WallClock(options.timeZone));
  return {
    source,
    sha256,
    format: 'xlsx',
    // Its parts say so themselves.
    encoding: 'utf-8',
    delimiter: null,
    text: null,
    sheets: workbook.sheets,
    ...rowsInBatches((sheet = workbook.sheets[0]!) => workbook.batches(sheet)),
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
