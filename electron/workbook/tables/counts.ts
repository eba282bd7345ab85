/**
 * Counts: rows of count sheets, read for one line.
 *
 * Rows of the highest count that counted anything add up. The same place (count, sheet, line, bin) in a later file
 * replaces what an earlier file said of it.
 */
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

/** All count rows of a line in a period, in the order of count, sheet, line and bin. */
export function countRowsOfKey(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyId: number,
): readonly CountRowRead[] {
  const rows = workbook.all<CountTableRow>(
    `SELECT c.*, ${LATEST_OF_PLACE} > 1 AS is_replaced FROM counts c JOIN imports i USING (import_id)
     WHERE c.stock_key_id = ? AND i.period_id = ?
     ORDER BY c.count_no, c.sheet, length(c.line), c.line, c.bin, c.counted_instant, c.counted_scaled, i.file_name, c.row_number, c.record_number`,
    stockKeyId,
    periodId,
  );
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
