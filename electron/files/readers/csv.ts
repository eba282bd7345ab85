/**
 * Delimited text, row by row: any of four delimiters, quotes, line breaks inside quotes, four encodings.
 *
 * What the cells mean is the profile's business. A row is never lost: one that is short, long or empty comes out as
 * it is, and a quote that is never closed refuses the file with the row where it opened.
 */
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { checkRow, ROW_BYTES_MAX, UnreadableFile, type SourceRow } from './limits';
import type { ByteSource, Fingerprint, TextEncoding } from './source';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How far the delimiter is judged by: enough for title lines, a header and some rows. */
const SAMPLE_BYTES = 65_536;
const SAMPLE_RECORDS = 60;

const parserOptions = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  // 12" in a cell that is not quoted is a text like any other.
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: ROW_BYTES_MAX,
});

/** The bytes as UTF-8 without byte order mark. */
async function* utf8Chunks(source: ByteSource, text: Pick<Fingerprint, 'encoding' | 'bomBytes'>): AsyncGenerator<Buffer> {
  const decoder = text.encoding === 'utf-8' ? undefined : new TextDecoder(text.encoding satisfies TextEncoding);
  let toSkip = text.bomBytes;
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
    const bytes = toSkip > 0 ? chunk.subarray(toSkip) : chunk;
    toSkip = Math.max(0, toSkip - chunk.length);
    if (bytes.length === 0) continue;
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8') : bytes;
  }
  const rest = decoder?.decode();
  if (rest) yield Buffer.from(rest, 'utf8');
}

/** The refusal that a parser's error stands for; other errors are passed on. */
function refusalOf(error: unknown, fileName: string): unknown {
  if (!(error instanceof CsvError)) return error;
  const rowNumber = Number(error['records'] ?? 0) + 1;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new UnreadableFile(
      'quote_not_closed',
      `${fileName}: the quote that opens in row ${rowNumber} is never closed. Close it, or export the file again.`,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new UnreadableFile(
      'cell_too_large',
      `${fileName}: row ${rowNumber} is longer than ${ROW_BYTES_MAX} bytes. A quote that is not closed there may be the cause.`,
    );
  }
  return new UnreadableFile('file_unreadable', `${fileName}: row ${rowNumber} cannot be read (${error.code}).`);
}

interface ParsedRecord {
  readonly record: string[];
  readonly raw: string;
}

/** Every record of the file, in order, each numbered as it stands. */
export async function* readCsvRows(
  source: ByteSource,
  text: Pick<Fingerprint, 'encoding' | 'bomBytes'>,
  delimiter: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const parser = parse({ ...parserOptions(delimiter), raw: true });
  // The iteration below meets every error; pipeline is there to tear both ends down.
  pipeline(Readable.from(utf8Chunks(source, text)), parser, () => undefined);
  let rowNumber = 0;
  try {
    for await (const { record, raw } of parser as AsyncIterable<ParsedRecord>) {
      rowNumber += 1;
      checkRow(record, rowNumber);
      yield { rowNumber, cells: record, raw: raw.replace(/[\r\n]+$/, '') };
    }
  } catch (error) {
    throw refusalOf(error, source.fileName);
  }
}

/** One record that was kept as text, as cells again. */
export function parseRecord(raw: string, delimiter: string): string[] {
  const records = parseSync(raw, { ...parserOptions(delimiter), relax_quotes: true }) as unknown as string[][];
  return records[0] ?? [];
}

/** Cells as one CSV record: quoted where a quote, the delimiter or a line break demands it. */
export function recordText(cells: readonly string[], delimiter = ','): string {
  return cells
    .map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}

/** Columns per record of a sample, its last record left out where the sample ends inside it. */
function columnCounts(sample: string, delimiter: string, complete: boolean): number[] {
  const counts: number[] = [];
  let columns = 1;
  let quoted = false;
  let atCellStart = true;
  for (let index = 0; index < sample.length && counts.length < SAMPLE_RECORDS; index += 1) {
    const character = sample[index]!;
    if (quoted) {
      if (character === '"') quoted = false;
      continue;
    }
    if (character === '"' && atCellStart) quoted = true;
    else if (character === '"' && sample[index - 1] === '"') quoted = true;
    else if (character === delimiter) columns += 1;
    else if (character === '\n') {
      counts.push(columns);
      columns = 1;
    }
    atCellStart = character === delimiter || character === '\n';
  }
  if (complete && columns > 1) counts.push(columns);
  return counts;
}

/**
 * The delimiter under which most records of the sample have the same number of columns, more than one; on a tie the
 * one that makes more columns. A file of one column is read with commas.
 */
export function guessDelimiter(sample: string, complete = true): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly agreeing: number; readonly columns: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const tally = new Map<number, number>();
    for (const columns of columnCounts(sample, delimiter, complete)) {
      if (columns > 1) tally.set(columns, (tally.get(columns) ?? 0) + 1);
    }
    for (const [columns, agreeing] of tally) {
      if (!best || agreeing > best.agreeing || (agreeing === best.agreeing && columns > best.columns)) {
        best = { delimiter, agreeing, columns };
      }
    }
  }
  return best?.delimiter ?? ',';
}

/** The delimiter of a file, judged by its beginning. */
export async function detectDelimiter(
  source: ByteSource,
  text: Pick<Fingerprint, 'encoding' | 'bomBytes'>,
): Promise<Delimiter> {
  let sample = '';
  let complete = true;
  for await (const chunk of utf8Chunks(source, text)) {
    sample += chunk.toString('utf8');
    if (sample.length >= SAMPLE_BYTES) {
      complete = false;
      break;
    }
  }
  return guessDelimiter(sample.replace(/\r\n?/g, '\n').slice(0, SAMPLE_BYTES), complete);
}
