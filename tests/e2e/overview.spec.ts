/**
 * The period on one page and the screen that explains a line: every mark opens its lines, every figure its row, and all of it
 * by keyboard.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { askTieout, runTieout } from '../support/command-beside-window';
import { temporaryFolder, type TieoutWindow } from '../support/electron';
import { Chart, importedSample, linesOf, OverviewScreen } from '../support/overview-screen';
import type { Pictures } from '../support/pictures';
import { MONTH } from '../support/sample-close';
import { shareWindow, type SharedWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';
import type { PreparedWorkbook } from '../support/workbook-files';
import type { LineJson } from '../../shared/domain/lines-json';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let overview: OverviewScreen;
let workbook: PreparedWorkbook;
let pictures: Pictures;

const opened = (shared: SharedWindow) => {
  ({ tieout, window, pictures, workbook } = shared);
  overview = new OverviewScreen(tieout.page);
};
shareWindow(importedSample, 'overview', opened, { width: 1280, height: 800 });

const ask = (...words: string[]) => runTieout(workbook.userDataFolder, [words[0]!, workbook.workbookPath, '--period', MONTH.code, ...words.slice(1)]);
const shownLines = async (lines: number) => expect(window.explain.shown).toContainText(new RegExp(`rows ${lines.toLocaleString('en')} of`));

test('before the first reconciliation the overview says what to do, and leads there', async () => {
  await overview.open();
  await expect(tieout.page.getByText('Nothing is reconciled yet')).toBeVisible();
  await tieout.page.getByRole('button', { name: 'Go to Reconcile' }).click();
  await expect(window.screen('Reconcile')).toBeVisible();
  await tieout.page.keyboard.press('F9');
  await expect(window.announcement).toHaveText(/^Reconciled: /, { timeout: 60_000 });
  await tieout.page.getByRole('button', { name: 'See the overview' }).click();
});

test('the sentence of the month is the command line’s', async () => {
  const { stdout } = await ask('overview');
  await expect(overview.sentence).toHaveText(stdout.split('\n')[0]!);
  await expect(overview.sentence).toHaveText(/^\d+\.\d+ % of the variance explained, .* left, \d+ lines need a person\.$/);
  await pictures.take('overview-1280');
});

test('a bar opens exactly its lines', async () => {
  const mark = overview.chart('owner').marks.first();
  const lines = await linesOf(mark);
  expect(lines).toBeGreaterThan(0);
  await mark.click();
  await expect(window.screen('Explain')).toBeVisible();
  await shownLines(lines);
  await expect(tieout.page.getByTestId('chosen-filter')).toBeVisible();
  await tieout.page.getByTestId('chosen-filter').click();
  await expect(tieout.page.getByTestId('chosen-filter')).toBeHidden();
});

test('every chart opens as many lines as its marks say', async () => {
  for (const name of ['class', 'cause', 'location', 'days', 'closes'] as const) {
    await overview.open();
    const { marks } = overview.chart(name);
    await expect(marks.first()).toBeVisible();
    const mark = marks.nth(Math.min(1, (await marks.count()) - 1));
    const lines = await linesOf(mark);
    await mark.click();
    await shownLines(lines);
  }
});

test('a chart is one stop of the keyboard: arrows go from mark to mark, Enter opens', async () => {
  await overview.open();
  const chart = overview.chart('cause');
  await chart.marks.first().focus();
  await tieout.page.keyboard.press('ArrowDown');
  await expect(chart.marks.nth(1)).toBeFocused();
  await tieout.page.keyboard.press('End');
  await expect(chart.marks.last()).toBeFocused();
  await tieout.page.keyboard.press('Home');
  const lines = await linesOf(chart.marks.first());
  await tieout.page.keyboard.press('Enter');
  await shownLines(lines);
});

test('the table behind a chart holds its figures, and chart and table are saved', async () => {
  await overview.open();
  const chart = overview.chart('class');
  await chart.tableSwitch.click();
  await expect(chart.table.getByRole('row')).toHaveCount(5);
  await expect(chart.table.getByRole('rowheader', { name: 'Unexplained' })).toBeVisible();
  await pictures.take('overview-table');
  const folder = temporaryFolder('charts');
  const saved = path.join(folder, 'by class.csv');
  await tieout.answerSaveDialogs(saved);
  await chart.choose('Save the table as CSV');
  await expect.poll(() => fs.existsSync(saved)).toBe(true);
  const { byClass } = JSON.parse((await ask('overview', '--json')).stdout) as { byClass: Record<string, { lines: number }> };
  expect(fs.readFileSync(saved, 'utf8').split('\r\n')[1]).toMatch(new RegExp(`^Timing,${byClass['timing']!.lines},`));
  await chart.tableSwitch.click();
  for (const kind of ['svg', 'png'] as const) {
    const file = path.join(folder, `by class.${kind}`);
    await tieout.answerSaveDialogs(file);
    await chart.choose(`Save the picture as ${kind.toUpperCase()}`);
    await expect.poll(() => fs.existsSync(file)).toBe(true);
    const bytes = fs.readFileSync(file);
    if (kind === 'svg') expect(bytes.toString()).toMatch(/^<svg .*By class.*<rect /s);
    else expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  }
});

const bySku = (lines: readonly LineJson[], fits: (line: LineJson) => boolean) => lines.find(fits)!;

test('the timeline is zoomed and moved by keyboard, and goes back', async () => {
  await window.goByKeys('Explain');
  await window.explain.view.selectOption({ label: 'Every line' });
  await tieout.page.keyboard.press('Control+F');
  await tieout.page.keyboard.type('MUG-BLU-11');
  await window.explain.show({ sku: 'MUG-BLU-11', location: 'Portland' });
  await pictures.take('explain-1280');
  const ground = window.explain.detail.locator('[data-ground]');
  const shown = () => ground.getAttribute('aria-label');
  const first = await shown();
  await ground.focus();
  for (const key of ['+', '+', '+']) await tieout.page.keyboard.press(key);
  await expect.poll(shown).not.toBe(first);
  const zoomed = await shown();
  await pictures.take('timeline-zoomed');
  await tieout.page.keyboard.press('ArrowLeft');
  await expect.poll(shown).not.toBe(zoomed);
  await tieout.page.keyboard.press('0');
  await expect.poll(shown).toBe(first);
});

test('a mark of the timeline opens the row of its file, between its neighbours, and gives the keyboard back', async () => {
  const mark = new Chart(tieout.page.getByTestId('timeline')).marks.filter({ hasText: '1' }).first();
  const words = /row (\d+) of (\S+)$/.exec((await mark.getAttribute('aria-label'))!)!;
  await mark.focus();
  await tieout.page.keyboard.press('Enter');
  const panel = tieout.page.getByTestId('original-row');
  await expect(panel.getByRole('heading', { name: `Row ${Number(words[1]).toLocaleString('en')} of ${words[2]}` })).toBeVisible();
  await expect(panel.getByRole('columnheader', { name: /^Row / })).toHaveCount(1);
  expect(await panel.getByRole('columnheader').count()).toBeGreaterThan(2);
  await pictures.take('row-in-its-file');
  await tieout.page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(mark).toBeFocused();
});

test('the sections are reached by keyboard, and the grid keeps it while a person walks the lines', async () => {
  const names = window.explain.detail.getByRole('navigation', { name: 'Sections of the line' }).getByRole('button');
  await names.first().focus();
  await tieout.page.keyboard.press('ArrowRight');
  await expect(names.nth(1)).toBeFocused();
  await tieout.page.keyboard.press('Enter');
  await expect(window.explain.detail.getByRole('heading', { name: 'Variance', exact: true })).toBeFocused();
  await expect(window.explain.section(/^Rules/)).toContainText('ERP: on hand');
  await window.explain.cell(0, 'sku').click();
  await tieout.page.keyboard.press('ArrowDown');
  await expect(window.explain.detail.getByTestId('detail-sku')).toHaveText(await window.explain.cell(1, 'sku').innerText());
  expect(await window.explain.focusedRow()).toBe(1);
});

test('the twin of a swap is one click away, and so is the way back', async () => {
  const { lines } = await askTieout<{ lines: LineJson[] }>(workbook.userDataFolder, ['lines', workbook.workbookPath, '--period', MONTH.code]);
  const line = bySku(lines, ({ variances }) => variances.some(({ components }) => components.some(({ twin }) => twin !== null)));
  const { twin } = line.variances.flatMap(({ components }) => components).find((component) => component.twin !== null)!;
  await window.explain.find.fill(line.sku);
  await window.explain.show(line);
  await window.explain.detail.getByTestId('twin').first().click();
  await expect(window.explain.detail.getByTestId('detail-sku')).toHaveText(twin!.sku);
  await expect(window.explain.detail.getByTestId('detail-location')).toHaveText(twin!.location);
  await pictures.take('twin');
  await window.explain.detail.getByRole('button', { name: `Back to ${line.sku} at ${line.location}` }).click();
  await expect(window.explain.detail.getByTestId('detail-sku')).toHaveText(line.sku);
});

test('the line is shown in the periods before, and what recurs is marked', async () => {
  const { recurring } = JSON.parse((await ask('overview', '--json')).stdout) as { recurring: { lines: { sku: string; location: string }[] } };
  const again = recurring.lines[0]!;
  await window.explain.find.fill(again.sku);
  await window.explain.show(again);
  const section = window.explain.section('Past periods');
  await expect(section).toContainText('Recurring');
  await expect(section.getByRole('row', { name: /2026-09/ })).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await pictures.take('past-periods');
});

test('the overview is printed on paper of its own', async () => {
  await overview.open();
  await tieout.page.evaluate(() => {
    globalThis.print = () => document.body.setAttribute('data-asked-to-print', document.querySelector('[data-printed] h1')?.textContent ?? '');
  });
  await tieout.page.getByRole('button', { name: 'Print' }).click();
  await expect(tieout.page.locator('body')).toHaveAttribute('data-asked-to-print', 'Harbor & Pine, October 2026');
});
