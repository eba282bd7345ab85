/** The audit pack as it can be met: made of a locked month, and opened. Part of the list in `every-screen.ts`. */
import path from 'node:path';
import { expect } from '@playwright/test';
import { person } from './sample-close';
import { escape, type Scene, type Walk } from './walk';

const dialog = ({ page }: Walk) => page.getByRole('dialog', { name: 'Audit pack of September 2026' });

async function asked(walk: Walk): Promise<void> {
  await walk.window.palette.run('Make the audit pack');
  await expect(dialog(walk)).toBeVisible();
  await dialog(walk).getByLabel('Signed by').selectOption({ label: 'Ana Reyes, accountant' });
}

export const PACK: readonly Scene[] = [
  { name: 'pack-make', stand: 'begun', month: 'September 2026', isOverlay: true, arrive: asked, leave: escape },
  {
    name: 'pack-made', stand: 'begun', month: 'September 2026', isOverlay: true,
    arrive: async (walk) => {
      await asked(walk);
      await walk.tieout.answerSaveDialogs(path.join(walk.workbooks.folder, 'For the auditor.zip'));
      await dialog(walk).getByLabel(/^Pass phrase/).fill(person('Ana').passPhrase);
      await walk.press('Enter');
      await expect(walk.page.getByTestId('pack-made')).toBeVisible({ timeout: 60_000 });
    },
    leave: escape,
  },
  {
    name: 'pack-opened', stand: 'packed', month: 'September 2026',
    arrive: async (walk) => {
      await walk.window.goByKeys('Lock');
      const verify = walk.button('Verify this pack').first();
      await expect(verify).toBeEnabled({ timeout: 60_000 });
      if ((await walk.window.lock.verification.count()) === 0) await verify.click();
      await expect(walk.window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 60_000 });
      await walk.page.getByText('What was verified').click();
    },
  },
  { name: 'pack-explain', stand: 'packed', month: 'September 2026', sameControls: true, arrive: (walk) => walk.mug() },
];
