/**
 * Counts: rows of count sheets, read by line.
 *
 * Rows of the highest count that counted anything add up. The same place (count, sheet, line, bin) in a later file
 * replaces what an earlier file said of it.
 */
import { groupBy } from '@shared/domain/group-by';
import type { ReadableWorkbook } from '../workbook';

export interface CountRowRead {
  readonly importId: number;
  readonly rowNumber: number;
  readonly sheet: string;
  readonly line: string;
  readonly bin: string;
  readonly countNo: number;
  readonly countedScaled: number | null;
  readonly countedInstant: number;
  readonly countedBy: string;
  readonly note: string;
  /** A later file said something else of the same place. */
  readonly isReplaced: boolean;
  /** Part of the counted figure. */
  readonly isUsed: boolean;
}

interface CountTableRow {
  readonly stock_key_id: number;
  readonly import_id: number;
  readonly row_number: number;
  readonly sheet: string;
  readonly line: string;
  readonly bin: string;
  readonly count_no: number;
  readonly counted_scaled: number | null;
  readonly counted_instant: number;
  readonly counted_by: string;
  readonly note: string;
  readonly is_replaced: 0 | 1;
}

/** Which import of a place's rows stands, as a window over `counts c JOIN imports i`. */
export const LATEST_OF_PLACE =
  'rank() OVER (PARTITION BY c.stock_key_id, c.count_no, c.sheet, c.line, c.bin ORDER BY i.imported_instant DESC, i.import_id DESC)';

/** Rows that stand in the place of a row of `counts c JOIN imports i`: the same place in an import of the period that came later. */
export const laterOfPlaceSql = `SELECT 1 FROM counts later JOIN imports j ON j.import_id = later.import_id
  WHERE later.stock_key_id = c.stock_key_id AND later.count_no = c.count_no AND later.sheet = c.sheet AND later.line = c.line
    AND later.bin = c.bin AND j.period_id = i.period_id AND (j.imported_instant, j.import_id) > (i.imported_instant, i.import_id)`;

/** All count rows of these lines in a period, by line, in the order of count, sheet, line and bin; a line without any is left out. */
export function countRowsOfKeys(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyIds: readonly number[],
): ReadonlyMap<number, readonly CountRowRead[]> {
  const rows = workbook.all<CountTableRow>(
    `SELECT c.*, ${LATEST_OF_PLACE} > 1 AS is_replaced
     FROM json_each(?) asked CROSS JOIN counts c ON c.stock_key_id = asked.value CROSS JOIN imports i ON i.import_id = c.import_id
     WHERE i.period_id = ?
     ORDER BY c.count_no, c.sheet, length(c.line), c.line, c.bin, c.counted_instant, c.counted_scaled, i.file_name, c.row_number, c.record_number`,
    JSON.stringify(stockKeyIds),
    periodId,
  );
  return new Map([...groupBy(rows, (row) => row.stock_key_id)].map(([key, own]) => [key, rowsOfOneLine(own)]));
}

function rowsOfOneLine(rows: readonly CountTableRow[]): readonly CountRowRead[] {
  const counted = rows.filter((row) => row.counted_scaled !== null && row.is_replaced === 0);
  const best = Math.max(0, ...counted.map((row) => row.count_no));
  return rows.map((row) => ({
    importId: row.import_id,
    rowNumber: row.row_number,
    sheet: row.sheet,
    line: row.line,
    bin: row.bin,
    countNo: row.count_no,
    countedScaled: row.counted_scaled,
    countedInstant: row.counted_instant,
    countedBy: row.counted_by,
    note: row.note,
    isReplaced: row.is_replaced === 1,
    isUsed: row.counted_scaled !== null && row.is_replaced === 0 && row.count_no === best,
  }));
}
