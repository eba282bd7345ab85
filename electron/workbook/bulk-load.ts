/**
 * Loading very many rows in one transaction: what SQLite would do anew for each row is done once, or afterwards.
 *
 * - The lock triggers of the tables that are loaded are taken away and put back with the same text. Whoever loads has
 *   asked, in the same transaction, whether the period is open; nobody else can write meanwhile.
 * - CHECK constraints are not evaluated: a list of fifteen words costs as much as the rest of the row. What is loaded
 *   was chosen from the same closed lists, and verification evaluates every constraint.
 * - Indices beside the key can be left out and made at the end, when most of the table is new.
 *
 * A rollback restores all of it but the settings of the connection, which `end` and `abandon` reset.
 */
import type { SqliteWorkbook } from './workbook';

interface SchemaObject {
  readonly name: string;
  readonly sql: string;
}

/** In KiB. Rows come nearly in order, so that a load gains nothing from keeping more pages; sorting indices takes as much again. */
const CACHE_KIB = 32_768;

export class BulkLoad {
  /** How many rows one statement inserts: more brings nothing. */
  readonly rowsPerStatement = 32;
  readonly #guards: readonly SchemaObject[];
  #indices: readonly SchemaObject[] = [];
  readonly #cacheBefore: number;

  /** Belongs in a transaction that has found the rows' period open. */
  constructor(
    readonly workbook: SqliteWorkbook,
    tables: readonly string[],
  ) {
    this.#guards = tables.flatMap((table) =>
      workbook.all<SchemaObject>(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name = tbl_name || '_locked_insert_new'`,
        table,
      ),
    );
    for (const { name } of this.#guards) workbook.database.exec(`DROP TRIGGER ${name}`);
    workbook.database.pragma('ignore_check_constraints = ON');
    this.#cacheBefore = workbook.database.pragma('cache_size', { simple: true }) as number;
    workbook.database.pragma(`cache_size = -${CACHE_KIB}`);
  }

  /** Leaves a table's indices beside its key to be made by `makeIndices`. */
  leaveIndices(table: string): void {
    const indices = this.workbook.all<SchemaObject>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
      table,
    );
    for (const { name } of indices) this.workbook.database.exec(`DROP INDEX ${name}`);
    this.#indices = [...this.#indices, ...indices];
  }

  /**
   * Makes what was left out; nothing where it is there.
   *
   * @param afterEach may throw to stop: the transaction is then rolled back
   */
  makeIndices(afterEach?: () => void): void {
    for (const { sql } of this.#indices) {
      this.workbook.database.exec(sql);
      afterEach?.();
    }
    this.#indices = [];
  }

  /** All rows are written: the tables are guarded and indexed as before. */
  end(afterEachIndex?: () => void): void {
    this.makeIndices(afterEachIndex);
    for (const { sql } of this.#guards) this.workbook.database.exec(sql);
    this.abandon();
  }

  /** The transaction will be rolled back. */
  abandon(): void {
    this.workbook.database.pragma('ignore_check_constraints = OFF');
    this.workbook.database.pragma(`cache_size = ${this.#cacheBefore}`);
  }
}
