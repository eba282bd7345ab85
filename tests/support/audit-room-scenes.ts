/**
 * The auditor's room as it can be met, in a workbook that somebody else holds: nothing in it asks to write to the workbook.
 */
import { expect } from '@playwright/test';
import type { Scene, Walk } from './walk';

const room = (walk: Walk) => walk.tool('Auditor’s room');

/** In the room, with an auditor's file. */
async function withFile(walk: Walk): Promise<void> {
  await room(walk);
  const { page } = walk;
  const list = page.getByTestId('audit-room-list');
  const form = page.getByRole('form', { name: 'Begin an auditor’s file' });
  await expect(list.or(form)).toBeVisible();
  if (await form.isVisible()) {
    await form.getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
    await walk.button('Begin the file').click();
  }
  await expect(list).toBeVisible();
}

const entry = (walk: Walk, name: RegExp) => walk.page.getByTestId('audit-room-list').getByRole('option', { name });

/** A monetary unit sample is asked for, and says what it would be. */
async function asked(walk: Walk): Promise<void> {
  await withFile(walk);
  await entry(walk, /^New sample/).click();
  await walk.page.getByLabel('Confidence in %').fill('90');
  await walk.page.getByLabel(/^Tolerable misstatement/).fill('20000');
  await expect(walk.page.getByTestId('sample-plan')).toContainText('interval 8658.00');
}

/** A drawn sample stands open. */
async function drawn(walk: Walk): Promise<void> {
  await withFile(walk);
  if ((await entry(walk, /^Sample 1 /).count()) === 0) {
    await asked(walk);
    await walk.button('Draw the sample').click();
  }
  await entry(walk, /^Sample 1 /).click();
  await expect(walk.page.getByTestId('sample-pane')).toBeVisible();
}

const tab = (walk: Walk, name: RegExp) => walk.page.getByRole('tablist', { name: 'Parts of the sample' }).getByRole('tab', { name }).click();

export const AUDIT_ROOM: readonly Scene[] = [
  {
    name: 'audit-room-begin', stand: 'held', month: 'September 2026',
    arrive: async (walk) => {
      await room(walk);
      const form = walk.page.getByRole('form', { name: 'Begin an auditor’s file' });
      await expect(walk.page.getByTestId('audit-room-list').or(form)).toBeVisible();
      if (!(await form.isVisible())) await walk.button('New file').click();
      await expect(form).toBeVisible();
    },
  },
  { name: 'audit-room-new-sample', stand: 'held', month: 'September 2026', arrive: asked },
  { name: 'audit-room-sample', stand: 'held', month: 'September 2026', arrive: drawn },
  { name: 'audit-room-floor', stand: 'held', month: 'September 2026', arrive: async (walk) => { await drawn(walk); await tab(walk, /^Floor to sheet/); } },
  { name: 'audit-room-result', stand: 'held', month: 'September 2026', arrive: async (walk) => { await drawn(walk); await tab(walk, /^Evaluation/); } },
  { name: 'audit-room-plan', stand: 'held', month: 'September 2026', arrive: async (walk) => { await drawn(walk); await tab(walk, /^How it was drawn/); } },
  {
    name: 'audit-room-cut-off', stand: 'held', month: 'September 2026',
    arrive: async (walk) => {
      await withFile(walk);
      await entry(walk, /^Cut-off test/).click();
      await expect(walk.page.getByTestId('cut-off')).toBeVisible();
    },
  },
  {
    name: 'audit-room-replay', stand: 'held', month: 'September 2026',
    arrive: async (walk) => {
      await withFile(walk);
      await entry(walk, /^Computed again/).click();
      await walk.button('Compute it again').or(walk.button('Compute it once more')).click();
      await expect(walk.page.getByTestId('replay-answer')).toContainText('all the same', { timeout: 30_000 });
    },
  },
];
