/** Scratch: pictures at both sizes. */
import { expect, test } from '@playwright/test';
import { launchTieout, type TieoutWindow } from '../support/electron';
import { importedSample, OverviewScreen } from '../support/overview-screen';
import { runTieout } from '../support/command-beside-window';
import { WorkbookScreens } from '../support/window';

test('look', async () => {
  test.setTimeout(240_000);
  const workbook = await importedSample();
  await runTieout(workbook.userDataFolder, ['reconcile', workbook.workbookPath, '--period', '2026-10']);
  const tieout: TieoutWindow = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  const { page } = tieout;
  const window = new WorkbookScreens(page);
  const overview = new OverviewScreen(page);
  await expect(window.periodState).toHaveText('open');
  const cdp = await page.context().newCDPSession(page);
  const size = async (width: number, height: number) => {
    await cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await page.waitForFunction((wanted) => innerWidth === wanted, width);
    await page.waitForTimeout(300);
  };
  const theme = async (source: 'light' | 'dark') => {
    await tieout.app.evaluate(({ nativeTheme }, wanted) => { nativeTheme.themeSource = wanted; }, source);
    await page.waitForFunction((dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark, source === 'dark');
    await page.waitForTimeout(200);
  };
  const shot = async (name: string) => {
    for (const [width, height] of [[1280, 800], [2560, 1440]] as const) {
      await size(width, height);
      for (const each of ['light', 'dark'] as const) {
        await theme(each);
        await page.screenshot({ path: `/tmp/wt-scratch/window/look/${name}-${width}-${each}.png` });
      }
    }
    await theme('light');
    await size(1280, 800);
  };
  await size(1280, 800);
  await overview.open();
  await expect(overview.sentence).toBeVisible();
  await page.waitForTimeout(500);
  await shot('overview');
  await page.locator('[data-testid=overview] > div').last().evaluate((box) => { box.scrollTop = 100000; });
  await page.waitForTimeout(200);
  await page.screenshot({ path: '/tmp/wt-scratch/window/look/overview-end-1280-light.png' });
  await window.goByKeys('Explain');
  await page.keyboard.press('Control+F');
  await page.keyboard.type('MUG-BLU-11');
  await window.explain.show({ sku: 'MUG-BLU-11', location: 'Portland' });
  await page.waitForTimeout(300);
  await shot('explain');
  await page.locator('[data-ground]').focus();
  for (const key of ['+', '+']) await page.keyboard.press(key);
  await page.locator('[data-ground]').scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  await page.screenshot({ path: '/tmp/wt-scratch/window/look/zoomed-1280-light.png' });
  await page.locator('[data-testid=timeline] [data-mark]').first().click();
  await page.waitForTimeout(500);
  await shot('row');
  await page.keyboard.press('Escape');
  await window.explain.detail.getByRole('button', { name: 'Past periods' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/wt-scratch/window/look/past-1280-light.png' });
  await tieout.close();
});
