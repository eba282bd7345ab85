/**
 * Writes the movements of one import.
 *
 * Words of the closed lists go in by their number, which is bound in half the time of a text; a column that no row has
 * filled yet is left out of the statement and takes its default, as does the number of a row's only movement.
 */
import { MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import { RowInserter } from '../row-inserter';
import type { WritableWorkbook } from '../workbook';

export interface MovementToInsert {
  readonly stockKeyId: number;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly line: string;
  readonly quantityScaled: number;
  readonly occurredInstant: number;
  readonly postedInstant: number;
  readonly reference: string;
  readonly reason: string;
}

const OPTIONAL = ['line', 'reference', 'reason'] as const;

const wordOf = (words: readonly string[]) => `CASE ? ${words.map((word, index) => `WHEN ${index} THEN '${word}'`).join(' ')} END`;

export class MovementInserter {
  readonly #met: (typeof OPTIONAL)[number][] = [];
  #unmet: readonly (typeof OPTIONAL)[number][] = OPTIONAL;
  #hasSeveralOfARow = false;
  #inserter: RowInserter | undefined;

  /** @param rowsPerStatement 1 writes each row at once */
  constructor(
    readonly workbook: WritableWorkbook,
    readonly importId: number,
    readonly rowsPerStatement: number,
  ) {}

  /** @param recordNumber which of the movements that the row tells of, counted from 1 */
  insert(rowNumber: number, recordNumber: number, movement: MovementToInsert): void {
    for (const column of this.#unmet) if (movement[column] !== '') this.#meet(column);
    if (recordNumber > 1 && !this.#hasSeveralOfARow) this.#meetSeveral();
    const inserter = (this.#inserter ??= this.#make());
    inserter.put(rowNumber);
    inserter.put(movement.stockKeyId);
    inserter.put(SYSTEMS.indexOf(movement.system));
    inserter.put(MOVEMENT_TYPES.indexOf(movement.type));
    inserter.put(movement.document);
    inserter.put(movement.quantityScaled);
    inserter.put(movement.occurredInstant);
    inserter.put(movement.postedInstant);
    for (let index = 0; index < this.#met.length; index += 1) inserter.put(movement[this.#met[index]!]);
    if (this.#hasSeveralOfARow) inserter.put(recordNumber);
  }

  #meet(column: (typeof OPTIONAL)[number]): void {
    this.flush();
    this.#inserter = undefined;
    this.#met.push(column);
    this.#unmet = this.#unmet.filter((each) => each !== column);
  }

  #meetSeveral(): void {
    this.flush();
    this.#inserter = undefined;
    this.#hasSeveralOfARow = true;
  }

  #make(): RowInserter {
    const further = this.#hasSeveralOfARow ? [...this.#met, 'record_number'] : this.#met;
    return new RowInserter(
      this.workbook,
      `INSERT INTO movements (${['import_id, row_number, stock_key_id, system, type, document, quantity_scaled, occurred_instant, posted_instant', ...further].join(', ')})`,
      `(${this.importId}, ?, ?, ${wordOf(SYSTEMS)}, ${wordOf(MOVEMENT_TYPES)}, ?, ?, ?, ?${', ?'.repeat(further.length)})`,
      this.rowsPerStatement,
    );
  }

  /** Writes the rows that still wait. */
  flush(): void {
    this.#inserter?.flush();
  }
}
