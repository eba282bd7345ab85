/**
 * Writes the positions of one import, in the order of their key: the table is kept in that order, and a page that is
 * come back to for each of its rows is read and written many times.
 *
 * Most files know a few of the states. A column that no row has filled yet is left out of the statement: binding a NULL
 * costs more than binding a number.
 */
import { QUANTITY_STATES, SYSTEMS, type System } from '@shared/domain/states';
import { RowInserter } from '../row-inserter';
import type { SqlValue, WritableWorkbook } from '../workbook';

const FIGURES = [...QUANTITY_STATES, 'unit_cost'] as const;
type Figure = (typeof FIGURES)[number];

/** Rows that wait to be put in order: more are fewer passes over the table, and a longer time without a sign of life. */
const ROWS_WAITING_MAX = 2 ** 17;

const orNull = (figure: number): SqlValue => (Number.isNaN(figure) ? null : figure);

export class SnapshotInserter {
  readonly #waitingMax: number;
  readonly #stockKeyIds: Int32Array;
  readonly #rowNumbers: Int32Array;
  readonly #systems: Uint8Array;
  readonly #asOfInstants: Float64Array;
  /** By state that some row has filled; NaN where a row does not know it. */
  readonly #figures = new Map<Figure, Float64Array>();
  #unmet: readonly Figure[] = FIGURES;
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
    for (const figure of this.#unmet) if (figures[figure] !== undefined) this.#meet(figure);
    const at = this.#waiting;
    this.#isInOrder &&= at === 0 || this.#stockKeyIds[at - 1]! <= stockKeyId;
    this.#stockKeyIds[at] = stockKeyId;
    this.#rowNumbers[at] = rowNumber;
    this.#systems[at] = SYSTEMS.indexOf(system);
    this.#asOfInstants[at] = asOfInstant;
    for (const [figure, column] of this.#figures) column[at] = figures[figure] ?? Number.NaN;
    this.#waiting += 1;
    if (this.#waiting === this.#waitingMax) this.flush();
  }

  #meet(figure: Figure): void {
    this.#figures.set(figure, new Float64Array(this.#waitingMax).fill(Number.NaN));
    this.#unmet = this.#unmet.filter((each) => each !== figure);
  }

  #inserterFor(system: System): RowInserter {
    const columns = ['import_id', 'system', 'stock_key_id', 'as_of_instant', 'row_number', ...[...this.#figures.keys()].map((figure) => `${figure}_scaled`)];
    return new RowInserter(
      this.workbook,
      `INSERT INTO snapshots (${columns.join(', ')})`,
      `(${this.importId}, '${system}', ?, ?, ?${', ?'.repeat(this.#figures.size)})`,
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
    const inserters = SYSTEMS.map((system) => this.#inserterFor(system));
    const columns = [...this.#figures.values()];
    for (const place of this.#order()) {
      const at = place % ROWS_WAITING_MAX;
      const inserter = inserters[this.#systems[at]!]!;
      inserter.put(this.#stockKeyIds[at]!);
      inserter.put(this.#asOfInstants[at]!);
      inserter.put(this.#rowNumbers[at]!);
      for (const column of columns) inserter.put(orNull(column[at]!));
    }
    for (const inserter of inserters) inserter.flush();
    this.#waiting = 0;
    this.#isInOrder = true;
  }
}
