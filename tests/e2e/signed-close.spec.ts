/**
 * A signed close in the hands of who comes after it: the journal is stated as posted, an auditor without an identity on their machine
 * opens the same file read-only, verifies it against the lodged code, draws a sample and traces a line to its file and back; then two
 * people open the month again, change an answer and lock it a second time, and what changed between the seals is told.
 *
 * How it was signed and locked in the window is told in `close.spec.ts`; here it begins where the command line left off.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { askTieout, runTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, outputFolder, temporaryFolder, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { Pictures } from '../support/pictures';
import { person } from '../support/sample-close';
import { WorkbookScreens } from '../support/window';

test.describe.configure({ mode: 'serial' });

const [ana, ben] = [person('Ana'), person('Ben')];
const NOTE = 'Counted again on 2 November: 48.';

let home: string;
let workbookPath: string;
let lodgedCode = '';
let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

const hashOf = (filePath: string) => createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');

async function open(userDataFolder: string, args: readonly string[], name: string): Promise<void> {
  tieout = await launchTieout({ userDataFolder, args });
  window = new WorkbookScreens(tieout.page);
  pictures = new Pictures(tieout, `${outputFolder()}-signed-${name}`, ['light', 'dark']);
  await pictures.setSize();
}

test.beforeAll(async () => {
  home = temporaryFolder('home');
  workbookPath = path.join(home, 'Harbor & Pine.tieout');
  const { exitCode, stderr } = await runTieout(home, ['demo', '--out', home]);
  expect(exitCode, stderr).toBe(0);
});

test.afterAll(async () => {
  await tieout?.close();
});

test('the ledger’s document is stated on the exported journal, and the lodged code is read off the seal', async () => {
  await open(home, [workbookPath], 'posted');
  await window.choosePeriod('October 2026');
  await window.goByKeys('Journal');
  const { page } = tieout;
  await page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /exported$/ }).click();
  const form = page.getByRole('form', { name: /^State .* as posted$/ });
  await form.getByLabel('Document number').fill('JE-20417');
  await form.getByRole('button', { name: 'State as posted' }).click();
  await expect(page.getByText('ADJ-2026-10-1 is posted as JE-20417.')).toBeVisible();
  await pictures.take('journal-posted');
  await window.goByKeys('Lock');
  lodgedCode = await window.lock.sealCode.first().innerText();
  expect(lodgedCode).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){6}$/);
  await pictures.take('locked');
  await tieout.close();
});

test('an auditor without an identity opens the file read-only and is shown its verification first, each line with a way to check it', async () => {
  await open(temporaryFolder('auditor'), [], 'auditor');
  await pictures.take('start');
  await tieout.answerOpenDialogs([workbookPath]);
  await window.start.choice(/^Check a workbook or audit pack, read-only/).click();
  await expect(tieout.page.getByText('Opened read-only. Nothing of this workbook can be changed here.')).toBeVisible({ timeout: 20_000 });
  await expect(window.periodState).toHaveText('locked');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  expect(fs.existsSync(path.join(home, `.~${path.basename(workbookPath)}.lock`))).toBe(false);
  for (const check of await window.lock.checks.all()) await expect(check.getByText('How to check this without Tieout')).toHaveCount(1);
  await window.lock.checks.filter({ hasText: 'Seal of 2026-10' }).getByText('How to check this without Tieout').click();
  await pictures.take('verification');
  await window.lock.lodgedCode.fill(lodgedCode);
  await tieout.page.getByRole('button', { name: 'Verify this workbook' }).click();
  await expect(window.lock.checks.filter({ hasText: `${lodgedCode} is the seal of 2026-10` })).toHaveCount(1, { timeout: 30_000 });
  await pictures.take('lodged-code');

  // A root given for this verification: the workbook's own people need none.
  const { page } = tieout;
  const root = path.join(home, 'other-root.pem');
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', path.join(home, 'other-root.key'), '-out', root, '-days', '30', '-subj', '/CN=Other Root']);
  expect(made.status, String(made.stderr)).toBe(0);
  const trusts = async (file: string) => {
    await tieout.answerOpenDialogs([file]);
    await page.getByRole('button', { name: 'Trust a root for journal files' }).click();
    await expect(page.getByText(`Each signer must be one of the workbook’s people, or lead to ${path.basename(file)} or to a root of the workbook.`)).toBeVisible();
  };
  const verifiesJournal = async () => {
    await tieout.answerOpenDialogs([path.join(home, 'journal-2026-10.xlsx')]);
    await page.getByRole('button', { name: 'Verify a journal or a pack' }).click();
  };
  await trusts(root);
  await verifiesJournal();
  await expect(window.lock.verification).toContainText('journal-2026-10.xlsx', { timeout: 30_000 });
  await expect(window.lock.verification).toContainText('The workbook knows this certificate.');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true');
  await page.getByRole('button', { name: 'Trust those of the workbook alone' }).click();
  await expect(page.getByText('For this verification only: a .pem file of whoever vouches for the signers.')).toBeVisible();
});

test('the auditor draws a sample, traces a line to file, row and column, and comes back to the line', async () => {
  const { page } = tieout;
  const before = hashOf(workbookPath);
  await page.getByRole('button', { name: 'Auditor’s room' }).click();
  const form = page.getByRole('form', { name: 'Begin an auditor’s file' });
  await form.getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
  await pictures.take('room-begin');
  await page.keyboard.press('Enter');
  await page.getByLabel('Confidence in %').fill('90');
  await page.getByLabel(/^Tolerable misstatement/).fill('60000');
  await page.getByLabel('Seed').fill('harbor');
  await expect(page.getByTestId('sample-plan')).toContainText('interval');
  await pictures.take('sample-plan');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sample-pane')).toContainText('not counted');
  await pictures.take('sample');
  const hand = new GridHand(page);
  const drawn = await hand.cell(0, 'sku').innerText();
  await hand.cell(0, 'sku').click();
  await page.getByRole('button', { name: `Explain ${drawn}` }).click();
  await expect(page.getByTestId('detail-sku')).toHaveText(drawn);
  await window.explain.section('Positions').getByRole('button', { name: /of / }).first().click();
  const row = page.getByTestId('original-row');
  await expect(row.locator('[data-own]').filter({ hasText: drawn })).not.toHaveCount(0);
  await row.getByRole('button', { name: 'Lines that use this row' }).click();
  const uses = row.getByRole('list', { name: 'Lines that use this row' });
  await expect(uses.getByRole('button', { name: new RegExp(`^${drawn} at `) })).toHaveCount(1);
  await pictures.take('traced');
  await uses.getByRole('button', { name: new RegExp(`^${drawn} at `) }).click();
  await expect(page.getByTestId('detail-sku')).toHaveText(drawn);
  expect(hashOf(workbookPath), 'the auditor wrote nothing into the workbook').toBe(before);
  await tieout.close();
});

test('two people open the month again, an answer is changed, and the second lock tells what changed', async () => {
  await open(home, [workbookPath], 'reopened');
  const { page } = tieout;
  await window.choosePeriod('October 2026');
  await window.goByKeys('Lock');
  await page.getByRole('button', { name: 'Reopen October 2026' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reopen October 2026' });
  await dialog.getByLabel('Why October 2026 is reopened').fill('The mugs were counted again');
  await dialog.getByLabel('Who asks', { exact: true }).selectOption({ label: 'Ana Reyes, accountant' });
  await dialog.getByLabel('Pass phrase of who asks').fill(ana.passPhrase);
  await dialog.getByLabel('Controller who agrees').selectOption({ label: 'Ben Okafor, controller' });
  await dialog.getByLabel('Pass phrase of the controller').fill(ben.passPhrase);
  await pictures.take('reopen');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await expect(window.periodState).toHaveText('open');

  await window.goByKeys('Explain');
  // The answers of an approved journal stand; a line that a rule cleared can be answered.
  await window.explain.view.selectOption({ label: 'Cleared by a rule' });
  await window.explain.cell(0, 'sku').click();
  const note = page.getByTestId('tag-form').getByLabel('Note');
  await note.fill(NOTE);
  await note.press('Tab');
  await expect(window.explain.section('History')).toContainText(NOTE);
  await pictures.take('changed');

  await window.goByKeys('Lock');
  await expect(window.lock.form.form).toContainText('All seven questions and all gates hold.');
  await window.lock.form.passPhrase.fill(ben.passPhrase);
  await window.lock.form.submit.click();
  await expect(window.periodState).toHaveText('locked', { timeout: 30_000 });
  await page.getByRole('button', { name: 'What changed since' }).click();
  const changes = page.getByTestId('seal-changes');
  await expect(changes.getByRole('table', { name: 'Changes by table' })).toContainText('tags', { timeout: 30_000 });
  await pictures.take('seal-changes');
  await window.palette.run('Verify this workbook');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  const verified = await askTieout<{ holds: boolean }>(home, ['verify', workbookPath]);
  expect(verified.holds).toBe(true);
});
