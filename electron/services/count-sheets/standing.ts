/**
 * Where every count sheet of a period stands: issued, partly back, back or void, with what was not counted.
 */
import { sheetState, type CountSheet, type SheetLine, type SheetStanding } from '@shared/domain/count-sheet';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import {
  countSheetById, countsOfSheet, linesNotCounted, linesOfSheet, listCountSheets, straySheetRows, type CountSheetRow, type ListedSheetRow,
} from '../../workbook/tables/count-sheets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { usualPaper } from '../paper';
import { workbookRow } from '../workbooks';

const toSheet = (row: ListedSheetRow): CountSheet => ({
  countSheetId: row.count_sheet_id,
  number: row.number,
  location: row.location,
  firstCountNo: row.first_count_no,
  state: sheetState({ isVoid: row.voided_instant !== null, lines: row.lines, linesCounted: row.lines_counted }),
  lines: row.lines,
  linesCounted: row.lines_counted,
  issuedInstant: row.issued_instant,
  issuedBy: row.issued_by,
  exportedTo: row.exported_to,
  choice: row.choice,
  voidedInstant: row.voided_instant,
  voidedBy: row.voided_by,
  voidReason: row.void_reason,
});

/** Every sheet of a period, and the rows that came back without being on a sheet. */
export const sheetStanding = (workbook: ReadableWorkbook, periodId: number): SheetStanding => ({
  sheets: listCountSheets(workbook, periodId).map(toSheet),
  strays: straySheetRows(workbook, periodId),
});

/** By sheet: the lines that nobody counted; void sheets are left out. */
export function notCountedBySheet(workbook: ReadableWorkbook, periodId: number): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  for (const { count_sheet_id, line } of linesNotCounted(workbook, periodId)) lines.set(count_sheet_id, [...(lines.get(count_sheet_id) ?? []), line]);
  return lines;
}

const linesWithCounts = (workbook: ReadableWorkbook, sheet: CountSheetRow): SheetLine[] => {
  const counts = countsOfSheet(workbook, sheet.period_id, sheet.number);
  return linesOfSheet(workbook, sheet.count_sheet_id).map(({ line, sku, name, uom, bin }) => ({
    line, sku, item: name, unit: uom, bin,
    counts: counts.filter((row) => row.line === line).map((row) => ({
      countNo: row.count_no, countedScaled: row.counted_scaled, countedInstant: row.counted_instant, countedBy: row.counted_by,
    })),
  }));
};

/** What sheets can be chosen by. */
export const sheetChoices = (workbook: ReadableWorkbook): { locations: { code: string; name: string }[]; categories: string[]; paper: PaperFormat } => ({
  locations: workbook.all('SELECT code, name FROM locations ORDER BY code'),
  categories: workbook
    .all<{ category: string }>(`SELECT DISTINCT category FROM items WHERE category IS NOT NULL AND category <> '' ORDER BY category`)
    .map(({ category }) => category),
  paper: usualPaper(workbookRow(workbook).time_zone),
});

/** The lines of a sheet with what came back of each; undefined where there is no such sheet. */
export function sheetLines(workbook: ReadableWorkbook, countSheetId: number): SheetLine[] | undefined {
  const sheet = countSheetById(workbook, countSheetId);
  return sheet && linesWithCounts(workbook, sheet);
}
