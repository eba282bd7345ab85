/**
 * What an auditor's file holds, row by row. Deciding is the services' business.
 */
import type { Judgement } from '@shared/domain/audit/cut-off';
import type { ReadableWorkbook, SqlValue, WritableWorkbook } from '../workbook';

export interface AuditorFileRow {
  readonly file_uuid: string;
  readonly workbook_uuid: string;
  readonly company: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly auditor: string;
  readonly created_instant: number;
}

export interface SampleRow {
  readonly sample_id: number;
  readonly period_code: string;
  readonly purpose: string;
  readonly terms: string;
  readonly plan: string;
  readonly seed: string;
  readonly population_hash: string;
  readonly seal_root: string | null;
  readonly chain_sequence: number;
  readonly chain_hash: string;
  readonly drawn_by: string;
  readonly drawn_instant: number;
  readonly conclusion: string | null;
  readonly concluded_by: string | null;
  readonly concluded_instant: number | null;
}

export interface SampleItemRow {
  readonly sample_id: number;
  readonly number: number;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly item_name: string;
  readonly location: string;
  readonly tier: 'A' | 'B' | 'C';
  readonly book_scaled: number;
  readonly unit_cost_scaled: number;
  readonly book_minor: number;
  readonly hits: number;
  readonly is_certain: number;
  readonly counted_scaled: number | null;
  readonly audited_cost_scaled: number | null;
  readonly ticks: string;
  readonly note: string;
}

export interface FloorCountRow {
  readonly floor_count_id: number;
  readonly sku: string;
  readonly location: string;
  readonly stock_key_id: number | null;
  readonly counted_scaled: number;
  readonly book_scaled: number | null;
  readonly note: string;
  readonly counted_by: string;
  readonly counted_instant: number;
}

export interface CutOffTestRow {
  readonly cut_off_test_id: number;
  readonly period_code: string;
  readonly cut_off_instant: number;
  readonly posting_count: number;
  readonly seal_root: string | null;
  readonly chain_sequence: number;
  readonly chain_hash: string;
  readonly run_by: string;
  readonly run_instant: number;
}

export interface CutOffItemRow {
  readonly cut_off_test_id: number;
  readonly number: number;
  /** The posting as JSON, as the test showed it. */
  readonly item: string;
  readonly own_judgement: Judgement | null;
  readonly note: string;
}

export interface TickMarkRow {
  readonly mark: string;
  readonly meaning: string;
  readonly is_own: number;
}

/** Writes a row of named values; the names are columns and come from this program alone. */
export function insertRow(file: WritableWorkbook, table: string, row: Readonly<Record<string, SqlValue>>): number {
  const columns = Object.keys(row);
  return file.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`, row).lastInsertRowid;
}

export const auditorFileRow = (file: ReadableWorkbook): AuditorFileRow | undefined => file.get('SELECT * FROM auditor_file');

export const sampleRows = (file: ReadableWorkbook): SampleRow[] => file.all('SELECT * FROM samples ORDER BY sample_id');

export const sampleRow = (file: ReadableWorkbook, sampleId: number): SampleRow | undefined => file.get('SELECT * FROM samples WHERE sample_id = ?', sampleId);

export const sampleItemRows = (file: ReadableWorkbook, sampleId: number): SampleItemRow[] =>
  file.all('SELECT * FROM sample_items WHERE sample_id = ? ORDER BY number', sampleId);

export const floorCountRows = (file: ReadableWorkbook, sampleId: number): FloorCountRow[] =>
  file.all('SELECT * FROM floor_counts WHERE sample_id = ? ORDER BY floor_count_id', sampleId);

export const tickMarkRows = (file: ReadableWorkbook): TickMarkRow[] => file.all('SELECT mark, meaning, is_own FROM tick_marks ORDER BY display_order, mark');

export const cutOffTestRows = (file: ReadableWorkbook): CutOffTestRow[] => file.all('SELECT * FROM cut_off_tests ORDER BY cut_off_test_id');

export const cutOffItemRows = (file: ReadableWorkbook, cutOffTestId: number): CutOffItemRow[] =>
  file.all('SELECT * FROM cut_off_items WHERE cut_off_test_id = ? ORDER BY number', cutOffTestId);

export function updateCutOffItem(file: WritableWorkbook, row: Omit<CutOffItemRow, 'item'> & { readonly changed_by: string; readonly changed_instant: number }): void {
  const { changes } = file.run(
    `UPDATE cut_off_items SET own_judgement = @own_judgement, note = @note, changed_by = @changed_by, changed_instant = @changed_instant
     WHERE cut_off_test_id = @cut_off_test_id AND number = @number`,
    { ...row },
  );
  if (changes !== 1) throw new Error(`cut-off test ${row.cut_off_test_id} has no posting ${row.number}`);
}

export function updateItem(
  file: WritableWorkbook,
  row: Pick<SampleItemRow, 'sample_id' | 'number' | 'counted_scaled' | 'audited_cost_scaled' | 'ticks' | 'note'> & { readonly changed_by: string; readonly changed_instant: number },
): void {
  const { changes } = file.run(
    `UPDATE sample_items SET counted_scaled = @counted_scaled, audited_cost_scaled = @audited_cost_scaled, ticks = @ticks, note = @note, changed_by = @changed_by, changed_instant = @changed_instant
     WHERE sample_id = @sample_id AND number = @number`,
    row,
  );
  if (changes !== 1) throw new Error(`sample ${row.sample_id} has no line ${row.number}`);
}

export function updateConclusion(file: WritableWorkbook, sampleId: number, conclusion: string, by: string, instant: number): void {
  file.run('UPDATE samples SET conclusion = ?, concluded_by = ?, concluded_instant = ? WHERE sample_id = ?', conclusion, by, instant, sampleId);
}
