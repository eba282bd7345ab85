/**
 * Rows as nearly every row of an export is written, read in one pass over their text: digits, words and instants, no
 * quotes, nothing to be trimmed.
 *
 * It reads what can be read in one way only and leaves every other row to `RowReader`, which alone decides what is bad,
 * ignored or unusual. Both give the same values for the same row; a test holds them against each other.
 */
import { FIELDS_OF_KIND, TARGET_FIELDS, type ProfileColumn, type TargetField } from '@shared/domain/import-profile';
import { parseInstant } from '@shared/domain/instant';
import { minorDigits, UNIT_COST_PLACES } from '@shared/domain/money';
import { QUANTITY_PLACES } from '@shared/domain/quantity';
import { MOVEMENT_TYPES, SYSTEMS } from '@shared/domain/states';
import type { ControlTotal, RowValues } from '../../../files/profiles/read-row';
import { isOneCellPerField } from '../../../files/profiles/header';
import { stylesOf } from '../../../files/profiles/row-fields';
import type { HeaderMatch } from '../../../files/profiles/recognise';
import { ExactSums } from './exact-sums';

type StepKind = 'skip' | 'text' | 'number' | 'instant' | 'choice' | 'currency';

/** What is done with the cells of one column. */
interface Step {
  readonly kind: StepKind;
  readonly field: TargetField;
  readonly places: number;
  /** Where a number may have a fraction written with a point. */
  readonly hasPoint: boolean;
  readonly mayBeEmpty: boolean;
  readonly choices: readonly string[];
}

const CHOICES: Partial<Record<TargetField, readonly string[]>> = { system: SYSTEMS, type: MOVEMENT_TYPES };
const SKIPPED: Step = { kind: 'skip', field: 'note', places: 0, hasPoint: false, mayBeEmpty: true, choices: [] };

const [ZERO, NINE, PLUS, MINUS, POINT, COLON, LETTER_T, LETTER_Z, REPLACEMENT] = [0x30, 0x39, 0x2b, 0x2d, 0x2e, 0x3a, 0x54, 0x5a, 0xfffd];
const DIGITS_MAX = 9;
/** Where such a character sets cells apart, no number and no instant ends where it seems to. */
const IN_PLAIN_CELLS = /[\w.:+-]/;
const LOOKS_LIKE_NUMBER = /^-?[\d.]+$/;

/** No space of any alphabet: what stands at a cell's ends need not be trimmed. */
const isPlainCharacter = (code: number): boolean => (code > 0x20 && code < 0x7f) || (code >= 0xc0 && code < 0x1680);

function placesOf(field: TargetField, currency: string): number {
  const { shape } = TARGET_FIELDS[field];
  if (shape === 'quantity') return QUANTITY_PLACES;
  if (shape === 'unit_cost') return UNIT_COST_PLACES;
  return shape === 'amount' ? minorDigits(currency) : 0;
}

function stepOf(column: ProfileColumn, match: HeaderMatch, currency: string): Step | undefined {
  const { field } = column;
  const { shape } = TARGET_FIELDS[field];
  // What has a unit is converted figure by figure: only a row read the usual way has none but its own.
  if (field === 'uom') return undefined;
  const mayBeEmpty = !FIELDS_OF_KIND[match.profile.kind].required.includes(field) && column.empty !== 'zero';
  const hasPoint = (column.numberStyle ?? stylesOf(match).number).decimal === '.';
  const step = (kind: StepKind, choices: readonly string[] = []): Step => ({ kind, field, places: placesOf(field, currency), hasPoint, mayBeEmpty, choices });
  if (shape === 'quantity' || shape === 'unit_cost' || shape === 'amount') return step('number');
  if (shape === 'instant') return step('instant');
  if (field === 'currency') return step('currency');
  if (shape === 'choice') return CHOICES[field] && step('choice', CHOICES[field]);
  return (shape === 'identifier' && field !== 'barcode') || shape === 'text' ? step('text') : undefined;
}

/** Two figures at a place of a text; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** What stands for the offset at a place of a text in the key of a day; NaN where none is written there. */
function offsetCode(text: string, at: number, length: number): number {
  const sign = text.charCodeAt(at);
  if (length === 1) return sign === LETTER_Z ? 0 : Number.NaN;
  if (text.charCodeAt(at + 3) !== COLON || (sign !== PLUS && sign !== MINUS)) return Number.NaN;
  return (sign === PLUS ? 1 : 10_001) + twoDigits(text, at + 1) * 100 + twoDigits(text, at + 4);
}

/** Above every code of an offset. */
const OFFSETS_MAX = 2 ** 15;

/** A prime number: days that follow each other, and two offsets of one day, are kept in different places. */
const DAYS_KEPT = 251;

/** Instants with an offset: what a day and an offset stand for is read once. */
class InstantCells {
  readonly #keys = new Float64Array(DAYS_KEPT).fill(Number.NaN);
  readonly #midnights = new Float64Array(DAYS_KEPT);

  /** The instant `text` holds from `start` to `end`, written `2026-10-31T23:59:00-07:00` or with Z; NaN where it is written otherwise. */
  read(text: string, start: number, end: number): number {
    const offsetAt = start + 19;
    const length = end - offsetAt;
    if ((length !== 1 && length !== 6) || text.charCodeAt(start + 13) !== COLON || text.charCodeAt(start + 16) !== COLON) return Number.NaN;
    const [hour, minute, second] = [twoDigits(text, start + 11), twoDigits(text, start + 14), twoDigits(text, start + 17)];
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    if (text.charCodeAt(start + 4) !== MINUS || text.charCodeAt(start + 7) !== MINUS || text.charCodeAt(start + 10) !== LETTER_T) return Number.NaN;
    const year = twoDigits(text, start) * 100 + twoDigits(text, start + 2);
    const day = (year * 100 + twoDigits(text, start + 5)) * 100 + twoDigits(text, start + 8);
    const key = day * OFFSETS_MAX + offsetCode(text, offsetAt, length);
    if (Number.isNaN(key)) return Number.NaN;
    const place = key % DAYS_KEPT;
    if (this.#keys[place] !== key) this.#keep(place, key, text, start, end);
    return this.#midnights[place]! + ((hour * 60 + minute) * 60 + second) * 1000;
  }

  #keep(place: number, key: number, text: string, start: number, end: number): void {
    this.#keys[place] = key;
    this.#midnights[place] = parseInstant(`${text.slice(start, start + 11)}00:00:00${text.slice(start + 19, end)}`) ?? Number.NaN;
  }
}

/** Values that one row after another is told in. */
type Told<Value> = Partial<Record<TargetField, Value | undefined>>;

const TEXTS_KEPT = 64;

/** Texts of one column: what an earlier row wrote is not cut out again, and its hash is known. */
class TextCells {
  readonly #kept = Array<string>(TEXTS_KEPT).fill('');

  /** The text from `start` to `end`, which are not the same place; undefined where it takes a closer look. */
  read(raw: string, start: number, end: number): string | undefined {
    const length = end - start;
    const place = (raw.charCodeAt(start) + raw.charCodeAt(end - 1) * 5 + length * 11) % TEXTS_KEPT;
    const kept = this.#kept[place]!;
    if (kept.length === length && raw.startsWith(kept, start)) return kept;
    if (!isPlainCharacter(raw.charCodeAt(start)) || !isPlainCharacter(raw.charCodeAt(end - 1))) return undefined;
    // A character that was lost in decoding makes an identifier a damaged one.
    for (let at = start; at < end; at += 1) if (raw.charCodeAt(at) === REPLACEMENT) return undefined;
    const text = raw.slice(start, end);
    this.#kept[place] = text;
    return text;
  }
}

export class PlainRowReader {
  readonly #steps: readonly Step[];
  readonly #texts: readonly TextCells[];
  readonly #instants: readonly InstantCells[];
  readonly #controls: readonly ControlTotal[];
  readonly #sums: ExactSums;
  readonly #delimiterCode: number;
  /** What the last row said: every field there may be, so that all rows have one shape. */
  readonly #values: { readonly text: Told<string>; readonly numbers: Told<number>; readonly instants: Told<number> };
  /** Where the number that was read last ends. */
  #numberEnd = 0;

  private constructor(
    steps: readonly Step[],
    readonly delimiter: string,
    readonly currency: string,
    controls: readonly ControlTotal[],
  ) {
    const fields = (...kinds: StepKind[]) => Object.fromEntries(steps.filter(({ kind }) => kinds.includes(kind)).map(({ field }) => [field, undefined]));
    this.#steps = steps;
    this.#texts = steps.map(() => new TextCells());
    this.#instants = steps.map(() => new InstantCells());
    this.#controls = controls;
    this.#sums = new ExactSums(controls.length);
    this.#delimiterCode = delimiter.charCodeAt(0);
    this.#values = { text: fields('text', 'choice'), numbers: fields('number'), instants: fields('instant') };
  }

  /**
   * A reader for the rows under a header; undefined where the profile asks for more than plain cells.
   *
   * @param delimiter between the cells of a row's text
   * @param controls the control totals of the reader that takes the other rows: they are filled in `finish`
   */
  static for(match: HeaderMatch, delimiter: string, currency: string, controls: readonly ControlTotal[]): PlainRowReader | undefined {
    const { profile, header, matched } = match;
    // Drawn tables and lines quoted whole have rows of their own kind.
    if (delimiter.length !== 1 || delimiter === '|' || IN_PLAIN_CELLS.test(delimiter)) return undefined;
    if (profile.kind !== 'snapshot' && profile.kind !== 'movements') return undefined;
    if (!isOneCellPerField(match)) return undefined;
    const steps: Step[] = header.map(() => SKIPPED);
    for (const { index, column } of matched) {
      const step = stepOf(column, match, currency);
      if (!step) return undefined;
      steps[index] = step;
    }
    // A row that repeats the header, or says that an item is not stocked, has a word where a number belongs.
    const isNumberColumn = (index: number) => steps[index]!.kind === 'number';
    const wordsOnly = profile.ignore.every((rule) => rule.rule === 'total_row' || (rule.rule === 'not_stocked' && !LOOKS_LIKE_NUMBER.test(rule.text)));
    const needsItem = steps.some(({ kind, field, mayBeEmpty }) => kind === 'text' && field === 'sku' && !mayBeEmpty);
    const headersAreWords = matched.some(({ index, header: text }) => isNumberColumn(index) && !LOOKS_LIKE_NUMBER.test(text.trim()));
    return wordsOnly && needsItem && headersAreWords ? new PlainRowReader(steps, delimiter, currency, controls) : undefined;
  }

  /**
   * What the row says, until the next one is read: it is told in the same object. Undefined where the row is to be read the
   * usual way.
   */
  read(raw: string): RowValues | undefined {
    // A quote is for the parser.
    if (raw.includes('"')) return undefined;
    const last = this.#steps.length - 1;
    let start = 0;
    for (let index = 0; index <= last; index += 1) {
      const end = this.#cell(index, raw, start);
      if (end < 0 || (end === raw.length ? index < last : index === last)) return undefined;
      start = end + 1;
    }
    return this.#values as RowValues;
  }

  #isEnd(raw: string, at: number): boolean {
    return at === raw.length || raw.charCodeAt(at) === this.#delimiterCode;
  }

  #endOf(raw: string, start: number): number {
    const end = raw.indexOf(this.delimiter, start);
    return end < 0 ? raw.length : end;
  }

  /** Takes what the cell at `start` says; answers where it ends, or -1 where it takes a closer look. */
  #cell(index: number, raw: string, start: number): number {
    const step = this.#steps[index]!;
    const { text, numbers, instants } = this.#values;
    if (this.#isEnd(raw, start)) {
      if (step.kind === 'number') numbers[step.field] = undefined;
      else if (step.kind === 'instant') instants[step.field] = undefined;
      else if (step.kind === 'text' || step.kind === 'choice') text[step.field] = undefined;
      return step.mayBeEmpty ? start : -1;
    }
    switch (step.kind) {
      case 'skip':
        return this.#endOf(raw, start);
      case 'number': {
        const scaled = this.#number(step, raw, start);
        numbers[step.field] = scaled;
        return Number.isNaN(scaled) ? -1 : this.#numberEnd;
      }
      case 'text': {
        const end = this.#endOf(raw, start);
        text[step.field] = this.#texts[index]!.read(raw, start, end);
        return text[step.field] === undefined ? -1 : end;
      }
      case 'instant': {
        const end = this.#isEnd(raw, start + 20) ? start + 20 : start + 25;
        if (end > raw.length || !this.#isEnd(raw, end)) return -1;
        const instant = this.#instants[index]!.read(raw, start, end);
        instants[step.field] = instant;
        return Number.isNaN(instant) ? -1 : end;
      }
      case 'choice':
        for (const choice of step.choices) {
          if (!raw.startsWith(choice, start) || !this.#isEnd(raw, start + choice.length)) continue;
          text[step.field] = choice;
          return start + choice.length;
        }
        return -1;
      case 'currency': {
        const end = start + this.currency.length;
        return raw.startsWith(this.currency, start) && this.#isEnd(raw, end) ? end : -1;
      }
    }
  }

  /** The scaled figure of digits with at most one point, up to `#numberEnd`; NaN where the cell is written otherwise. */
  #number({ places, hasPoint }: Step, raw: string, start: number): number {
    const negative = raw.charCodeAt(start) === MINUS;
    const first = negative ? start + 1 : start;
    let scaled = 0;
    let point = -1;
    let end = first;
    for (; !this.#isEnd(raw, end); end += 1) {
      const code = raw.charCodeAt(end);
      if (code >= ZERO && code <= NINE) scaled = scaled * 10 + (code - ZERO);
      else if (code === POINT && hasPoint && point < 0) point = end;
      else return Number.NaN;
    }
    const whole = (point < 0 ? end : point) - first;
    const fraction = point < 0 ? 0 : end - point - 1;
    if (whole === 0 || whole > DIGITS_MAX || fraction > places || fraction > 6 || (point >= 0 && fraction === 0)) return Number.NaN;
    for (let missing = places - fraction; missing > 0; missing -= 1) scaled *= 10;
    this.#numberEnd = end;
    return negative && scaled !== 0 ? -scaled : scaled;
  }

  /** Takes the figures of a row that was read into the control totals. */
  count({ numbers }: RowValues): void {
    for (let index = 0; index < this.#controls.length; index += 1) {
      const figure = numbers[this.#controls[index]!.field];
      if (figure !== undefined) this.#sums.add(index, figure);
    }
  }

  /** Adds what was counted to the control totals. */
  finish(): void {
    for (const [index, control] of this.#controls.entries()) {
      control.addSum(this.#sums.of(index) ?? 0n, this.#sums.count(index));
    }
  }
}
