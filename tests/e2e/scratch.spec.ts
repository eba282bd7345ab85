import path from 'node:path';
import { test } from '@playwright/test';
import { launchTieout, temporaryFolder } from '../support/electron';

test('look', async () => {
  test.setTimeout(180_000);
  const folder = temporaryFolder('look');
  const tieout = await launchTieout();
  const { page } = tieout;
  page.on('console', (message) => console.log('console', message.type(), message.text()));
  page.on('pageerror', (error) => console.log('pageerror', error.message));
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/look/start.png' });
  await tieout.answerSaveDialogs(path.join(folder, 'Harbor & Pine.tieout'));
  await page.getByRole('button', { name: /sample/i }).first().click();
  await page.waitForTimeout(1000);
  await page.getByRole("tab").or(page.getByText("Import", { exact: true })).first().waitFor({ timeout: 90_000 });
  await page.screenshot({ path: '/tmp/look/opened.png' });
  console.log(await page.locator('body').innerText());
  for (let step = 1; step <= 9; step += 1) {
    await page.keyboard.press(`Control+${step}`);
    await page.waitForTimeout(700);
    await page.screenshot({ path: `/tmp/look/step${step}.png` });
  }
  await tieout.app.close();
});
