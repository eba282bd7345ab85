/**
 * An audit pack from hand to hand: the accountant makes it of a locked month in the window and verifies it; an auditor without an
 * identity opens it read-only, sees its verification first, can change nothing, draws a sample into a file of their own beside the
 * pack, and leaves nothing unpacked behind.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { askTieout, runTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, outputFolder, temporaryFolder, type TieoutWindow } from '../support/electron';
import { Pictures } from '../support/pictures';
import { person } from '../support/sample-close';
import { WorkbookScreens } from '../support/window';

test.describe.configure({ mode: 'serial' });

const ana = person('Ana');
let home: string;
let workbookPath: string;
let packFolder: string;
let packPath: string;
let temporary: string;
let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

leavePictureOnFailure(() => tieout);

const hashOf = (filePath: string) => createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');
const unpacked = (): string[] => fs.readdirSync(temporary).filter((name) => name.startsWith('tieout-pack-'));

async function open(userDataFolder: string, args: readonly string[], name: string): Promise<void> {
  tieout = await launchTieout({ userDataFolder, args, environment: { TMPDIR: temporary, TEMP: temporary } });
  window = new WorkbookScreens(tieout.page);
  pictures = new Pictures(tieout, `${outputFolder()}-pack-${name}`, ['light', 'dark']);
  await pictures.setSize();
}

test.beforeAll(async () => {
  home = temporaryFolder('home');
  packFolder = temporaryFolder('auditors-desk');
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'unpacking-'));
  packPath = path.join(packFolder, 'October.zip');
  workbookPath = path.join(home, 'Harbor & Pine.tieout');
  const { exitCode, stderr } = await runTieout(home, ['demo', '--out', home]);
  expect(exitCode, stderr).toBe(0);
});

test.afterAll(async () => {
  await tieout?.close();
});

test('the accountant makes the pack of a locked month, is told what to tell the auditor, and verifies it', async () => {
  await open(home, [workbookPath], 'made');
  const { page } = tieout;
  await window.choosePeriod('October 2026');
  await window.palette.run('Make the audit pack');
  const dialog = page.getByRole('dialog', { name: 'Audit pack of October 2026' });
  await dialog.getByLabel('Signed by').selectOption({ label: 'Ana Reyes, accountant' });
  await pictures.take('pack-sign');
  await tieout.answerSaveDialogs(packPath);
  await dialog.getByLabel(/^Pass phrase/).fill('not this one');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/pass phrase/i).last()).toBeVisible();
  expect(fs.existsSync(packPath)).toBe(false);
  await dialog.getByLabel(/^Pass phrase/).fill(ana.passPhrase);
  await page.keyboard.press('Enter');
  const made = page.getByTestId('pack-made');
  await expect(made).toBeVisible({ timeout: 60_000 });
  await expect(made).toContainText(packPath);
  await expect(made.getByTestId('manifest-hash')).toHaveText(/^[0-9a-f]{64}$/);
  await pictures.take('pack-made');
  await made.getByRole('button', { name: 'Verify it' }).click();
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 60_000 });
  await expect(page.getByTestId('verification-subject')).toHaveText(/^October\.zip, verified /);
  expect(unpacked()).toEqual([]);
  await tieout.close();
});

test('an auditor opens the pack and sees its verification first; whose it is stands at the top and at the foot', async () => {
  await open(temporaryFolder('auditor'), [], 'opened');
  const { page } = tieout;
  await tieout.answerOpenDialogs([packPath]);
  await window.start.choice(/^Check a workbook or audit pack, read-only/).click();
  await expect(page.getByText(`October.zip is an audit pack, signed by Ana Reyes <${ana.email}>. It is only read.`)).toBeVisible({ timeout: 20_000 });
  await expect(window.periodState).toHaveText('locked');
  await expect(page.getByTestId('pack-origin')).toContainText('October.zip');
  expect(await tieout.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getTitle())).toBe(`October.zip, audit pack signed by Ana Reyes <${ana.email}> - Tieout`);
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 60_000 });
  await expect(window.lock.checks.filter({ hasText: 'Signature of the pack' })).toHaveCount(1);
  await page.getByText('What was verified').click();
  await expect(page.getByTestId('verification')).toContainText('2026-10, seal 1');
  await pictures.take('pack-opened');
});

test('nothing of it can be changed, and no way to write is offered', async () => {
  const { page } = tieout;
  await expect(page.getByRole('button', { name: 'Open for writing' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Reopen October 2026' })).toHaveCount(0);
  await window.goByKeys('Explain');
  await expect(page.getByText('It is only read.')).toBeVisible();
  const home2 = temporaryFolder('nobody');
  const refused = await runTieout(home2, ['lines', packPath, '--period', '2026-10', '--only', 'open', '--json']);
  expect(refused.exitCode, refused.stderr).toBeLessThan(2);
  const written = await runTieout(home2, ['reconcile', packPath, '--period', '2026-10']);
  expect(written).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('A pack is only read.') });
});

test('the verification is saved as a PDF and as a page, each with the lodged code on it', async () => {
  const { page } = tieout;
  await window.goByKeys('Lock');
  if ((await window.lock.verification.count()) === 0) await page.getByRole('button', { name: 'Verify this pack' }).click();
  await expect(window.lock.verification).toBeVisible({ timeout: 60_000 });
  const [pdf, html] = ['page.pdf', 'page.html'].map((name) => path.join(packFolder, name)) as [string, string];
  for (const [file, item] of [[pdf, 'PDF with page numbers'], [html, 'Web page for paper']] as const) {
    await tieout.answerSaveDialogs(file);
    await window.lock.verification.getByRole('button', { name: 'Save the verification as' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect.poll(() => fs.existsSync(file), { timeout: 20_000 }).toBe(true);
  }
  expect(fs.readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(fs.readFileSync(html, 'utf8')).toMatch(/lodged code [0-9A-Z]{4}(-[0-9A-Z]{4}){6}/);
});

test('a sample is drawn into a file beside the pack, and closing leaves nothing unpacked', async () => {
  const { page } = tieout;
  const before = hashOf(packPath);
  expect(unpacked()).toHaveLength(1);
  await page.getByRole('button', { name: 'Auditor’s room' }).click();
  await page.getByRole('form', { name: 'Begin an auditor’s file' }).getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
  await page.keyboard.press('Enter');
  await page.getByLabel('Confidence in %').fill('90');
  await page.getByLabel(/^Tolerable misstatement/).fill('60000');
  await page.getByLabel('Seed').fill('harbor');
  await expect(page.getByTestId('sample-plan')).toContainText('interval');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sample-pane')).toContainText('not counted');
  await pictures.take('pack-sample');
  expect(fs.readdirSync(packFolder).filter((name) => !name.startsWith('page.')).sort()).toEqual(['October.tieout-audit', 'October.zip']);
  await window.palette.run('Close workbook');
  await expect(window.start.choice(/^Open a workbook/)).toBeVisible();
  expect(unpacked()).toEqual([]);
  expect(hashOf(packPath)).toBe(before);
  const verified = await askTieout<{ holds: boolean; kind: string }>(home, ['verify', packPath]);
  expect(verified).toMatchObject({ holds: true, kind: 'pack' });
  // It stands in the list of recent ones under its own name, and what a crash left unpacked is gone with the next opening.
  fs.mkdirSync(path.join(temporary, 'tieout-pack-999999999-crash'));
  await page.getByRole('button', { name: /^October\.zip, / }).click();
  await expect(page.getByTestId('pack-origin')).toContainText('October.zip', { timeout: 20_000 });
  expect(unpacked()).toHaveLength(1);
  await tieout.close();
  expect(unpacked()).toEqual([]);
});
