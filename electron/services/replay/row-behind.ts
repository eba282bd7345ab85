/**
 * The row of a source file behind a difference, so that a person can look at it.
 */
import type { ReplayDifference } from '@shared/domain/replay';
import type { ReadableWorkbook, SqlValue } from '../../workbook/workbook';

type Behind = ReplayDifference['behind'];

const fileRow = (kept: ReadableWorkbook, importId: number, rowNumber: number): Behind => {
  const row = kept.get<{ file_name: string; sheet: string | null }>('SELECT file_name, sheet FROM imports WHERE import_id = ?', importId);
  return row ? { importId, fileName: row.file_name, sheet: row.sheet, rowNumber } : null;
};

/** The row that a record of an import was read from. */
export const behindRecord = (kept: ReadableWorkbook, importId: number, row: Readonly<Record<string, SqlValue>>): Behind =>
  typeof row['row_number'] === 'number' ? fileRow(kept, importId, row['row_number']) : null;

/** Where the figure of a line is looked for first, by what its column begins with. */
const FIRST: readonly (readonly [prefix: RegExp, condition: string])[] = [
  [/^(counted|count_)/, "source = 'count'"],
  [/^(storefront|channel|identity)/, "source = 'storefront'"],
  [/^(warehouse)/, "source = 'warehouse'"],
];

/** The row of the period that tells of a line: the system's own position or the count that the column speaks of, else the ERP's. */
export function behindLine(kept: ReadableWorkbook, periodId: number, row: Readonly<Record<string, SqlValue>>, column: string): Behind {
  const first = FIRST.find(([prefix]) => prefix.test(column))?.[1] ?? "source = 'erp'";
  const found = kept.get<{ import_id: number; row_number: number }>(
    `WITH line AS (SELECT k.stock_key_id FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE i.sku = @sku AND l.code = @location)
     SELECT import_id, row_number FROM (
       SELECT s.import_id, s.row_number, s.system AS source FROM line CROSS JOIN imports p CROSS JOIN snapshots s
         ON p.period_id = @period AND s.import_id = p.import_id AND s.stock_key_id = line.stock_key_id
       UNION ALL
       SELECT c.import_id, c.row_number, 'count' FROM line CROSS JOIN counts c USING (stock_key_id) JOIN imports p ON p.import_id = c.import_id AND p.period_id = @period)
     ORDER BY ${first} DESC, source = 'erp' DESC, import_id DESC, row_number LIMIT 1`,
    { period: periodId, sku: row['sku'] ?? null, location: row['location'] ?? null },
  );
  return found ? fileRow(kept, found.import_id, found.row_number) : null;
}
