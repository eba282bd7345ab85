/**
 * How the cells of one field are read: prepared once for a file, used for each of its rows.
 */
import { divideHalfEven, toSafeInteger } from '@shared/domain/decimal';
import {
  FIELDS_OF_KIND, TARGET_FIELDS, type DateStyle, type FieldShape, type NumberStyle, type ProfileColumn, type TargetField,
} from '@shared/domain/import-profile';
import { minorDigits, UNIT_COST_PLACES } from '@shared/domain/money';
import { QUANTITY_PLACES } from '@shared/domain/quantity';
import { MOVEMENT_TYPES, SYSTEMS } from '@shared/domain/states';
import { OWNERS } from '@shared/domain/tag';
import { WallClock } from '../wall-clock';
import type { HeaderMatch, MatchedColumn } from './header';
import { readCalendarDate, readDueDate, readInstant, type InstantReading } from './read-date';
import { readNumber, readPlain } from './read-number';
import { ControlTotal, hasLostDigits, problemOf, trimmed, type RowProblem, type RowValues } from './row-values';
import { zoneClock } from './zones';

/** Columns that a row must have a place for, but may leave empty: what empty means is said where they are used. */
export const MAY_BE_EMPTY: ReadonlySet<TargetField> = new Set(['as_of', 'counted', 'counted_at', 'debit', 'credit', 'reason', 'due']);

const CHOICES: Partial<Record<TargetField, readonly string[]>> = {
  system: SYSTEMS,
  type: MOVEMENT_TYPES,
  tier: ['a', 'b', 'c'],
  owner: OWNERS,
};

export interface FieldOptions {
  readonly currency: string;
  readonly clock: WallClock;
}

/** The decimal places in which a field's figures are kept. */
export function placesOf(field: TargetField, currency: string): number {
  switch (TARGET_FIELDS[field].shape) {
    case 'quantity':
      return QUANTITY_PLACES;
    case 'unit_cost':
    case 'money':
      return UNIT_COST_PLACES;
    case 'amount':
      return minorDigits(currency);
    default:
      return 0;
  }
}

/** Whether a field's figures are added up over the file. */
const isSummed = (field: TargetField, shape: FieldShape): boolean =>
  (shape === 'quantity' && field !== 'pack_size') || shape === 'amount' || shape === 'money';

/** @throws where the profile's styles were left to the column and not decided */
export function stylesOf({ profile }: HeaderMatch): { readonly number: NumberStyle; readonly date: DateStyle } {
  if (profile.numberStyle === 'by_column' || profile.dateStyle === 'by_column') throw new Error(`the styles of ${profile.id} are not decided`);
  return { number: profile.numberStyle, date: profile.dateStyle };
}

function partOf(text: string, part: ProfileColumn['part']): string {
  switch (part) {
    case 'in_square_brackets':
      return /^\[([^\]]+)\]/.exec(text)?.[1] ?? text;
    case 'before_first_hyphen':
      return text.includes('-') ? text.slice(0, text.indexOf('-')).trim() : text;
    case 'after_first_hyphen':
      return text.includes('-') ? text.slice(text.indexOf('-') + 1).trim() : '';
    default:
      return text;
  }
}

export class FieldPlan {
  readonly field: TargetField;
  readonly header: string;
  readonly shape: FieldShape;
  readonly required: boolean;
  readonly control: ControlTotal | undefined;
  readonly column: ProfileColumn;
  readonly indexes: readonly number[];
  readonly #index: number;
  readonly #isPlainText: boolean;
  readonly #style: NumberStyle;
  readonly #dateStyle: DateStyle;
  readonly #places: number;
  readonly #isMoney: boolean;
  readonly #clock: WallClock;
  readonly #currency: string;
  readonly #zone: string | undefined;
  readonly #chosen = new Map<string, string | undefined>();
  /** A snapshot says the same instant in every row. */
  #lastCell: string | undefined;
  #lastReading: InstantReading | undefined;

  constructor(match: HeaderMatch, { column, parts, zone }: MatchedColumn, options: FieldOptions) {
    const { number, date } = stylesOf(match);
    const { field } = column;
    this.field = field;
    this.column = column;
    this.header = parts.map((each) => each.header.trim()).join(' + ');
    this.shape = TARGET_FIELDS[field].shape;
    this.required = FIELDS_OF_KIND[match.profile.kind].required.includes(field) && !MAY_BE_EMPTY.has(field) && !column.orGiven;
    this.indexes = parts.map(({ index }) => index);
    this.#index = this.indexes[0]!;
    this.#isPlainText = this.indexes.length === 1 && column.part === undefined && column.emptyTexts.length === 0;
    this.#style = column.numberStyle ?? number;
    this.#dateStyle = date;
    this.#places = placesOf(field, options.currency);
    this.#isMoney = this.shape === 'unit_cost' || this.shape === 'amount' || this.shape === 'money';
    this.#currency = options.currency;
    this.#zone = zone;
    this.#clock = (zone === undefined ? undefined : zoneClock(zone)) ?? options.clock;
    this.control = isSummed(field, this.shape) ? new ControlTotal(field, this.header, this.#places) : undefined;
  }

  /** The text of the row's cell or cells. */
  textOf(cells: readonly string[]): string {
    if (this.#isPlainText) return trimmed(cells[this.#index]);
    const { column } = this;
    if (column.combine !== 'join') {
      for (const index of this.indexes) {
        const text = this.#part(cells[index]);
        if (text !== '') return text;
      }
      return '';
    }
    // What is joined hangs on its first part: a storage location says nothing without its plant.
    const texts = this.indexes.map((index) => this.#part(cells[index]));
    return texts[0] === '' ? '' : texts.filter((text) => text !== '').join(column.separator);
  }

  #part(cell: string | undefined): string {
    const text = trimmed(cell);
    return this.column.emptyTexts.includes(text) ? '' : partOf(text, this.column.part);
  }

  /** Reads the field of a row into `values`. */
  read(cells: readonly string[], values: RowValues): RowProblem | undefined {
    const { column } = this;
    if (column.combine === 'sum' || column.combine === 'in_less_out') return this.#added(cells, values);
    if (column.combine === 'divide') return this.#divided(cells, values);
    const text = this.#isPlainText ? trimmed(cells[this.#index]) : this.textOf(cells);
    if (text === '') {
      if (this.required) return problemOf('missing_key', this.header, `${this.header} is empty.`);
      if (column.empty === 'zero' && this.control) values.numbers[this.field] = 0;
      return undefined;
    }
    return this.readText(text, values);
  }

  /** Reads a filled cell into `values`. */
  readText(text: string, values: RowValues): RowProblem | undefined {
    switch (this.shape) {
      case 'quantity':
      case 'unit_cost':
      case 'money':
      case 'amount':
      case 'number':
        return this.#number(text, values);
      case 'instant':
      case 'date':
        return this.#instant(text, values);
      case 'calendar_date':
        return this.#calendarDate(text, values);
      case 'choice':
        return this.#choice(text, values);
      default:
        if (this.shape === 'identifier' && text.includes('\ufffd')) {
          return problemOf('damaged_identifier', text, `${this.header} "${text}" holds a character that was lost: the file or an earlier one was read in the wrong encoding.`);
        }
        if (this.field === 'barcode') return this.#barcode(text, values);
        values.text[this.field] = text;
        return undefined;
    }
  }

  #figure(text: string, values: RowValues | undefined): number | RowProblem {
    const plain = readPlain(text, this.#style.decimal, this.#places);
    let scaled = plain;
    if (Number.isNaN(plain)) {
      const reading = readNumber(text, this.#style, this.#places, this.column.excessPlaces, this.#isMoney);
      if (!reading.ok) return problemOf('unreadable_number', text, `${this.header} "${text}" ${reading.why}.`);
      const code = this.#isMoney ? /[A-Z]{3}/.exec(text)?.[0] : undefined;
      if (code !== undefined && code !== this.#currency) {
        return problemOf('currency_mismatch', code, `${this.header} "${text}" is in ${code}; the workbook is kept in ${this.#currency}.`);
      }
      scaled = reading.scaled;
    }
    if (values) values.numbers[this.field] = scaled;
    return scaled;
  }

  #number(text: string, values: RowValues): RowProblem | undefined {
    const scaled = this.#figure(text, values);
    if (typeof scaled !== 'number') return scaled;
    if (this.field === 'count_no' && scaled < 1) {
      return problemOf('unreadable_number', text, `${this.header} "${text}" is no count number: they begin with 1.`);
    }
    this.control?.add(scaled);
    return undefined;
  }

  #added(cells: readonly string[], values: RowValues): RowProblem | undefined {
    let sum = 0;
    let filled = 0;
    for (const [place, index] of this.indexes.entries()) {
      const text = this.#part(cells[index]);
      if (text === '') continue;
      const scaled = this.#figure(text, undefined);
      if (typeof scaled !== 'number') return scaled;
      filled += 1;
      sum += place > 0 && this.column.combine === 'in_less_out' ? -Math.abs(scaled) : scaled;
    }
    // A part that is empty makes the whole unknown, unless empty is zero. Of in and out one is often empty.
    const isKnown = filled === this.indexes.length || this.column.empty === 'zero' || (filled > 0 && this.column.combine === 'in_less_out');
    if (!isKnown) return this.required ? problemOf('missing_key', this.header, `${this.header} is empty.`) : undefined;
    if (!Number.isSafeInteger(sum)) return problemOf('unreadable_number', this.header, `The sum of ${this.header} is too large.`);
    values.numbers[this.field] = sum;
    this.control?.add(sum);
    return undefined;
  }

  /** A value by a quantity, half-even to the places of the field; unknown where either is, and by zero. */
  #divided(cells: readonly string[], values: RowValues): RowProblem | undefined {
    const [value = '', quantity = ''] = this.indexes.map((index) => this.#part(cells[index]));
    if (value === '' || quantity === '') return undefined;
    const dividend = this.#figure(value, undefined);
    if (typeof dividend !== 'number') return dividend;
    const divisor = readNumber(quantity, this.#style, QUANTITY_PLACES);
    // The quantity is a field of its own: what is wrong with it is told there.
    if (!divisor.ok || divisor.scaled === 0) return undefined;
    const exact = BigInt(dividend) * 10n ** BigInt(QUANTITY_PLACES);
    values.numbers[this.field] = toSafeInteger(divideHalfEven(divisor.scaled < 0 ? -exact : exact, BigInt(Math.abs(divisor.scaled))));
    return undefined;
  }

  #instant(text: string, values: RowValues): RowProblem | undefined {
    if (this.#zone !== undefined && zoneClock(this.#zone) === undefined) {
      return problemOf('unreadable_date', this.#zone, `${this.header}: the time zone ${this.#zone} is not known.`);
    }
    if (this.#lastCell !== text || !this.#lastReading) {
      this.#lastCell = text;
      this.#lastReading = this.#readInstant(text);
    }
    const reading = this.#lastReading;
    if (!reading.ok) return problemOf('unreadable_date', text, `${this.header} "${text}" ${reading.why}.`);
    values.instants[this.field] = reading.instant;
    return undefined;
  }

  #readInstant(text: string): InstantReading {
    if (this.shape === 'date') return readDueDate(text, this.#dateStyle, this.#clock);
    const { dateMeans } = this.column;
    // A position without a time of day would be carried to the cut-off with the wrong events.
    const dateMaySuffice = dateMeans !== undefined || (this.field !== 'as_of' && this.field !== 'counted_at');
    return readInstant(text, this.#dateStyle, this.#clock, dateMaySuffice, dateMeans === 'end_of_day');
  }

  #calendarDate(text: string, values: RowValues): RowProblem | undefined {
    const date = readCalendarDate(text, this.#dateStyle);
    if (date === undefined) return problemOf('unreadable_date', text, `${this.header} "${text}" is no date that exists.`);
    values.text[this.field] = date;
    return undefined;
  }

  /** A spreadsheet's apostrophe before digits is no part of a barcode. */
  #barcode(text: string, values: RowValues): RowProblem | undefined {
    if (hasLostDigits(text)) return problemOf('damaged_identifier', text, `${this.header} "${text}" has lost digits in a spreadsheet.`);
    values.text.barcode = /^'\d/.test(text) ? text.slice(1) : text;
    return undefined;
  }

  #choice(text: string, values: RowValues): RowProblem | undefined {
    if (this.field === 'currency') {
      if (text === this.#currency || text.toUpperCase() === this.#currency) return undefined;
      return problemOf('currency_mismatch', text, `${this.header} is ${text}; the workbook is kept in ${this.#currency}.`);
    }
    const choices = CHOICES[this.field];
    if (!choices) {
      values.text[this.field] = text;
      return undefined;
    }
    let chosen = this.#chosen.get(text);
    if (chosen === undefined) {
      chosen = choices.find((choice) => choice === text.toLowerCase());
      if (chosen === undefined) return problemOf('unknown_value', text, `${this.header} "${text}" is none of ${choices.join(', ')}.`);
      this.#chosen.set(text, chosen);
    }
    values.text[this.field] = chosen;
    return undefined;
  }
}
