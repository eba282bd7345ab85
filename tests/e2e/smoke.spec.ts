/**
 * The least the window must do: come up with its title, and nothing on its console.
 */
import { expect, test } from '@playwright/test';
import { launchTieout } from '../support/electron';

test('the window comes up with its title', async () => {
  const tieout = await launchTieout();
  await expect(tieout.page).toHaveTitle(/Tieout/);
  await expect(tieout.page.getByRole('region', { name: 'Begin' })).toBeVisible();
  await tieout.close();
});
