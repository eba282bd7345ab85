/**
 * A profile's rules over the cells of a row: what is no data, which record a row tells, what holds for the rows below.
 */
import type { CarriedDown, CellTest, ColumnName, IgnoreRule, NoDataReason, NumberStyle, ProfileRecord } from '@shared/domain/import-profile';
import { headerPattern, LINE_HEADER, normalisedRow, placeOfColumn, type HeaderMatch } from './header';
import { readNumber } from './read-number';
import type { FieldPlan } from './row-fields';
import { trimmed } from './row-values';

type Cells = readonly string[];
type Holds = (cells: Cells) => boolean;

const lower = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

/** A test of one cell, prepared for a header. */
function compileTest(test: CellTest, header: Cells, style: NumberStyle): Holds {
  const index = placeOfColumn(test, header);
  const is = test.is && new Set(lower(test.is));
  const isNot = test.isNot && new Set(lower(test.isNot));
  const starts = test.startsWith && lower(test.startsWith);
  const part = test.lists?.toLowerCase();
  return (cells) => {
    const text = index < 0 ? '' : trimmed(cells[index]).toLowerCase();
    if (is && !is.has(text)) return false;
    if (isNot?.has(text)) return false;
    if (starts && !starts.some((start) => text.startsWith(start))) return false;
    if (part !== undefined && !text.split(',').some((each) => each.trim() === part)) return false;
    if (test.empty !== undefined && (text === '') !== test.empty) return false;
    if (test.zero || test.negative !== undefined) {
      const reading = readNumber(text, style, 6);
      if (!reading.ok || (test.zero && reading.scaled !== 0)) return false;
      if (test.negative !== undefined && reading.scaled < 0 !== test.negative) return false;
    }
    return true;
  };
}

function compileTests(tests: readonly CellTest[], header: Cells, style: NumberStyle): Holds {
  const compiled = tests.map((test) => compileTest(test, header, style));
  return (cells) => compiled.every((holds) => holds(cells));
}

const firstFilled = (cells: Cells): string => {
  for (const cell of cells) {
    const text = trimmed(cell);
    if (text !== '') return text;
  }
  return '';
};

/** A row that names every identifier that it must is data, whatever its first cell says: an item may be called Total. */
const namesItsKey = (plans: readonly FieldPlan[]): Holds => {
  const keys = plans.filter((plan) => plan.required && plan.shape === 'identifier');
  return (cells) => keys.every((plan) => plan.textOf(cells) !== '');
};

/** A row that is no data, and why. */
export interface NoDataRule {
  readonly reason: NoDataReason | 'label_row';
  readonly holds: Holds;
}

function compileRule(rule: IgnoreRule, match: HeaderMatch, plans: readonly FieldPlan[], style: NumberStyle): NoDataRule {
  const { header, places } = match;
  switch (rule.rule) {
    case 'not_stocked': {
      const word = rule.text.toLowerCase();
      const indexes = [...plans.filter((plan) => plan.shape === 'quantity').flatMap((plan) => plan.indexes), ...places.map(({ index }) => index)];
      return {
        reason: 'not_stocked',
        holds: (cells) => {
          const texts = indexes.map((index) => trimmed(cells[index]).toLowerCase());
          return texts.includes(word) && texts.every((text) => text === word || text === '');
        },
      };
    }
    case 'total_row':
    case 'label_row': {
      const names = lower(rule.startsWith);
      const isData = namesItsKey(plans);
      return {
        reason: rule.rule,
        holds: (cells) => {
          const text = firstFilled(cells).toLowerCase();
          return names.some((name) => text === name || text.startsWith(`${name} `) || text.startsWith(`${name}:`)) && !isData(cells);
        },
      };
    }
    case 'where':
      return { reason: rule.reason, holds: compileTests(rule.tests, header, style) };
    case 'lone_cell': {
      const starts = lower(rule.startsWith);
      return {
        reason: rule.reason,
        holds: (cells) => {
          const filled = cells.filter((cell) => trimmed(cell) !== '');
          const text = trimmed(filled[0]).toLowerCase();
          return filled.length === 1 && (starts.length === 0 || starts.some((start) => text.startsWith(start)));
        },
      };
    }
    case 'group_row': {
      const isData = namesItsKey(plans);
      return { reason: 'group_row', holds: (cells) => /\(\d+\)$/.test(firstFilled(cells)) && !isData(cells) };
    }
    case 'ruler':
      return { reason: 'ruler', holds: (cells) => firstFilled(cells).length > 1 && cells.every((cell) => /^[-_=|+\s]*$/.test(cell)) };
    case 'named_by_header': {
      const pattern = headerPattern(rule.headerLike);
      const names = new Set(normalisedRow(header).map((text) => pattern.exec(text)?.[1]).filter((name) => name !== undefined));
      return { reason: rule.reason, holds: (cells) => names.has(firstFilled(cells).toLowerCase()) };
    }
  }
}

/** The rules of a match's profile for rows that are no data, in their order. */
export const compileRules = (match: HeaderMatch, plans: readonly FieldPlan[], style: NumberStyle): NoDataRule[] =>
  match.profile.ignore.map((rule) => compileRule(rule, match, plans, style));

/** Whether a row tells a record; the quantity is undefined where the row has none. */
export type TellsRecord = (cells: Cells, quantityScaled: number | undefined) => boolean;

export function compileRecord(record: ProfileRecord, header: Cells, style: NumberStyle): TellsRecord {
  const holds = compileTests(record.when, header, style);
  const signs = { positive: 1, negative: -1, zero: 0 } as const;
  const sign = record.sign && signs[record.sign];
  return (cells, quantityScaled) => (sign === undefined || Math.sign(quantityScaled ?? 0) === sign) && holds(cells);
}

/** The columns that a profile's records are told apart by, with their place in the file. */
export function recordColumns({ profile, header }: HeaderMatch): number[] {
  const names: ColumnName[] = profile.records.flatMap((record) => record.when);
  const indexes = names.map((name) => placeOfColumn(name, header)).filter((index) => index >= 0);
  return [...new Set(indexes)].sort((left, right) => left - right);
}

const placesIn = (names: readonly ColumnName[], header: Cells): number[] =>
  names.map((name) => placeOfColumn(name, header)).filter((index) => index >= 0);

/** Fills in what stands on an earlier row and holds for this one: cells of the parent, the number of the line. */
export class RowContext {
  readonly readIndexes: readonly number[];
  readonly #columns: readonly number[];
  readonly #within: readonly number[];
  readonly #startedBy: number;
  readonly #line: number;
  #parent: string | undefined;
  #carried: string[] = [];
  #document: string | undefined;
  #lineNumber = 0;

  constructor(
    match: HeaderMatch,
    readonly shortRowsAreWhole: boolean,
  ) {
    const { profile, header } = match;
    const carried: CarriedDown | undefined = profile.carriedDown;
    this.#columns = carried ? placesIn(carried.columns, header) : [];
    this.#within = carried ? placesIn(carried.within, header) : [];
    this.#startedBy = carried?.startedBy ? placeOfColumn(carried.startedBy, header) : -1;
    // A row that was kept with its number says it itself.
    const isNumbered = header.includes(LINE_HEADER);
    this.#line = profile.linesNumberedWithin && !isNumbered ? placeOfColumn(profile.linesNumberedWithin, header) : -1;
    this.readIndexes = [...this.#columns, ...this.#within, ...(this.#line < 0 ? [] : [this.#line])];
  }

  /** Whether rows of the file are given a number that it does not have. */
  get numbersLines(): boolean {
    return this.#line >= 0;
  }

  /** The cells as they hold for the row. */
  cellsOf(cells: Cells): Cells {
    if (this.#columns.length === 0) return cells;
    const parent = this.#within.map((index) => trimmed(cells[index])).join('\n');
    const isNew = this.#startedBy >= 0 ? trimmed(cells[this.#startedBy]) !== '' : parent !== this.#parent;
    this.#parent = parent;
    if (isNew) this.#carried = [];
    const filled = [...cells];
    for (const index of this.#columns) {
      const text = trimmed(cells[index]);
      if (text !== '') this.#carried[index] = cells[index]!;
      else if (this.#carried[index] !== undefined && (index < filled.length || this.shortRowsAreWhole)) {
        while (filled.length < index) filled.push('');
        filled[index] = this.#carried[index];
      }
    }
    return filled;
  }

  /** The row's number within its document; undefined where lines are not numbered so. */
  lineOf(cells: Cells): string | undefined {
    if (this.#line < 0) return undefined;
    const document = trimmed(cells[this.#line]);
    this.#lineNumber = document === this.#document ? this.#lineNumber + 1 : 1;
    this.#document = document;
    return String(this.#lineNumber);
  }
}
