/**
 * What stands over the grid or beside it while somebody works on lines, and how the window looks as other people prefer it: part
 * of the list in `every-screen.ts`.
 */
import { expect } from '@playwright/test';
import type { Preferences } from '@shared/contract/preferences';
import { escape, type Scene, type Walk } from './walk';

const NORMAL: Partial<Preferences> = { negatives: 'minus', textSize: 'normal', density: 'normal' };

async function prefer({ page }: Walk, preferences: Partial<Preferences>): Promise<void> {
  await page.evaluate(async (wanted) => {
    await (globalThis as unknown as { tieout: { call(channel: string, input: unknown): Promise<unknown> } }).tieout.call('shell:setPreferences', wanted);
  }, preferences);
  await expect(page.locator('html')).toHaveAttribute('data-text-size', preferences.textSize!);
}

async function firstLine(walk: Walk): Promise<void> {
  await walk.window.goByKeys('Reconcile');
  await walk.window.goByKeys('Explain');
  // Comes back to where the scene before stood: that may be far below the first line.
  await walk.page.locator('.ag-row [col-id="sku"]').first().click();
  await walk.press('Control+Home');
  await walk.hand.cell(0, 'sku').click();
}

const groupBy = ({ page }: Walk, label: string) => page.getByRole('combobox', { name: 'Group by' }).selectOption({ label });

/** Asks for a change of the line that has the keyboard, and waits for what it would do. */
async function stateChange(walk: Walk, lines: 'selected' | 'all'): Promise<void> {
  await firstLine(walk);
  await walk.press('Control+Shift+B');
  const pane = walk.page.getByTestId('bulk-pane');
  await pane.getByRole('combobox', { name: 'Which lines' }).selectOption(lines);
  await pane.getByRole('combobox', { name: 'Reason' }).click();
  await walk.page.keyboard.type('PHY-FOUND');
  await walk.press('Enter');
  await expect(walk.page.getByTestId('bulk-summary')).toHaveText(/changes?\.$/);
}

async function notes(walk: Walk): Promise<void> {
  await walk.mug();
  await walk.page.getByTestId('detail-notes').evaluate((section) => section.scrollIntoView());
  await expect(walk.page.getByTestId('attachment').first().locator('img')).toBeVisible();
}

export const HAND: readonly Scene[] = [
  {
    name: 'explain-filter-row', stand: 'reconciled',
    arrive: async (walk) => {
      await firstLine(walk);
      await walk.press('Alt+Shift+F');
      await walk.hand.filter('Location').fill('Portland');
      await walk.press('Escape', 'Escape');
      await expect(walk.page.getByTestId('filter-strip')).toContainText('Portland');
      await walk.hand.filter('ERP').fill('>');
      await expect(walk.page.getByRole('alert')).toHaveText('A figure is missing.');
    },
    leave: async (walk) => {
      await walk.hand.filter('ERP').fill('');
      await walk.button('Clear column filters').click();
      await walk.press('Control+Shift+L');
      await expect(walk.hand.filter('ERP')).toHaveCount(0);
    },
  },
  {
    name: 'explain-groups', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await firstLine(walk);
      await groupBy(walk, 'By owner');
      await expect(walk.hand.cell(0, 'sku')).toContainText(/\d/);
      await walk.hand.cell(1, 'sku').click();
      await walk.press('Space');
      await expect(walk.hand.cell(2, 'location')).toHaveText(/./);
    },
    leave: (walk) => groupBy(walk, 'No groups').then(() => undefined),
  },
  { name: 'explain-bulk', stand: 'reconciled', arrive: (walk) => stateChange(walk, 'all'), leave: ({ page }) => page.getByTestId('bulk-pane').getByRole('button', { name: /^Close/ }).click() },
  {
    name: 'explain-changed-with-undo', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await stateChange(walk, 'selected');
      await walk.page.getByTestId('bulk-apply').click();
      await expect(walk.page.getByText('1 line changed.').first()).toBeVisible();
    },
    leave: async (walk) => {
      await walk.button(/^Undo$/).click();
      await expect(walk.window.announcement).toHaveText(/^Undone: /);
    },
  },
  {
    name: 'explain-line-menu', stand: 'reconciled', isOverlay: true,
    arrive: async (walk) => {
      await firstLine(walk);
      await walk.press('Shift+F10');
      await expect(walk.page.getByRole('menu', { name: 'Line' })).toBeVisible();
    },
    leave: escape,
  },
  { name: 'explain-notes', stand: 'reconciled', sameControls: true, arrive: notes },
  {
    name: 'explain-attachment', stand: 'reconciled', isOverlay: true,
    arrive: async (walk) => {
      await notes(walk);
      await walk.page.getByTestId('attachment').first().getByRole('button', { name: 'explain-mug-count.png', exact: true }).click();
      await expect(walk.page.getByTestId('attachment-viewer').getByRole('img')).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'count-sheet-typing', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.tool('Count sheets');
      await walk.option(/^CS-/).first().click();
      await walk.button('Type in the counts').click();
      await walk.hand.cell(0, 'count1').click();
      await walk.page.keyboard.type('12*4+3');
      await walk.press('Enter');
      await walk.page.keyboard.type('2-5');
      await expect(walk.page.getByText(/^A count is 0 or more/)).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'preferences', stand: 'reconciled', isOverlay: true,
    arrive: async (walk) => {
      await walk.press('Control+,');
      await expect(walk.page.getByTestId('preferences')).toBeVisible();
    },
    leave: ({ page }) => page.getByTestId('preferences').getByRole('button', { name: 'Close' }).click(),
  },
  ...(['compact', 'roomy'] as const).map((density): Scene => ({
    name: `explain-brackets-larger-${density}`, stand: 'reconciled', sameControls: true, pictureOnly: density === 'roomy',
    arrive: async (walk) => {
      await prefer(walk, { negatives: 'brackets', textSize: 'larger', density });
      await walk.mug();
    },
    leave: (walk) => prefer(walk, NORMAL),
  })),
];
