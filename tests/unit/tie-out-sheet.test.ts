/** The sheet "Tie-out" of a journal's Excel file, read back by another library. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { decideTieOut } from '@shared/domain/tie-out';
import { testCauses } from '@shared/domain/tie-out-causes';
import { addTieOutSheet, TIE_OUT_SHEET } from '../../electron/files/journal-xlsx/tie-out-sheet';
import { journalContent } from '../support/journal-content';
import { readXlsx } from '../support/xlsx-reader';

test('holds the accounts with their total, the causes, and what was found, none of it a formula of somebody else', async () => {
  const causes = testCauses({
    periodCode: '2026-10', currency: 'USD', ownJournals: [], movements: { files: 0, ofDocuments: [] }, knownDocuments: new Set(), strays: [], transfers: { documents: 0, open: [] },
    costs: { previousPeriod: null, linesCompared: 0, changes: [] },
    ledger: { files: 1, documents: [{ document: '=1+1', accountCode: '1310', day: '2026-10-29', amountMinor: 31_240, rows: 1, memo: '@x', place: { importId: 1, fileName: 'ledger.csv', rowNumber: 2 } }] },
  });
  const money = (minor: number): bigint => BigInt(minor) * 100_000_000n;
  const account = { lines: 1, linesWithoutCost: 0, journals: [] };
  const tieOut = decideTieOut(
    {
      periodCode: '2026-10', currency: 'USD', isStale: false, trialBalance: { importId: 2, fileName: 'tb.csv', importedInstant: 1 },
      accounts: [
        { ...account, accountCode: '1300', name: 'Inventory', holds: 'stock', bookExact: money(100_00), valueExact: money(100_00), ledgerMinor: 100_00 },
        { ...account, accountCode: '1310', name: 'Inventory in transit', holds: 'transit', bookExact: money(36_658), valueExact: money(36_658), ledgerMinor: 67_898 },
      ],
    },
    causes,
  );
  const stream = new PassThrough();
  const collected = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  await addTieOutSheet(workbook, journalContent(), tieOut);
  await workbook.commit();
  const bytes = await collected;
  const cells = readXlsx(bytes).sheet(TIE_OUT_SHEET);
  const row = (number: number) => ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((letter) => cells.get(`${letter}${number}`) ?? '');
  expect(row(7)).toEqual(['1300', 'Inventory', '100', '100', '0', '0', '0']);
  expect(row(8)).toEqual(['1310', 'Inventory in transit', '366.58', '678.98', '312.4', '0', '312.4']);
  expect(row(9)).toEqual(['Total', '', '466.58', '778.98', '312.4', '0', '312.4']);
  expect(row(12)).toEqual(['Journal straight to the stock account', 'yes', '1', '312.4', '', '', '']);
  expect(row(18).slice(0, 6)).toEqual(['=1+1', 'ledger.csv, row 2', '312.4', '312.4', '1310', '2026-10-29']);

  const opened = new ExcelJS.Workbook();
  await opened.xlsx.load(Uint8Array.from(bytes).buffer);
  const formulas: string[] = [];
  opened.getWorksheet(TIE_OUT_SHEET)!.eachRow((each) => each.eachCell((cell) => cell.formula && formulas.push(cell.formula)));
  expect(formulas).toEqual(['SUM(C7:C8)', 'SUM(D7:D8)', 'SUM(E7:E8)', 'SUM(F7:F8)', 'SUM(G7:G8)']);
});
