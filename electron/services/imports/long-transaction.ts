/**
 * A transaction around work that waits for a file: reading is asynchronous, and all of it is written or nothing.
 *
 * It needs a connection of its own (the job worker's, the command line's): whatever else wrote through the same
 * connection meanwhile would share its fate.
 */
import type { SqliteWorkbook } from '../../workbook/workbook';

/** Keeps what `work` wrote only where it says so; an error rolls back and goes on. */
export async function inLongTransaction<T>(
  workbook: SqliteWorkbook,
  work: () => Promise<{ readonly keep: boolean; readonly value: T }>,
): Promise<T> {
  const { database } = workbook;
  if (database.inTransaction) throw new Error('an import needs a connection without a transaction');
  database.exec('BEGIN IMMEDIATE');
  try {
    const { keep, value } = await work();
    database.exec(keep ? 'COMMIT' : 'ROLLBACK');
    return value;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
