/**
 * What periods closed with: the opening of the next.
 */
import type { WritableWorkbook } from '../workbook';

/** Writes the closing of a period from its lines: what the ERP held at the cut-off, where that is known. */
export function writeClosings(workbook: WritableWorkbook, periodId: number): void {
  workbook.run(
    `INSERT INTO closings (period_id, stock_key_id, quantity_scaled)
     SELECT period_id, stock_key_id, erp_at_cut_off_scaled FROM lines WHERE period_id = ? AND erp_at_cut_off_scaled IS NOT NULL`,
    periodId,
  );
}
