/** From a row of a file to the lines that it stands behind: the way back from evidence. */
import type { RowUse } from '@shared/domain/row-uses';
import type { ReadableWorkbook } from '../workbook';

export interface RowUseRow {
  readonly period_id: number;
  readonly period_code: string;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly use: RowUse;
}

/**
 * Every line that holds data of the row or names it as evidence, once for each use, in the order of period, item and location.
 *
 * A line belongs to each period it was reconciled in; a position, movement or count is told for the period that its file was
 * imported into, a component for the period whose variance it explains.
 */
export const usesOfRow = (workbook: ReadableWorkbook, importId: number, rowNumber: number): RowUseRow[] =>
  workbook.all(
    `WITH own (period_id, stock_key_id, use) AS (
       SELECT i.period_id, d.stock_key_id, d.use FROM imports i JOIN (
         SELECT import_id, stock_key_id, 'position' AS use FROM snapshots WHERE import_id = @import AND row_number = @row
         UNION SELECT import_id, stock_key_id, 'position' FROM snapshot_parts WHERE import_id = @import AND row_number = @row
         UNION SELECT import_id, stock_key_id, 'movement' FROM movements WHERE import_id = @import AND row_number = @row
         UNION SELECT import_id, stock_key_id, 'count' FROM counts WHERE import_id = @import AND row_number = @row
       ) d USING (import_id)
     ), used AS (
       SELECT period_id, stock_key_id, use FROM own
       UNION SELECT period_id, stock_key_id, 'component' FROM components WHERE instr(evidence, @named) > 0
     )
     SELECT u.period_id, p.code AS period_code, u.stock_key_id, i.sku, l.code AS location, u.use
     FROM used u JOIN lines USING (period_id, stock_key_id) JOIN periods p USING (period_id)
       JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id)
     ORDER BY p.code, i.sku, l.code, u.use`,
    // As it is written into the evidence of a component.
    { import: importId, row: rowNumber, named: JSON.stringify([importId, rowNumber]) },
  );
