/**
 * The handle through which services read and write a workbook's SQLite file.
 *
 * SQL stays visible at the call; statements are prepared once and kept. The type of the handle says whether a
 * function may write. Opening, migrating and locking the file is `open.ts`.
 */
import type { Database, Statement } from 'better-sqlite3';

export type SqlValue = number | bigint | string | Uint8Array | null;
/** Positional values, one array of them, or one record of named ones (`@name`). */
export type SqlParameters = readonly SqlValue[] | readonly [readonly SqlValue[]] | readonly [Readonly<Record<string, SqlValue>>];

export interface ReadableWorkbook {
  /** The file's path, for messages. */
  readonly path: string;
  all<Row>(sql: string, ...parameters: SqlParameters): Row[];
  get<Row>(sql: string, ...parameters: SqlParameters): Row | undefined;
  iterate<Row>(sql: string, ...parameters: SqlParameters): IterableIterator<Row>;
  /** Rows as arrays in the order of the columns: for very many rows. */
  tuples(sql: string, ...parameters: SqlParameters): IterableIterator<readonly SqlValue[]>;
  /** The first column of every row: for very many numbers. */
  column(sql: string, ...parameters: SqlParameters): number[];
  /** The first column of the first row as a bigint; for sums that may pass 2^53. NULL and no row are 0n. */
  sum(sql: string, ...parameters: SqlParameters): bigint;
  /** Runs one statement on tables of this connection alone (`temp`): nothing of it is in the file. */
  scratch(sql: string, ...parameters: SqlParameters): void;
}

export interface WritableWorkbook extends ReadableWorkbook {
  /** Runs one statement; answers how many rows it changed and the last row id. */
  run(sql: string, ...parameters: SqlParameters): { readonly changes: number; readonly lastInsertRowid: number };
  /** The statement by itself, for whoever runs it very often. */
  runner(sql: string): (values: readonly SqlValue[]) => void;
}

/** The one implementation of both handles over an open connection. */
export class SqliteWorkbook implements WritableWorkbook {
  readonly #statements = new Map<string, Statement>();

  constructor(
    readonly database: Database,
    readonly path: string,
    /** Where the file lies that a person opened: another than `path` where a copy of an older one is read. */
    readonly originPath = path,
  ) {}

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  all<Row>(sql: string, ...parameters: SqlParameters): Row[] {
    return this.#statement(sql).all(...parameters) as Row[];
  }

  get<Row>(sql: string, ...parameters: SqlParameters): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined;
  }

  iterate<Row>(sql: string, ...parameters: SqlParameters): IterableIterator<Row> {
    // A statement that is being iterated is busy, so an iteration never shares a kept one.
    return this.database.prepare(sql).iterate(...parameters) as IterableIterator<Row>;
  }

  tuples(sql: string, ...parameters: SqlParameters): IterableIterator<readonly SqlValue[]> {
    return this.database.prepare(sql).raw().iterate(...parameters) as IterableIterator<readonly SqlValue[]>;
  }

  column(sql: string, ...parameters: SqlParameters): number[] {
    return this.database.prepare(sql).pluck().all(...parameters) as number[];
  }

  sum(sql: string, ...parameters: SqlParameters): bigint {
    const value: unknown = this.database.prepare(sql).pluck().safeIntegers().get(...parameters);
    return typeof value === 'bigint' ? value : 0n;
  }

  scratch(sql: string, ...parameters: SqlParameters): void {
    this.database.prepare(sql).run(...parameters);
  }

  run(sql: string, ...parameters: SqlParameters): { readonly changes: number; readonly lastInsertRowid: number } {
    const result = this.#statement(sql).run(...parameters);
    return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
  }

  runner(sql: string): (values: readonly SqlValue[]) => void {
    const statement = this.#statement(sql);
    // One by one: the driver takes arguments quicker than the elements of an array.
    return (values) => void statement.run(...values);
  }
}

/**
 * Runs `work` in one transaction: all of it is written or none. Nested calls join the outer transaction. A refusal
 * that `work` returns as a value is rolled back too, so that a refused action leaves no trace.
 */
export function inTransaction<T>(workbook: SqliteWorkbook, work: () => T): T {
  if (workbook.database.inTransaction) return work();
  workbook.database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    const refusal = typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
    workbook.database.exec(refusal ? 'ROLLBACK' : 'COMMIT');
    return result;
  } catch (error) {
    if (workbook.database.inTransaction) workbook.database.exec('ROLLBACK');
    throw error;
  }
}
