/**
 * A pass phrase left to the key store of the computer: offered where there is one, used for the next signature without being seen
 * by the window, taken back by one click. The store of the test's runtime stands in the open, so the test says that it is none of those.
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

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

const [ana, ben] = [person('Ana'), person('Ben')];
const keep = () => window.lock.form.form.getByLabel('Keep the pass phrase in the key store of this computer');
const stored = () => fs.readFileSync(path.join(tieout.userDataFolder, 'key-store.json'), 'utf8');

shareWindow(importedSample, 'key-store', (shared) => {
  ({ tieout, window, pictures } = shared);
});

const useBackend = (backend: string) =>
  tieout.app.evaluate(({ safeStorage }, selected) => {
    safeStorage.setUsePlainTextEncryption(true);
    safeStorage.getSelectedStorageBackend = () => selected as 'gnome_libsecret';
    safeStorage.isEncryptionAvailable = () => true;
  }, backend);

async function reopenSeptember(): Promise<void> {
  await tieout.page.getByRole('button', { name: 'Reopen September 2026' }).click();
  const dialog = tieout.page.getByRole('dialog', { name: 'Reopen September 2026' });
  await dialog.getByLabel('Why September 2026 is reopened').fill('A pallet was counted twice');
  await dialog.getByLabel('Who asks', { exact: true }).selectOption({ label: 'Ana Reyes, accountant' });
  await dialog.getByLabel('Pass phrase of who asks').fill(ana.passPhrase);
  await dialog.getByLabel('Controller who agrees').selectOption({ label: 'Ben Okafor, controller' });
  await dialog.getByLabel('Pass phrase of the controller').fill(ben.passPhrase);
  await tieout.page.keyboard.press('Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
}

test('where the store keeps nothing secret, nothing is offered and the form says why', async () => {
  await useBackend('basic_text');
  await window.choosePeriod('September 2026');
  await window.goByKeys('Lock');
  await reopenSeptember();
  await expect(window.lock.form.form).toContainText('It cannot be kept. This computer has no key store that can be used');
  await expect(keep()).toHaveCount(0);
});

test('Ben leaves his pass phrase to the store; it is kept once he has signed, and encrypted', async () => {
  await useBackend('gnome_libsecret');
  await window.goByKeys('Explain');
  await window.goByKeys('Lock');
  await expect(keep()).not.toBeChecked();
  await keep().check();
  await window.lock.form.passPhrase.fill('not this one');
  await window.lock.form.submit.click();
  await expect(window.lock.form.form).toContainText('The pass phrase does not open the identity', { timeout: 20_000 });
  expect(fs.existsSync(path.join(tieout.userDataFolder, 'key-store.json'))).toBe(false);
  await window.lock.form.passPhrase.fill(ben.passPhrase);
  await pictures.take('key-store-offered');
  await window.lock.form.submit.click();
  await expect(window.periodState).toHaveText('locked', { timeout: 30_000 });
  await expect.poll(() => fs.existsSync(path.join(tieout.userDataFolder, 'key-store.json'))).toBe(true);
  expect(stored()).not.toContain(ben.passPhrase);
  expect(stored()).not.toContain(Buffer.from(ben.passPhrase).toString('base64').slice(0, 12));
});

test('he signs again without typing; the window knows that it is kept and not what', async () => {
  await reopenSeptember();
  await expect(window.lock.form.form).toContainText('The pass phrase comes from the key store of this computer');
  await expect(window.lock.form.passPhrase).toHaveCount(0);
  const known = await tieout.page.evaluate(() => (globalThis as unknown as { tieout: { call(channel: string, input: unknown): Promise<unknown> } }).tieout.call('shell:keyStore', {}));
  expect(known).toMatchObject({ ok: true, value: { unavailable: '', kept: [expect.stringMatching(/^[0-9a-f]{64}$/)] } });
  expect(JSON.stringify(known)).not.toContain(ben.passPhrase);
  await pictures.take('key-store-kept');
  await window.lock.form.submit.click();
  await expect(window.periodState).toHaveText('locked', { timeout: 30_000 });
});

test('one click on People takes it back', async () => {
  await tieout.page.keyboard.press('Control+9');
  await tieout.page.getByRole('button', { name: 'Take back the kept pass phrase of Ben Okafor' }).click();
  await expect(tieout.page.getByRole('button', { name: /^Take back/ })).toHaveCount(0);
  expect(stored()).toBe('{}');
  await window.goByKeys('Lock');
  await reopenSeptember();
  await expect(window.lock.form.passPhrase).toBeVisible();
});
