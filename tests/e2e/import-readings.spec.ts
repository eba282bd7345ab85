/**
 * A person says how a file is read, reads the profiles, and adds what the workbook does not know; by keyboard.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { runTieout } from '../support/command-beside-window';
import { dropFiles } from '../support/drop';
import type { TieoutWindow } from '../support/electron';
import type { Pictures } from '../support/pictures';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';
import { emptyWorkbook, type PreparedWorkbook } from '../support/workbook-files';

const FORMATS = path.resolve(import.meta.dirname, '../fixtures/formats');

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;
let workbook: PreparedWorkbook;

async function prepare(): Promise<PreparedWorkbook> {
  workbook = await emptyWorkbook();
  // The period comes with its first file: items only, no location.
  const { exitCode, stderr } = await runTieout(workbook.userDataFolder, ['import', workbook.workbookPath, write('items.csv', 'sku,name,barcode,category\nVASE-1,Vase,,\n'), '--period', '2026-10']);
  expect(exitCode, stderr).toBe(0);
  return workbook;
}

shareWindow(prepare, 'readings', (opened) => ({ tieout, window, pictures } = opened), { width: 1280, height: 800 });

const reading = () => tieout.page.getByRole('group', { name: 'How the file is read' });
const given = () => tieout.page.getByRole('form', { name: 'What the file does not say' });
const takeOut = (file: string) => tieout.page.getByRole('button', { name: `Take ${file} out of the queue` }).click();
const write = (name: string, content: string | Buffer) => {
  const file = path.join(path.dirname(workbook.workbookPath), name);
  fs.writeFileSync(file, content);
  return file;
};

test('a file with two meanings is read as the other one when a person says so, and back', async () => {
  const { page } = tieout;
  await dropFiles(tieout.app, page, [path.join(FORMATS, 'odoo-stock-quant-technical.csv')]);
  await expect(given()).toBeVisible();
  await pictures.take('asks-as-of');
  await given().getByRole('button', { name: /Use the cut-off/ }).click();
  await given().getByRole('button', { name: 'Rehearse' }).click();
  await expect(window.import.rehearsal).toContainText('Odoo stock');
  await page.getByRole('button', { name: 'Read it as Odoo physical inventory' }).click();
  const readAs = reading().getByLabel('Read it as');
  await expect(readAs.locator('option')).toHaveText([/^Odoo stock: .*, recognised$/, /^Odoo physical inventory/, 'Another mapping']);
  await pictures.take('rehearsal');
  await readAs.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(window.import.rehearsal).toContainText('Stock count');
  await pictures.take('read-as-counts');
  await reading().getByLabel('Read it as').selectOption({ label: 'Another mapping' });
  await reading().getByRole('button', { name: 'Map the columns' }).click();
  await expect(page.getByTestId('mapping-pane')).toBeVisible();
  await pictures.take('another-mapping');
  await reading().getByLabel('Read it as').selectOption({ index: 0 });
  await reading().getByRole('button', { name: 'Read it so' }).click();
  await expect(window.import.rehearsal).toContainText('Stock snapshot');
  await takeOut('odoo-stock-quant-technical.csv');
});

test('an encoding that was taken wrongly is said rightly', async () => {
  const latin = write('prices.csv', Buffer.from('sku,name,barcode,category\nR\xc4-1,R\xe4tsel,4006381333931,\n', 'latin1'));
  await dropFiles(tieout.app, tieout.page, [latin]);
  await expect(window.import.rehearsal).toContainText('Windows-1252');
  await tieout.page.getByRole('tab', { name: 'How it is read' }).click();
  await expect(reading().getByLabel('Encoding').locator('option').first()).toHaveText('Windows-1252, Western Europe, as found');
  await reading().getByLabel('Encoding').selectOption({ label: 'Shift-JIS, Japan' });
  await reading().getByRole('button', { name: 'Read it so' }).click();
  await expect(window.import.rehearsal).toContainText('Shift-JIS, comma');
  await pictures.take('encoding');
  await takeOut('prices.csv');
});

test('refunds of orders ask for the instant they are dated by, which may be left out', async () => {
  await dropFiles(tieout.app, tieout.page, [path.join(FORMATS, 'shopify-orders.csv')]);
  await expect(given()).toContainText('The file does not date refunds');
  await pictures.take('refunds');
  await takeOut('shopify-orders.csv');
});

test('the ledger of an ERP brings a location that is typed in, into a workbook that has none', async () => {
  await dropFiles(tieout.app, tieout.page, [path.join(FORMATS, 'business-central-item-ledger.csv')]);
  await given().getByLabel('Location of rows that name none').fill('MAIN');
  await expect(given()).toContainText('MAIN is new to the workbook');
  await pictures.take('new-location');
  await given().getByRole('button', { name: 'Rehearse' }).click();
  expect(await window.import.figures()).toMatchObject({ rowsRead: '10', rowsAccepted: '9' });
  await pictures.take('ledger-brings');
  await tieout.page.getByRole('button', { name: /^Write 9 rows/ }).click();
  await expect(tieout.page.getByText(/9 rows written/).first()).toBeVisible();
});

test('an unknown location is added as a new one by keyboard, and taken back', async () => {
  const { page } = tieout;
  const when = '2026-10-31T22:30:00-07:00';
  const moves = ['system,type,document,line,sku,location,quantity,occurred_at,posted_at', ...[1, 2].map((n) => `storefront,shipment,S-${n},1,LAMP-OAK-L,Pop-up shop,1,${when},${when}`)];
  await page.keyboard.press('Control+1');
  await dropFiles(tieout.app, page, [write('pop-up.csv', `${moves.join('\n')}\n`)]);
  await expect(page.getByText('Drop files to import them, or a workbook to open it')).toHaveCount(0);
  await page.getByRole('button', { name: /^Write 0 rows, 2 to quarantine/ }).click();
  await expect(page.getByText(/0 rows written, 2 in the quarantine/).first()).toBeVisible();
  await page.keyboard.press('Control+2');
  await page.getByTestId('quarantine-groups').getByRole('option', { name: /Pop-up shop/ }).click();
  await window.map.tabTo(page.getByRole('tablist', { name: 'Ways to settle' }));
  await page.keyboard.press('ArrowRight');
  await expect(window.map.way(/^Add as a new location/)).toHaveAttribute('aria-selected', 'true');
  await pictures.take('add-location');
  await window.map.tabTo(page.getByLabel('Code of the new location'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pop-up shop is a new location').first()).toBeVisible();
  await window.map.goToView('Names');
  await expect(window.map.cell('Names of sources', 0, 'how')).toHaveText('Added as new');
  await window.map.cell('Names of sources', 0, 'alias').click();
  await expect(page.getByTestId('take-back-effect')).toContainText('2 rows leave the data');
  await expect(page.getByTestId('take-back-effect')).toContainText('The location Pop-up shop was added for it and goes too.');
  await pictures.take('take-back-added');
  await page.getByLabel('Why it is taken back').fill('It is the warehouse');
  await page.keyboard.press('Enter');
  await expect(window.map.waiting).toContainText('3');
});

test('profiles are found by a column and read as pages', async () => {
  const { page } = tieout;
  await page.keyboard.press('Control+K');
  await page.keyboard.type('Import profiles');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('profiles')).toBeVisible();
  await pictures.take('profiles');
  await page.getByLabel('Find a profile').fill('lineitem sku');
  await expect(page.getByTestId('profile-list').getByRole('option')).toHaveCount(1);
  await expect(page.getByTestId('profile')).toContainText('Shopify orders');
  await expect(page.getByTestId('profile')).toContainText('Refund, where "Financial Status" is refunded; dated by the as-of instant given at import, and not told without one.');
  await pictures.take('profile-orders');
  await page.getByLabel('Find a profile').fill('odoo');
  await expect(page.getByTestId('profile')).toContainText('Rows that are no data');
  await pictures.take('profile-odoo');
});
