/**
 * A locked month opened again by two people at one machine, locked a second time, and what changed between its seals; the lodged
 * code finds its seal, and a mistyped one is told.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { TieoutWindow } from '../support/electron';
import { importedSample } from '../support/overview-screen';
import type { Pictures } from '../support/pictures';
import { person } from '../support/sample-close';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';
import type { PreparedWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;
let workbook: PreparedWorkbook;
let firstCode = '';

const [ana, ben] = [person('Ana'), person('Ben')];
const dialog = () => tieout.page.getByRole('dialog', { name: 'Reopen September 2026' });
const sign = () => dialog().getByRole('button', { name: 'Sign and reopen September 2026' });

shareWindow(importedSample, 'reopen', (shared) => {
  ({ tieout, window, pictures, workbook } = shared);
});

test('the lodged code of the lock finds its seal, and a mistyped one is told', async () => {
  await window.choosePeriod('September 2026');
  await window.goByKeys('Lock');
  await expect(window.lock.gates).toHaveCount(4);
  firstCode = await window.lock.sealCode.innerText();
  await window.lock.lodgedCode.fill(firstCode.toLowerCase().replaceAll('-', ' '));
  await window.palette.run('Verify this workbook');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  await expect(window.lock.checks.filter({ hasText: `${firstCode} is the seal of 2026-09` })).toHaveCount(1);
  await window.lock.lodgedCode.fill(firstCode.slice(0, -1));
  await tieout.page.getByRole('button', { name: 'Verify this workbook' }).click();
  await expect(tieout.page.getByText('this one has 27. Enter all of it.')).toBeVisible();
  await window.lock.lodgedCode.fill('');
});

test('Ana asks, Ben agrees, both sign at one machine, and the month is open', async () => {
  await tieout.page.getByRole('button', { name: 'Reopen September 2026' }).click();
  await expect(dialog().getByLabel('Why September 2026 is reopened')).toBeFocused();
  await tieout.page.keyboard.type('A pallet was counted twice');
  await expect(sign()).toBeDisabled();
  await dialog().getByLabel('Who asks').selectOption({ label: 'Ana Reyes, accountant' });
  await dialog().getByLabel('Pass phrase of who asks').fill(ana.passPhrase);
  await dialog().getByLabel('Controller who agrees').selectOption({ label: 'Ben Okafor, controller' });
  await dialog().getByLabel('Pass phrase of the controller').fill('not this one');
  await pictures.take('reopen');
  await sign().click();
  await expect(dialog()).toContainText('The pass phrase does not open the identity of Ben Okafor', { timeout: 20_000 });
  await dialog().getByLabel('Pass phrase of who asks').fill(ana.passPhrase);
  await dialog().getByLabel('Pass phrase of the controller').fill(ben.passPhrase);
  await tieout.page.keyboard.press('Enter');
  await expect(dialog()).toBeHidden({ timeout: 20_000 });
  await expect(window.periodState).toHaveText('open');
  await expect(tieout.page.getByTestId('seal-set-aside')).toContainText('Asked by Ana Reyes, agreed by Ben Okafor: A pallet was counted twice');
});

test('it is locked again, and what changed between the seals is told and saved', async () => {
  await expect(window.lock.form.form).toContainText('All seven questions and all gates hold.');
  await window.lock.form.passPhrase.fill(ben.passPhrase);
  await window.lock.form.submit.click();
  await expect(window.lock.sealCode).not.toHaveText(firstCode, { timeout: 30_000 });
  await expect(window.periodState).toHaveText('locked');
  await tieout.page.getByRole('button', { name: 'What changed since' }).click();
  const changes = tieout.page.getByTestId('seal-changes');
  await expect(changes).toContainText('Against seal 2.', { timeout: 30_000 });
  await expect(changes.getByRole('table', { name: 'Changes by table' })).toContainText('reopenings');
  await pictures.take('seal-changes');
  const target = path.join(path.dirname(workbook.workbookPath), 'changes.xlsx');
  await tieout.answerSaveDialogs(target);
  await changes.getByRole('button', { name: 'Save as Excel' }).click();
  await expect.poll(() => fs.existsSync(target)).toBe(true);
  await window.palette.run('Verify this workbook');
  await expect(window.lock.checks.filter({ hasText: 'Seal 2 of 2026-09' })).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
});
