/**
 * What lines ask after they were explained, answered by keyboard: reasons for other figures are confirmed, a check before an adjustment is
 * recorded, and the checklist leads to what still fails.
 */
import { expect, test } from '@playwright/test';
import type { TieoutWindow } from '../support/electron';
import { casesWorkbook } from '../support/cases-workbook';
import type { Pictures } from '../support/pictures';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

shareWindow(casesWorkbook, 'cases', (opened) => ({ tieout, window, pictures } = opened));

const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => tieout.page.keyboard.press(key)), Promise.resolve());
const sku = () => tieout.page.getByTestId('detail-sku');

test('the checklist leads to the reasons that were given for other figures', async () => {
  await window.goByKeys('Approve');
  const checklist = tieout.page.getByTestId('checklist');
  await expect(checklist).toContainText('2 reasons were given for other figures: confirm or change them.');
  await expect(tieout.page.getByTestId('changed-lines')).toContainText('MUG Dock');
  await pictures.take('approve');
  await expect(tieout.page.getByTestId('waived')).toContainText('Plus 0 units, 0.00 USD; minus 2 units, 12.00 USD.');
  await tieout.page.getByTestId('waived').scrollIntoViewIfNeeded();
  await pictures.take('waived');
  await checklist.getByRole('button', { name: 'Changed since they were tagged' }).first().press('Enter');
  await expect(tieout.page.getByTestId('case-strip')).toContainText('These reasons were given for other figures.');
  await expect(window.explain.shown).toContainText('2 of 4');
});

test('a line shows then and now, and one key confirms its reason', async () => {
  await window.explain.cell(0, 'sku').click();
  const first = await sku().innerText();
  await expect(tieout.page.getByTestId('changed-since-tag')).toContainText('PHY-SHRINK was given for other figures.');
  await expect(tieout.page.getByTestId('changed-since-tag').getByRole('row', { name: /^Adjustment/ })).toContainText('−2');
  await pictures.take('changed');
  await press('Control+Shift+Y');
  await expect(window.announcement).toHaveText('Confirm 1 reason saved');
  await expect(window.explain.shown).toContainText('1 of 4');
  await expect(sku()).not.toHaveText(first);
  await press('Control+z');
  await expect(window.explain.shown).toContainText('2 of 4');
});

test('all of them are confirmed in one go', async () => {
  const all = tieout.page.getByRole('button', { name: 'Confirm all' });
  await all.focus();
  await press('Enter');
  await expect(window.announcement).toHaveText('Confirm 2 reasons saved');
  await expect(window.explain.shown).toContainText('0 of 4');
});

test('an adjustment that no file answers for waits until a person has said what was found', async () => {
  await window.explain.view.selectOption({ label: 'Adjustment waits for a check' });
  await expect(window.explain.shown).toContainText('1 of 4');
  await window.explain.cell(0, 'sku').click();
  await expect(sku()).toHaveText('MUG');
  const checks = tieout.page.getByTestId('detail-checks');
  await expect(checks).toContainText('No file tells what is reserved here: look it up.');
  await pictures.take('checks');
  await press('Control+Shift+K');
  await tieout.page.keyboard.type('No open order, nothing held, no return.');
  await press('Enter');
  await expect(window.explain.shown).toContainText('0 of 4');
  await window.explain.view.selectOption({ label: 'All exceptions' });
  await window.explain.cell(await window.explain.rowOf({ sku: 'MUG', location: 'Dock' }), 'sku').click();
  await expect(sku()).toHaveText('MUG');
  await expect(checks).toContainText('No open order, nothing held, no return.');
  await expect(tieout.page.getByTestId('detail-conflicts')).toContainText('Kim 27 (S-1 1), Lee 20 (S-2 1)');
  await expect(tieout.page.getByTestId('detail-late')).toContainText('SO-1');
  await tieout.page.getByTestId('detail-late').scrollIntoViewIfNeeded();
  await pictures.take('contradictions');
});

test('the count sheets list what the counts ask', async () => {
  await window.palette.run('Count sheets');
  await tieout.page.getByRole('option', { name: /^What the counts ask/ }).or(tieout.page.getByRole('button', { name: /^What the counts ask/ })).first().click();
  const pane = tieout.page.getByTestId('count-follow-up');
  await expect(pane.getByTestId('not-counted')).toContainText('TEE Dock');
  await expect(pane.getByTestId('conflicts')).toContainText('A-1');
  await pictures.take('count-follow-up');
});
