/**
 * Writes the positions of one import, in the order of their key: the table is kept in that order, and a page that is
 * come back to for each of its rows is read and written many times.
 *
 * Most files know a few of the states, of one instant. A column that no row has filled yet is left out of the statement, and
 * a figure that all the waiting rows share is written into it: binding a value costs more than storing it.
 */
import { QUANTITY_STATES, SYSTEMS, type System } from '@shared/domain/states';
import { RowInserter } from '../row-inserter';
import type { SqlValue, WritableWorkbook } from '../workbook';

/** What a position may know: the states in their order, then its unit cost. */
export const SNAPSHOT_FIGURES = [...QUANTITY_STATES, 'unit_cost'] as const;
const FIGURES = SNAPSHOT_FIGURES;
type Figure = (typeof FIGURES)[number];

/** Rows that wait to be put in order: more are fewer passes over the table, and a longer time without a sign of life. */
const ROWS_WAITING_MAX = 2 ** 17;

/** A statement that is written anew for what rows share is worth it from so many rows on. */
const ROWS_SHARING_MIN = 4096;

const orNull = (figure: number): SqlValue => (Number.isNaN(figure) ? null : figure);

/** A column of the waiting rows: what its name is, and the one value of all of them where they share it. */
interface Column {
  readonly name: string;
  readonly values: Float64Array;
  readonly shared: SqlValue | undefined;
}

export class SnapshotInserter {
  readonly #waitingMax: number;
  readonly #stockKeyIds: Int32Array;
  readonly #rowNumbers: Int32Array;
  readonly #systems: Uint8Array;
  readonly #asOfInstants: Float64Array;
  /** By figure, where some row has filled it; NaN where a row does not know it. */
  readonly #columns: (Float64Array | undefined)[] = FIGURES.map(() => undefined);
  #waiting = 0;
  #isInOrder = true;

  /** @param rowsPerStatement 1 writes each row at once */
  constructor(
    readonly workbook: WritableWorkbook,
    readonly importId: number,
    readonly rowsPerStatement: number,
  ) {
    this.#waitingMax = rowsPerStatement === 1 ? 1 : ROWS_WAITING_MAX;
    this.#stockKeyIds = new Int32Array(this.#waitingMax);
    this.#rowNumbers = new Int32Array(this.#waitingMax);
    this.#systems = new Uint8Array(this.#waitingMax);
    this.#asOfInstants = new Float64Array(this.#waitingMax);
  }

  insert(stockKeyId: number, system: System, asOfInstant: number, rowNumber: number, figures: Readonly<Partial<Record<Figure, number | undefined>>>): void {
    this.begin(stockKeyId, SYSTEMS.indexOf(system), asOfInstant, rowNumber);
    for (let index = 0; index < FIGURES.length; index += 1) {
      const figure = figures[FIGURES[index]!];
      if (figure !== undefined) this.put(index, figure);
    }
    this.end();
  }

  /** Begins a position that knows nothing yet: `put` gives it its figures, `end` completes it. */
  begin(stockKeyId: number, systemIndex: number, asOfInstant: number, rowNumber: number): void {
    const at = this.#waiting;
    this.#isInOrder &&= at === 0 || this.#stockKeyIds[at - 1]! <= stockKeyId;
    this.#stockKeyIds[at] = stockKeyId;
    this.#rowNumbers[at] = rowNumber;
    this.#systems[at] = systemIndex;
    this.#asOfInstants[at] = asOfInstant;
  }

  /** @param index of the figure in `SNAPSHOT_FIGURES` */
  put(index: number, figure: number): void {
    (this.#columns[index] ?? this.#meet(index))[this.#waiting] = figure;
  }

  end(): void {
    this.#waiting += 1;
    if (this.#waiting === this.#waitingMax) this.flush();
  }

  #meet(index: number): Float64Array {
    const column = new Float64Array(this.#waitingMax).fill(Number.NaN);
    this.#columns[index] = column;
    return column;
  }

  #column(name: string, values: Float64Array): Column {
    const first = values[0]!;
    const areShared = this.#waiting >= ROWS_SHARING_MIN && values.subarray(0, this.#waiting).every((value) => Object.is(value, first));
    return { name, values, shared: areShared ? orNull(first) : undefined };
  }

  #inserterFor(system: System, columns: readonly Column[]): RowInserter {
    const names = ['import_id', 'system', 'stock_key_id', 'row_number', ...columns.map(({ name }) => name)];
    const values = columns.map(({ shared }) => (shared === undefined ? '?' : String(shared)));
    return new RowInserter(
      this.workbook,
      `INSERT INTO snapshots (${names.join(', ')})`,
      `(${[this.importId, `'${system}'`, '?', '?', ...values].join(', ')})`,
      this.rowsPerStatement,
    );
  }

  /** Where the waiting rows are, in the order of their keys; rows of one key stay in the file's order. */
  #order(): Float64Array {
    const places = new Float64Array(this.#waiting);
    for (let at = 0; at < places.length; at += 1) places[at] = this.#stockKeyIds[at]! * ROWS_WAITING_MAX + at;
    if (!this.#isInOrder) places.sort();
    return places;
  }

  /** Writes the rows that still wait. */
  flush(): void {
    if (this.#waiting === 0) return;
    const figures = this.#columns.flatMap((values, index) => (values ? [this.#column(`${FIGURES[index]!}_scaled`, values)] : []));
    const columns = [this.#column('as_of_instant', this.#asOfInstants), ...figures];
    const inserters = SYSTEMS.map((system) => this.#inserterFor(system, columns));
    const bound = columns.flatMap(({ values, shared }) => (shared === undefined ? [values] : []));
    for (const place of this.#order()) {
      const at = place % ROWS_WAITING_MAX;
      const inserter = inserters[this.#systems[at]!]!;
      inserter.put(this.#stockKeyIds[at]!);
      inserter.put(this.#rowNumbers[at]!);
      for (const column of bound) inserter.put(orNull(column[at]!));
    }
    for (const inserter of inserters) inserter.flush();
    for (const column of this.#columns) column?.fill(Number.NaN);
    this.#waiting = 0;
    this.#isInOrder = true;
  }
}
