/**
 * Reports in the window: reached and read from the keyboard, the same figures as on the command line, saved as Excel, printed
 * with the heads on every page, and a risk tier accepted.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { askTieout, runTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, outputFolder, temporaryFolder, type TieoutWindow } from '../support/electron';
import { Pictures } from '../support/pictures';
import { WorkbookScreens } from '../support/window';
import { readXlsx } from '../support/xlsx-reader';

interface ReportJson {
  readonly title: string;
  readonly standsFor: { readonly ruleVersions: readonly string[]; readonly isStale: boolean };
  readonly sections: readonly {
    readonly id: string; readonly title: string; readonly linesInAll: number; readonly columns: readonly { readonly id: string; readonly kind: string; readonly sums: boolean }[];
    readonly rows: readonly Readonly<Record<string, string | null>>[]; readonly total: Readonly<Record<string, string | null>> | null;
  }[];
  readonly proposals: readonly { readonly sku: string; readonly to: string }[];
}

const NAMES = ['inventory', 'exceptions', 'adjustments', 'count-accuracy', 'roll-forward', 'proof-of-quantity', 'change', 'repeat-offenders'] as const;

let home: string;
let workbookPath: string;
let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  home = temporaryFolder('reports');
  const demo = await runTieout(home, ['demo', '--out', home, '--json']);
  ({ workbook: workbookPath } = JSON.parse(demo.stdout) as { workbook: string });
});

test.beforeEach(async () => {
  tieout = await launchTieout({ args: [workbookPath], userDataFolder: path.join(home, 'user') });
  window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('locked');
  pictures = new Pictures(tieout, path.join(outputFolder(), 'reports', test.info().title.split(' ').slice(0, 3).join('-')), ['light', 'dark']);
});

test.afterEach(async () => {
  await tieout.close();
});

const report = (name: string, ...words: string[]) => askTieout<ReportJson>(home, ['report', workbookPath, '--period', '2026-10', '--report', name, ...words]);

/** Decimal text as the window writes it. */
const shown = (decimal: string): string => decimal.replace('-', '\u2212').replace(/\B(?<![.\d]*\.\d*)(?=(\d{3})+(?!\d))/g, ',');

const totalsOn = async (table: Locator): Promise<string[]> => table.locator('tfoot tr td').allInnerTexts();

test('every report says on the screen what it says on the command line, by keyboard alone', async () => {
  const { page } = tieout;
  await page.keyboard.press('Control+Shift+R');
  await expect(window.screen('Reports')).toBeVisible();
  const list = page.getByRole('listbox', { name: 'Reports' });
  await list.focus();
  await pictures.setSize({ width: 1280, height: 800 });
  for (const [index, name] of NAMES.entries()) {
    if (index > 0) await page.keyboard.press('ArrowDown');
    const told = await report(name);
    const pane = page.getByTestId('report');
    await expect(pane.getByRole('heading', { name: told.title })).toBeVisible();
    await expect(page.getByTestId('report-stands-for')).toContainText(`engine ${told.standsFor.ruleVersions[0]!.split(' ')[0]}`);
    const [first] = told.sections;
    const table = pane.getByTestId('report-table');
    await expect(table.locator('tbody tr')).toHaveCount(Math.max(1, first!.rows.length));
    if (first!.total) {
      const total = first!.total;
      const expected = first!.columns.map(({ id, sums }, place) => (place === 0 ? 'Total' : total[id] == null ? (sums ? 'unknown' : '') : shown(total[id])));
      expect(await totalsOn(table), name).toEqual(expected);
    }
    await pictures.take(name);
  }
  // To the sections and through them.
  await page.keyboard.press('Home');
  await expect(page.getByTestId('report').getByRole('heading', { name: 'Reconciled inventory' })).toBeVisible();
  const tab = page.getByRole('tab', { name: /^By location/ }).first();
  await tab.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^By account/ })).toBeFocused();
  const account = (await report('inventory')).sections.find(({ id }) => id === 'by-account')!;
  expect(await page.getByTestId('report-table').locator('tbody tr').first().locator('td').first().innerText()).toBe(account.rows[0]!['name']);
  await pictures.setSize({ width: 2560, height: 1400 });
  await pictures.take('inventory-wide');
});

test('a report is cut to a location, saved as Excel and printed', async () => {
  const { page } = tieout;
  await page.keyboard.press('Control+Shift+R');
  const pane = page.getByTestId('report');
  await page.getByRole('combobox', { name: 'Location' }).selectOption('Portland');
  await expect(page.getByTestId('report-stands-for')).toContainText('location Portland');
  const told = await report('inventory', '--location', 'Portland');
  const target = path.join(home, 'inventory.xlsx');
  await tieout.answerSaveDialogs(target);
  await page.keyboard.press('Control+S');
  await expect(window.announcement).toContainText(`saved to ${target}`);
  const cells = readXlsx(fs.readFileSync(target)).sheet('By location');
  expect([...cells.values()]).toContain(Number(told.sections[0]!.rows[0]!['on_hand']).toString());
  expect([...cells.values()]).not.toContain('Reno');

  await page.getByRole('option', { name: /^Proof of quantity/ }).click();
  await expect(pane.getByRole('heading', { name: 'Proof of quantity' })).toBeVisible();
  // Whatever prints is asked to wait, so that the page can be looked at.
  await page.evaluate(() => {
    globalThis.print = () => undefined;
  });
  await page.keyboard.press('Control+P');
  const paper = page.locator('[data-printed]');
  await expect(paper.getByRole('table', { includeHidden: true })).toHaveCount((await report('proof-of-quantity')).sections.length);
  const pdf = path.join(outputFolder(), 'reports', 'printed.pdf');
  const bytes = await tieout.app.evaluate(async ({ BrowserWindow }) => (await BrowserWindow.getAllWindows()[0]!.webContents.printToPDF({ preferCSSPageSize: true })).toString('base64'));
  fs.mkdirSync(path.dirname(pdf), { recursive: true });
  fs.writeFileSync(pdf, Buffer.from(bytes, 'base64'));
  const pages = Buffer.from(bytes, 'base64').toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1);

  // The PDF has a head and a foot on every page, and so at least as many.
  const saved = path.join(outputFolder(), 'reports', 'saved.pdf');
  await tieout.answerSaveDialogs(saved);
  await window.palette.run('Save the report as PDF');
  await expect(page.getByText('Saved as PDF')).toBeVisible();
  expect(fs.readFileSync(saved).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0).toBeGreaterThan(1);
});

test('a proposed risk tier is accepted and told in the audit trail', async () => {
  const { page } = tieout;
  const { proposals } = await report('repeat-offenders');
  const [proposal] = proposals;
  await page.keyboard.press('Control+Shift+R');
  await page.getByRole('option', { name: /^Repeat offenders/ }).click();
  await page.getByRole('tab', { name: /^Risk tiers/ }).click();
  await pictures.setSize();
  await pictures.take('tiers');
  await page.getByRole('button', { name: `Move ${proposal!.sku} to tier ${proposal!.to}` }).click();
  await expect(window.announcement).toContainText(`${proposal!.sku} is in tier ${proposal!.to} now`);
  await page.keyboard.press('Control+8');
  await expect(page.getByTestId('audit-events')).toContainText(`Changed item ${proposal!.sku}: tier`);
});
