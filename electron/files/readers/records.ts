/**
 * Records of delimited text: which characters are one record, and which of them one cell.
 *
 * Works on decoded text in pieces of any length and holds no more than the record that a piece leaves unfinished. No
 * record is lost: one that is short, long or empty comes out as it is, and quotes that break the rules are text.
 */
import { CELL_LENGTH_MAX, checkRow, COLUMNS_MAX, ROW_LENGTH_MAX, TEXT_ROWS_MAX, UnreadableFile, type SourceRow } from './limits';

/**
 * How cells are set apart: one character. Before it a quote (`";`) says that lines are quoted as a whole, as in a file
 * that was saved twice by a spreadsheet program, and are to be read once more (`"a;b;c";`).
 */
export type Dialect = string;

export const delimiterOf = (dialect: Dialect): string => dialect.at(-1)!;
const readsWrappedLines = (dialect: Dialect): boolean => dialect.length > 1;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** V8 copies a piece of a string that is shorter; a longer one holds on to the whole. */
const PIECE_LENGTH_MIN = 13;

/** A kept cell would keep its chunk of the file in memory: one that is joined is made anew. */
const detached = (text: string): string => (text.length < PIECE_LENGTH_MIN ? text : ` ${text}`.slice(1));

/** Lines that are drawn and say nothing: `|-----|` and `-----` of lists that were saved as text. */
const RULER = /^[|\s]*-{4}[-+|\s]*$/;

function cellsWithoutQuotes(record: string, delimiter: string): string[] {
  const cells: string[] = [];
  let start = 0;
  for (;;) {
    const end = record.indexOf(delimiter, start);
    if (end < 0) {
      cells.push(record.slice(start));
      return cells;
    }
    cells.push(record.slice(start, end));
    start = end + 1;
  }
}

/** Where the cell that is not quoted ends: at a delimiter, a line break or the end of the text. */
function plainEnd(text: string, from: number, delimiterCode: number): number {
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === delimiterCode || code === LINE_FEED || code === CARRIAGE_RETURN) break;
  }
  return end;
}

/** Where a quoted cell's closing quote stands; -1 where it is not in the text. */
function closingQuote(text: string, open: number): number {
  let close = open;
  for (;;) {
    close = text.indexOf('"', close + 1);
    if (close < 0 || text.charCodeAt(close + 1) !== QUOTE) return close;
    close += 1;
  }
}

/**
 * The cells of the record at `start` where quotes are met, put into `cells`.
 *
 * @param extent whether more text may follow, or the text ends here, or is one record and a quote in it that is never
 *   closed is text
 * @returns where the record ends, before its line break; -1 where the text does not hold all of it
 */
function cellsWithQuotes(text: string, start: number, delimiter: string, extent: 'piece' | 'end' | 'record', cells: string[]): number {
  const delimiterCode = delimiter.charCodeAt(0);
  let at = start;
  for (;;) {
    let value: string | undefined;
    let end = at;
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at);
      if (close < 0 && extent !== 'record') return -1;
      const next = text.charCodeAt(close + 1);
      const closes = close + 1 === text.length || next === delimiterCode || next === LINE_FEED || next === CARRIAGE_RETURN;
      if (close > 0 && closes) value = text.slice(at + 1, close).replaceAll('""', '"');
      // Text after the closing quote: it is none. Where a line ends in between, the record ends with its line.
      if (close > 0 && (closes || !/[\r\n]/.test(text.slice(at, close)))) end = close + 1;
    }
    if (value === undefined) {
      end = plainEnd(text, end, delimiterCode);
      value = text.slice(at, end);
    }
    if (end === text.length && extent === 'piece') return -1;
    cells.push(detached(value));
    if (end === text.length || text.charCodeAt(end) !== delimiterCode) return end;
    at = end + 1;
  }
}

/** The cells inside of a line that is quoted as a whole; the cells as they are where it is not. */
function unwrapped(cells: string[], delimiter: string): string[] {
  const inner = cells[0]!;
  if (!inner.includes(delimiter) || cells.some((cell, index) => index > 0 && cell !== '')) return cells;
  const found: string[] = [];
  return cellsWithQuotes(inner, 0, delimiter, 'end', found) === inner.length ? found : cells;
}

/** What a record says under a dialect, beyond its delimiters and quotes. */
function cellsUnder(dialect: Dialect, cells: string[], raw: string): string[] {
  if (dialect === '|' && RULER.test(raw)) return [];
  return readsWrappedLines(dialect) && raw.charCodeAt(0) === QUOTE ? unwrapped(cells, delimiterOf(dialect)) : cells;
}

/** The cells of one record, without what a dialect may say of it beyond its delimiters and quotes. */
export function cellsOfRecord(raw: string, delimiter: string): string[] {
  return raw.includes('"') ? parseRecord(raw, delimiter) : cellsWithoutQuotes(raw, delimiter);
}

/** The cells of one record that was kept as text. */
export function parseRecord(raw: string, dialect: Dialect): string[] {
  const cells: string[] = [];
  const end = cellsWithQuotes(raw, 0, delimiterOf(dialect), 'record', cells);
  if (end !== raw.length) throw new Error('the kept text is not one record');
  return cellsUnder(dialect, cells, raw);
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Cells as one CSV record, which `parseRecord` gives back: quoted where a quote, the delimiter or a line break demands it. */
export function recordText(cells: readonly string[], dialect: Dialect = ','): string {
  const delimiter = delimiterOf(dialect);
  const record = cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? quoted(cell) : cell)).join(delimiter);
  if (readsWrappedLines(dialect)) return record.includes(delimiter) ? quoted(record) : record;
  return dialect === '|' && RULER.test(record) ? cells.map(quoted).join(delimiter) : record;
}

/**
 * A row without quotes: it is cut into cells when they are asked for. Most readers of very many rows take what they need
 * from the text.
 */
class UnquotedRow implements SourceRow {
  #cells: string[] | undefined;

  constructor(
    readonly rowNumber: number,
    readonly raw: string,
    readonly delimiter: string,
  ) {}

  get cells(): readonly string[] {
    return (this.#cells ??= cellsWithoutQuotes(this.raw, this.delimiter));
  }
}

/** Whether a record of that length is within every limit, whatever its cells are. */
const isWithinLimits = (length: number): boolean => length < COLUMNS_MAX && length < CELL_LENGTH_MAX;

/** What a piece of text completed: rows, and what stops the reading after them. */
export interface Completed {
  readonly rows: SourceRow[];
  readonly failure?: UnreadableFile;
}

/** What is said of a record that is not read; the rows before it were. */
export function recordRefusal(failure: 'quote_not_closed' | 'cell_too_large' | 'file_too_large', fileName: string, rowNumber: number): UnreadableFile {
  if (failure === 'file_too_large') {
    return new UnreadableFile(failure, `${fileName} has more than ${TEXT_ROWS_MAX} rows. Split the export by location or by date.`);
  }
  if (failure === 'quote_not_closed') {
    return new UnreadableFile(failure, `${fileName}: the quote that opens in row ${rowNumber} is never closed. Close it, or export the file again.`);
  }
  const message = `${fileName}: row ${rowNumber} is longer than ${ROW_LENGTH_MAX} characters. A quote that is not closed there may be the cause.`;
  return new UnreadableFile(failure, message);
}

/** Cuts text into numbered records as its pieces come. */
export class RecordScanner {
  #rest = '';
  /** How much of the rest was looked at in vain: it is not looked at again before it has doubled. */
  #triedLength = 0;
  #rowNumber = 0;
  readonly #delimiter: string;
  /** The dialect says nothing of a record without quotes beyond its delimiters. */
  readonly #mayWait: boolean;

  constructor(
    readonly dialect: Dialect,
    readonly fileName: string,
  ) {
    this.#delimiter = delimiterOf(dialect);
    this.#mayWait = dialect !== '|';
  }

  /** @param last whether no more text follows */
  take(piece: string, last: boolean): Completed {
    this.#rest = this.#rest === '' ? piece : this.#rest + piece;
    if (!last && this.#rest.length < 2 * this.#triedLength) return { rows: [] };
    const rows: SourceRow[] = [];
    try {
      this.#rest = this.#rest.slice(this.#records(this.#rest, last, rows));
      this.#triedLength = this.#rest.length;
      if (last && this.#rest !== '') throw this.#refusal('quote_not_closed');
      if (this.#rest.length > ROW_LENGTH_MAX) throw this.#refusal('cell_too_large');
    } catch (error) {
      if (error instanceof UnreadableFile) return { rows, failure: error };
      throw error;
    }
    return { rows };
  }

  /** Adds the records that the text holds whole; answers where the first unfinished one begins. */
  #records(text: string, last: boolean, rows: SourceRow[]): number {
    const next = (what: string, from: number) => {
      const index = text.indexOf(what, from);
      return index < 0 ? text.length : index;
    };
    let at = 0;
    let quote = -1;
    let lineFeed = -1;
    let carriageReturn = -1;
    while (at < text.length) {
      if (quote < at) quote = next('"', at);
      if (lineFeed < at) lineFeed = next('\n', at);
      if (carriageReturn < at) carriageReturn = next('\r', at);
      let end = Math.min(lineFeed, carriageReturn);
      let cells: string[] = [];
      const quoted = quote < end;
      if (quoted) end = cellsWithQuotes(text, at, this.#delimiter, last ? 'end' : 'piece', cells);
      // A carriage return at the end of a piece may be the first half of a line break.
      const breakMayGoOn = end === text.length || (end + 1 === text.length && text.charCodeAt(end) === CARRIAGE_RETURN);
      if (end < 0 || (!last && breakMayGoOn)) return at;
      if (end - at > ROW_LENGTH_MAX) throw this.#refusal('cell_too_large');
      const raw = detached(text.slice(at, end));
      this.#rowNumber += 1;
      if (this.#rowNumber > TEXT_ROWS_MAX) throw this.#refusal('file_too_large');
      if (!quoted && this.#mayWait && isWithinLimits(raw.length)) {
        rows.push(new UnquotedRow(this.#rowNumber, raw, this.#delimiter));
      } else {
        if (!quoted) cells = cellsWithoutQuotes(raw, this.#delimiter);
        cells = cellsUnder(this.dialect, cells, raw);
        checkRow(cells, this.#rowNumber);
        rows.push({ rowNumber: this.#rowNumber, cells, raw });
      }
      at = text.charCodeAt(end) === CARRIAGE_RETURN && text.charCodeAt(end + 1) === LINE_FEED ? end + 2 : end + 1;
    }
    return text.length;
  }

  #refusal(failure: Parameters<typeof recordRefusal>[0]): UnreadableFile {
    return recordRefusal(failure, this.fileName, this.#rowNumber + 1);
  }
}
