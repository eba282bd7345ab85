/**
 * Inserts rows many at a time: one statement with several rows costs half as much as several statements.
 */
import type { SqlValue, WritableWorkbook } from './workbook';

export class RowInserter {
  readonly #valuesPerRow: number;
  readonly #manyRows: string;
  readonly #oneRow: string;
  readonly #values: SqlValue[];
  #runMany: ((values: readonly SqlValue[]) => void) | undefined;
  #count = 0;

  /**
   * @param insert the statement up to VALUES
   * @param row one row as SQL, in brackets: a question mark for each value that differs from row to row
   * @param rowsPerStatement 1 writes each row at once
   */
  constructor(
    readonly workbook: WritableWorkbook,
    insert: string,
    row: string,
    rowsPerStatement: number,
  ) {
    this.#valuesPerRow = row.split('?').length - 1;
    this.#manyRows = `${insert} VALUES ${Array<string>(rowsPerStatement).fill(row).join(', ')}`;
    this.#oneRow = `${insert} VALUES ${row}`;
    this.#values = Array<SqlValue>(this.#valuesPerRow * rowsPerStatement).fill(null);
  }

  /** The next value of the row, in the order of the question marks; the last one completes it. */
  put(value: SqlValue): void {
    this.#values[this.#count] = value;
    this.#count += 1;
    if (this.#count === this.#values.length) {
      this.#count = 0;
      this.#runMany ??= this.workbook.runner(this.#manyRows);
      this.#runMany(this.#values);
    }
  }

  /** Writes the rows that still wait. */
  flush(): void {
    for (let start = 0; start < this.#count; start += this.#valuesPerRow) {
      this.workbook.run(this.#oneRow, ...this.#values.slice(start, start + this.#valuesPerRow));
    }
    this.#count = 0;
  }
}
