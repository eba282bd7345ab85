/**
 * A small month for tests of count sheets, and shorthand for filling sheets in as people do.
 */
import fs from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { SheetChoice, sheetHeader } from '@shared/domain/count-sheet';
import type { ImportResult } from '@shared/domain/import';
import { parseRecord } from '../../electron/files/readers/table';
import { issueCountSheets, type IssuedSheets } from '../../electron/services/count-sheets/issue';
import { sheetStanding } from '../../electron/services/count-sheets/standing';
import { accepted, type Given, importFile, lines } from './imports';
import { openFixtureWorkbook, type WorkbookFixture } from './workbook-fixture';

/** Figures of the books that stand nowhere else: where one of them is found, it came from the books. */
export const BOOK_FIGURES = ['73519', '60417', '8461', '3977', '51283'];

const ITEMS = [
  'MUG-1,"Mug, blue",0790123456785,Kitchen,each,A', 'MUG-2,"Mug, red",0790123400214,Kitchen,each,B', '00417,Vase,,Home,each,C',
  '=SUM(A1),Odd name,,Home,box,C', 'UNMOVED,Never there,,Home,each,C',
];
const STOCK = [
  'erp,MUG-1,Portland,73519,8461.37', 'erp,MUG-1,Reno,60417,8461.37', 'erp,MUG-2,Portland,51283,3977.01', 'erp,00417,Portland,51283,3977.01',
  'erp,=SUM(A1),Portland,51283,3977.01', 'erp,UNMOVED,Portland,0,3977.01',
];
/** Of the month before: the bins in which things were found. */
const BINS = ['S-1,1,MUG-1,Portland,A-10,1,5', 'S-1,2,MUG-2,Portland,A-2,1,5', 'S-1,3,MUG-1,Reno,R-1,1,5'];

/** Five items in Portland, one of them in Reno; one without stock; bins known from September. */
export async function countMonth(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  const september = fixture.workbook.run(
    `INSERT INTO periods (code, start_instant, cut_off_instant, window_hours)
     SELECT '2026-09', start_instant - 2592000000, start_instant, 48 FROM periods WHERE code = '2026-10'`,
  ).lastInsertRowid;
  const stock = (at: string) => lines('system,sku,location,on_hand,unit_cost,as_of', ...STOCK.map((row) => `${row},${at}`));
  await importFile(fixture, lines('sku,name,barcode,category,uom,tier', ...ITEMS));
  await importFile(fixture, stock('2026-10-31T23:00:00-07:00'));
  await importFile({ ...fixture, periodId: september }, lines('sheet,line,sku,location,bin,count_no,counted,counted_at', ...BINS.map((row) => `${row},2026-09-30T20:00:00-07:00`)));
  return fixture;
}

export async function issue(fixture: WorkbookFixture, choice: Partial<SheetChoice> = {}, fileName = 'sheets.csv'): Promise<IssuedSheets> {
  const request = SheetChoice.parse({ periodId: fixture.periodId, ...choice });
  return accepted(await issueCountSheets(fixture.context, { ...request, path: path.join(fixture.folder, fileName), paper: null }));
}

/** A row of a sheet by the names of its columns. */
export type SheetRow = Record<string, string>;

/** The rows of a CSV of sheets. */
export function rowsOf(filePath: string): SheetRow[] {
  const [header, ...rows] = fs.readFileSync(filePath, 'utf8').replace(/^\ufeff/, '').trimEnd().split('\r\n').map((line) => parseRecord(line, ','));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [header![index]!, cell])));
}

const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as the CSV that a person saves. */
export function fileOf(rows: readonly SheetRow[], name = 'back.csv') {
  const header = Object.keys(rows[0] ?? Object.fromEntries(sheetHeader(1).map((title) => [title, ''])));
  return { name, text: `${[header, ...rows.map((row) => header.map((title) => row[title] ?? ''))].map((cells) => cells.map(quoted).join(',')).join('\n')}\n` };
}

export const COUNTED_AT = '2026-10-31 21:15';

/** A row with figures, as a person fills it in. */
export const filled = (row: SheetRow, count1: string, count2 = ''): SheetRow => ({
  ...row, 'Count 1': count1, 'Count 2': count2, 'Counted by': 'L. Castillo', 'Counted at': COUNTED_AT,
});

export const sendBack = (fixture: WorkbookFixture, rows: readonly SheetRow[], given: Given = {}): Promise<ImportResult> =>
  importFile(fixture, fileOf(rows), given);

/** Number, state and how much is counted of each sheet. */
export const standingOf = (fixture: WorkbookFixture): string[] =>
  sheetStanding(fixture.workbook, fixture.periodId).sheets.map((sheet) => `${sheet.number} ${sheet.state} ${sheet.linesCounted}/${sheet.lines}`);

/** Opens an Excel file of sheets, lets the caller write into it, and saves it under another name. */
export async function fillXlsx(filePath: string, targetPath: string, write: (row: ExcelJS.Row, column: (heading: string) => number) => void): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(filePath);
  const worksheet = workbook.worksheets[0]!;
  const headings = worksheet.getRow(3).values as readonly unknown[];
  const column = (heading: string) => headings.indexOf(heading);
  worksheet.eachRow((row, rowNumber) => {
    if (rowNumber > 3 && typeof row.getCell(column('Line')).value === 'number') write(row, column);
  });
  await workbook.xlsx.writeFile(targetPath);
}
