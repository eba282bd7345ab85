/**
 * What hangs above the grid for a moment: the menu of a line, and the list under a cell that is searched.
 */
import { expect, test } from '@playwright/test';
import { launchTieout, leavePictureOnFailure, temporaryFolder, type TieoutWindow } from '../support/electron';
import { showEveryLine } from '../support/every-line';
import type { GridHand } from '../support/grid-hand';
import { makeLargeMonth } from '../support/large-month';

test.describe.configure({ mode: 'serial' });

let tieout: TieoutWindow;
let hand: GridHand;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  tieout = await launchTieout({ args: [await makeLargeMonth(temporaryFolder('line-menu'), 400)] });
  ({ hand } = await showEveryLine(tieout));
});

test.afterAll(async () => {
  await tieout?.close();
});

test('a line has a menu under the mouse and under the keyboard, and it acts on what is chosen', async () => {
  const menu = tieout.page.getByRole('menu', { name: 'Line' });
  await hand.cell(0, 'sku').click();
  await hand.cell(2, 'location').click({ button: 'right' });
  await expect(menu.getByRole('menuitem', { name: /^Next exception/ })).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: /^Change lines/ })).toBeVisible();
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

test('a reason is picked with the mouse; Escape and a press elsewhere leave the cell as it was', async () => {
  const list = tieout.page.getByRole('listbox', { name: 'Reason' });
  await hand.cell(10, 'reasonCode').click();
  await hand.press('F2');
  await list.getByRole('option', { name: /^PHY-/ }).first().click();
  await expect(list).toHaveCount(0);
  await expect(hand.cell(10, 'reasonCode')).toHaveText(/^PHY-/);
  expect(await hand.active()).toEqual([10, 'reasonCode']);
  await hand.press('Control+Z');
  await expect(hand.cell(10, 'reasonCode')).toHaveText('');
  await hand.type('PHY');
  await hand.press('Escape');
  await expect(list).toHaveCount(0);
  expect(await hand.active()).toEqual([10, 'reasonCode']);
  await hand.press('F2');
  await hand.cell(12, 'location').click();
  await expect(list).toHaveCount(0);
  expect(await hand.active()).toEqual([12, 'location']);
  await expect(hand.cell(10, 'reasonCode')).toHaveText('');
});
