/**
 * Rows as nearly every row of an export is written, read in one pass over their bytes.
 *
 * It reads what can be read in one way only and leaves every other row to `RowReader`, which alone decides what is bad,
 * ignored or unusual. Both give the same values for the same row; a test holds them against each other.
 */
import { parseInstant } from '@shared/domain/instant';
import type { BatchColumns } from './plain-batch';
import type { PlainPlan, PlainStep } from './plain-plan';
import { TextCodes } from './text-codes';

const [ZERO, NINE, PLUS, MINUS, POINT, COLON, LETTER_T, LETTER_Z, QUOTE] = [0x30, 0x39, 0x2b, 0x2d, 0x2e, 0x3a, 0x54, 0x5a, 0x22];
const DIGITS_MAX = 9;
const FRACTION_DIGITS_MAX = 6;

/** Two figures; NaN where they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** What stands for the offset in the key of a day; NaN where none is written there. */
function offsetCode(bytes: Uint8Array, at: number, length: number): number {
  const sign = bytes[at]!;
  if (length === 1) return sign === LETTER_Z ? 0 : Number.NaN;
  if (bytes[at + 3] !== COLON || (sign !== PLUS && sign !== MINUS)) return Number.NaN;
  return 1 + (sign === PLUS ? 0 : 10_000) + twoDigits(bytes, at + 1) * 100 + twoDigits(bytes, at + 4);
}

/** Above every code of an offset. */
const OFFSETS_MAX = 2 ** 15;

/** A prime number: days that follow each other, and two offsets of one day, are kept in different places. */
const DAYS_KEPT = 251;

/** Instants with an offset: what a day and an offset stand for is read once. */
class InstantCells {
  readonly #keys = new Float64Array(DAYS_KEPT).fill(Number.NaN);
  readonly #midnights = new Float64Array(DAYS_KEPT);

  /** The instant from `start` to `end`, written `2026-10-31T23:59:00-07:00` or with Z; NaN where it is written otherwise. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const offsetAt = start + 19;
    const length = end - offsetAt;
    if ((length !== 1 && length !== 6) || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN;
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    const second = twoDigits(bytes, start + 17);
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS || bytes[start + 10] !== LETTER_T) return Number.NaN;
    const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
    const day = (year * 100 + twoDigits(bytes, start + 5)) * 100 + twoDigits(bytes, start + 8);
    const key = day * OFFSETS_MAX + offsetCode(bytes, offsetAt, length);
    if (Number.isNaN(key)) return Number.NaN;
    const place = key % DAYS_KEPT;
    if (this.#keys[place] !== key) this.#keep(place, key, bytes, start, end);
    return this.#midnights[place]! + ((hour * 60 + minute) * 60 + second) * 1000;
  }

  #keep(place: number, key: number, bytes: Uint8Array, start: number, end: number): void {
    const text = String.fromCharCode(...bytes.subarray(start, end));
    this.#keys[place] = key;
    this.#midnights[place] = parseInstant(`${text.slice(0, 11)}00:00:00${text.slice(19)}`) ?? Number.NaN;
  }
}

/**
 * Whether a text of UTF-8 begins and ends with no space of any alphabet, so that it need not be trimmed, and has lost no
 * character in decoding, which makes an identifier a damaged one.
 */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  let last = end - 1;
  while (last > start && (bytes[last]! & 0xc0) === 0x80) last -= 1;
  if (!isPlainCharacter(bytes[start]!) || !isPlainCharacter(bytes[last]!)) return false;
  for (let at = start; at < end; at += 1) if (bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) return false;
  return true;
}

/** By its first byte: printable ASCII, and from U+00C0 until before U+1000, where no space is. */
const isPlainCharacter = (byte: number): boolean => (byte > 0x20 && byte < 0x7f) || (byte >= 0xc3 && byte <= 0xe0);

const bytesOf = (word: string): Uint8Array => new TextEncoder().encode(word);

export class PlainRowReader {
  readonly #steps: readonly PlainStep[];
  readonly #words: readonly (readonly Uint8Array[])[];
  readonly #instants: readonly InstantCells[];
  readonly #names: readonly TextCodes[];
  readonly #delimiter: number;
  /** By slot of codes: the starts and ends of texts that were met for the first time. */
  #newTexts: number[][];
  /** What the cell at hand says. */
  #scaled = 0;

  constructor(readonly plan: PlainPlan) {
    this.#steps = plan.steps;
    this.#words = plan.steps.map(({ words }) => words.map(bytesOf));
    this.#instants = plan.instants.map(() => new InstantCells());
    this.#names = plan.codes.map(() => new TextCodes());
    this.#delimiter = plan.delimiter.charCodeAt(0);
    this.#newTexts = plan.codes.map(() => []);
  }

  /** The texts that `read` has numbered since this was asked last. */
  takeNewTexts(): Uint32Array[] {
    const taken = this.#newTexts.map((places) => Uint32Array.from(places));
    this.#newTexts = this.plan.codes.map(() => []);
    return taken;
  }

  /** Puts what the row from `start` to `end` says into the columns; false where the row is to be read the usual way. */
  read(bytes: Uint8Array, start: number, end: number, columns: BatchColumns, at: number): boolean {
    const last = this.#steps.length - 1;
    let from = start;
    for (let index = 0; index <= last; index += 1) {
      const cellEnd = this.#cell(index, bytes, from, end, columns, at);
      if (cellEnd < 0 || (cellEnd === end ? index < last : index === last)) return false;
      from = cellEnd + 1;
    }
    return true;
  }

  /** Where the cell at `start` ends; -1 where a quote is in it, which is for the parser. */
  #endOf(bytes: Uint8Array, start: number, rowEnd: number): number {
    let end = start;
    for (; end < rowEnd && bytes[end] !== this.#delimiter; end += 1) if (bytes[end] === QUOTE) return -1;
    return end;
  }

  /** Takes what the cell at `start` says; answers where it ends, or -1 where it takes a closer look. */
  #cell(index: number, bytes: Uint8Array, start: number, rowEnd: number, columns: BatchColumns, at: number): number {
    const step = this.#steps[index]!;
    if (start >= rowEnd || bytes[start] === this.#delimiter) {
      // The columns of a batch begin with zeros.
      if (step.kind === 'number') columns.numbers[step.slot]![at] = Number.NaN;
      else if (step.kind === 'instant') columns.instants[step.slot]![at] = Number.NaN;
      return step.mayBeEmpty ? start : -1;
    }
    switch (step.kind) {
      case 'skip':
        return this.#endOf(bytes, start, rowEnd);
      case 'number': {
        const end = this.#number(step, bytes, start, rowEnd);
        columns.numbers[step.slot]![at] = this.#scaled;
        return end;
      }
      case 'name': {
        const end = this.#endOf(bytes, start, rowEnd);
        if (end < 0) return -1;
        const code = this.#code(step.slot, bytes, start, end);
        columns.codes[step.slot]![at] = code;
        return code === 0 ? -1 : end;
      }
      case 'text': {
        const end = this.#endOf(bytes, start, rowEnd);
        if (end < 0 || !isPlainText(bytes, start, end)) return -1;
        columns.textStarts[step.slot]![at] = start;
        columns.textEnds[step.slot]![at] = end;
        return end;
      }
      case 'instant': {
        const end = start + 20 <= rowEnd && (start + 20 === rowEnd || bytes[start + 20] === this.#delimiter) ? start + 20 : start + 25;
        if (end > rowEnd || (end < rowEnd && bytes[end] !== this.#delimiter)) return -1;
        const instant = this.#instants[step.slot]!.read(bytes, start, end);
        columns.instants[step.slot]![at] = instant;
        return Number.isNaN(instant) ? -1 : end;
      }
      case 'choice':
        return this.#choice(index, step.slot, bytes, start, rowEnd, columns, at);
      case 'currency':
        return this.#wordEnd(this.#words[index]![0]!, bytes, start, rowEnd);
    }
  }

  /** Where the cell at `start` ends, if it is the word; -1 where it is not. */
  #wordEnd(word: Uint8Array, bytes: Uint8Array, start: number, rowEnd: number): number {
    const end = start + word.length;
    if (end > rowEnd || (end < rowEnd && bytes[end] !== this.#delimiter)) return -1;
    for (let at = 0; at < word.length; at += 1) if (bytes[start + at] !== word[at]) return -1;
    return end;
  }

  #choice(index: number, slot: number, bytes: Uint8Array, start: number, rowEnd: number, columns: BatchColumns, at: number): number {
    const words = this.#words[index]!;
    for (let word = 0; word < words.length; word += 1) {
      const end = this.#wordEnd(words[word]!, bytes, start, rowEnd);
      if (end < 0) continue;
      columns.codes[slot]![at] = word + 1;
      return end;
    }
    return -1;
  }

  /** The number of a name; 0 where it takes a closer look. */
  #code(slot: number, bytes: Uint8Array, start: number, end: number): number {
    const names = this.#names[slot]!;
    const known = names.find(bytes, start, end);
    if (known > 0) return known;
    if (!isPlainText(bytes, start, end)) return 0;
    const code = names.add(bytes, start, end);
    if (code > 0) this.#newTexts[slot]!.push(start, end);
    return code;
  }

  /** Reads digits with at most one point as a scaled figure; answers where they end, -1 where the cell is written otherwise. */
  #number({ places, hasPoint }: PlainStep, bytes: Uint8Array, start: number, rowEnd: number): number {
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    let scaled = 0;
    let point = -1;
    let end = first;
    for (; end < rowEnd; end += 1) {
      const code = bytes[end]!;
      if (code >= ZERO && code <= NINE) scaled = scaled * 10 + (code - ZERO);
      else if (code === this.#delimiter) break;
      else if (code === POINT && hasPoint && point < 0) point = end;
      else return -1;
    }
    const whole = (point < 0 ? end : point) - first;
    const fraction = point < 0 ? 0 : end - point - 1;
    if (whole === 0 || whole > DIGITS_MAX || fraction > places || fraction > FRACTION_DIGITS_MAX || (point >= 0 && fraction === 0)) return -1;
    for (let missing = places - fraction; missing > 0; missing -= 1) scaled *= 10;
    this.#scaled = negative && scaled !== 0 ? -scaled : scaled;
    return end;
  }
}
