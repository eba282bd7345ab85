/**
 * The grid in the hand, in the real window, over a month of twenty thousand lines of which the grid has read two hundred.
 */
import { expect, test } from '@playwright/test';
import { launchTieout, leavePictureOnFailure, temporaryFolder, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { lineOf, makeLargeMonth } from '../support/large-month';
import { Pictures } from '../support/pictures';
import { WorkbookScreens } from '../support/window';

test.describe.configure({ mode: 'serial' });

const LINES = 20_000;

let tieout: TieoutWindow;
let window: WorkbookScreens;
let hand: GridHand;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  const file = await makeLargeMonth(temporaryFolder('grid'), LINES);
  tieout = await launchTieout({ args: [file] });
  window = new WorkbookScreens(tieout.page);
  hand = new GridHand(tieout.page);
  pictures = new Pictures(tieout, process.env.TIEOUT_GRID_PICTURES ?? test.info().project.outputDir, ['light', 'dark']);
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible({ timeout: 60_000 });
  await window.goByKeys('Explain');
  await window.explain.view.selectOption({ label: 'Every line' });
  await expect(hand.cell(0, 'sku')).toHaveText('SKU-0000000');
});

test.afterAll(async () => {
  await tieout?.close();
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
  await hand.press('Control+Home');
  expect(await hand.active()).toEqual([0, 'sku']);
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
});

test('whoever scrolls away after something was saved stays there, also where the rows come before the window has heard of it', async () => {
  await hand.press('Control+Home');
  await hand.cell(0, 'owner').click();
  await hand.type('fin');
  await hand.press('Enter');
  await expect(hand.cell(0, 'owner')).toHaveText('Finance');
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

test('what is looked for is found over lines that nobody has read, and F3 goes on from there', async () => {
  await hand.press('Escape');
  await hand.cell(50, 'owner').click();
  await hand.press('Control+Home');
  await expect(hand.cell(0, 'sku')).toBeFocused();
  const field = tieout.page.getByRole('textbox', { name: 'Find in the grid' });
  await hand.press('F3');
  await expect(field).toBeFocused();
  await hand.type('0004199');
  await hand.press('Enter');
  await expect(tieout.page.getByTestId('find-told')).toHaveText('1 of 4');
  await expect(hand.cell(16_796, 'sku')).toHaveText('SKU-0004199');
  await hand.press('Escape');
  expect(await hand.active()).toEqual([16_796, 'sku']);
  await hand.press('F3');
  await expect(field).toBeFocused();
  await hand.press('Enter');
  await expect(tieout.page.getByTestId('find-told')).toHaveText('2 of 4');
  await pictures.take('found');
  await hand.press('Escape');
  expect((await hand.active())[0]).toBe(16_797);
});

test('a line has a menu under the mouse and under the keyboard, and it acts on what is chosen', async () => {
  const menu = tieout.page.getByRole('menu', { name: 'Line' });
  await hand.cell(0, 'sku').click();
  await hand.cell(2, 'location').click({ button: 'right' });
  await expect(menu.getByRole('menuitem', { name: /^Next exception/ })).toBeVisible();
  await pictures.take('line-menu');
  await hand.press('Escape');
  await expect(menu).toHaveCount(0);
  expect(await hand.active()).toEqual([2, 'location']);
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+F10');
  await hand.press('ArrowDown');
  await hand.press('Enter');
  await expect(menu).toHaveCount(0);
  await expect(hand.message).toHaveText(/^2 cells/);
  expect(await hand.active()).toEqual([2, 'location']);
});

test('lines stand in groups with subtotals that are those of their lines', async () => {
  await tieout.page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'By location' });
  await expect(hand.cell(0, 'sku')).toContainText('Portland');
  await expect(hand.cell(3, 'sku')).toContainText('Seattle Store');
  const sumAt = (location: number) => Array.from({ length: LINES / 4 }, (_none, item) => lineOf(item * 4 + location).onHand).reduce((total, each) => total + each, 0);
  for (const location of [0, 1, 2, 3]) await expect(hand.cell(location, 'erpAtCutOffScaled')).toHaveText(sumAt(location).toLocaleString('en'));
  await hand.cell(1, 'sku').click();
  await hand.press('Space');
  await expect(hand.cell(2, 'location')).toHaveText('Reno');
  await expect(hand.cell(2, 'sku')).toHaveText('SKU-0000000');
  await pictures.take('groups');
  await hand.cell(1, 'erpAtCutOffScaled').click();
  await hand.press('Shift+ArrowDown');
  await hand.press('Shift+ArrowDown');
  await expect(hand.status('sum')).toHaveText(`sum ${(lineOf(1).onHand + lineOf(5).onHand).toLocaleString('en')}`);
  await hand.cell(0, 'erpAtCutOffScaled').click();
  await hand.press('Shift+ArrowDown');
  await expect(hand.status('sum')).toHaveText(`sum ${sumAt(0).toLocaleString('en')}`);
  await hand.cell(0, 'sku').click();
  await hand.press('Alt+ArrowDown');
  await expect(hand.cell(1, 'status')).toHaveText(/./);
  await tieout.page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'No groups' });
  await expect(hand.cell(0, 'sku')).toHaveText('SKU-0000000');
});

test('the filter row asks of single columns as it is written, says mistakes in place, and holds for sums, finding and saved views', async () => {
  const { page } = tieout;
  const shown = (lines: number) => expect(hand.status('rows')).toHaveText(new RegExp(`${lines.toLocaleString('en')} of`));
  await hand.cell(0, 'erpAtCutOffScaled').click();
  await hand.press('Alt+Shift+F');
  await expect(hand.filter('ERP')).toBeFocused();
  await hand.type('>');
  await expect(page.getByRole('alert')).toHaveText('A figure is missing.');
  await shown(LINES);
  await hand.type('480');
  const over = Array.from({ length: LINES }, (_none, place) => lineOf(place)).filter(({ onHand }) => onHand > 480);
  await shown(over.length);
  await pictures.take('filter-row');
  await hand.press('ArrowDown');
  expect(await hand.active()).toEqual([0, 'erpAtCutOffScaled']);
  await hand.press('Control+Space');
  await expect(hand.status('sum')).toHaveText(`sum ${over.reduce((sum, { onHand }) => sum + onHand, 0).toLocaleString('en')}`);
  await hand.filter('Location').click();
  await hand.type('port');
  const portland = over.filter(({ location }) => location === 'Portland');
  await expect(page.getByRole('option', { name: 'Portland' })).toBeVisible();
  await pictures.take('filter-choices');
  await hand.press('ArrowDown');
  await hand.press('Enter');
  await expect(hand.filter('Location')).toHaveValue('Portland');
  await shown(portland.length);
  await hand.press('Escape');
  await hand.press('Escape');
  await expect(page.getByTestId('filter-strip')).toContainText('ERP >480');
  await expect(page.getByTestId('filter-strip')).toContainText('Location Portland');
  await hand.press('Control+Shift+L');
  await expect(hand.filter('ERP')).toHaveCount(0);
  await shown(portland.length);
  await page.getByRole('button', { name: 'Columns and view' }).click();
  await page.getByRole('menuitem', { name: 'Save this view under a name' }).click();
  await hand.type('Much in Portland');
  await hand.press('Enter');
  await expect(window.announcement).toHaveText('View Much in Portland saved');
  await page.getByRole('button', { name: 'Clear column filters' }).click();
  await window.explain.view.selectOption({ label: 'Every line' });
  await shown(LINES);
  await window.explain.view.selectOption({ label: 'Much in Portland' });
  await shown(portland.length);
  await expect(hand.filter('ERP')).toHaveValue('>480');
  await expect(hand.cell(0, 'location')).toHaveText('Portland');
  await page.getByRole('button', { name: 'Clear column filters' }).click();
  await hand.press('Control+Shift+L');
  await window.explain.view.selectOption({ label: 'Every line' });
  await shown(LINES);
});

test('columns are moved and sized by mouse and by keys, and a double click on the edge fits the texts', async () => {
  const { page } = tieout;
  const placeOf = async (title: string) => Number(await hand.head(title).getAttribute('aria-colindex'));
  const widthOf = async (title: string) => Math.round((await hand.head(title).boundingBox())!.width);
  await hand.press('Control+Home');
  const [erp, store] = [await placeOf('ERP'), await placeOf('Store')];
  expect(store).toBe(erp + 1);
  await hand.cell(0, 'storefrontAtCutOffScaled').click();
  await hand.press('ArrowUp');
  await expect(hand.head('Store')).toBeFocused();
  await hand.press('Shift+ArrowLeft');
  await expect.poll(() => placeOf('Store')).toBe(erp);
  const before = await widthOf('Store');
  await hand.press('Alt+ArrowRight');
  await expect.poll(() => widthOf('Store')).toBeGreaterThan(before);
  await hand.press('ArrowDown');
  expect(await hand.active()).toEqual([0, 'storefrontAtCutOffScaled']);
  const from = (await hand.head('Store').boundingBox())!;
  const to = (await hand.head('ERP').boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 12, { steps: 4 });
  await page.mouse.move(to.x + to.width - 8, to.y + 12, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => placeOf('Store')).toBe(store);
  const edge = (await hand.head('Owner').boundingBox())!;
  await page.mouse.move(edge.x + edge.width, edge.y + 12);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width + 90, edge.y + 12, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => widthOf('Owner')).toBeGreaterThan(edge.width + 60);
  const wide = (await hand.head('Owner').boundingBox())!;
  await page.mouse.dblclick(wide.x + wide.width, wide.y + 12);
  await expect.poll(() => widthOf('Owner')).toBeLessThan(wide.width - 20);
});

test('a view is saved with its filter, order and columns, and shown again as it was', async () => {
  const menu = tieout.page.getByRole('button', { name: 'Columns and view' });
  await window.explain.view.selectOption({ label: 'Every line with a variance' });
  await hand.head('Value USD').click();
  await hand.cell(0, 'location').click();
  await menu.click();
  await pictures.take('columns-menu');
  await tieout.page.getByRole('menuitemcheckbox', { name: 'Store' }).click();
  await expect(hand.head('Store')).toHaveCount(0);
  await menu.click();
  await tieout.page.getByRole('menuitem', { name: 'Freeze columns up to Location' }).click();
  await menu.click();
  await tieout.page.getByRole('menuitem', { name: 'Save this view under a name' }).click();
  await hand.type('By value');
  await hand.press('Enter');
  await expect(window.announcement).toHaveText('View By value saved');
  await expect(window.explain.view).toHaveValue(/^saved /);
  const first = await hand.cell(0, 'sku').innerText();
  await window.explain.view.selectOption({ label: 'Every line' });
  await menu.click();
  await tieout.page.getByRole('menuitemcheckbox', { name: 'Store' }).click();
  await expect(hand.head('Store')).toHaveCount(1);
  await window.explain.view.selectOption({ label: 'By value' });
  await expect(hand.head('Store')).toHaveCount(0);
  await expect(hand.cell(0, 'sku')).toHaveText(first);
  await pictures.take('saved-view');
});

test('one change for all lines of a filter is told, made, taken back from another screen and made again, by keyboard alone', async () => {
  const { page } = tieout;
  const LINES_TEXT = LINES.toLocaleString('en');
  await window.explain.view.selectOption({ label: 'Every line' });
  await hand.cell(0, 'sku').click();
  await page.keyboard.press('Control+Shift+B');
  const pane = page.getByTestId('bulk-pane');
  await expect(pane.getByTestId('bulk-hint')).toBeVisible();
  await expect(pane.getByRole('combobox', { name: 'Which lines' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('PHY-FOUND');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('bulk-summary')).toHaveText(new RegExp(` of ${LINES_TEXT} lines change|^${LINES_TEXT} lines change`), { timeout: 30_000 });
  await pictures.take('bulk');
  await page.keyboard.press('Control+Enter');
  await expect(pane).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText(/^[\d,]+ lines changed\.$/).first()).toBeVisible();
  await expect(hand.cell(0, 'reasonCode')).toHaveText('PHY-FOUND');
  await pictures.take('bulk-done');
  await window.goByKeys('Approve');
  await page.keyboard.press('Control+Z');
  await expect(window.announcement).toHaveText(/^Undone: Change of /, { timeout: 60_000 });
  await expect(page.getByText('It was made on Explain, October 2026.')).toBeVisible();
  await pictures.take('bulk-undone-elsewhere');
  await page.getByRole('button', { name: 'Go there' }).click();
  await expect(window.screen('Explain')).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(window.announcement).toHaveText(/^Made again: Change of /, { timeout: 60_000 });
  await page.keyboard.press('Control+Z');
  await expect(window.announcement).toHaveText(/^Undone: Change of /, { timeout: 60_000 });
});

test('a statement names what is overwritten and refused, for the selected lines alone', async () => {
  const { page } = tieout;
  await window.explain.view.selectOption({ label: 'Every line' });
  await hand.cell(0, 'reasonCode').click();
  await hand.type('PHY-SHRINK');
  await hand.press('Enter');
  await expect(hand.cell(0, 'reasonCode')).toHaveText('PHY-SHRINK');
  await hand.cell(0, 'sku').click();
  await hand.cell(9, 'sku').click({ modifiers: ['Shift'] });
  await page.getByTestId('bulk-open').click();
  await expect(page.getByRole('combobox', { name: 'Which lines' })).toHaveValue('selected');
  await page.getByRole('checkbox', { name: 'Clear without booking' }).check();
  await page.getByTestId('bulk-pane').getByRole('textbox', { name: 'Note', exact: true }).fill('seen');
  await page.getByTestId('bulk-pane').getByRole('combobox', { name: 'Reason' }).fill('PHY-COUNT');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What is refused' })).toContainText('cleared by a rule already');
  await pictures.take('bulk-refused');
  await page.getByRole('checkbox', { name: 'Clear without booking' }).uncheck();
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText('takes the place of PHY-SHRINK on 1');
  await expect(page.getByTestId('bulk-apply')).toContainText('Change 10 lines');
  await pictures.take('bulk-overwrites');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('bulk-pane')).toBeHidden();
});
