/**
 * A count sheet's way out and back: chosen and saved from the keyboard, opened in Excel's own format and found blind, filled
 * in, dropped back onto the window, and its standing read.
 */
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import ExcelJS from 'exceljs';
import Database from 'better-sqlite3';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, outputFolder, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { Pictures } from '../support/pictures';
import { WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeEach(async () => {
  workbook = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');
});

test.afterEach(async () => {
  await tieout.close();
});

const HEADINGS = ['Sheet', 'Line', 'Location', 'Bin', 'SKU', 'Item', 'Barcode', 'Unit', 'Count 1', 'Count 2', 'Counted by', 'Counted at', 'Note'];
const PRINTED = HEADINGS.slice(0, 8);
const HEADING_ROW = 3;

async function opened(filePath: string): Promise<ExcelJS.Worksheet> {
  const file = new ExcelJS.Workbook();
  await file.xlsx.readFile(filePath);
  expect(file.worksheets).toHaveLength(1);
  return file.worksheets[0]!;
}

/** The rows that are lines of a sheet. */
function linesOf(worksheet: ExcelJS.Worksheet): ExcelJS.Row[] {
  const rows: ExcelJS.Row[] = [];
  worksheet.eachRow((row) => {
    if (typeof row.getCell(HEADINGS.indexOf('Line') + 1).value === 'number') rows.push(row);
  });
  return rows;
}

/** What may be printed of an item and a place: as the workbook has it, read past the application. */
function identities(): Map<string, readonly string[]> {
  const database = new Database(workbook.workbookPath, { readonly: true });
  try {
    const rows = database
      .prepare(
        `SELECT i.sku, l.code, i.name, coalesce(i.barcode, '') AS barcode, i.uom FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id)`,
      )
      .all() as { sku: string; code: string; name: string; barcode: string; uom: string }[];
    return new Map(rows.map(({ sku, code, name, barcode, uom }) => [`${sku} ${code}`, [name, barcode, uom]]));
  } finally {
    database.close();
  }
}

const text = (row: ExcelJS.Row, heading: string): string => String(row.getCell(HEADINGS.indexOf(heading) + 1).value ?? '');

/** Every cell is a heading, an identity, or empty and open to be written in; nothing is hidden, computed or remarked. */
function expectBlind(worksheet: ExcelJS.Worksheet): void {
  expect(worksheet.getRow(HEADING_ROW).values).toEqual([, ...HEADINGS]);
  const known = identities();
  for (const row of linesOf(worksheet)) {
    expect([text(row, 'Item'), text(row, 'Barcode'), text(row, 'Unit')]).toEqual(known.get(`${text(row, 'SKU')} ${text(row, 'Location')}`));
    for (const [index, heading] of HEADINGS.entries()) {
      const cell = row.getCell(index + 1);
      if (!PRINTED.includes(heading)) expect(cell.value, cell.address).toBeNull();
      expect(cell.protection?.locked === false, cell.address).toBe(!PRINTED.includes(heading));
    }
  }
  worksheet.eachRow((row) => {
    expect(row.hidden, `row ${row.number}`).toBeFalsy();
    row.eachCell((cell) => {
      expect([cell.formula, cell.note], cell.address).toEqual([undefined, undefined]);
      expect(cell.col <= String(HEADINGS.length) || Number(cell.col) <= HEADINGS.length, cell.address).toBe(true);
    });
  });
  for (let column = 1; column <= HEADINGS.length; column += 1) expect(worksheet.getColumn(column).hidden).toBeFalsy();
  expect(worksheet.state).toBe('visible');
}

async function tabTo(control: Locator): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await tieout.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(control)}`);
}

test('a new count sheet is saved, is blind, comes back filled in, and what is missing and extra is named', async () => {
  const { page } = tieout;
  const form = page.getByRole('form', { name: 'New count sheet' });
  const target = path.join(path.dirname(workbook.workbookPath), 'sheets.xlsx');
  await tieout.answerSaveDialogs(target);
  await page.keyboard.press('Control+Shift+N');
  await expect(form.getByLabel('Lines', { exact: true })).toBeFocused();
  await tabTo(form.getByLabel('Category'));
  await page.keyboard.type('Kitchen');
  await tabTo(form.getByLabel('Lines on a sheet'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('20');
  await expect(page.getByTestId('sheet-plan')).toContainText(/\d+ count sheets, CS-2026-10-001 to CS-2026-10-\d+/);
  const pictures = new Pictures(tieout, path.join(outputFolder(), 'count-sheet'), ['light', 'dark']);
  await pictures.setSize();
  await pictures.take('new');
  await form.getByLabel('Lines on a sheet').focus();
  await page.keyboard.press('Enter');
  const issued = page.getByTestId('sheets-issued');
  await expect(issued).toContainText('sheets.xlsx');
  const sheetCount = Number(/(\d+) count sheets/.exec(await issued.innerText())![1]);
  await pictures.take('issued');

  const list = page.getByRole('listbox', { name: 'Count sheets' });
  await expect(list.getByRole('option', { name: /issued, 0 of/ })).toHaveCount(sheetCount);

  const worksheet = await opened(target);
  expectBlind(worksheet);
  const lines = linesOf(worksheet);
  const first = lines.filter((row) => text(row, 'Sheet') === 'CS-2026-10-001');
  for (const row of first.slice(2)) {
    row.getCell(HEADINGS.indexOf('Count 1') + 1).value = row.number % 7;
    row.getCell(HEADINGS.indexOf('Counted by') + 1).value = 'L. Castillo';
    row.getCell(HEADINGS.indexOf('Counted at') + 1).value = new Date(Date.UTC(2026, 9, 31, 19, 30));
  }
  // Somebody added a line by hand, and a sheet that was never issued.
  const extra = lines.at(-1)!;
  extra.getCell(HEADINGS.indexOf('Line') + 1).value = 99;
  extra.getCell(HEADINGS.indexOf('Count 1') + 1).value = 3;
  extra.getCell(HEADINGS.indexOf('Counted at') + 1).value = '2026-10-31 19:40';
  const stranger = lines.at(-2)!;
  stranger.getCell(1).value = 'CS-2026-10-900';
  stranger.getCell(HEADINGS.indexOf('Count 1') + 1).value = 4;
  stranger.getCell(HEADINGS.indexOf('Counted at') + 1).value = '2026-10-31 19:41';
  const back = path.join(path.dirname(target), 'sheets, filled.xlsx');
  await worksheet.workbook.xlsx.writeFile(back);

  await dropFiles(tieout.app, page, [back]);
  await window.import.show(path.basename(back));
  await expect(window.import.rehearsal).toContainText('Tieout count sheet');
  const report = page.getByTestId('sheet-report');
  await expect(report).toContainText('CS-2026-10-900: was never issued from this workbook');
  await expect(report).toContainText('extra lines that were not issued: 99');
  await expect(report).toContainText('CS-2026-10-001: not counted: 1, 2.');
  await expect(report).toContainText(`Nothing came back of ${sheetCount - 1} sheets: CS-2026-10-002 to `);
  expect(await window.import.figures()).toMatchObject({ rowsAccepted: String(first.length - 2), rowsQuarantined: '2' });
  await pictures.take('rehearsal');
  await window.import.write.click();
  await expect(window.announcement).toContainText('written');

  await window.palette.run('Count sheets');
  await expect(page.getByTestId('stray-rows')).toContainText('CS-2026-10-900 was never issued');
  await pictures.take('strays');
  const sheet = list.getByRole('option', { name: /^CS-2026-10-001,/ });
  await expect(sheet).toHaveAccessibleName(new RegExp(`partly back, ${first.length - 2} of ${first.length} lines counted`));
  await sheet.click();
  await expect(page.getByTestId('sheet-pane')).toContainText('Not counted: lines 1, 2');
  await pictures.take('sheet');
  const again = path.join(path.dirname(target), 'again.xlsx');
  await tieout.answerSaveDialogs(again);
  await page.getByRole('button', { name: 'Save this sheet again' }).click();
  await expect(window.announcement).toHaveText(`CS-2026-10-001 is saved to ${again}.`);
  const printedAgain = await opened(again);
  expectBlind(printedAgain);
  expect(linesOf(printedAgain).map((row) => text(row, 'SKU'))).toEqual(first.map((row) => text(row, 'SKU')));

  // The two lines that are left are typed in: a sum is worked out as it is typed, what cannot be a count is refused in place.
  const hand = new GridHand(page);
  await page.getByRole('button', { name: 'Type in the counts' }).click();
  await expect(hand.cell(0, 'count1')).toHaveText('not counted');
  await hand.cell(0, 'count1').click();
  await hand.type('12*4+3');
  await expect(page.getByRole('status').filter({ hasText: '= 51' })).toBeVisible();
  await pictures.take('typed-sum');
  await hand.press('Enter');
  await expect(hand.cell(0, 'count1')).toHaveText('51');
  await hand.type('2-5');
  await expect(page.getByRole('alert')).toHaveText('A count is 0 or more; this comes to −3.');
  await hand.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await hand.press('Escape');
  await expect(page.getByRole('alert')).toBeHidden();
  await hand.type('0');
  await hand.press('Enter');
  await expect(hand.cell(1, 'count1')).toHaveText('0');
  await hand.press('Control+Z');
  await expect(hand.cell(1, 'count1')).toHaveText('not counted');
  await hand.press('Control+Y');
  await expect(hand.cell(1, 'count1')).toHaveText('0');
  await hand.cell(2, 'count1').click();
  await hand.type('9');
  await expect(hand.message).toContainText('is in already');
  await pictures.take('typed');
  // Tab would go through the figures of every line: F6 goes past them and back to the same one.
  await hand.press('F6');
  await expect(page.getByRole('button', { name: 'Back to the sheet' })).toBeFocused();
  await hand.press('F6');
  await expect(hand.cell(2, 'count1')).toBeFocused();
  await hand.press('F6');
  await hand.press('Tab');
  await expect(page.getByRole('button', { name: 'Bring in 2 figures' })).toBeFocused();
  await hand.press('Enter');
  await expect(window.announcement).toHaveText(/^2 lines of CS-2026-10-001 are in, as CS-2026-10-001 typed in .*\.csv\.$/);
  await expect(sheet).toHaveAccessibleName(new RegExp(`, back, ${first.length} of ${first.length} lines counted`));

  await list.getByRole('option', { name: /^CS-2026-10-002,/ }).click();
  await page.getByLabel('Why the sheet will not be counted').fill('The rack was moved');
  await page.getByRole('button', { name: 'Void CS-2026-10-002' }).click();
  await expect(list.getByRole('option', { name: /^CS-2026-10-002,.*void/ })).toBeVisible();
  await pictures.take('void');
});
