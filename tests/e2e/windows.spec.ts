/**
 * Several workbooks in several windows, and that a crash, a lost process and the next start come back to the same place.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { WorkbookScreens } from '../support/window';
import { emptyWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow | undefined;

/** A page that crashed takes no picture. */
let crashed = false;
leavePictureOnFailure(() => (crashed ? undefined : tieout));

test.afterEach(async () => {
  await tieout?.close();
  tieout = undefined;
});

/** What a window shows, asked of the window itself: the test runner loses a page that crashed. */
const inWindow = <Value>(title: string, script: string): Promise<Value | undefined> =>
  tieout!.app.evaluate(
    async ({ BrowserWindow }, asked) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getTitle().startsWith(asked.title));
      if (!window || window.webContents.isCrashed() || window.webContents.isLoadingMainFrame()) return undefined;
      // What is asked of a page in the moment that it ends is never answered.
      const unanswered = new Promise<undefined>((resolve) => setTimeout(resolve, 1_500));
      return (await Promise.race([window.webContents.executeJavaScript(asked.script).catch(() => undefined), unanswered])) as never;
    },
    { title, script },
  );

const WHERE_THE_KEYBOARD_IS = `(() => {
  const cell = document.activeElement?.closest('.ag-cell');
  const row = cell?.closest('.ag-row');
  return cell ? [row.querySelector('[col-id="sku"]')?.innerText, row.getAttribute('row-index'), cell.getAttribute('col-id'), document.querySelector('[data-testid="status-rows"]')?.innerText].join(' | ') : '';
})()`;
const PAGE_TEXT = 'document.body.innerText';

/** Asked while a window closes, the question itself may be lost; whoever polls asks again. */
const titles = () => tieout!.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()).sort()).catch(() => [] as string[]);

test('a crash of the window and of the workbook’s process comes back to the same line and column', async () => {
  const { workbookPath, userDataFolder } = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbookPath], userDataFolder, allowedProblems: [/./] });
  const window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');
  await window.goByKeys('Explain');
  await window.choosePeriod('September 2026');
  await window.explain.view.selectOption({ label: 'Every line' });
  await expect(window.explain.shown).toContainText('1,');
  await window.explain.cell(7, 'sku').click();
  await tieout.page.keyboard.press('ArrowRight');
  await tieout.page.keyboard.press('ArrowRight');
  const keyboard = () => inWindow<string>('Harbor & Pine', WHERE_THE_KEYBOARD_IS);
  await expect.poll(keyboard).toMatch(/ \| 7 \| erpAtCutOffScaled \| /);
  const before = await keyboard();
  const keptFolder = path.join(userDataFolder, 'windows');
  await expect.poll(() => fs.readdirSync(keptFolder).map((file) => fs.readFileSync(path.join(keptFolder, file), 'utf8')).join()).toContain('erpAtCutOffScaled');

  // The workbook's process ends as if the system had ended it.
  const endProcess = () =>
    tieout!.app.evaluate(({ app }) => {
      const found = app.getAppMetrics().filter(({ serviceName, name }) => `${serviceName} ${name}`.includes('Tieout workbook'));
      for (const { pid } of found) process.kill(pid, 'SIGKILL');
      return found.length;
    });
  expect(await endProcess()).toBe(1);
  await expect.poll(() => inWindow<string>('Harbor & Pine', PAGE_TEXT)).toContain('was started again');
  expect(await keyboard()).toBe(before);
  await tieout.page.keyboard.press('ArrowDown');
  await expect.poll(keyboard).toContain(' | 8 | erpAtCutOffScaled | ');
  await expect(window.explain.detail.getByRole('heading', { level: 2 })).toBeVisible();
  await tieout.page.keyboard.press('ArrowUp');
  await expect.poll(keyboard).toBe(before);
  // A second loss within a minute is no accident: it is told, and one button opens the workbook again.
  expect(await endProcess()).toBe(1);
  await expect(tieout.page.getByRole('alert').first()).toContainText('ended a second time');
  await tieout.page.getByRole('button', { name: 'Open it again' }).click();
  await expect.poll(keyboard).toBe(before);

  // The page itself.
  crashed = true;
  await tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
  await expect.poll(() => inWindow<string>('Harbor & Pine', PAGE_TEXT), { timeout: 15_000 }).toContain('was loaded again');
  await expect.poll(keyboard).toBe(before);
});

/** Calls the program from a page as its own code does. */
const call = (page: Page, name: string, input: unknown) =>
  page.evaluate(([channel, given]) => (globalThis as unknown as { tieout: { call(channel: string, input: unknown): Promise<{ ok: boolean; value: { readOnly: boolean } }> } }).tieout.call(channel as string, given), [name, input] as const);

test('a workbook that is asked for twice at once is opened once, for writing', async () => {
  const { workbookPath, userDataFolder } = await emptyWorkbook();
  tieout = await launchTieout({ userDataFolder });
  const outcomes = await Promise.all([1, 2].map(() => call(tieout!.page, 'shell:openWorkbook', { path: workbookPath })));
  expect(outcomes.map(({ ok, value }) => [ok, value.readOnly])).toEqual([[true, false], [true, false]]);
  expect(await titles()).toHaveLength(1);
});

test('a window that is closed while its workbook is being opened leaves nobody holding the workbook', async () => {
  const { workbookPath, userDataFolder } = await emptyWorkbook();
  tieout = await launchTieout({ userDataFolder });
  const opened = tieout.app.waitForEvent('window');
  await call(tieout.page, 'shell:newWindow', {});
  const page = await opened;
  await page.waitForLoadState();
  const further = await tieout.app.browserWindow(page);
  const opening = call(page, 'shell:openWorkbook', { path: workbookPath }).catch(() => undefined);
  const processes = () => tieout!.app.evaluate(({ app }) => app.getAppMetrics().filter(({ serviceName, name }) => `${serviceName} ${name}`.includes('Tieout workbook')).length);
  await expect.poll(processes, { intervals: [1] }).toBe(1);
  await further.evaluate((window) => window.close());
  await opening;
  await expect.poll(processes).toBe(0);
  expect(await call(tieout.page, 'shell:openWorkbook', { path: workbookPath })).toMatchObject({ ok: true, value: { readOnly: false } });
});

test('what a window says late of the workbook before is not kept for the one it shows now', async () => {
  const { workbookPath, userDataFolder } = await emptyWorkbook();
  tieout = await launchTieout({ args: [workbookPath], userDataFolder });
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible();
  expect(await call(tieout.page, 'shell:keepState', { path: '/of/before.tieout', state: { place: { screen: 'explain' } } })).toMatchObject({ ok: false, failure: 'no_workbook' });
});

test('workbooks stand in windows of their own, each once, and are there again at the next start', async () => {
  const [first, second] = [await sampleWorkbook(), await emptyWorkbook()];
  const other = path.join(path.dirname(second.workbookPath), 'Second company.tieout');
  fs.renameSync(second.workbookPath, other);
  tieout = await launchTieout({ args: [first.workbookPath], userDataFolder: first.userDataFolder });
  const window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');

  await tieout.answerOpenDialogs([other]);
  const opened = tieout.app.waitForEvent('window');
  await tieout.page.keyboard.press('Control+Shift+T');
  const page = await opened;
  await expect(page.getByTestId('workbook-name')).toHaveText('Second company');
  await expect.poll(titles).toEqual(['Harbor & Pine - Tieout', 'Second company - Tieout']);
  const processes = await tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()));
  expect(new Set(processes).size).toBe(2);

  // Open it once more: it is there already.
  await tieout.page.keyboard.press('Control+Shift+T');
  await expect.poll(() => tieout!.app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.items.find(({ label }) => label === 'Window')!.submenu!.items.filter(({ type }) => type === 'checkbox').map(({ label, checked }) => `${label} ${checked}`))).toEqual([
    'Harbor & Pine false', 'Second company true',
  ]);
  expect(await titles()).toHaveLength(2);
  await tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((each) => each.getTitle().startsWith('Second'))!.setBounds({ x: 60, y: 40, width: 1100, height: 700 }));
  const kept = () => fs.readdirSync(path.join(first.userDataFolder, 'windows')).map((file) => fs.readFileSync(path.join(first.userDataFolder, 'windows', file), 'utf8')).find((text) => text.includes('Second company'));
  await expect.poll(kept).toContain('"width":1100');
  await tieout.close();

  tieout = await launchTieout({ userDataFolder: first.userDataFolder });
  await expect.poll(titles).toEqual(['Harbor & Pine - Tieout', 'Second company - Tieout']);
  const bounds = await tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((each) => each.getTitle().startsWith('Second'))!.getBounds());
  expect(bounds).toMatchObject({ width: 1100, height: 700 });

  // Closing one leaves the other, with its process.
  const again = (await Promise.all(tieout.app.windows().map(async (each) => ((await each.title()).startsWith('Second') ? each : undefined)))).find(Boolean)!;
  await expect(again.getByTestId('workbook-name')).toHaveText('Second company');
  // The window is gone before the key is let go.
  await again.keyboard.press('Control+W').catch(() => undefined);
  await expect.poll(titles).toEqual(['Harbor & Pine - Tieout']);
  await expect.poll(() => inWindow<string>('Harbor & Pine', PAGE_TEXT)).toContain('October 2026');
});
