/**
 * Writes the positions of one import.
 *
 * Most files know a few of the states. A column that no row has filled yet is left out of the statement: binding a NULL
 * costs more than binding a number.
 */
import { QUANTITY_STATES, type System } from '@shared/domain/states';
import { RowInserter } from '../row-inserter';
import type { WritableWorkbook } from '../workbook';

const FIGURES = [...QUANTITY_STATES, 'unit_cost'] as const;
type Figure = (typeof FIGURES)[number];

export class SnapshotInserter {
  readonly #met: Figure[] = [];
  #unmet: readonly Figure[] = FIGURES;
  #inserters = new Map<System, RowInserter>();

  /** @param rowsPerStatement 1 writes each row at once */
  constructor(
    readonly workbook: WritableWorkbook,
    readonly importId: number,
    readonly rowsPerStatement: number,
  ) {}

  insert(stockKeyId: number, system: System, asOfInstant: number, rowNumber: number, figures: Readonly<Partial<Record<Figure, number>>>): void {
    for (const figure of this.#unmet) if (figures[figure] !== undefined) this.#meet(figure);
    const inserter = this.#inserters.get(system) ?? this.#make(system);
    inserter.put(stockKeyId);
    inserter.put(asOfInstant);
    inserter.put(rowNumber);
    for (const figure of this.#met) inserter.put(figures[figure] ?? null);
  }

  #meet(figure: Figure): void {
    this.flush();
    this.#inserters = new Map();
    this.#met.push(figure);
    this.#unmet = this.#unmet.filter((each) => each !== figure);
  }

  #make(system: System): RowInserter {
    const columns = ['import_id', 'system', 'stock_key_id', 'as_of_instant', 'row_number', ...this.#met.map((figure) => `${figure}_scaled`)];
    const inserter = new RowInserter(
      this.workbook,
      `INSERT INTO snapshots (${columns.join(', ')})`,
      `(${this.importId}, '${system}', ?, ?, ?${', ?'.repeat(this.#met.length)})`,
      this.rowsPerStatement,
    );
    this.#inserters.set(system, inserter);
    return inserter;
  }

  /** Writes the rows that still wait. */
  flush(): void {
    for (const inserter of this.#inserters.values()) inserter.flush();
  }
}
