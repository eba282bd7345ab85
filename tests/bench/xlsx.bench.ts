/**
 * Writing the signed journal's workbook and reading a spreadsheet, both against exceljs alone with the same rows.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { writeJournalWorkbook } from '../../electron/files/journal-xlsx/write-journal-workbook';
import { openTable, sourceFromPath } from '../../electron/files/readers/table';
import { journalContent } from '../support/journal-content';
import type { Benchmark } from './benchmark';

/** As many columns as the journal's sheet of variance lines has. */
const COLUMNS = 18;
const SIZES = { full: { rows: 100_000 }, quick: { rows: 10_000 } };

const valueAt = (row: number, column: number) => (column % 3 === 0 ? `Text ${column} of row ${row % 5000}` : ((row * 7919 + column) % 100_000) / 100);

/** Styled rows through the streaming writer of exceljs. */
async function writeWithExceljs(filePath: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: filePath, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('Rows', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = Array.from({ length: COLUMNS }, (_none, column) => ({ header: `Column ${column}`, width: 14, style: column % 3 === 0 ? {} : { numFmt: '#,##0.00' } }));
  for (let row = 0; row < rows; row += 1) sheet.addRow(Array.from({ length: COLUMNS }, (_none, column) => valueAt(row, column))).commit();
  sheet.commit();
  await workbook.commit();
}

export const xlsxWrite: Benchmark = {
  name: 'xlsx-write',
  reference: 'exceljs streaming WorkbookWriter, as many styled rows and columns in one sheet',
  sizes: SIZES,
  figures: [{ name: 'xlsx-write', tieout: 'write', reference: 'write', rows: 'rows' }],
  tieout: async ({ scratch, sizes, measure }) => {
    const content = journalContent(sizes['rows']!);
    await measure('write', async () => fs.writeFileSync(path.join(scratch, 'journal.xlsx'), await writeJournalWorkbook(content)));
  },
  referenceRun: ({ scratch, sizes, measure }) => measure('write', () => writeWithExceljs(path.join(scratch, 'rows.xlsx'), sizes['rows']!)),
};

export const xlsxRead: Benchmark = {
  name: 'xlsx-read',
  reference: 'exceljs streaming WorkbookReader',
  sizes: SIZES,
  figures: [{ name: 'xlsx-read', tieout: 'read', reference: 'read', rows: 'rows' }],
  prepare: (folder, { rows }) => writeWithExceljs(path.join(folder, 'rows.xlsx'), rows!),
  tieout: async ({ folder, sizes, measure }) => {
    const read = await measure('read', async () => {
      const table = await openTable(await sourceFromPath(path.join(folder, 'rows.xlsx')), { timeZone: 'UTC' });
      let count = 0;
      for await (const row of table.rows()) count += row.cells.length > 0 ? 1 : 0;
      return count;
    });
    if (read !== sizes['rows']! + 1) throw new Error(`${read} rows were read`);
  },
  referenceRun: async ({ folder, sizes, measure }) => {
    const filePath = path.join(folder, 'rows.xlsx');
    const read = await measure('read', async () => {
      // What Tieout does besides: the file's fingerprint.
      createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');
      const workbook = new ExcelJS.stream.xlsx.WorkbookReader(filePath, { sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', worksheets: 'emit' });
      let count = 0;
      for await (const sheet of workbook) for await (const row of sheet) count += row.hasValues ? 1 : 0;
      return count;
    });
    if (read !== sizes['rows']! + 1) throw new Error(`${read} rows were read`);
  },
};
