/**
 * Every screen of the window and every state of it that a person can meet: one list, walked by the run that checks them and
 * by the one that takes their pictures.
 *
 * A scene can be come to from any other; it is left as it was found, so that the list may be walked in any order.
 */
import path from 'node:path';
import { expect } from '@playwright/test';
import { AUDIT_ROOM } from './audit-room-scenes';
import { dropFiles } from './drop';
import { HAND } from './hand-scenes';
import { PACK } from './pack-scenes';
import { sampleFolder } from './sample-close';
import { escape, type Scene, type Walk } from './walk';
import type { WorkbookScreens } from './window';

const REPORTS = ['Reconciled inventory', 'Exceptions', 'Adjustments', 'Count accuracy', 'Roll-forward', 'Proof of quantity', 'Change', 'Repeat offenders'] as const;

const step = (name: Parameters<WorkbookScreens['goByKeys']>[0]) => (walk: Walk) => walk.window.goByKeys(name);

const START: readonly Scene[] = [
  { name: 'start', stand: 'none', arrive: ({ page }) => expect(page.getByRole('region', { name: 'Begin' })).toBeVisible() },
  {
    name: 'start-refused', stand: 'none',
    arrive: async ({ tieout, page, window }) => {
      await dropFiles(tieout.app, page, [path.join(sampleFolder, 'manifest.json')]);
      await expect(window.start.refusal).toBeVisible();
    },
  },
  {
    name: 'start-new-workbook', stand: 'none',
    arrive: ({ window }) => window.start.choice(/^Start a new workbook/).click(),
    leave: ({ window }) => window.start.choice(/^Start a new workbook/).click(),
  },
  { name: 'first-period', stand: 'empty', arrive: ({ page }) => expect(page.getByRole('form', { name: 'New period' })).toBeVisible() },
];

/** What the steps say before anything was imported. */
const BEGUN: readonly Scene[] = [
  { name: 'import-begun', stand: 'begun', arrive: step('Import') },
  { name: 'map-nothing-waits', stand: 'begun', arrive: step('Map') },
  { name: 'reconcile-nothing-yet', stand: 'begun', arrive: step('Reconcile') },
  { name: 'explain-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Explain') },
  { name: 'approve-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Approve') },
  { name: 'journal-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Journal') },
  { name: 'lock-not-ready', stand: 'begun', arrive: step('Lock') },
  { name: 'overview-nothing-yet', stand: 'begun', sameControls: true, arrive: ({ overview }) => overview.open() },
  { name: 'reports-nothing-yet', stand: 'begun', sameControls: true, arrive: (walk) => walk.report('Reconciled inventory') },
  { name: 'count-sheets-none', stand: 'begun', arrive: (walk) => walk.tool('Count sheets') },
  {
    name: 'new-period', stand: 'begun',
    arrive: async ({ window, page }) => {
      await window.palette.run('New period');
      await expect(page.getByRole('form', { name: 'New period' })).toBeVisible();
    },
    leave: ({ page }) => page.getByRole('form', { name: 'New period' }).getByRole('button', { name: 'Cancel' }).click(),
  },
  {
    name: 'rehearsal', stand: 'begun',
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('shopify-inventory-2026-10.csv');
    },
  },
  {
    name: 'rehearsal-bad-rows', stand: 'begun', sameControls: true,
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('shopify-inventory-2026-10.csv');
      await walk.window.import.part('Bad rows').click();
      await expect(walk.window.import.badRows).toBeVisible();
    },
  },
  {
    name: 'rehearsal-columns', stand: 'begun', sameControls: true,
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('count-full-2026-10.csv');
      await walk.window.import.part('Columns').click();
    },
  },
  {
    name: 'import-mapping', stand: 'begun',
    arrive: async (walk) => {
      await walk.queueSample();
      const { app } = walk.tieout;
      await dropFiles(app, walk.page, [path.join(walk.workbooks.folder, 'counted by hand.csv')]);
      await walk.window.import.file('counted by hand.csv').click();
      await expect(walk.window.import.mapping).toBeVisible();
    },
  },
];

const LOCKED: readonly Scene[] = [
  { name: 'import-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Import') },
  { name: 'map-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Map') },
  { name: 'reconcile-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Reconcile') },
  { name: 'explain-exceptions-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Explain') },
  { name: 'explain-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: (walk) => walk.mug() },
  { name: 'approve-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Approve') },
  {
    name: 'journal-signed', stand: 'begun', month: 'September 2026',
    arrive: async (walk) => {
      await walk.window.goByKeys('Journal');
      await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).first().click();
    },
  },
  {
    name: 'journal-posting', stand: 'begun', month: 'September 2026',
    arrive: async (walk) => {
      await walk.window.goByKeys('Journal');
      await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).first().click();
      const posting = walk.page.getByRole('region', { name: 'For the ledger’s own system' });
      await posting.getByTestId('posting').getByRole('combobox', { name: 'System' }).selectOption('xero');
      await expect(posting.getByLabel('Tax rate')).toBeVisible();
      await posting.getByRole('button', { name: /^Write the file/ }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'lock-locked', stand: 'begun', month: 'September 2026', arrive: step('Lock') },
  {
    name: 'lock-reopen', stand: 'begun', month: 'September 2026',
    arrive: async ({ window, page }) => {
      await window.goByKeys('Lock');
      await page.getByRole('button', { name: 'Reopen September 2026' }).click();
      await expect(page.getByRole('dialog', { name: 'Reopen September 2026' })).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'verification', stand: 'begun', month: 'September 2026',
    arrive: async ({ window }) => {
      await window.palette.run('Verify this workbook');
      await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
    },
  },
  { name: 'overview-locked', stand: 'begun', month: 'September 2026', arrive: ({ overview }) => overview.open(), pictureOnly: true },
  { name: 'rules-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: (walk) => walk.rules(/^Tolerances/) },
  { name: 'count-sheets-locked', stand: 'begun', month: 'September 2026', arrive: (walk) => walk.tool('Count sheets'), pictureOnly: true },
];

/** On People, with an authority of this machine: made once, and there for the scenes that follow. */
async function withAuthority(walk: Walk): Promise<void> {
  await walk.press('Control+9');
  await expect(walk.page.getByTestId('certificates-table')).toBeVisible();
  if ((await walk.button('Issue for a request').count()) > 0) return;
  await walk.button('New authority').click();
  const form = walk.page.getByRole('form', { name: 'New authority' });
  await form.getByLabel('Pass phrase of the authority').fill('root of the firm');
  await form.getByLabel('The same again').fill('root of the firm');
  await form.getByRole('button', { name: 'Make the authority' }).click();
  await expect(walk.button('Issue for a request')).toBeVisible({ timeout: 30_000 });
}

const WORK: readonly Scene[] = [
  { name: 'import-written', stand: 'reconciled', arrive: async (walk) => { await walk.window.goByKeys('Reconcile'); await walk.window.goByKeys('Import'); } },
  { name: 'import-evidence', stand: 'reconciled', arrive: (walk) => walk.showImport('netsuite-items-2026-10.csv') },
  {
    name: 'import-undo', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.showImport('count-full-2026-10.csv');
      await walk.tab('Undo').click();
      await expect(walk.life.undoPreview).toContainText('leave the figures');
    },
  },
  { name: 'map', stand: 'reconciled', arrive: step('Map') },
  {
    name: 'map-correct', stand: 'reconciled',
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.groups.last().click();
      await window.map.way(/^Correct/).click();
    },
  },
  {
    name: 'map-ignore', stand: 'reconciled', sameControls: true,
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.groups.last().click();
      await window.map.way(/^Ignore/).click();
    },
  },
  ...(['Suggestions', 'Settled', 'Names'] as const).map((view): Scene => ({
    name: `map-${view.toLowerCase()}`, stand: 'reconciled',
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.view(view).click();
    },
  })),
  { name: 'reconcile', stand: 'reconciled', arrive: step('Reconcile') },
  { name: 'explain', stand: 'reconciled', sameControls: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.window.explain.cell(0, 'sku').click(); } },
  { name: 'explain-mug', stand: 'reconciled', arrive: (walk) => walk.mug() },
  {
    name: 'explain-timeline', stand: 'reconciled', pictureOnly: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.section('Timeline').evaluate((timeline) => timeline.scrollIntoView());
    },
  },
  {
    name: 'explain-history', stand: 'reconciled', pictureOnly: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.detail.locator('[data-pane-body]').evaluate((body) => body.scrollTo(0, body.scrollHeight));
    },
  },
  {
    name: 'explain-original-row', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.section('Positions').getByRole('button', { name: /of count-full/ }).click();
      await expect(walk.page.getByTestId('original-row')).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'explain-editing', stand: 'reconciled', isOverlay: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.moveToColumn('reasonCode');
      await walk.page.keyboard.type('re');
      await expect(walk.option(/^ALN-REFUND/)).toBeVisible();
    },
    leave: (walk) => walk.press('Escape', 'Escape'),
  },
  {
    name: 'explain-find', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await walk.window.goByKeys('Explain');
      await walk.window.explain.cell(0, 'sku').click();
      await walk.press('F3');
      await walk.page.keyboard.type('mug');
      await walk.press('Enter');
      await expect(walk.page.getByTestId('find-told')).not.toHaveText('');
    },
    leave: async (walk) => {
      await walk.page.getByRole('textbox', { name: 'Find in the grid' }).focus();
      await walk.press('Escape');
    },
  },
  { name: 'explain-columns-menu', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.page.getByTestId('columns-menu').click(); }, leave: escape },
  { name: 'overview', stand: 'reconciled', arrive: ({ overview }) => overview.open() },
  {
    name: 'overview-as-tables', stand: 'reconciled', sameControls: true,
    arrive: async ({ overview, page }) => {
      await overview.open();
      // A button that was pressed has another name: the first of those left is always the next.
      const left = page.getByRole('button', { name: / as a table$/ });
      for (let count = await left.count(); count > 0; count -= 1) await left.first().click();
    },
    leave: async ({ page }) => {
      const left = page.getByRole('button', { name: / as a picture$/ });
      for (let count = await left.count(); count > 0; count -= 1) await left.first().click();
    },
  },
  ...REPORTS.map((name, index): Scene => ({ name: `report-${name.toLowerCase().replaceAll(' ', '-')}`, stand: 'reconciled', arrive: (walk) => walk.report(name), pictureOnly: index > 1 })),
  { name: 'rules-tolerances', stand: 'reconciled', arrive: (walk) => walk.rules(/^Tolerances/) },
  { name: 'rules-risk-windows', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Risk windows/) },
  { name: 'rules-source-of-truth', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Source of truth/) },
  { name: 'rules-routing', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Routing/) },
  { name: 'rules-due', stand: 'reconciled', arrive: (walk) => walk.rules(/^Due dates/) },
  {
    name: 'rules-journals', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.rules(/^Journals/);
      await walk.button('Add an account rule').click();
      await walk.button('Add an approval tier').click();
    },
    leave: (walk) => walk.button('Put back').click(),
  },
  { name: 'rules-history', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^History/) },
  {
    name: 'count-sheets-new', stand: 'reconciled',
    arrive: async ({ page }) => {
      await page.keyboard.press('Control+Shift+N');
      await expect(page.getByRole('form', { name: 'New count sheet' })).toBeVisible();
    },
  },
  { name: 'profiles', stand: 'reconciled', arrive: (walk) => walk.tool('Import profiles') },
  { name: 'audit', stand: 'reconciled', arrive: async (walk) => { await walk.press('Control+8'); await walk.window.audit.events.getByRole('row').nth(1).click(); } },
  { name: 'people', stand: 'reconciled', arrive: async (walk) => { await walk.press('Control+9'); await expect(walk.window.people.table).toBeVisible(); } },
  {
    name: 'people-new-identity', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.press('Control+9');
      await walk.button('New identity').click();
    },
    leave: (walk) => walk.button('Cancel').click(),
  },
  {
    name: 'people-import', stand: 'reconciled',
    arrive: async (walk) => { await walk.press('Control+9'); await walk.button('Import an identity').click(); await expect(walk.page.getByRole('form', { name: 'Import an identity' })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-new-authority', stand: 'reconciled',
    arrive: async (walk) => { await walk.press('Control+9'); await walk.button('New authority').click(); await expect(walk.page.getByRole('form', { name: 'New authority' })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-revoke', stand: 'reconciled',
    arrive: async (walk) => { await walk.press('Control+9'); await walk.button(/^Revoke the certificate of /).first().click(); await expect(walk.page.getByRole('form', { name: /^Revoke/ })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-request', stand: 'reconciled',
    arrive: async (walk) => { await walk.press('Control+9'); await walk.button(/^Request a certificate for /).first().click(); await expect(walk.page.getByRole('form', { name: /^Request/ })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-accept', stand: 'reconciled',
    arrive: async (walk) => { await walk.press('Control+9'); await walk.button('Accept a certificate').click(); await expect(walk.page.getByRole('form', { name: 'Accept a certificate' })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-issue', stand: 'reconciled',
    arrive: async (walk) => { await withAuthority(walk); await walk.button(/^Issue a certificate to /).first().click(); await expect(walk.page.getByRole('form', { name: /^Issue a certificate to/ })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-issue-for', stand: 'reconciled',
    arrive: async (walk) => { await withAuthority(walk); await walk.button('Issue for a request').click(); await expect(walk.page.getByRole('form', { name: 'Issue for a request' })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-export-revoked', stand: 'reconciled',
    arrive: async (walk) => { await withAuthority(walk); await walk.button('Export revoked certificates').click(); await expect(walk.page.getByRole('form', { name: 'Export revoked certificates' })).toBeVisible(); },
    leave: escape,
  },
  {
    name: 'people-withdraw', stand: 'reconciled',
    arrive: async (walk) => { await withAuthority(walk); await walk.button(/^Withdraw the root /).first().click(); await expect(walk.page.getByRole('form', { name: /^Withdraw/ })).toBeVisible(); },
    leave: escape,
  },
  { name: 'approve-not-ready', stand: 'reconciled', arrive: step('Approve') },
  { name: 'journal-draft-nothing', stand: 'reconciled', arrive: step('Journal') },
  { name: 'lock-questions', stand: 'reconciled', sameControls: true, arrive: step('Lock') },
];

const OVERLAYS: readonly Scene[] = [
  { name: 'palette', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.window.palette.open(); }, leave: ({ window }) => window.palette.close() },
  { name: 'palette-nothing-found', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.palette.open(); await walk.page.keyboard.type('depreciation'); }, leave: ({ window }) => window.palette.close() },
  { name: 'cheat-sheet', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.press('Shift+?'); await expect(walk.page.getByTestId('cheat-sheet')).toBeVisible(); }, leave: escape },
  { name: 'period-menu', stand: 'reconciled', isOverlay: true, arrive: (walk) => walk.page.getByTestId('period-select').click(), leave: escape },
  { name: 'person-menu', stand: 'reconciled', isOverlay: true, arrive: (walk) => walk.button(/^Working as /).click(), leave: escape },
];

const SIGNING: readonly Scene[] = [
  { name: 'explain-tagged', stand: 'prepared', sameControls: true, arrive: (walk) => walk.mug() },
  { name: 'journal-prepared', stand: 'prepared', arrive: async (walk) => { await walk.window.goByKeys('Journal'); await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).click(); } },
  {
    name: 'journal-line-behind', stand: 'prepared',
    arrive: async (walk) => {
      await walk.window.goByKeys('Journal');
      await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).click();
      await walk.page.getByTestId('journal-lines').getByRole('row').nth(1).click();
      await expect(walk.page.getByTestId('behind-line')).toBeVisible();
    },
  },
  { name: 'approve', stand: 'prepared', arrive: step('Approve') },
  { name: 'lock', stand: 'prepared', arrive: step('Lock') },
  { name: 'read-only-import', stand: 'held', arrive: step('Import') },
  { name: 'read-only-map', stand: 'held', sameControls: true, arrive: step('Map') },
  { name: 'read-only-explain', stand: 'held', sameControls: true, arrive: (walk) => walk.mug() },
  { name: 'read-only-people', stand: 'held', arrive: async (walk) => { await walk.press('Control+9'); await expect(walk.window.people.table).toBeVisible(); }, pictureOnly: true },
  { name: 'start-recent', stand: 'none', sameControls: true, arrive: ({ window }) => expect(window.start.recent.first()).toBeVisible() },
];

export const SCENES: readonly Scene[] = [...START, ...BEGUN, ...LOCKED, ...WORK, ...HAND, ...OVERLAYS, ...SIGNING, ...AUDIT_ROOM, ...PACK];
