/**
 * What rows of files became: which data stands on an item, a location or a unit, and taking rows out of it again.
 *
 * A row may have become several movements, counts or positions, and several rows one position: whatever shares a position
 * with a row that goes, goes along and is written anew.
 */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';
import { ALIAS_PLACES, type AliasKind, type AliasUse } from './aliases';

export interface DataRow {
  readonly row_number: number;
  readonly stock_key_id: number;
}

/** The tables that hold what the rows of a file of some kind say; empty for kinds that set things elsewhere. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  snapshot: ['snapshots', 'snapshot_parts'],
  movements: ['movements'],
  count: ['counts'],
};

/** Each row and key once; `undefined` for a kind of file that becomes no data rows. */
function standingOn(use: AliasUse, kind: AliasKind): string | undefined {
  const aim = kind === 'unit' ? '1 = 1' : `k.${ALIAS_PLACES[kind].target} = @target`;
  return TABLES[use.kind]
    ?.map((table) => `SELECT d.row_number, d.stock_key_id FROM stock_keys k CROSS JOIN ${table} d USING (stock_key_id) WHERE ${aim} AND d.import_id = @importId`)
    .join(' UNION ');
}

const parametersOf = (use: AliasUse, kind: AliasKind, target: number | string) => ({
  importId: use.import_id,
  ...(kind === 'unit' ? {} : { target }),
});

/** Rows of an import that stand on what an alias means; for a unit, all of them. */
export function dataRowsOn(workbook: ReadableWorkbook, use: AliasUse, kind: AliasKind, target: number | string): DataRow[] {
  const sql = standingOn(use, kind);
  return sql === undefined ? [] : workbook.all(`${sql} ORDER BY row_number`, parametersOf(use, kind, target));
}

export function countDataRowsOn(workbook: ReadableWorkbook, use: AliasUse, kind: AliasKind, target: number | string): number {
  const sql = standingOn(use, kind);
  return sql === undefined ? 0 : Number(workbook.sum(`SELECT count(DISTINCT row_number) FROM (${sql})`, parametersOf(use, kind, target)));
}

/** Whether an import says anything of an item. */
export const isNamedIn = (workbook: ReadableWorkbook, importId: number, sku: string): boolean =>
  workbook.get(
    `SELECT 1 FROM items JOIN stock_keys k USING (item_id)
     WHERE sku = @sku AND (EXISTS (SELECT 1 FROM snapshots d WHERE d.stock_key_id = k.stock_key_id AND d.import_id = @import)
       OR EXISTS (SELECT 1 FROM movements d WHERE d.stock_key_id = k.stock_key_id AND d.import_id = @import)
       OR EXISTS (SELECT 1 FROM counts d WHERE d.stock_key_id = k.stock_key_id AND d.import_id = @import)) LIMIT 1`,
    { sku, import: importId },
  ) !== undefined;

const POSITIONS = `SELECT stock_key_id, system, as_of_instant, row_number FROM snapshots
  WHERE import_id = @import AND (row_number IN (SELECT row_number FROM temp.rows_going)
    OR stock_key_id IN (SELECT stock_key_id FROM snapshot_parts WHERE import_id = @import AND row_number IN (SELECT row_number FROM temp.rows_going)))`;
const SHARING = `INSERT OR IGNORE INTO temp.rows_going
  WITH positions AS (${POSITIONS})
  SELECT row_number FROM positions
  UNION SELECT row_number FROM snapshot_parts WHERE import_id = @import AND stock_key_id IN (SELECT stock_key_id FROM positions)`;

/**
 * Takes rows of an import out of the data, with all that they became. Answers further rows that shared a position with
 * them and are out of the data now too: they have to be written anew.
 */
export function removeDataRows(workbook: WritableWorkbook, use: AliasUse, rowNumbers: readonly number[]): number[] {
  workbook.run('CREATE TEMP TABLE IF NOT EXISTS rows_going (row_number INTEGER PRIMARY KEY)');
  workbook.run('DELETE FROM temp.rows_going');
  for (const rowNumber of rowNumbers) workbook.run('INSERT INTO temp.rows_going VALUES (?)', rowNumber);
  const own = { import: use.import_id };
  if (use.kind !== 'snapshot') {
    for (const table of TABLES[use.kind] ?? []) {
      workbook.run(`DELETE FROM ${table} WHERE import_id = @import AND row_number IN (SELECT row_number FROM temp.rows_going)`, own);
    }
    return [];
  }
  while (workbook.run(SHARING, own).changes > 0);
  const going = workbook.all<{ row_number: number }>('SELECT row_number FROM temp.rows_going ORDER BY row_number').map((row) => row.row_number);
  workbook.run(
    `DELETE FROM snapshots WHERE import_id = @import AND (stock_key_id, system, as_of_instant) IN (SELECT stock_key_id, system, as_of_instant FROM (${POSITIONS}))`,
    own,
  );
  workbook.run('DELETE FROM snapshot_parts WHERE import_id = @import AND row_number IN (SELECT row_number FROM temp.rows_going)', own);
  const asked = new Set(rowNumbers);
  return going.filter((rowNumber) => !asked.has(rowNumber));
}
