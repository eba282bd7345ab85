/**
 * What surrounds the screens: the palette, the native menu, the themes, the guide.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchTieout, leavePictureOnFailure, projectFolder, type TieoutWindow } from '../support/electron';
import { STEPS, WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  workbook = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');
});

test.afterAll(async () => {
  await tieout?.close();
});

test('the palette opens every step and the tools beside them', async () => {
  for (const step of [...STEPS].reverse()) {
    await window.palette.run(`Go to ${step}`);
    await expect(window.screen(step)).toBeVisible();
  }
  await window.palette.run('Audit trail');
  await expect(window.audit.events).toBeVisible();
  await window.palette.run('People');
  await expect(window.people.table).toBeVisible();
});

test('the palette gives the keyboard back and runs nothing on Escape', async () => {
  await window.goByKeys('Import');
  await window.step('Map').focus();
  await window.palette.open();
  await tieout.page.keyboard.type('Lock');
  await tieout.page.keyboard.press('Escape');
  await expect(window.palette.dialog).toBeHidden();
  await expect(window.step('Map')).toBeFocused();
  await expect(window.screen('Import')).toBeVisible();
});

test('the palette opens again the moment it was closed, however fast the hand', async () => {
  const { page } = tieout;
  await page.keyboard.press('Control+K');
  for (let time = 0; time < 10; time += 1) {
    await expect(window.palette.dialog).toBeVisible();
    await page.keyboard.type('dep');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
  }
  await expect(window.palette.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(window.palette.dialog).toBeHidden();
  await expect(window.step('Map')).toBeFocused();
});

test('Enter carries out what the text finds, however fast the hand and slow the machine', async () => {
  const { page } = tieout;
  const slowdown = await page.context().newCDPSession(page);
  await slowdown.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  for (const step of STEPS) {
    await page.keyboard.press('Control+K');
    await page.keyboard.type(`Go to ${step}`);
    await page.keyboard.press('Enter');
    await expect(window.screen(step)).toBeVisible();
    await expect(window.palette.dialog).toBeHidden();
  }
  await slowdown.detach();
});

test('what is done late under the palette does not take the keyboard from it', async () => {
  const { page } = tieout;
  await window.goByKeys('Import');
  await window.step('Map').focus();
  await window.palette.open();
  // As rows do that are read only now.
  await page.evaluate(() => document.querySelector<HTMLElement>('main button')!.focus());
  await expect(window.palette.dialog.getByRole('combobox')).toBeFocused();
  await window.palette.close();
  await expect(window.step('Map')).toBeFocused();
});

/** What the page is painted with, as the window shows it. */
const paint = () => tieout.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('light and dark are chosen by command, painted at once and kept for the next start', async () => {
  await window.palette.run('Dark theme');
  await expect.poll(() => tieout.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const dark = await paint();
  await window.palette.run('Light theme');
  await expect.poll(paint).not.toBe(dark);
  await window.palette.run('Dark theme');
  await expect.poll(paint).toBe(dark);
  const settings = JSON.parse(fs.readFileSync(path.join(workbook.userDataFolder, 'settings.json'), 'utf8')) as { theme: string };
  expect(settings.theme).toBe('dark');
  await window.palette.run('Theme of the system');
});

test('the native menu holds the same commands and carries them out in the window', async () => {
  const chooseInMenu = (id: string) =>
    tieout.app.evaluate(({ Menu, BrowserWindow }, itemId) => {
      const item = Menu.getApplicationMenu()!.getMenuItemById(itemId)!;
      item.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
      return item.enabled;
    }, id);
  expect(await chooseInMenu('step.reconcile')).toBe(true);
  await expect(window.screen('Reconcile')).toBeVisible();
  const canUndo = await tieout.app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('edit.undo')!.enabled);
  expect(canUndo).toBe(false);
});

test('the menu marks what is on, and the palette says why a command cannot be used', async () => {
  const isMarked = (id: string) => tieout.app.evaluate(({ Menu }, itemId) => Menu.getApplicationMenu()!.getMenuItemById(itemId)!.checked, id);
  await window.palette.run('Dark theme');
  await expect.poll(() => isMarked('view.themeDark')).toBe(true);
  await window.palette.run('Theme of the system');
  await expect.poll(() => isMarked('view.themeDark')).toBe(false);
  await window.goByKeys('Import');
  await window.palette.open();
  await tieout.page.keyboard.type('Save the report');
  await expect(window.palette.options.first()).toContainText('in Reports');
  await tieout.page.keyboard.press('Escape');
});

test('size is changed by keys; negative figures, dates and text by preference, at once and for the next start', async () => {
  const { page } = tieout;
  const level = () => tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomLevel());
  await page.keyboard.press('Control+=');
  await expect.poll(level).toBe(0.5);
  await page.keyboard.press('Control+0');
  await expect.poll(level).toBe(0);

  await window.goByKeys('Explain');
  await window.choosePeriod('September 2026');
  await window.explain.view.selectOption({ label: 'Every line with a variance' });
  const variance = window.explain.cell(0, 'countVarianceScaled');
  await expect(page.locator('.ag-cell', { hasText: /^\u2212\d/ }).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  const pane = page.getByTestId('preferences');
  await pane.getByLabel('Negative figures').selectOption('brackets');
  await expect(page.locator('.ag-cell', { hasText: /^\(\d+\)/ }).first()).toBeVisible();
  await expect(variance).toBeVisible();
  const rights = await page.locator('.ag-row [col-id="valueMinor"]').evaluateAll((cells) =>
    cells.flatMap((cell) => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const node = walker.nextNode();
      const at = node?.textContent?.lastIndexOf('.') ?? -1;
      if (!node || at < 0) return [];
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return [Math.round(range.getBoundingClientRect().right * 10) / 10];
    }),
  );
  expect(rights.length).toBeGreaterThan(5);
  expect(new Set(rights).size, 'every decimal point stands under the others').toBe(1);
  await pane.getByLabel('Text', { exact: true }).selectOption('large');
  await page.screenshot({ path: test.info().outputPath('preferences.png') });
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('15px');
  await pane.getByLabel('Dates and figures').selectOption('de-DE');
  await expect(pane).toContainText('(1.234.567,89)');
  const { preferences } = JSON.parse(fs.readFileSync(path.join(workbook.userDataFolder, 'settings.json'), 'utf8')) as { preferences: Record<string, unknown> };
  expect(preferences).toMatchObject({ negatives: 'brackets', textSize: 'large', locale: 'de-DE' });
  await pane.getByLabel('Negative figures').selectOption('minus');
  await pane.getByLabel('Text', { exact: true }).selectOption('normal');
  await pane.getByLabel('Dates and figures').selectOption('en-GB');
  await page.keyboard.press('Escape');
  await expect(pane).toBeHidden();
});

test('a sign without a word has a hint, for the pointer and for the keyboard, and Escape takes it away', async () => {
  await window.palette.run('Rules');
  const hint = tieout.page.getByText('Close Rules', { exact: true });
  await tieout.page.getByRole('button', { name: 'Close Rules' }).hover();
  await expect(hint).toBeVisible();
  await window.step('Map').hover();
  await expect(hint).toHaveCount(0);
  await tieout.page.getByRole('button', { name: 'Rules', exact: true }).focus();
  await tieout.page.keyboard.press('Tab');
  await expect(hint).toBeVisible();
  await tieout.page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await tieout.page.keyboard.press('Enter');
  await expect(tieout.page.getByRole('button', { name: 'Rules', exact: true })).toHaveCount(0);
});

test('the keys are on one sheet that has the keyboard to itself, and F1 opens the guide', async () => {
  await window.step('Map').focus();
  await tieout.page.keyboard.press('Shift+?');
  const sheet = tieout.page.getByTestId('cheat-sheet');
  await expect(sheet).toContainText('Next exception');
  await expect(sheet).toContainText(/RedoCtrl\+Shift\+Z\s*Ctrl\+Y/);
  for (let press = 0; press < 4; press += 1) {
    await tieout.page.keyboard.press('Tab');
    // At the end of the sheet the keyboard stands on a guard for a frame before it is at the beginning again.
    await expect.poll(() => sheet.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await tieout.page.getByRole('textbox', { name: 'Find a command or key' }).fill('next except');
  await expect(sheet.locator('dt')).toHaveText(['Next exception']);
  await tieout.page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(window.step('Map')).toBeFocused();

  await tieout.app.evaluate(({ shell }) => {
    shell.openPath = (file) => Promise.resolve(Reflect.set(globalThis, 'openedGuide', file) ? '' : '');
  });
  await tieout.page.keyboard.press('F1');
  const opened = () => tieout.app.evaluate(() => Reflect.get(globalThis, 'openedGuide') as string | undefined);
  await expect.poll(opened).toBe(path.join(projectFolder, 'resources/guide/index.html'));
  expect(fs.existsSync((await opened())!)).toBe(true);
});
