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
import type { ControlTotal, RowValues } from '../../files/profiles/read-row';
import { isOneCellPerField } from '../../files/profiles/header';
import { stylesOf } from '../../files/profiles/row-fields';
import type { HeaderMatch } from '../../files/profiles/recognise';
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

const [ZERO, NINE, MINUS, POINT, COLON] = [0x30, 0x39, 0x2d, 0x2e, 0x3a];
const DIGITS_MAX = 9;
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

/** Instants with an offset: what a day and an offset stand for is read once. */
class InstantCells {
  #lastDay = '';
  #lastOffset = '';
  #lastMidnight = Number.NaN;
  readonly #midnights = new Map<string, number>();

  /** The instant `text` holds from `start` to `end`, written `2026-10-31T23:59:00-07:00` or with Z; NaN where it is written otherwise. */
  read(text: string, start: number, end: number): number {
    const offsetAt = start + 19;
    const length = end - offsetAt;
    if ((length !== 1 && length !== 6) || text.charCodeAt(start + 13) !== COLON || text.charCodeAt(start + 16) !== COLON) return Number.NaN;
    const [hour, minute, second] = [twoDigits(text, start + 11), twoDigits(text, start + 14), twoDigits(text, start + 17)];
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    const sameDay = text.startsWith(this.#lastDay, start) && this.#lastOffset.length === length && text.startsWith(this.#lastOffset, offsetAt);
    if (!sameDay || this.#lastDay === '') this.#turnTo(text.slice(start, start + 11), text.slice(offsetAt, end));
    return this.#lastMidnight + ((hour * 60 + minute) * 60 + second) * 1000;
  }

  #turnTo(day: string, offset: string): void {
    const key = day + offset;
    let midnight = this.#midnights.get(key);
    if (midnight === undefined) {
      midnight = day.endsWith('T') ? (parseInstant(`${day}00:00:00${offset}`) ?? Number.NaN) : Number.NaN;
      if (this.#midnights.size < 10_000) this.#midnights.set(key, midnight);
    }
    [this.#lastDay, this.#lastOffset, this.#lastMidnight] = [day, offset, midnight];
  }
}

export class PlainRowReader {
  readonly #steps: readonly Step[];
  readonly #instants: readonly InstantCells[];
  readonly #controls: readonly ControlTotal[];
  readonly #sums: ExactSums;
  /** Every field there may be, so that all rows have one shape. */
  readonly #text: Readonly<RowValues['text']>;
  readonly #numbers: Readonly<RowValues['numbers']>;
  readonly #instantFields: Readonly<RowValues['instants']>;

  private constructor(
    steps: readonly Step[],
    readonly delimiter: string,
    readonly currency: string,
    controls: readonly ControlTotal[],
  ) {
    const fields = (...kinds: StepKind[]) => Object.fromEntries(steps.filter(({ kind }) => kinds.includes(kind)).map(({ field }) => [field, undefined]));
    this.#steps = steps;
    this.#instants = steps.map(() => new InstantCells());
    this.#controls = controls;
    this.#sums = new ExactSums(controls.length);
    this.#text = fields('text', 'choice') as RowValues['text'];
    this.#numbers = fields('number') as RowValues['numbers'];
    this.#instantFields = fields('instant') as RowValues['instants'];
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
    if (delimiter.length !== 1 || delimiter === '|') return undefined;
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

  /** What the row says; undefined where it is to be read the usual way. */
  read(raw: string): RowValues | undefined {
    // A quote is for the parser; a character that was lost in decoding makes an identifier a damaged one.
    if (raw.includes('"') || raw.includes('\ufffd')) return undefined;
    const values: RowValues = { text: { ...this.#text }, numbers: { ...this.#numbers }, instants: { ...this.#instantFields } };
    const last = this.#steps.length - 1;
    let start = 0;
    for (let index = 0; index <= last; index += 1) {
      let end = raw.indexOf(this.delimiter, start);
      if (end < 0) end = raw.length;
      if (end === raw.length ? index < last : index === last) return undefined;
      if (!this.#cell(index, raw, start, end, values)) return undefined;
      start = end + 1;
    }
    return values;
  }

  /** Puts what a cell says into `values`; false where it takes a closer look. */
  #cell(index: number, raw: string, start: number, end: number, values: RowValues): boolean {
    const step = this.#steps[index]!;
    if (step.kind === 'skip') return true;
    if (start === end) return step.mayBeEmpty;
    switch (step.kind) {
      case 'number': {
        const scaled = this.#number(step, raw, start, end);
        values.numbers[step.field] = scaled;
        return !Number.isNaN(scaled);
      }
      case 'text':
        values.text[step.field] = raw.slice(start, end);
        return isPlainCharacter(raw.charCodeAt(start)) && isPlainCharacter(raw.charCodeAt(end - 1));
      case 'instant': {
        const instant = this.#instants[index]!.read(raw, start, end);
        values.instants[step.field] = instant;
        return !Number.isNaN(instant);
      }
      case 'choice': {
        const choice = step.choices.find((each) => each.length === end - start && raw.startsWith(each, start));
        if (choice !== undefined) values.text[step.field] = choice;
        return choice !== undefined;
      }
      case 'currency':
        return end - start === this.currency.length && raw.startsWith(this.currency, start);
    }
  }

  /** The scaled figure of digits with at most one point; NaN where the cell is written otherwise. */
  #number({ places, hasPoint }: Step, raw: string, start: number, end: number): number {
    const negative = raw.charCodeAt(start) === MINUS;
    const first = negative ? start + 1 : start;
    let scaled = 0;
    let point = end;
    for (let at = first; at < end; at += 1) {
      const code = raw.charCodeAt(at);
      if (code >= ZERO && code <= NINE) scaled = scaled * 10 + (code - ZERO);
      else if (code === POINT && hasPoint && point === end) point = at;
      else return Number.NaN;
    }
    const whole = point - first;
    const fraction = point === end ? 0 : end - point - 1;
    if (whole === 0 || whole > DIGITS_MAX || fraction > places || fraction > 6 || (point < end && fraction === 0)) return Number.NaN;
    for (let missing = places - fraction; missing > 0; missing -= 1) scaled *= 10;
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
