/**
 * The quarantine mended by keyboard alone: suggestions accepted, many rows corrected and ignored at once, a history read, a
 * name taken back.
 */
import { expect, test } from '@playwright/test';
import type { TieoutWindow } from '../support/electron';
import type { Pictures } from '../support/pictures';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';
import { quarantineWorkbook } from '../support/quarantine-workbook';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

shareWindow(quarantineWorkbook, 'map', (opened) => ({ tieout, window, pictures } = opened));

const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => tieout.page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => tieout.page.keyboard.type(text);

/** Moves down the list of groups until the one is chosen. */
async function chooseGroup(name: RegExp): Promise<void> {
  await window.map.goToView('Waiting');
  await window.map.tabTo(tieout.page.getByTestId('quarantine-groups'));
  await press('Home');
  for (let place = 0; place < 20; place += 1) {
    if (name.test((await window.map.chosen.getAttribute('aria-label')) ?? '')) return;
    await press('ArrowDown');
  }
  throw new Error(`no group is called ${name}`);
}

/** Goes into a grid once its first row is read, and gives that row the keyboard. */
async function intoGrid(name: string, column: string): Promise<void> {
  await expect(window.map.cell(name, 0, column)).toHaveText(/./);
  await window.map.tabTo(window.map.grid(name).locator('.ag-header'));
  await press('ArrowDown');
  await expect(window.map.grid(name).locator('.ag-row[row-index="0"] .ag-cell-focus')).toBeVisible();
}

/** Moves along the ways to settle until the one is shown. */
async function chooseWay(name: string): Promise<void> {
  await window.map.tabTo(tieout.page.getByRole('tablist', { name: 'Ways to settle' }));
  for (let place = 0; place < 7; place += 1) {
    if ((await window.map.way(new RegExp(`^${name}`)).getAttribute('aria-selected')) === 'true') return;
    await press('ArrowRight');
  }
  throw new Error(`there is no way ${name}`);
}

test('thousands of rows stand in groups by reason, and the list has the keyboard', async () => {
  await window.goByKeys('Map');
  await expect(window.map.waiting).toHaveText('waiting 2,012');
  await expect(window.map.groups).toHaveCount(6);
  await expect(tieout.page.getByTestId('quarantine-groups')).toBeFocused();
  await pictures.take('waiting');
});

test('the rows of a group scroll to the last, by the page', async () => {
  await chooseGroup(/last night/);
  await intoGrid('Rows that wait', 'raw');
  await press('Control+End');
  await expect(window.map.cell('Rows that wait', 1_999, 'raw')).toContainText('last night');
});

test('suggestions are read with their reasons and accepted many at a time', async () => {
  await window.map.goToView('Suggestions');
  const grid = 'Suggested names';
  await expect(window.map.cell(grid, 0, 'reason')).toHaveText('Same without separators');
  await expect(tieout.page.getByTestId('suggestions-touch')).toHaveText('6 rows wait for these names.');
  await pictures.take('suggestions');
  await intoGrid(grid, 'alias');
  await press('Shift+ArrowDown');
  await expect(tieout.page.getByTestId('suggestions-touch')).toHaveText(/ rows wait for the chosen\.$/);
  const button = tieout.page.getByRole('button', { name: 'Accept 2 chosen names' });
  await expect(button).toBeEnabled();
  for (let back = 0; back < 20 && !(await button.evaluate((element) => element === document.activeElement)); back += 1) await press('Shift+Tab');
  await press('Enter');
  await expect(window.announcement).toHaveText(/^2 names accepted: \d+ rows written, [\d,]+ still wait\.$/);
});

test('one value is put for another in two thousand rows, and what it touches is told before', async () => {
  await chooseGroup(/last night/);
  await chooseWay('Replace');
  const form = tieout.page.getByRole('form', { name: 'Replace a value' });
  await window.map.tabTo(form.getByLabel('Put there'));
  await type('2026-10-31T22:30:00-07:00');
  await expect(form).toContainText('2,000 of these rows will read 2026-10-31T22:30:00-07:00 in counted_at');
  await window.map.tabTo(form.getByLabel('Reason for the correction'));
  await type('Team 2 counted until half past ten');
  await pictures.take('replace');
  await press('Enter');
  await expect(window.announcement).toHaveText('2,000 rows corrected: 2,000 rows written.', { timeout: 60_000 });
});

test('a group is ignored with a reason, and brought back with another', async () => {
  await chooseGroup(/NOBODY/);
  await chooseWay('Ignore');
  const form = tieout.page.getByRole('form', { name: 'Ignore rows' });
  await window.map.tabTo(form.getByLabel(/^Why these rows/));
  await type('Samples of the fair, not ours');
  await expect(form.getByRole('button', { name: 'Ignore 3 rows' })).toBeEnabled();
  await press('Enter');
  await expect(window.announcement).toHaveText('3 rows ignored.');

  await window.map.goToView('Settled');
  const grid = 'Settled rows';
  await intoGrid(grid, 'note');
  await expect(window.map.history.last()).toContainText('Samples of the fair, not ours');
  const back = tieout.page.getByRole('form', { name: 'Bring rows back' });
  await window.map.tabTo(back.getByLabel(/^Why they are business/));
  await type('One was ours');
  await pictures.take('settled');
  await press('Enter');
  await expect(window.announcement).toHaveText('1 row brought back.');
});

test('a row tells its history in the group it waits in', async () => {
  await chooseGroup(/NOBODY/);
  await chooseWay('History');
  await expect(window.map.history).toHaveCount(3);
  await expect(window.map.history.nth(0)).toContainText('Unknown item NOBODY');
  await expect(window.map.history.nth(1)).toContainText('Samples of the fair, not ours');
  await expect(window.map.history.nth(2)).toContainText('One was ours');
  await pictures.take('history');
});

test('an unknown unit is given its factor once', async () => {
  await chooseGroup(/roll/);
  const form = tieout.page.getByRole('form', { name: 'Unit roll' });
  await window.map.tabTo(form.getByLabel(/^One roll of RUG-200 holds/));
  await type('12');
  await pictures.take('unit');
  await press('Enter');
  await expect(window.announcement).toHaveText(/^One roll of RUG-200 holds 12: 1 row written/);
});

test('a name that was accepted is taken back: what rests on it is told first, and its rows wait again', async () => {
  await window.map.goToView('Names');
  const grid = 'Names of sources';
  await expect(window.map.cell(grid, 0, 'alias')).toHaveText(/./);
  const waiting = Number(/\d+$/.exec(await window.map.waiting.innerText())![0]);
  await intoGrid(grid, 'alias');
  await expect(tieout.page.getByTestId('take-back-effect')).toHaveText(/^\d rows? leave the data and wait in the quarantine again: /);
  const form = tieout.page.getByRole('form', { name: 'Take names back' });
  await window.map.tabTo(form.getByLabel('Why it is taken back'));
  await type('The runner, not the rug');
  await pictures.take('names');
  await press('Enter');
  await expect(window.announcement).toHaveText(/^1 name taken back, \d rows? waits? again\.$/);
  const returned = Number(/, (\d) row/.exec(await window.announcement.innerText())![1]);
  await expect(window.map.waiting).toHaveText(`waiting ${waiting + returned}`);
});

test('what is mapped is replayed, and the list of groups keeps the keyboard', async () => {
  await window.map.goToView('Waiting');
  await tieout.page.getByRole('button', { name: 'Replay all' }).focus();
  await press('Enter');
  await expect(window.announcement).toHaveText(/^No row could be written, \d+ still wait\.$/);
  await expect(window.map.groups.first()).toBeVisible();
});
