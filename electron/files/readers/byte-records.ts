/**
 * Records of delimited UTF-8, found in the bytes: where each begins and ends. A million rows are cut so without making a
 * text of any of them.
 *
 * It cuts as `RecordScanner` does, at the same places and with the same limits; a test holds the two against each other.
 */
import { CELL_LENGTH_MAX, checkRow, COLUMNS_MAX, ROW_LENGTH_MAX, TEXT_ROWS_MAX, type SourceRow, type UnreadableFile } from './limits';
import { cellsOfRecord, recordRefusal } from './records';

const [QUOTE, LINE_FEED, CARRIAGE_RETURN] = [0x22, 0x0a, 0x0d];

const FIRST_ROOM = 1024;

/** Records in a piece of bytes. The arrays are filled anew by the next piece. */
export interface RecordPlaces {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** The number of the first record; the others follow it. */
  readonly firstRowNumber: number;
  readonly starts: Uint32Array;
  /** Before the line break. */
  readonly ends: Uint32Array;
  /** What stops the reading after them. */
  readonly failure?: UnreadableFile;
}

/** How many characters the bytes are, where that can pass `max`; each is one byte at least. */
function isLongerThan(bytes: Uint8Array, start: number, end: number, max: number): boolean {
  return end - start > max && textOf(bytes, start, end).length > max;
}

/** A piece of UTF-8 as text. */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');

function hasLineBreak(bytes: Uint8Array, from: number, until: number): boolean {
  for (let at = from; at < until; at += 1) if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) return true;
  return false;
}

/** Where a quoted cell's closing quote stands; -1 where it is not in the bytes. */
function closingQuote(bytes: Uint8Array, open: number): number {
  let close = open;
  for (;;) {
    close = bytes.indexOf(QUOTE, close + 1);
    if (close < 0 || bytes[close + 1] !== QUOTE) return close;
    close += 1;
  }
}

/** Where the record at `start`, in which quotes are met, ends; -1 where the bytes do not hold all of it. */
function endWithQuotes(bytes: Uint8Array, start: number, delimiter: number, last: boolean): number {
  const { length } = bytes;
  let at = start;
  for (;;) {
    let end = at;
    let isQuoted = false;
    if (bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at);
      if (close < 0) return -1;
      const next = bytes[close + 1];
      isQuoted = close + 1 === length || next === delimiter || next === LINE_FEED || next === CARRIAGE_RETURN;
      // Text after the closing quote: it is none. Where a line ends in between, the record ends with its line.
      if (isQuoted || !hasLineBreak(bytes, at, close)) end = close + 1;
    }
    if (!isQuoted) while (end < length && bytes[end] !== delimiter && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end += 1;
    if (end === length && !last) return -1;
    if (end === length || bytes[end] !== delimiter) return end;
    at = end + 1;
  }
}

/** Cuts bytes into numbered records as their pieces come. */
export class ByteRecords {
  #rest: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** How much of the rest was looked at in vain: it is not looked at again before it has doubled. */
  #triedLength = 0;
  #rowNumber = 0;
  #count = 0;
  #starts = new Uint32Array(FIRST_ROOM);
  #ends = new Uint32Array(FIRST_ROOM);

  /** @param delimiter one character of ASCII that stands for itself: neither a bar nor a whole line in quotes */
  constructor(
    readonly delimiter: string,
    readonly fileName: string,
  ) {}

  /**
   * @param piece valid UTF-8 but for a character that the next piece ends
   * @param last whether no more bytes follow
   */
  take(piece: Uint8Array, last: boolean): RecordPlaces {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const firstRowNumber = this.#rowNumber + 1;
    this.#count = 0;
    let failure: UnreadableFile | undefined;
    if (last || bytes.length >= 2 * this.#triedLength) {
      const found = this.#cut(bytes, last);
      failure = found.failure;
      // A copy: what was cut belongs to whoever takes it.
      this.#rest = new Uint8Array(bytes.subarray(found.end));
      this.#triedLength = this.#rest.length;
      if (!failure && last && this.#rest.length > 0) failure = this.#refusal('quote_not_closed');
      if (!failure && isLongerThan(this.#rest, 0, this.#rest.length, ROW_LENGTH_MAX)) failure = this.#refusal('cell_too_large');
    } else this.#rest = bytes;
    return { bytes, count: this.#count, firstRowNumber, starts: this.#starts, ends: this.#ends, ...(failure && { failure }) };
  }

  /** Notes the records that the bytes hold whole; answers where the first unfinished one begins. */
  #cut(bytes: Uint8Array, last: boolean): { readonly end: number; readonly failure?: UnreadableFile } {
    const { length } = bytes;
    const delimiter = this.delimiter.charCodeAt(0);
    const next = (what: number, from: number) => {
      const index = bytes.indexOf(what, from);
      return index < 0 ? length : index;
    };
    let at = 0;
    let quote = -1;
    let lineFeed = -1;
    let carriageReturn = -1;
    while (at < length) {
      if (quote < at) quote = next(QUOTE, at);
      if (lineFeed < at) lineFeed = next(LINE_FEED, at);
      if (carriageReturn < at) carriageReturn = next(CARRIAGE_RETURN, at);
      let end = Math.min(lineFeed, carriageReturn);
      if (quote < end) end = endWithQuotes(bytes, at, delimiter, last);
      // A carriage return at the end of a piece may be the first half of a line break.
      const breakMayGoOn = end === length || (end + 1 === length && bytes[end] === CARRIAGE_RETURN);
      if (end < 0 || (!last && breakMayGoOn)) return { end: at };
      if (isLongerThan(bytes, at, end, ROW_LENGTH_MAX)) return { end: at, failure: this.#refusal('cell_too_large') };
      this.#rowNumber += 1;
      if (this.#rowNumber > TEXT_ROWS_MAX) return { end: at, failure: this.#refusal('file_too_large') };
      this.#note(at, end);
      at = bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? end + 2 : end + 1;
    }
    return { end: length };
  }

  #note(start: number, end: number): void {
    if (this.#count === this.#starts.length) {
      const [starts, ends] = [this.#starts, this.#ends];
      this.#starts = new Uint32Array(starts.length * 2);
      this.#ends = new Uint32Array(starts.length * 2);
      this.#starts.set(starts);
      this.#ends.set(ends);
    }
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  #refusal(failure: Parameters<typeof recordRefusal>[0]): UnreadableFile {
    return recordRefusal(failure, this.fileName, this.#rowNumber + 1);
  }
}

/** A record that was found by its bytes; its cells are cut when they are asked for. */
export class RecordRow implements SourceRow {
  #cells: readonly string[] | undefined;

  constructor(
    readonly rowNumber: number,
    readonly raw: string,
    readonly delimiter: string,
  ) {}

  /** @throws UnreadableFile where the row passes a limit */
  get cells(): readonly string[] {
    if (!this.#cells) {
      this.#cells = cellsOfRecord(this.raw, this.delimiter);
      if (this.raw.length >= COLUMNS_MAX || this.raw.length >= CELL_LENGTH_MAX) checkRow(this.#cells, this.rowNumber);
    }
    return this.#cells;
  }
}
