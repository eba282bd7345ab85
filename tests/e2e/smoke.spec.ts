/**
 * The least the window must do: come up, sandboxed, with the workbook process beside it, and nothing on its console.
 */
import { expect, test } from '@playwright/test';
import { launchTieout, type TieoutWindow } from '../support/electron';

let tieout: TieoutWindow;

test.beforeAll(async () => {
  tieout = await launchTieout();
});

test.afterAll(async () => {
  await tieout?.close();
});

test('the window comes up with its title', async () => {
  await expect(tieout.page).toHaveTitle(/Tieout/);
  await expect(tieout.page.locator('#root > *').first()).toBeVisible();
});

test('the page has neither Node.js nor Electron', async () => {
  const reach = await tieout.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
  );
  expect(reach).toEqual([]);
});

test('the page runs in a sandboxed process', async () => {
  const preferences = await tieout.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration } = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration };
    }),
  );
  expect(preferences).toEqual([{ sandbox: true, contextIsolation: true, nodeIntegration: false }]);
});
