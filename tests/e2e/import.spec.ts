/**
 * Files on their way into a period: dropped, unknown and mapped by keyboard alone, known the next time, cancelled half-way.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { askTieout } from '../support/command-beside-window';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { MONTH, sampleFile } from '../support/sample-close';
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

/** A file beside the workbook. */
function writeFile(name: string, rows: readonly string[]): string {
  const file = path.join(path.dirname(workbook.workbookPath), name);
  fs.writeFileSync(file, `${rows.join('\r\n')}\r\n`);
  return file;
}

test('a CSV dropped onto any screen is rehearsed, and the same bytes under another name are noticed', async () => {
  const trialBalance = sampleFile(MONTH.files.find(({ file }) => file.includes('trial-balance'))!.file);
  await window.goByKeys('Lock');
  await dropFiles(tieout.app, tieout.page, [trialBalance]);
  await expect(window.screen('Import')).toBeVisible();
  await window.import.show(path.basename(trialBalance));
  await window.import.write.click();
  await expect(window.announcement).toHaveText(/^trial-balance-2026-10\.csv: \d+ rows written\.$/);

  const copy = path.join(path.dirname(workbook.workbookPath), 'ledger.csv');
  fs.copyFileSync(trialBalance, copy);
  await dropFiles(tieout.app, tieout.page, [copy]);
  await window.import.file('ledger.csv').click();
  await expect(tieout.page.getByText('This file is imported already').first()).toBeVisible();
  await expect(window.import.write).toHaveCount(0);
});

const UNKNOWN_HEADER = 'Bin code;Our number;House;On the shelf;Seen at';
const shelfRow = (sku: string, units: number) => `A-01;${sku};Portland;${units};31/10/2026 18:30`;

/** Goes on with Tab until the control has the keyboard. */
async function tabTo(control: Locator): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await tieout.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(control)}`);
}

test('an unknown file is mapped by keyboard alone, and known the next time', async () => {
  const { page } = tieout;
  const { keyboard } = page;
  await tieout.answerOpenDialogs([writeFile('shelf walk.csv', [UNKNOWN_HEADER, shelfRow('MUG-BLU-11', 48), shelfRow('MUG-BLU-15', 31)])]);
  await keyboard.press('Control+I');
  await expect(window.import.mapping).toBeVisible();
  const choose = async (label: string, words: string) => {
    await tabTo(window.import.mapping.getByLabel(label));
    await keyboard.type(words);
  };
  await choose('Kind', 'Stock s');
  await choose('System', 'Ware');
  await choose('Dates are written', '31');
  for (const [column, field] of [['Our number', 'SKU'], ['House', 'Loc'], ['On the shelf', 'On h'], ['Seen at', 'As o']] as const) {
    await choose(`Field of ${column}`, field);
  }
  await expect(window.import.mapping).toContainText('4 columns mapped, 1 ignored');
  await tabTo(window.import.mapping.getByRole('button', { name: 'Rehearse with this mapping' }));
  await keyboard.press('Enter');
  await expect(window.import.rehearsal).toBeVisible();
  expect(await window.import.figures()).toMatchObject({ rowsRead: '2', rowsAccepted: '2', rowsQuarantined: '0' });

  const next = writeFile('shelf walk of Monday.csv', [UNKNOWN_HEADER, shelfRow('MUG-BLU-11', 47), shelfRow('NO-SUCH-ITEM', 1)]);
  await dropFiles(tieout.app, page, [next]);
  await window.import.show(path.basename(next));
  await expect(window.import.rehearsal).toContainText('shelf walk');
  expect(await window.import.figures()).toMatchObject({ rowsRead: '2', rowsAccepted: '1', rowsQuarantined: '1' });
  const { profiles } = await askTieout<{ profiles: { name: string }[] }>(workbook.userDataFolder, ['profiles', workbook.workbookPath]);
  expect(profiles.map(({ name }) => name)).toContain('shelf walk');
});

/** How many rows each table of the workbook holds, read past the application. */
function rowsInTables(workbookPath: string): Record<string, unknown> {
  const database = new Database(workbookPath, { readonly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
    return Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()]));
  } finally {
    database.close();
  }
}

/** Long enough that a person can look elsewhere while it is written. */
const MANY_ROWS = 2_400_000;

/** Writes receipts that differ in their number, a piece at a time. */
function writeReceipts(name: string): string {
  const receipt = (index: number) =>
    `erp,receipt,PO-9${String(index).padStart(7, '0')},1,MUG-BLU-11,Portland,1,2026-10-05T10:00:00-07:00,2026-10-05T10:00:00-07:00,,`;
  const file = writeFile(name, ['system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason']);
  for (let start = 0; start < MANY_ROWS; start += 100_000) {
    fs.appendFileSync(file, `${Array.from({ length: 100_000 }, (_, index) => receipt(start + index)).join('\r\n')}\r\n`);
  }
  return file;
}

test('a running import can be cancelled while the grid scrolls, and leaves the workbook as it was', async () => {
  const { page } = tieout;
  const file = writeReceipts('receipts.csv');
  const chain = await page.getByTestId('chain').innerText();
  const before = rowsInTables(workbook.workbookPath);
  await dropFiles(tieout.app, page, [file]);
  await expect(window.import.write).toHaveText(`Write ${MANY_ROWS.toLocaleString('en')} rows`, { timeout: 60_000 });
  await window.import.write.click();
  await expect(window.import.progress).toBeVisible();

  await window.choosePeriod('September 2026');
  await window.goByKeys('Explain');
  await window.explain.view.selectOption({ label: 'Every line' });
  await window.explain.cell(0, 'sku').click();
  await page.mouse.wheel(0, 20_000);
  await expect.poll(async () => Math.max(...(await window.explain.drawnRows()))).toBeGreaterThan(600);

  await window.choosePeriod('October 2026');
  await window.goByKeys('Import');
  await expect(window.import.progress).toBeVisible();
  await window.import.cancel.click();
  await expect(window.import.progress).toBeHidden({ timeout: 30_000 });
  await expect(window.import.write).toBeEnabled();
  await expect(page.getByText('Imported into October 2026: 0')).toBeVisible();
  await expect(page.getByTestId('chain')).toHaveText(chain);
  expect(rowsInTables(workbook.workbookPath)).toEqual(before);
});
