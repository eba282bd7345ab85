/**
 * A row of cells as the values of its fields, by the profile: text, scaled figures, instants.
 *
 * Knows the file, not the workbook: whether an item exists or a date lies in the period is decided by the import
 * service. The first problem of a row is the one that is told.
 */
import type { IgnoreReason } from '@shared/domain/import';
import { FIELDS_OF_KIND, TARGET_FIELDS, type ProfileRecord, type TargetField } from '@shared/domain/import-profile';
import type { WallClock } from '../wall-clock';
import { recordText } from '../readers/table';
import { LINE_HEADER, normaliseHeader, placeOfColumn, type HeaderMatch } from './header';
import { readNumber } from './read-number';
import { FieldPlan, MAY_BE_EMPTY, placesOf, stylesOf } from './row-fields';
import { compileRecord, compileRules, recordColumns, RowContext, type NoDataRule, type TellsRecord } from './row-rules';
import { ControlTotal, problemOf, trimmed, type RowProblem, type RowValues } from './row-values';

export { hasLostDigits, type ControlTotal, type RowProblem, type RowValues } from './row-values';

export type RowReading =
  /** One record as a rule; several where a row tells of several movements, counts or locations. */
  | { readonly outcome: 'read'; readonly records: readonly [RowValues, ...RowValues[]] }
  | { readonly outcome: 'ignored'; readonly reason: IgnoreReason }
  /** With what could be read of the row all the same. */
  | { readonly outcome: 'bad'; readonly problem: RowProblem; readonly values: RowValues };

const bad = (problem: RowProblem, values: RowValues): RowReading => ({ outcome: 'bad', problem, values });

export interface RowReaderOptions {
  readonly currency: string;
  readonly clock: WallClock;
  /** A spreadsheet leaves out empty cells at a row's end; in text a short row is a broken one. */
  readonly shortRowsAreWhole: boolean;
  /** As given at import; for fields that the profile fills with it. */
  readonly asOfInstant?: number | null | undefined;
  /** How a row is kept as text; null for a spreadsheet. */
  readonly delimiter?: string | null | undefined;
}

/** A record that a profile's row may tell. */
interface RecordPlan {
  readonly record: ProfileRecord;
  readonly tells: TellsRecord;
  readonly plans: readonly FieldPlan[];
  readonly fixed: RowValues;
  /** A field that it needs and that no column of the file fills. */
  readonly lacks: RowProblem | undefined;
}

/** A column that is a location, with the total of its figures. */
interface PlacePlan {
  readonly index: number;
  readonly header: string;
  readonly control: ControlTotal;
}

const emptyValues = (): RowValues => ({ text: {}, numbers: {}, instants: {} });

const isEmpty = (cells: readonly string[]): boolean => {
  for (let index = 0; index < cells.length; index += 1) if (trimmed(cells[index]) !== '') return false;
  return true;
};

/** The columns of a file that are read for any purpose, by their place. */
export function readColumns(match: HeaderMatch): ReadonlySet<number> {
  const { profile, header } = match;
  const context = new RowContext(match, false);
  const ruleColumns = profile.ignore.flatMap((rule) => (rule.rule === 'where' ? rule.tests : []));
  const named = [...ruleColumns, ...profile.rowKey].map((name) => placeOfColumn(name, header)).filter((index) => index >= 0);
  return new Set([...match.matched.flatMap(({ parts }) => parts.map(({ index }) => index)), ...recordColumns(match), ...context.readIndexes, ...named]);
}

export class RowReader {
  readonly controlTotals: readonly ControlTotal[];
  readonly #plans: readonly FieldPlan[];
  readonly #rules: readonly NoDataRule[];
  readonly #records: readonly RecordPlan[];
  readonly #places: readonly PlacePlan[];
  /** Columns that each hold a count of their own. */
  readonly #counts: readonly FieldPlan[];
  readonly #context: RowContext | undefined;
  readonly #match: HeaderMatch;
  readonly #options: RowReaderOptions;
  readonly #lastIndex: number;
  readonly #width: number;
  readonly #notStocked: ReadonlySet<string>;
  readonly #firstHeader: { readonly index: number; readonly text: string };
  /** Where a row tells one record: a field that it needs and that no column of the file fills. */
  readonly #lacking: RowProblem | undefined;
  readonly #rowKey: readonly number[];
  readonly #seen = new Set<string>();
  /** Columns whose cells are kept with a row; undefined where all of them are. */
  readonly #keptIndexes: ReadonlySet<number> | undefined;
  #cells: readonly string[] = [];
  #line: string | undefined;

  constructor(match: HeaderMatch, options: RowReaderOptions) {
    this.#match = match;
    this.#options = options;
    const { profile, header } = match;
    const { number: style } = stylesOf(match);
    const all = match.matched.map((matched) => new FieldPlan(match, matched, options));
    this.#plans = all.filter((plan) => plan.column.onlyFor.length === 0 && plan.column.countNo === undefined);
    this.#counts = all.filter((plan) => plan.column.countNo !== undefined);
    this.#places = match.places.map(({ index, header: text }) => {
      const { field } = profile.locationColumns!;
      return { index, header: text, control: new ControlTotal(field, text, placesOf(field, options.currency)) };
    });
    this.#records = profile.records.map((record) => ({
      record,
      tells: compileRecord(record, header, style),
      plans: all.filter((plan) => plan.column.onlyFor.includes(record.name)),
      fixed: this.#fixedOf(record, all),
      lacks: this.#lacks(all, record),
    }));
    this.#lacking = this.#records.length === 0 ? this.#lacks(all, undefined) : undefined;
    this.#rules = compileRules(match, this.#plans, style);
    this.#context = profile.carriedDown || profile.linesNumberedWithin ? new RowContext(match, options.shortRowsAreWhole) : undefined;
    this.controlTotals = [...all.map((plan) => plan.control).filter((control) => control !== undefined), ...this.#places.map(({ control }) => control)];
    // A combined field needs its first part only: the others may be missing at a row's end as well as in its middle.
    this.#lastIndex = Math.max(...all.map((plan) => plan.indexes[0]!), ...this.#places.map(({ index }) => index));
    this.#width = header.length;
    const [first] = match.matched;
    this.#firstHeader = { index: first?.index ?? 0, text: normaliseHeader(first?.header ?? '') };
    this.#notStocked = new Set(profile.ignore.flatMap((rule) => (rule.rule === 'not_stocked' ? [rule.text.toLowerCase()] : [])));
    this.#rowKey = profile.rowKey.map((name) => placeOfColumn(name, header)).filter((index) => index >= 0);
    this.#keptIndexes = profile.personalData ? readColumns(match) : undefined;
  }

  /** A header that was cut may still be recognised: what its rows then lack is told, never made up. */
  #lacks(all: readonly FieldPlan[], record: ProfileRecord | undefined): RowProblem | undefined {
    const { kind, asOfFills, linesNumberedWithin } = this.#match.profile;
    const plans = all.filter(({ column }) => column.onlyFor.length === 0 || (record && column.onlyFor.includes(record.name)));
    const filled = new Set<TargetField>([...plans.map(({ field }) => field), ...asOfFills, ...(record?.atAsOf ?? []), ...(Object.keys(record?.set ?? {}) as TargetField[])]);
    if (record?.type) filled.add('type');
    if (linesNumberedWithin) filled.add('line');
    const elsewhere: readonly TargetField[] = ['system', 'location', 'as_of'];
    const field = FIELDS_OF_KIND[kind].required.find((each) => !filled.has(each) && !elsewhere.includes(each) && !MAY_BE_EMPTY.has(each));
    return field && problemOf('missing_key', TARGET_FIELDS[field].label, `The file has no column for ${TARGET_FIELDS[field].label}${record ? ` of the ${record.name.replaceAll('_', ' ')}` : ''}.`);
  }

  #fixedOf(record: ProfileRecord, all: readonly FieldPlan[]): RowValues {
    const fixed = emptyValues();
    if (record.type) fixed.text.type = record.type;
    for (const [field, text] of Object.entries(record.set) as [TargetField, string][]) {
      const places = placesOf(field, this.#options.currency);
      if (places === 0) {
        fixed.text[field] = text;
        continue;
      }
      const reading = readNumber(text, { decimal: '.', thousands: 'none' }, places);
      if (!reading.ok) throw new Error(`${record.name} sets ${field} to "${text}", which ${reading.why}`);
      fixed.numbers[field] = reading.scaled;
    }
    for (const name of record.unknown) if (!all.some((plan) => plan.field === name)) throw new Error(`${record.name} does not know ${name} anyway`);
    return fixed;
  }

  /** The header of the rows as they are kept: the file's, and what was worked out from the rows around. */
  get keptHeader(): readonly string[] {
    return this.#context?.numbersLines ? [...this.#match.header, LINE_HEADER] : this.#match.header;
  }

  /**
   * The row that was read last as it is kept, so that it can be read again by itself: with what an earlier row said for
   * it, and without cells that name people where the profile says that the file does.
   */
  kept(raw: string): string {
    return this.#context || this.#keptIndexes ? recordText(this.keptCells(), this.#options.delimiter ?? ',') : raw;
  }

  /** The same as cells, under `keptHeader`. */
  keptCells(): string[] {
    const kept = this.#keptIndexes;
    const cells = kept ? this.#cells.map((cell, index) => (kept.has(index) ? cell : '')) : [...this.#cells];
    if (this.#line !== undefined) {
      while (cells.length < this.#width) cells.push('');
      cells.push(this.#line);
    }
    return cells;
  }

  /** Reads one row and adds its figures to the control totals. */
  read(raw: readonly string[]): RowReading {
    this.#cells = raw;
    this.#line = undefined;
    if (isEmpty(raw)) return { outcome: 'ignored', reason: 'empty_row' };
    const cells = this.#context ? this.#context.cellsOf(raw) : raw;
    this.#cells = cells;
    if (this.#isHeaderAgain(cells)) return { outcome: 'ignored', reason: 'repeated_header' };
    for (const rule of this.#rules) if (rule.holds(cells)) return { outcome: 'ignored', reason: rule.reason };
    if (this.#context) this.#line = this.#context.lineOf(cells);
    const shape = this.#shapeProblem(cells);
    const values = emptyValues();
    if (shape) return bad(shape, values);
    let problem: RowProblem | undefined;
    // Every figure is read even after a problem: the control totals are the file's, not those of its good rows.
    for (let index = 0; index < this.#plans.length; index += 1) {
      const found = this.#plans[index]!.read(cells, values);
      if (found && !problem) problem = found;
    }
    if (this.#line !== undefined) values.text.line = this.#line;
    problem ??= this.#lacking ?? this.#fillFromAsOf(values) ?? this.#repeated(cells);
    if (this.#counts.length > 0) return this.#counted(cells, values, problem);
    if (this.#records.length === 0 && this.#places.length === 0) {
      return problem ? bad(problem, values) : { outcome: 'read', records: [values] };
    }
    return this.#several(cells, values, problem);
  }

  #isHeaderAgain(cells: readonly string[]): boolean {
    const { index, text } = this.#firstHeader;
    const cell = cells[index];
    if (cell === undefined || cell.length < text.length || normaliseHeader(cell) !== text) return false;
    return this.#match.matched.every((each) => normaliseHeader(cells[each.index] ?? '') === normaliseHeader(each.header));
  }

  #shapeProblem(cells: readonly string[]): RowProblem | undefined {
    const width = this.#width;
    if (cells.length > width) {
      const beyond = cells.findIndex((cell, index) => index >= width && trimmed(cell) !== '');
      if (beyond >= 0) {
        const which = this.#keptIndexes ? `cell ${beyond + 1} is filled` : `cell ${beyond + 1} is "${cells[beyond]}"`;
        return problemOf('wrong_shape', `${cells.length} cells`, `The row has ${cells.length} cells where the header has ${width}; ${which}.`);
      }
    }
    if (cells.length <= this.#lastIndex && !this.#options.shortRowsAreWhole) {
      return problemOf('wrong_shape', `${cells.length} cells`, `The row has ${cells.length} cells where the header has ${width}.`);
    }
    return undefined;
  }

  #fillFromAsOf(values: RowValues): RowProblem | undefined {
    for (const field of this.#match.profile.asOfFills) {
      if (values.instants[field] !== undefined) continue;
      if (this.#options.asOfInstant == null) return problemOf('missing_key', field, `The file does not say ${field}, and no as-of instant was given at import.`);
      values.instants[field] = this.#options.asOfInstant;
    }
    return undefined;
  }

  /** A row that says again what another one says in every cell that tells rows apart. */
  #repeated(cells: readonly string[]): RowProblem | undefined {
    if (this.#rowKey.length === 0) return undefined;
    const texts = this.#rowKey.map((index) => trimmed(cells[index]));
    const key = texts.join('\n');
    if (!this.#seen.has(key)) {
      this.#seen.add(key);
      return undefined;
    }
    const names = this.#rowKey.map((index) => this.#match.header[index]).join(', ');
    return problemOf('duplicate_row', texts.filter(Boolean).join(', '), `A row above has the same ${names}.`);
  }

  /** One record for each count that stands in a column of its own; one without a figure where there is none. */
  #counted(cells: readonly string[], shared: RowValues, before: RowProblem | undefined): RowReading {
    let problem = before;
    const records: RowValues[] = [];
    for (const plan of this.#counts) {
      const values: RowValues = { text: shared.text, numbers: { ...shared.numbers }, instants: shared.instants };
      const found = plan.read(cells, values);
      problem ??= found;
      if (values.numbers.counted !== undefined) records.push({ ...values, numbers: { ...values.numbers, count_no: plan.column.countNo! } });
    }
    if (problem) return bad(problem, shared);
    const [first = shared, ...rest] = records;
    return { outcome: 'read', records: [first, ...rest] };
  }

  #several(cells: readonly string[], shared: RowValues, before: RowProblem | undefined): RowReading {
    let problem = before;
    const records: RowValues[] = [];
    for (const { index, header, control } of this.#places) {
      const text = trimmed(cells[index]);
      if (text === '' || this.#notStocked.has(text.toLowerCase())) continue;
      const reading = readNumber(text, stylesOf(this.#match).number, control.places);
      if (!reading.ok) {
        problem ??= problemOf('unreadable_number', text, `${header} "${text}" ${reading.why}.`);
        continue;
      }
      control.add(reading.scaled);
      records.push({ ...shared, text: { ...shared.text, location: header }, numbers: { ...shared.numbers, [control.field]: reading.scaled } });
    }
    let told = this.#places.length > 0;
    for (const plan of this.#records) {
      if (told && this.#match.profile.recordsPerRow === 'first') break;
      if (!plan.tells(cells, shared.numbers.quantity)) continue;
      const record = this.#record(plan, cells, shared);
      if (!record) continue;
      told = true;
      if ('reason' in record) problem ??= record;
      else records.push(record);
    }
    if (!told) problem ??= this.#toldNothing(cells, shared);
    if (problem) return bad(problem, shared);
    const [first, ...rest] = records;
    if (!first) return bad(problemOf('missing_key', 'quantity', 'The row gives no quantity at all.'), shared);
    return { outcome: 'read', records: [first, ...rest] };
  }

  /** The record as the row tells it; undefined where it waits for an as-of instant that was not given. */
  #record({ record, plans, fixed, lacks }: RecordPlan, cells: readonly string[], shared: RowValues): RowValues | RowProblem | undefined {
    const { asOfInstant } = this.#options;
    if (record.atAsOf.length > 0 && asOfInstant == null) return undefined;
    if (lacks) return lacks;
    const values: RowValues = {
      text: { ...shared.text, ...fixed.text },
      numbers: { ...shared.numbers, ...fixed.numbers },
      instants: { ...shared.instants },
    };
    for (const field of record.atAsOf) values.instants[field] = asOfInstant!;
    for (const field of record.unknown) delete values.numbers[field];
    let problem: RowProblem | undefined;
    for (const plan of plans) problem ??= plan.read(cells, values);
    if (record.quantity === 'without_sign' && values.numbers.quantity !== undefined) values.numbers.quantity = Math.abs(values.numbers.quantity);
    return problem ?? values;
  }

  #toldNothing(cells: readonly string[], shared: RowValues): RowProblem {
    const columns = recordColumns(this.#match).map((index) => ({ header: this.#match.header[index]!, text: trimmed(cells[index]) }));
    const quantity = shared.numbers.quantity;
    const sign = quantity === undefined || this.#records.every(({ record }) => record.sign === undefined) ? '' : quantity < 0 ? ' below zero' : quantity > 0 ? ' above zero' : ' of zero';
    const subject = columns.map(({ text }) => text).filter(Boolean).join(', ');
    const said = columns.map(({ header, text }) => `${header} "${text}"`).join(', ');
    return problemOf('unknown_value', `${subject}${sign}`, `${this.#match.profile.name} does not say what ${said}${sign === '' ? '' : ` with a quantity${sign}`} means.`);
  }
}
