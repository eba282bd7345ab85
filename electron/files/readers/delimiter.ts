/**
 * Which delimiter a text file is written with, judged by its beginning.
 */
import type { TextForm } from './encoding';
import { parseRecord, RecordScanner, type Dialect } from './records';
import type { ByteStream } from './source';
import { textPieces } from './text';

/** Those that exports use. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Those that also stand inside cells, in times and ranges: considered only where none of the others makes columns. */
const RARE_DELIMITERS = ['^', '~', ':'] as const;

/** How far the delimiter is judged by: enough for title lines, a header and some rows. */
const SAMPLE_LENGTH = 65_536;
const SAMPLE_RECORDS = 60;

interface Guess {
  readonly dialect: Dialect;
  readonly records: number;
  /** Of the records, those with the most common number of columns that is more than one. */
  readonly agreeing: number;
  readonly columns: number;
  /** Of the records, those that are quoted as a whole line. */
  readonly wrapped: number;
}

function judge(sample: string, complete: boolean, dialect: Dialect): Guess {
  const { rows } = new RecordScanner(dialect, '').take(sample, complete);
  const records = rows.slice(0, SAMPLE_RECORDS).filter(({ raw }) => raw.trim() !== '');
  const tally = new Map<number, number>();
  for (const { cells } of records) if (cells.length > 1) tally.set(cells.length, (tally.get(cells.length) ?? 0) + 1);
  let [agreeing, columns] = [0, 1];
  for (const [width, count] of tally) {
    if (count > agreeing || (count === agreeing && width > columns)) [agreeing, columns] = [count, width];
  }
  const wrapped = records.filter(({ raw, cells }) => raw.startsWith('"') && parseRecord(raw, dialect.at(-1)!).length < cells.length).length;
  return { dialect, records: records.length, agreeing, columns, wrapped };
}

/** The guess under which most records agree; on a tie the one that makes more columns, then the first. */
const bestOf = (guesses: readonly Guess[]): Guess | undefined =>
  [...guesses].sort((left, right) => right.agreeing - left.agreeing || right.columns - left.columns)[0];

/**
 * The dialect under which most records of the sample have the same number of columns, more than one. Lines count as
 * quoted whole where at least half of them are and all have the same columns then. A file of one column is read with commas.
 *
 * @param complete whether the sample is the whole file
 */
export function guessDelimiter(sample: string, complete = true): Dialect {
  const plain = DELIMITERS.map((delimiter) => judge(sample, complete, delimiter));
  const wrapped = DELIMITERS.map((delimiter) => judge(sample, complete, `"${delimiter}`)).filter(
    ({ wrapped, agreeing, records }) => wrapped * 2 >= records && agreeing === records,
  );
  const best = bestOf([...plain, ...wrapped].filter(({ columns }) => columns > 1));
  if (best && best.agreeing * 2 >= best.records) return best.dialect;
  const rare = RARE_DELIMITERS.map((delimiter) => judge(sample, complete, delimiter));
  const bestRare = bestOf(rare.filter(({ columns, agreeing, records }) => columns > 1 && agreeing > 1 && agreeing === records));
  return (bestRare ?? best)?.dialect ?? ',';
}

/** The dialect of a file, judged by its beginning. */
export async function detectDelimiter(file: ByteStream, form: TextForm): Promise<Dialect> {
  let sample = '';
  for await (const piece of textPieces(file, form)) {
    sample += piece;
    if (sample.length > SAMPLE_LENGTH) break;
  }
  return guessDelimiter(sample.slice(0, SAMPLE_LENGTH), sample.length <= SAMPLE_LENGTH);
}
