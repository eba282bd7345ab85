/**
 * A row of cells as the values of its fields, by the profile: text, scaled figures, instants.
 *
 * Knows the file, not the workbook: whether an item exists or a date lies in the period is decided by the import
 * service. The first problem of a row is the one that is told.
 */
import type { IgnoreReason, QuarantineReason } from '@shared/domain/import';
import {
  FIELDS_OF_KIND, TARGET_FIELDS, type FieldShape, type NumberStyle, type ProfileColumn, type TargetField,
} from '@shared/domain/import-profile';
import { minorDigits, UNIT_COST_PLACES } from '@shared/domain/money';
import { QUANTITY_PLACES } from '@shared/domain/quantity';
import { MOVEMENT_TYPES, SYSTEMS } from '@shared/domain/states';
import { OWNERS } from '@shared/domain/tag';
import type { WallClock } from '../wall-clock';
import { readDueDate, readInstant, type InstantReading } from './read-date';
import { readNumber } from './read-number';
import { normaliseHeader, type HeaderMatch } from './recognise';

export interface RowProblem {
  readonly reason: QuarantineReason;
  /** The offending value. */
  readonly subject: string;
  readonly detail: string;
}

/** What a row says; a field that is not there is unknown. */
export interface RowValues {
  readonly text: Partial<Record<TargetField, string>>;
  /** Quantities, unit costs, amounts and whole numbers, each in its own scale. */
  readonly numbers: Partial<Record<TargetField, number>>;
  readonly instants: Partial<Record<TargetField, number>>;
}

export type RowReading =
  /** One record as a rule; several where a row tells of several movements, counts or locations. */
  | { readonly outcome: 'read'; readonly records: readonly [RowValues, ...RowValues[]] }
  | { readonly outcome: 'ignored'; readonly reason: IgnoreReason }
  /** `values`: what could be read of it all the same. */
  | { readonly outcome: 'bad'; readonly problem: RowProblem; readonly values?: RowValues };

export interface ControlTotal {
  readonly field: TargetField;
  readonly header: string;
  sum: bigint;
  rows: number;
  readonly places: number;
}

interface FieldPlan {
  readonly index: number;
  readonly field: TargetField;
  readonly header: string;
  readonly shape: FieldShape;
  readonly column: ProfileColumn;
  readonly style: NumberStyle;
  readonly required: boolean;
  readonly places: number;
  readonly control: ControlTotal | undefined;
}

/** Columns that a row must have a place for, but may leave empty: what empty means is said where they are used. */
const MAY_BE_EMPTY: ReadonlySet<TargetField> = new Set(['as_of', 'counted', 'counted_at', 'debit', 'credit', 'reason', 'due']);

const CHOICES: Partial<Record<TargetField, readonly string[]>> = {
  system: SYSTEMS,
  type: MOVEMENT_TYPES,
  tier: ['a', 'b', 'c'],
  owner: OWNERS,
};

/** An identifier that a spreadsheet turned into a rounded number: its last digits are lost. */
const LOST_DIGITS = /^\d(?:[.,]\d+)?E\+\d{2,}$/i;
export const hasLostDigits = (identifier: string): boolean => LOST_DIGITS.test(identifier);

const bad = (reason: QuarantineReason, subject: string, detail: string): RowReading => ({
  outcome: 'bad',
  problem: { reason, subject: subject.slice(0, 200), detail },
});

const trimmed = (cell: string | undefined) => (cell ?? '').replace(/^[\s\u00a0\ufeff]+|[\s\u00a0]+$/g, '');

export interface RowReaderOptions {
  readonly currency: string;
  readonly clock: WallClock;
  /** A spreadsheet leaves out empty cells at a row's end; in text a short row is a broken one. */
  readonly shortRowsAreWhole: boolean;
}

export class RowReader {
  readonly controlTotals: readonly ControlTotal[];
  readonly #plans: readonly FieldPlan[];
  readonly #match: HeaderMatch;
  readonly #options: RowReaderOptions;
  readonly #lastIndex: number;
  /** Of the row that is being read: the figures of columns that each hold a count of their own. */
  #counts: (readonly [countNo: number, countedScaled: number])[] = [];
  /** By column: a snapshot says the same instant in every row. */
  readonly #lastInstants = new Map<FieldPlan, { readonly cell: string; readonly reading: InstantReading }>();

  constructor(match: HeaderMatch, options: RowReaderOptions) {
    this.#match = match;
    this.#options = options;
    const { profile } = match;
    const { required } = FIELDS_OF_KIND[profile.kind];
    const placesOf = (shape: FieldShape): number => {
      if (shape === 'quantity') return QUANTITY_PLACES;
      if (shape === 'unit_cost') return UNIT_COST_PLACES;
      return shape === 'amount' ? minorDigits(options.currency) : 0;
    };
    this.#plans = match.matched.map(({ index, header, column }): FieldPlan => {
      const { shape } = TARGET_FIELDS[column.field];
      const places = placesOf(shape);
      const summed = (shape === 'quantity' && column.field !== 'pack_size') || shape === 'amount';
      return {
        index,
        field: column.field,
        header,
        shape,
        column,
        style: column.numberStyle ?? profile.numberStyle,
        required: required.includes(column.field) && !MAY_BE_EMPTY.has(column.field),
        places,
        control: summed ? { field: column.field, header, sum: 0n, rows: 0, places } : undefined,
      };
    });
    this.controlTotals = this.#plans.map((plan) => plan.control).filter((control) => control !== undefined);
    this.#lastIndex = Math.max(...this.#plans.map((plan) => plan.index));
  }

  /** Reads one row and adds its figures to the control totals. */
  read(cells: readonly string[]): RowReading {
    if (cells.every((cell) => trimmed(cell) === '')) return { outcome: 'ignored', reason: 'empty_row' };
    const noData = this.#noData(cells);
    if (noData) return { outcome: 'ignored', reason: noData };
    const shape = this.#shapeProblem(cells);
    if (shape) return shape;
    const values: RowValues = { text: {}, numbers: {}, instants: {} };
    this.#counts = [];
    let problem: RowReading | undefined;
    // Every figure is read even after a problem: the control totals are the file's, not those of its good rows.
    for (const plan of this.#plans) {
      const found = this.#field(plan, trimmed(cells[plan.index]), values);
      problem ??= found;
    }
    if (problem) return problem.outcome === 'bad' ? { ...problem, values } : problem;
    return { outcome: 'read', records: this.#records(values) };
  }

  /** One record, or one for each count that stands in a column of its own. */
  #records(values: RowValues): readonly [RowValues, ...RowValues[]] {
    const [first, ...others] = this.#counts.map(([countNo, counted]) => ({ ...values, numbers: { ...values.numbers, count_no: countNo, counted } }));
    return first ? [first, ...others] : [values];
  }

  #shapeProblem(cells: readonly string[]): RowReading | undefined {
    const width = this.#match.header.length;
    const beyond = cells.findIndex((cell, index) => index >= width && trimmed(cell) !== '');
    if (beyond >= 0) {
      return bad('wrong_shape', `${cells.length} cells`, `The row has ${cells.length} cells where the header has ${width}; cell ${beyond + 1} is "${cells[beyond]}".`);
    }
    if (cells.length <= this.#lastIndex && !this.#options.shortRowsAreWhole) {
      return bad('wrong_shape', `${cells.length} cells`, `The row has ${cells.length} cells where the header has ${width}.`);
    }
    return undefined;
  }

  #noData(cells: readonly string[]): IgnoreReason | undefined {
    const first = this.#match.matched[0];
    if (first && normaliseHeader(cells[first.index] ?? '') === normaliseHeader(first.header)) {
      const repeated = this.#match.matched.every(({ index, header }) => normaliseHeader(cells[index] ?? '') === normaliseHeader(header));
      if (repeated) return 'repeated_header';
    }
    for (const rule of this.#match.profile.ignore) {
      if (rule.rule === 'total_row' || rule.rule === 'label_row') {
        const text = trimmed(cells.find((cell) => trimmed(cell) !== '')).toLowerCase();
        const names = rule.startsWith.map((start) => start.toLowerCase());
        const isTotal = names.some((name) => text === name || text.startsWith(`${name} `) || text.startsWith(`${name}:`));
        // An item may well be called Total: what names both an item and a location is data.
        const isData = this.#plans.every((plan) => !plan.required || plan.shape !== 'identifier' || trimmed(cells[plan.index]) !== '');
        if (isTotal && !isData) return rule.rule;
      } else {
        const quantities = this.#plans.filter((plan) => plan.shape === 'quantity').map((plan) => trimmed(cells[plan.index]).toLowerCase());
        const text = rule.text.toLowerCase();
        if (quantities.includes(text) && quantities.every((quantity) => quantity === text || quantity === '')) return 'not_stocked';
      }
    }
    return undefined;
  }

  #field(plan: FieldPlan, cell: string, values: RowValues): RowReading | undefined {
    const { field, header } = plan;
    if (cell === '') {
      if (plan.required) return bad('missing_key', header, `${header} is empty.`);
      if (plan.column.empty === 'zero' && plan.control) values.numbers[field] = 0;
      return undefined;
    }
    switch (plan.shape) {
      case 'quantity':
      case 'unit_cost':
      case 'amount':
      case 'number':
        return this.#number(plan, cell, values);
      case 'instant':
      case 'date':
        return this.#instant(plan, cell, values);
      case 'choice':
        return this.#choice(plan, cell, values);
      case 'identifier':
        if (cell.includes('\ufffd')) {
          return bad('damaged_identifier', cell, `${header} "${cell}" holds a character that was lost: the file or an earlier one was read in the wrong encoding.`);
        }
        if (field === 'barcode' && hasLostDigits(cell)) {
          return bad('damaged_identifier', cell, `${header} "${cell}" has lost digits in a spreadsheet.`);
        }
        values.text[field] = cell;
        return undefined;
      default:
        values.text[field] = cell;
        return undefined;
    }
  }

  #number(plan: FieldPlan, cell: string, values: RowValues): RowReading | undefined {
    const money = plan.shape === 'unit_cost' || plan.shape === 'amount';
    const reading = readNumber(cell, plan.style, plan.places, plan.column.excessPlaces, money);
    if (!reading.ok) return bad('unreadable_number', cell, `${plan.header} "${cell}" ${reading.why}.`);
    if (plan.field === 'count_no' && reading.scaled < 1) {
      return bad('unreadable_number', cell, `${plan.header} "${cell}" is no count number: they begin with 1.`);
    }
    if (plan.column.countNo === undefined) values.numbers[plan.field] = reading.scaled;
    else this.#counts.push([plan.column.countNo, reading.scaled]);
    if (plan.control) {
      plan.control.sum += BigInt(reading.scaled);
      plan.control.rows += 1;
    }
    return undefined;
  }

  #instant(plan: FieldPlan, cell: string, values: RowValues): RowReading | undefined {
    const { clock } = this.#options;
    const style = this.#match.profile.dateStyle;
    const before = this.#lastInstants.get(plan);
    // A position without a time of day would be carried to the cut-off with the wrong events.
    const dateMaySuffice = plan.field !== 'as_of' && plan.field !== 'counted_at';
    const read = () => (plan.shape === 'date' ? readDueDate(cell, style, clock) : readInstant(cell, style, clock, dateMaySuffice));
    const reading = before?.cell === cell ? before.reading : read();
    this.#lastInstants.set(plan, { cell, reading });
    if (!reading.ok) return bad('unreadable_date', cell, `${plan.header} "${cell}" ${reading.why}.`);
    values.instants[plan.field] = reading.instant;
    return undefined;
  }

  #choice(plan: FieldPlan, cell: string, values: RowValues): RowReading | undefined {
    if (plan.field === 'currency') {
      if (cell.toUpperCase() === this.#options.currency) return undefined;
      return bad('currency_mismatch', cell, `${plan.header} is ${cell}; the workbook is kept in ${this.#options.currency}.`);
    }
    const choices = CHOICES[plan.field];
    const chosen = cell.toLowerCase();
    if (choices && !choices.includes(chosen)) {
      return bad('unknown_value', cell, `${plan.header} "${cell}" is none of ${choices.join(', ')}.`);
    }
    values.text[plan.field] = choices ? chosen : cell;
    return undefined;
  }
}
