/**
 * A transaction around work that waits for a file: reading is asynchronous, and all of it is written or nothing.
 *
 * It needs a connection of its own (the job worker's, the command line's): whatever else wrote through the same
 * connection meanwhile would share its fate.
 */
import type { ImportKind } from '@shared/domain/import-profile';
import { BulkLoad } from '../../../workbook/bulk-load';
import type { SqliteWorkbook } from '../../../workbook/workbook';

/**
 * Keeps what `work` wrote only where it says so; an error rolls back and goes on.
 *
 * References are not enforced row by row while it lasts: an import writes no number that it has not read from the table
 * it refers to, or put there. Verification looks for every reference's row.
 */
export async function inLongTransaction<T>(
  workbook: SqliteWorkbook,
  work: () => Promise<{ readonly keep: boolean; readonly value: T }>,
): Promise<T> {
  const { database } = workbook;
  if (database.inTransaction) throw new Error('an import needs a connection without a transaction');
  database.pragma('foreign_keys = OFF');
  try {
    database.exec('BEGIN IMMEDIATE');
    const { keep, value } = await work();
    database.exec(keep ? 'COMMIT' : 'ROLLBACK');
    return value;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

/** The tables that the rows of a kind go to, where there may be very many. */
const LOADED_TABLES: Partial<Record<ImportKind, readonly string[]>> = {
  snapshot: ['snapshots', 'snapshot_parts'],
  movements: ['movements'],
};

/** Rows are seldom shorter; a guess that is wrong costs time only. */
const BYTES_PER_ROW = 80;

/**
 * Begins the load of a file's rows; undefined for kinds with few rows.
 *
 * Indices are made at the end where the file is likely to bring more rows than there are: until then, one insert at a
 * time in a large index costs more than making it anew.
 */
export function beginLoad(workbook: SqliteWorkbook, kind: ImportKind, fileBytes: number): BulkLoad | undefined {
  const tables = LOADED_TABLES[kind];
  if (!tables) return undefined;
  const load = new BulkLoad(workbook, tables);
  const held = workbook.get<{ rows: number }>('SELECT coalesce(sum(rows_accepted), 0) AS rows FROM imports WHERE kind = ?', kind)!.rows;
  if (fileBytes / BYTES_PER_ROW > held) for (const table of tables) load.leaveIndices(table);
  return load;
}
