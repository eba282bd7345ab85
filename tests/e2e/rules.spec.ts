/**
 * Rules, changed by keyboard: a wider tolerance is typed, what it would change is seen, it is saved with a reason, the month
 * is reconciled, and the line clears by the rule. Routes, risk windows and overrides beside it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import type { RulePreview } from '../../shared/domain/rule-effects';
import { runTieout, askTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, outputFolder, type TieoutWindow } from '../support/electron';
import { Pictures } from '../support/pictures';
import { MONTH, sampleFile } from '../support/sample-close';
import { WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

test.describe.configure({ mode: 'serial' });

let tieout: TieoutWindow;
let window: WorkbookScreens;
let workbook: PreparedWorkbook;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

/** October, imported and reconciled by the command line. */
async function reconciledOctober(): Promise<PreparedWorkbook> {
  const prepared = await sampleWorkbook();
  const run = async (...args: string[]) => {
    const { exitCode, stderr } = await runTieout(prepared.userDataFolder, args);
    if (exitCode > 1) throw new Error(stderr);
  };
  for (const { file, profileId, asOf } of MONTH.files) {
    await run('import', prepared.workbookPath, sampleFile(file), '--period', MONTH.code, '--profile', profileId, ...(asOf === undefined ? [] : ['--as-of', asOf]));
  }
  await run('reconcile', prepared.workbookPath, '--period', MONTH.code);
  return prepared;
}

async function open(readOnlyPeriod?: string): Promise<void> {
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');
  if (readOnlyPeriod) await window.choosePeriod(readOnlyPeriod);
}

async function openRules(): Promise<void> {
  const { page } = tieout;
  await page.keyboard.press('Control+K');
  await page.keyboard.type('Rules');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('rules')).toBeVisible();
}

async function tabTo(control: Locator): Promise<void> {
  for (let step = 0; step < 90; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await tieout.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(control)}`);
}

/** Types over what a field holds, with the keyboard alone. */
async function typeInto(label: string, text: string): Promise<void> {
  await tabTo(tieout.page.getByLabel(label, { exact: true }));
  await tieout.page.keyboard.press('Control+A');
  await tieout.page.keyboard.type(text);
}

async function goToSection(name: string): Promise<void> {
  const tabs = tieout.page.getByRole('tablist', { name: 'Rules' });
  await tabTo(tabs.getByRole('tab', { selected: true }));
  for (let step = await tabs.getByRole('tab').count(); step > 0; step -= 1) {
    if ((await tabs.getByRole('tab', { selected: true }).innerText()).startsWith(name)) return;
    await tieout.page.keyboard.press('ArrowRight');
  }
  throw new Error(`there is no section ${name}`);
}

const WIDE = { unitsScaled: 100_000, percentHundredths: 5000, valueMinor: 50_000 };
const preview = () => tieout.page.getByTestId('rule-preview');
const headline = () => tieout.page.getByTestId('rule-preview-headline');

test.beforeAll(async () => {
  workbook = await reconciledOctober();
});

test.afterEach(async () => {
  await tieout.close();
});

test('a tolerance is widened by keyboard, previewed, saved, and clears the line it said it would', async () => {
  const { rules } = await askTieout<{ rules: { tolerances: { tier: string }[] } }>(workbook.userDataFolder, ['rules', workbook.workbookPath, '--period', MONTH.code]);
  const changed = path.join(path.dirname(workbook.workbookPath), 'wide.json');
  fs.writeFileSync(changed, JSON.stringify({ tolerances: rules.tolerances.map((each) => (each.tier === 'C' ? { ...each, ...WIDE } : each)) }));
  const told = await askTieout<RulePreview>(workbook.userDataFolder, ['rules', workbook.workbookPath, '--period', MONTH.code, '--preview', changed]);
  const cleared = told.effects.filter(({ effect }) => effect === 'cleared');
  expect(cleared.length).toBeGreaterThan(0);

  await open();
  const { page } = tieout;
  pictures = new Pictures(tieout, path.join(outputFolder(), 'rules'), ['light', 'dark']);
  await pictures.setSize();
  await openRules();
  await expect(page.getByRole('row', { name: /^B / })).toContainText('Let pass');
  await expect(preview()).toContainText('Nothing is saved until you save it');
  await pictures.take('tolerances');

  await typeInto('Tolerance tier C, units', '1x');
  await expect(page.getByRole('alert').first()).toHaveText('1x is not a number of units, 0 or more.');
  await expect(page.getByRole('button', { name: /^Save from October 2026 on/ })).toBeDisabled();
  await typeInto('Tolerance tier C, units', '10');
  await typeInto('Tolerance tier C, percent', '50');
  await typeInto('Tolerance tier C, value', '500');
  const lines = `${cleared.length} ${cleared.length === 1 ? 'clears' : 'clear'}`;
  await expect(headline()).toContainText(lines);
  await expect(page.getByTestId('rule-differences')).toContainText('Tolerance tier C: 3 units, 5 %, 50.00 USD is now 10 units, 50 %, 500.00 USD');
  await expect(page.getByTestId('rule-effects')).toContainText(cleared[0]!.sku);
  await expect(page.getByTestId('rule-past')).toContainText('September 2026');
  await pictures.take('preview');

  // A look elsewhere does not lose what was typed.
  await page.keyboard.press('Control+4');
  await expect(window.screen('Explain')).toBeVisible();
  await openRules();
  await expect(headline()).toContainText(lines);

  // Past all that would change, to the reason.
  await tabTo(page.getByLabel('Tolerance tier C, value', { exact: true }));
  await page.keyboard.press('F6');
  await expect(page.getByLabel('Why the rules change')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByLabel('Tolerance tier C, value', { exact: true })).toBeFocused();
  await page.keyboard.press('F6');
  await page.keyboard.type('Small parts of little worth took up the team.');
  await page.keyboard.press('Enter');
  await expect(preview()).toContainText('Version 2 is in force from October 2026 on');
  await goToSection('History');
  await expect(page.getByTestId('rule-history')).toContainText('Small parts of little worth took up the team.');
  await pictures.take('history');

  await window.goByKeys('Reconcile');
  await page.keyboard.press('F9');
  await expect(window.announcement).toContainText(/exception/i);
  await window.goByKeys('Explain');
  await page.keyboard.press('Control+F');
  await page.keyboard.type(cleared[0]!.sku);
  await expect(window.explain.shown).not.toHaveText('');
  await window.explain.cell(await window.explain.rowOf(cleared[0]!), 'sku').click();
  await expect(window.explain.detail).toContainText('tolerance tier C: 10 units, 50 %, 500.00 USD');
});

test('routes are added, moved and previewed; an override is rehearsed; a risk window holds at once', async () => {
  await open();
  const { page } = tieout;
  pictures = new Pictures(tieout, path.join(outputFolder(), 'rules-sections'), ['light', 'dark']);
  await pictures.setSize();
  await openRules();

  await goToSection('Routing');
  await tabTo(page.getByRole('button', { name: 'Add a route' }));
  await page.keyboard.press('Enter');
  await typeInto('Name', 'Unexplained to the warehouse');
  await tabTo(page.getByRole('checkbox', { name: 'unexplained' }));
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Add a route' }).focus();
  await page.keyboard.press('Enter');
  await typeInto('Name', 'Portland');
  await typeInto('Locations', 'Portland');
  await typeInto('Due after days', '1');
  await expect(headline()).toContainText(/go(es)? to another owner/);
  await page.getByRole('button', { name: 'Move up' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('routes').getByRole('option')).toHaveText([/^1\. Portland/, /^2\. Unexplained to the warehouse/]);
  await pictures.take('routes');
  await typeInto('Locations', 'Nowhere');
  await expect(preview()).toContainText('The workbook has no location Nowhere.');
  await typeInto('Locations', 'Portland');

  await goToSection('Source of truth');
  await tabTo(page.getByRole('button', { name: 'Add an override' }));
  await page.keyboard.press('Enter');
  await expect(preview()).toContainText('This moves variances themselves');
  await tabTo(page.getByRole('button', { name: 'Rehearse it whole' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Rehearse it whole' })).toBeHidden();
  await expect(headline()).toContainText('of October 2026');
  await pictures.take('truth');

  await goToSection('Risk windows');
  await tabTo(page.getByRole('button', { name: 'Add a window' }));
  await page.keyboard.press('Enter');
  await pictures.take('risk-window');
  await typeInto('Note', 'Autumn sale');
  await typeInto('Why', 'The sale began early.');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('risk-windows')).toContainText('Autumn sale');
  await page.getByTestId('risk-windows').getByRole('row', { name: /Autumn sale/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Kind', { exact: true })).toBeFocused();
  await typeInto('Why', 'It was called off.');
  await page.getByRole('button', { name: 'End it now' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/The promotion is over\.|had not begun/).first()).toBeVisible();

  await goToSection('Due dates and counts');
  await tabTo(page.getByRole('checkbox', { name: /needs a second one/ }));
  await page.keyboard.press('Space');
  await pictures.take('due');
  await page.getByRole('button', { name: 'Put back' }).focus();
  await page.keyboard.press('Enter');
  await expect(preview()).toContainText('Nothing is saved until you save it');
});

test('in a locked month the rules are read, and nothing can be changed', async () => {
  await open('September 2026');
  const { page } = tieout;
  pictures = new Pictures(tieout, path.join(outputFolder(), 'rules-locked'), ['light', 'dark']);
  await pictures.setSize();
  await openRules();
  await expect(page.getByText('September 2026 is locked.', { exact: false }).first()).toBeVisible();
  await expect(page.getByLabel('Tolerance tier A, units', { exact: true })).toBeDisabled();
  await expect(preview()).toBeHidden();
  await pictures.take('locked');
});
