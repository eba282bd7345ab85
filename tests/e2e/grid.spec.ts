/**
 * The grid in the hand, in the real window, over a month of twenty thousand lines of which the grid has read two hundred.
 */
import { expect, test } from '@playwright/test';
import { testsOfViews } from './grid-views';
import { launchTieout, leavePictureOnFailure, temporaryFolder, type TieoutWindow } from '../support/electron';
import { showEveryLine } from '../support/every-line';
import type { GridHand } from '../support/grid-hand';
import { lineOf, makeLargeMonth } from '../support/large-month';
import { Pictures } from '../support/pictures';
import type { WorkbookScreens } from '../support/window';

test.describe.configure({ mode: 'serial' });

const LINES = 20_000;

let tieout: TieoutWindow;
let window: WorkbookScreens;
let hand: GridHand;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  tieout = await launchTieout({ args: [await makeLargeMonth(temporaryFolder('grid'), LINES)] });
  pictures = new Pictures(tieout, process.env.TIEOUT_GRID_PICTURES ?? test.info().project.outputDir, ['light', 'dark']);
  ({ window, hand } = await showEveryLine(tieout));
});

test.afterAll(async () => {
  await tieout?.close();
});

test('a hundred keys that come at once are each answered, and the pane shows the line they led to', async () => {
  const faults: string[] = [];
  tieout.page.on('pageerror', ({ message }) => faults.push(message));
  await hand.cell(0, 'sku').click();
  await Promise.all(Array.from({ length: 100 }, () => hand.press('ArrowDown')));
  expect(await hand.active()).toEqual([100, 'sku']);
  await expect(tieout.page.getByTestId('detail-sku')).toHaveText(lineOf(100).sku);
  await expect(tieout.page.getByTestId('detail-location')).toHaveText(lineOf(100).location);
  await hand.press('Control+Home');
  await Promise.all(Array.from({ length: 100 }, () => hand.press('Tab')));
  await expect.poll(async () => (await hand.active())[0]).toBeGreaterThan(2);
  await hand.press('Control+Home');
  expect(faults).toEqual([]);
});

test('keys after a click on words beside the grid are not the grid’s', async () => {
  await hand.cell(1, 'sku').click();
  await expect(tieout.page.getByTestId('detail-sku')).toHaveText(lineOf(1).sku);
  await expect(tieout.page.getByTestId('detail-location')).toHaveText(lineOf(1).location);
  await tieout.page.getByTestId('detail-location').click();
  await hand.press('ArrowDown');
  await hand.press('ArrowDown');
  await tieout.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await expect(tieout.page.getByTestId('detail-location')).toHaveText(lineOf(1).location);
  await expect(hand.cell(1, 'sku')).not.toBeFocused();
  await hand.press('F6');
  await hand.press('F6');
  await expect(hand.cell(1, 'sku')).toBeFocused();
});

test('a range is chosen by keys over rows that nobody has read, and its figures are exact', async () => {
  await hand.cell(0, 'erpAtCutOffScaled').click();
  await hand.press('Control+Shift+ArrowDown');
  await expect(hand.status('selected')).toHaveText(`selected ${LINES.toLocaleString('en')} cells in ${LINES.toLocaleString('en')} rows`);
  const sum = Array.from({ length: LINES }, (_none, place) => lineOf(place).onHand).reduce((total, each) => total + each, 0);
  await expect(hand.status('sum')).toHaveText(`sum ${sum.toLocaleString('en')}`);
  await expect(hand.status('max')).toHaveText('max 499');
  await hand.press('Control+Home');
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+End');
  await pictures.take('range');
  await expect(hand.status('selected')).toHaveText(/ cells in 3 rows$/);
  await hand.press('Control+Home');
  await hand.cell(0, 'erpAtCutOffScaled').click();
  await expect(hand.spoken).toHaveText(`${lineOf(0).sku} at ${lineOf(0).location}`);
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+ArrowRight');
  await expect(hand.spoken).toHaveText(`ERP row 1 to Store row 2, 4 cells, sum ${lineOf(0).onHand + lineOf(1).onHand}, 2 unknown`);
  await hand.press('Control+Space');
  await expect(hand.spoken).toHaveText(/^Columns ERP to Store, 40,000 cells, sum /);
  const cell = hand.cell(1, 'erpAtCutOffScaled');
  const index = await hand.head('ERP').getAttribute('aria-colindex');
  await expect(cell).toHaveAttribute('aria-colindex', index!);
  await expect(cell).toHaveAttribute('aria-selected', 'true');
  await expect(tieout.page.getByRole('grid', { name: 'Lines of the period' })).toHaveAttribute('aria-rowcount', String(LINES + 1));
  await expect(tieout.page.locator('.ag-row[row-index="1"]').first()).toHaveAttribute('aria-rowindex', '3');
  await expect(hand.cell(1, 'sku')).toHaveRole('rowheader');
});

test('the last row has the keyboard after Ctrl+End, also when its page has only just come', async () => {
  await hand.press('Control+End');
  await expect(hand.cell(LINES - 1, 'sku')).toHaveText(/^SKU-/);
  expect(await hand.active()).toEqual([LINES - 1, expect.any(String)]);
  await hand.press('ArrowUp');
  expect((await hand.active())[0]).toBe(LINES - 2);
  // Thrown far away at once: the row with the keyboard is out of sight, the keys are not.
  await tieout.page.locator('.ag-grid-viewport').evaluate((area) => void (area.scrollTop /= 2));
  await expect(hand.cell(LINES / 2, 'sku')).toHaveText(/^SKU-/);
  await hand.press('Control+Home');
  expect(await hand.active()).toEqual([0, 'sku']);
  await hand.press('ArrowDown');
  await expect(hand.cell(1, 'sku')).toBeFocused();
  await hand.press('ArrowUp');
});

test('the mouse draws a range, Shift extends it, Ctrl adds another, a row number and a head choose whole rows and columns', async () => {
  await hand.drag([2, 'erpAtCutOffScaled'], [5, 'countedAtCutOffScaled']);
  await expect(hand.status('selected')).toHaveText('selected 12 cells in 4 rows');
  await hand.cell(7, 'countedAtCutOffScaled').click({ modifiers: ['Shift'] });
  await expect(hand.status('selected')).toHaveText('selected 18 cells in 6 rows');
  await hand.cell(10, 'location').click({ modifiers: ['Control'] });
  await expect(hand.status('selected')).toHaveText('selected 19 cells in 7 rows');
  await pictures.take('ranges');
  await hand.rowNumber(3).click();
  await expect(hand.status('selected')).toHaveText(/ cells in 1 row$/);
  await hand.head('Location').click({ modifiers: ['Control'] });
  await expect(hand.status('selected')).toHaveText(`selected ${LINES.toLocaleString('en')} cells in ${LINES.toLocaleString('en')} rows`);
});

test('a block of ten thousand cells is copied with every figure, read as far as it was not, and pasted as it was', async () => {
  await hand.cell(0, 'sku').click();
  await hand.press('Control+Home');
  await hand.extendTo(2499, 'storefrontAtCutOffScaled');
  await expect(hand.status('selected')).toHaveText('selected 10,000 cells in 2,500 rows');
  await hand.press('Control+C');
  await expect(hand.message).toHaveText('10,000 cells copied');
  const { text, html } = await hand.clipboard();
  const rows = text.trimEnd().split('\r\n').map((line) => line.split('\t'));
  expect(rows).toHaveLength(2500);
  for (const [place, [sku, location, erp, storefront]] of rows.entries()) {
    const line = lineOf(place);
    expect([sku, location, erp, storefront], `row ${place}`).toEqual([line.sku, line.location, String(line.onHand), 'unknown']);
  }
  expect(html.match(/<tr>/g)).toHaveLength(2500);
});

test('codes are typed, filled over five thousand rows, taken back and made again', async () => {
  await hand.cell(0, 'reasonCode').click();
  await hand.type('PHY-SHR');
  await hand.press('Enter');
  await expect(hand.cell(0, 'reasonCode')).not.toHaveText('');
  const code = await hand.cell(0, 'reasonCode').innerText();
  expect(await hand.active()).toEqual([1, 'reasonCode']);
  await hand.press('ArrowUp');
  await hand.extendTo(4999, 'reasonCode');
  await hand.press('Control+D');
  await expect(window.announcement).toHaveText('Reason of 4,999 lines saved', { timeout: 60_000 });
  await hand.scrollTo(4999, 'reasonCode');
  await expect(hand.cell(4999, 'reasonCode')).toHaveText(code);
  await pictures.take('filled');
  await hand.press('Control+Z');
  await expect(window.announcement).toHaveText(/^Undone/, { timeout: 60_000 });
  await expect(hand.cell(4999, 'reasonCode')).toHaveText('');
  await hand.press('Control+Z');
  await expect(window.announcement).toHaveText(/^Undone: Reason of SKU-/);
  await hand.press('Control+Home');
  await expect(hand.cell(0, 'reasonCode')).toHaveText('');
  await hand.press('Control+Shift+Z');
  await expect(hand.cell(0, 'reasonCode')).toHaveText(code);
  await hand.press('Control+Shift+Z');
  await expect(window.announcement).toHaveText('Made again: Reason of 4,999 lines', { timeout: 60_000 });
  await hand.press('Control+Z');
  await expect(window.announcement).toHaveText('Undone: Reason of 4,999 lines', { timeout: 60_000 });
  // The hand is faster than a thousand rows: what is taken back is the fill, and not what was saved before it.
  await hand.press('Control+Z');
  await hand.press('Control+Home');
  await expect(hand.cell(0, 'reasonCode')).toHaveText('');
  await hand.press('Control+Shift+Z');
  await expect(window.announcement).toHaveText(/^Made again: Reason of SKU-/);
  await hand.cell(0, 'reasonCode').click();
  await hand.extendTo(999, 'reasonCode');
  await expect(hand.status('selected')).toHaveText('selected 1,000 cells in 1,000 rows');
  await hand.press('Control+D');
  await hand.press('Control+Z');
  await expect(window.announcement).toHaveText('Undone: Reason of 999 lines', { timeout: 30_000 });
  await hand.press('Control+Home');
  await expect(hand.cell(0, 'reasonCode')).toHaveText(code);
  await expect(hand.cell(1, 'reasonCode')).toHaveText('');
  await hand.press('Control+Z');
  await expect(hand.cell(0, 'reasonCode')).toHaveText('');
});

test('whoever scrolls away after something was saved stays there, also where the rows come before the window has heard of it', async () => {
  await hand.press('Control+Home');
  await hand.cell(0, 'owner').click();
  await hand.type('ope');
  await hand.press('Enter');
  await expect(hand.cell(0, 'owner')).toHaveText('Operations');
  await expect(window.announcement).toHaveText(/^Owner of SKU-.* saved$/);
  await hand.press('Control+Home');
  const reached = await hand.scrollUnheard(7000, async () => {
    await hand.press('Control+Z');
    await expect(window.announcement).toHaveText(/^Undone: Owner of SKU-/);
    await tieout.page.waitForTimeout(300);
  });
  expect(reached).toBe(7000);
  await expect(hand.cell(252, 'sku')).toHaveText(/./);
  await hand.press('Control+Home');
});

test('a paste that not every cell takes says so and waits for a word', async () => {
  await expect(hand.cell(20, 'reasonCode')).toHaveText('');
  await hand.cell(20, 'reasonCode').click();
  await hand.paste('PHY-SHRINK\tFinance\r\nnonsense\tWarehouse\r\n');
  const question = tieout.page.getByRole('alertdialog');
  await expect(question).toContainText('3 cells can change.');
  await expect(question).toContainText('1 cell: “nonsense” is no reason. Choose one from the list.');
  await pictures.take('partial-paste');
  await hand.press('Escape');
  await expect(question).toBeHidden();
  await expect(hand.cell(20, 'owner')).not.toHaveText('Finance');
  await hand.paste('PHY-SHRINK\tFinance\r\nnonsense\tWarehouse\r\n');
  await question.getByRole('button', { name: 'Paste 3 cells' }).click();
  await expect(hand.cell(20, 'owner')).toHaveText('Finance');
  await expect(hand.cell(21, 'owner')).toHaveText('Warehouse');
  await expect(hand.cell(21, 'reasonCode')).toHaveText('');
});

test('an HTML table of another program is pasted as its cells', async () => {
  await hand.scrollTo(30, 'owner');
  await hand.cell(30, 'owner').click();
  await hand.paste('', '<html><body><table><tr><td rowspan="2">Finance</td></tr><tr></tr><tr><td><b>Operations</b></td></tr></table></body></html>');
  await expect(hand.cell(30, 'owner')).toHaveText('Finance');
  await expect(hand.cell(32, 'owner')).toHaveText('Operations');
});

test('Ctrl+Enter puts a note into every chosen cell; a day that is none is refused where it is typed', async () => {
  await hand.scrollTo(40, 'note');
  await hand.cell(40, 'note').click();
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+ArrowDown');
  await hand.type('Seen in the warehouse');
  await hand.press('Control+Enter');
  for (const row of [40, 41, 42]) await expect(hand.cell(row, 'note')).toHaveText('Seen in the warehouse');
  await hand.scrollTo(40, 'dueInstant');
  await hand.cell(40, 'dueInstant').click();
  await hand.type('5/11/2026');
  await expect(tieout.page.getByRole('alert')).toHaveText('“5/11/2026” is no day. Write it as 2026-11-05 or 5 Nov 2026.');
  await pictures.take('refused-day');
  await hand.press('Enter');
  await expect(tieout.page.getByRole('alert')).toBeVisible();
  for (let sign = 0; sign < 9; sign += 1) await hand.press('Backspace');
  await hand.type('5 Nov 2026');
  await hand.press('Enter');
  await expect(hand.cell(40, 'dueInstant')).toHaveText('5 Nov 2026');
});

test('the corner of a range fills by the mouse', async () => {
  await hand.scrollTo(40, 'owner');
  await hand.cell(50, 'owner').click();
  await hand.type('fin');
  await hand.press('Enter');
  await expect(hand.cell(50, 'owner')).toHaveText('Finance');
  await hand.cell(50, 'owner').click();
  await hand.dragCorner([50, 'owner'], [54, 'owner']);
  for (const row of [51, 54]) await expect(hand.cell(row, 'owner')).toHaveText('Finance');
  await expect(hand.cell(55, 'owner')).not.toHaveText('Finance');
});

testsOfViews(() => ({ page: tieout.page, window, hand, pictures }), LINES);
