/**
 * The registry of count sheets: which were issued with which lines, and what came back of them.
 *
 * A sheet's standing is never stored: it follows from the counts that name the sheet.
 */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface CountSheetRow {
  readonly count_sheet_id: number;
  readonly period_id: number;
  readonly number: string;
  readonly location_id: number;
  readonly first_count_no: number;
  readonly choice: string;
  readonly exported_to: string;
  readonly issued_instant: number;
  readonly issued_by: string;
  readonly voided_instant: number | null;
  readonly voided_by: string | null;
  readonly void_reason: string | null;
}

export type NewCountSheet = Omit<CountSheetRow, 'count_sheet_id' | 'voided_instant' | 'voided_by' | 'void_reason'>;

export interface NewSheetLine {
  readonly line: number;
  readonly stockKeyId: number;
  readonly bin: string;
}

/** Writes a sheet with its lines; answers its id. */
export function insertCountSheet(workbook: WritableWorkbook, sheet: NewCountSheet, lines: readonly NewSheetLine[]): number {
  const countSheetId = workbook.run(
    `INSERT INTO count_sheets (period_id, number, location_id, first_count_no, choice, exported_to, issued_instant, issued_by)
     VALUES (@period_id, @number, @location_id, @first_count_no, @choice, @exported_to, @issued_instant, @issued_by)`,
    { ...sheet },
  ).lastInsertRowid;
  for (const { line, stockKeyId, bin } of lines) {
    workbook.run('INSERT INTO count_sheet_lines (count_sheet_id, line, stock_key_id, bin) VALUES (?, ?, ?, ?)', countSheetId, line, stockKeyId, bin);
  }
  return countSheetId;
}

/** Every number that was given in a period, voided ones too: a number is never given twice. */
export const sheetNumbers = (workbook: ReadableWorkbook, periodId: number): string[] =>
  workbook.all<{ number: string }>('SELECT number FROM count_sheets WHERE period_id = ?', periodId).map(({ number }) => number);

export const countSheetById = (workbook: ReadableWorkbook, countSheetId: number): CountSheetRow | undefined =>
  workbook.get('SELECT * FROM count_sheets WHERE count_sheet_id = ?', countSheetId);

export function voidSheet(workbook: WritableWorkbook, countSheetId: number, instant: number, by: string, why: string): void {
  const { changes } = workbook.run(
    'UPDATE count_sheets SET voided_instant = ?, voided_by = ?, void_reason = ? WHERE count_sheet_id = ? AND voided_instant IS NULL',
    instant, by, why, countSheetId,
  );
  if (changes !== 1) throw new Error(`count sheet ${countSheetId} was not voided`);
}

/** Lines of sheets of a period for which a figure came back. */
const COUNTED_LINES = `
  SELECT DISTINCT c.sheet, CAST(c.line AS INTEGER) AS line FROM counts c JOIN imports i USING (import_id)
  WHERE i.period_id = @period AND c.counted_scaled IS NOT NULL AND c.sheet <> ''`;

export interface ListedSheetRow extends CountSheetRow {
  readonly location: string;
  readonly lines: number;
  readonly lines_counted: number;
}

/** Every sheet of a period in the order of its number, with how far it is counted. */
export const listCountSheets = (workbook: ReadableWorkbook, periodId: number): ListedSheetRow[] =>
  workbook.all(
    `WITH counted AS (${COUNTED_LINES})
     SELECT s.*, l.code AS location, count(*) AS lines, count(d.line) AS lines_counted
     FROM count_sheets s JOIN locations l USING (location_id) JOIN count_sheet_lines n USING (count_sheet_id)
     LEFT JOIN counted d ON d.sheet = s.number AND d.line = n.line
     WHERE s.period_id = @period GROUP BY s.count_sheet_id ORDER BY length(s.number), s.number`,
    { period: periodId },
  );

/** By sheet number: the lines of a period for which a figure came back. */
export function countedLines(workbook: ReadableWorkbook, periodId: number): Map<string, Set<number>> {
  const lines = new Map<string, Set<number>>();
  for (const { sheet, line } of workbook.all<{ sheet: string; line: number }>(COUNTED_LINES, { period: periodId })) {
    const held = lines.get(sheet);
    if (held) held.add(line);
    else lines.set(sheet, new Set([line]));
  }
  return lines;
}

/** Lines of valid sheets of a period for which no figure came back, in order. */
export const linesNotCounted = (workbook: ReadableWorkbook, periodId: number): { readonly count_sheet_id: number; readonly line: number }[] =>
  workbook.all(
    `WITH counted AS (${COUNTED_LINES})
     SELECT s.count_sheet_id, n.line FROM count_sheets s JOIN count_sheet_lines n USING (count_sheet_id)
     LEFT JOIN counted d ON d.sheet = s.number AND d.line = n.line
     WHERE s.period_id = @period AND s.voided_instant IS NULL AND d.line IS NULL ORDER BY s.count_sheet_id, n.line`,
    { period: periodId },
  );

export interface SheetLineRow {
  readonly line: number;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly name: string;
  readonly uom: string;
  readonly bin: string;
}

export const linesOfSheet = (workbook: ReadableWorkbook, countSheetId: number): SheetLineRow[] =>
  workbook.all(
    `SELECT n.line, n.stock_key_id, i.sku, i.name, i.uom, n.bin
     FROM count_sheet_lines n JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
     WHERE n.count_sheet_id = ? ORDER BY n.line`,
    countSheetId,
  );

export interface SheetCountRow {
  readonly line: number;
  readonly count_no: number;
  readonly counted_scaled: number;
  readonly counted_instant: number;
  readonly counted_by: string;
}

/** The figures that came back of a sheet. */
export const countsOfSheet = (workbook: ReadableWorkbook, periodId: number, number: string): SheetCountRow[] =>
  workbook.all(
    `SELECT CAST(c.line AS INTEGER) AS line, c.count_no, c.counted_scaled, c.counted_instant, c.counted_by
     FROM counts c JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND c.sheet = ? AND c.counted_scaled IS NOT NULL ORDER BY line, c.count_no`,
    periodId, number,
  );

/** Rows that wait because they are not on the sheet that they name. */
export const straySheetRows = (workbook: ReadableWorkbook, periodId: number): { subject: string; detail: string; fileName: string; rowNumber: number }[] =>
  workbook.all(
    `SELECT q.subject, q.detail, i.file_name AS fileName, q.row_number AS rowNumber
     FROM quarantine_rows q JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND q.reason = 'not_on_sheet' AND q.state = 'waiting' ORDER BY q.import_id, q.row_number`,
    periodId,
  );

/** A sheet as it was issued, for holding rows against it. */
export interface RegisteredSheet {
  readonly periodId: number;
  readonly periodCode: string;
  readonly voidedInstant: number | null;
  readonly voidedBy: string | null;
  readonly voidReason: string | null;
  /** By line number, in order. */
  readonly lines: ReadonlyMap<number, { readonly line: number; readonly stockKeyId: number; readonly bin: string; readonly sku: string; readonly location: string }>;
}

/** The sheet of that number with its lines, whatever its period; undefined where none was issued. */
export function registeredSheet(workbook: ReadableWorkbook, number: string): RegisteredSheet | undefined {
  const sheet = workbook.get<CountSheetRow & { code: string }>('SELECT s.*, p.code FROM count_sheets s JOIN periods p USING (period_id) WHERE s.number = ?', number);
  if (!sheet) return undefined;
  const lines = workbook.all<{ line: number; stockKeyId: number; bin: string; sku: string; location: string }>(
    `SELECT n.line, n.stock_key_id AS stockKeyId, n.bin, i.sku, l.code AS location
     FROM count_sheet_lines n JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l ON l.location_id = k.location_id
     WHERE n.count_sheet_id = ? ORDER BY n.line`,
    sheet.count_sheet_id,
  );
  return {
    periodId: sheet.period_id,
    periodCode: sheet.code,
    voidedInstant: sheet.voided_instant,
    voidedBy: sheet.voided_by,
    voidReason: sheet.void_reason,
    lines: new Map(lines.map((line) => [line.line, line])),
  };
}

/** Numbers of the sheets of a period that are out and of which nothing is counted. */
export const sheetNumbersOut = (workbook: ReadableWorkbook, periodId: number): string[] =>
  listCountSheets(workbook, periodId)
    .filter((sheet) => sheet.voided_instant === null && sheet.lines_counted === 0)
    .map(({ number }) => number);

/** The lines of a sheet as they are printed. */
export const printedLines = (
  workbook: ReadableWorkbook,
  countSheetId: number,
): { line: number; location: string; bin: string; sku: string; item: string; barcode: string; unit: string }[] =>
  workbook.all(
    `SELECT n.line, l.code AS location, n.bin, i.sku, i.name AS item, coalesce(i.barcode, '') AS barcode, i.uom AS unit
     FROM count_sheet_lines n JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l ON l.location_id = k.location_id
     WHERE n.count_sheet_id = ? ORDER BY n.line`,
    countSheetId,
  );
