/**
 * Ways to a workbook: the command line, a drop, a second start; and what is said of files that cannot be opened.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, projectFolder, sandboxArguments, temporaryFolder, type TieoutWindow } from '../support/electron';
import { WorkbookScreens } from '../support/window';
import { emptyWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow | undefined;

leavePictureOnFailure(() => tieout);

test.afterEach(async () => {
  await tieout?.close();
  tieout = undefined;
});

const nameIn = (page: TieoutWindow['page']) => page.getByTestId('workbook-name');

test('a workbook named on the command line is opened, and is among the recent ones afterwards', async () => {
  const { workbookPath, userDataFolder } = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbookPath], userDataFolder });
  await expect(nameIn(tieout.page)).toHaveText('Harbor & Pine');
  await expect(tieout.page).toHaveTitle('Harbor & Pine - Tieout');
  await tieout.page.keyboard.press('Control+W');
  const { start } = new WorkbookScreens(tieout.page);
  await expect(start.recent).toHaveAccessibleName(new RegExp(`Harbor & Pine, .*${path.basename(path.dirname(workbookPath))}`));
  await start.recent.click();
  await expect(nameIn(tieout.page)).toHaveText('Harbor & Pine');
});

test('a workbook dropped onto the start screen is opened, and one dropped onto an open workbook takes its place', async () => {
  const [first, second] = [await emptyWorkbook(), await emptyWorkbook()];
  const other = path.join(path.dirname(second.workbookPath), 'Second company.tieout');
  fs.renameSync(second.workbookPath, other);
  tieout = await launchTieout({ userDataFolder: first.userDataFolder });
  await expect(tieout.page.getByRole('region', { name: 'Begin' })).toBeVisible();
  await dropFiles(tieout.app, tieout.page, [first.workbookPath]);
  await expect(nameIn(tieout.page)).toHaveText('Harbor & Pine');
  await dropFiles(tieout.app, tieout.page, [other]);
  await expect(nameIn(tieout.page)).toHaveText('Second company');
});

test('a workbook that another process holds opens for reading only and says who holds it', async () => {
  const { workbookPath, userDataFolder } = await sampleWorkbook();
  const first = await launchTieout({ args: [workbookPath], userDataFolder });
  await expect(nameIn(first.page)).toHaveText('Harbor & Pine');

  tieout = await launchTieout({ args: [workbookPath] });
  const window = new WorkbookScreens(tieout.page);
  await expect(nameIn(tieout.page)).toHaveText('Harbor & Pine');
  await expect(tieout.page.getByText(/^Read-only\. Harbor & Pine\.tieout is open elsewhere: .+ since /).first()).toBeVisible();
  await expect(window.import.useSampleFiles('October')).toHaveCount(0);
  await expect(tieout.page.getByTestId('saved')).toHaveText('read-only');
  await window.goByKeys('Explain');
  await window.choosePeriod('September 2026');
  await expect(window.explain.shown).toContainText('of 1,');

  await first.close();
  // Whoever waits has it as soon as it is free, where they are.
  await expect(tieout.page.getByText('is free now and was opened again for writing')).toBeVisible();
  await expect(tieout.page.getByTestId('saved')).toHaveText('all changes saved');
  await expect(window.explain.shown).toContainText('of 1,');
});

test('a start with --read-only opens without a lock, is so again at the next start, and writes only after “Open for writing”', async () => {
  const { workbookPath, userDataFolder } = await sampleWorkbook();
  const lock = path.join(path.dirname(workbookPath), `.~${path.basename(workbookPath)}.lock`);
  const notice = 'Opened read-only. Nothing of this workbook can be changed here.';
  tieout = await launchTieout({ args: ['--read-only', workbookPath], userDataFolder });
  await expect(tieout.page.getByText(notice)).toBeVisible();
  await expect(tieout.page.getByTestId('saved')).toHaveText('read-only');
  const window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('locked');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  expect(fs.existsSync(lock)).toBe(false);
  await tieout.close();

  tieout = await launchTieout({ userDataFolder });
  await expect(tieout.page.getByText(notice)).toBeVisible();
  expect(fs.existsSync(lock)).toBe(false);
  await tieout.page.getByRole('button', { name: 'Open for writing' }).click();
  await expect(tieout.page.getByText(notice)).toHaveCount(0);
  await expect.poll(() => fs.existsSync(lock)).toBe(true);
});

test('whoever is none of the workbook’s people is shown all of it, signs nothing, and verifies it with one key', async () => {
  const { workbookPath } = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbookPath] });
  const window = new WorkbookScreens(tieout.page);
  await window.choosePeriod('September 2026');
  await expect(window.periodState).toHaveText('locked');
  await window.goByKeys('Explain');
  await expect(tieout.page.getByRole('grid').first()).toBeVisible();
  await tieout.page.keyboard.press('F8');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  await window.choosePeriod('October 2026');
  await window.goByKeys('Lock');
  await expect(window.lock.form.form.getByLabel('Pass phrase')).toHaveCount(0);
});

test('a second start hands its workbook to the first, which opens it in a window of its own', async () => {
  const [first, second] = [await emptyWorkbook(), await sampleWorkbook()];
  tieout = await launchTieout({ args: [first.workbookPath], userDataFolder: first.userDataFolder });
  await expect(nameIn(tieout.page)).toHaveText('Harbor & Pine');
  const opened = tieout.app.waitForEvent('window');
  const started = spawn(createRequire(import.meta.url)('electron') as string, [...sandboxArguments, projectFolder, second.workbookPath], {
    env: { ...process.env, TIEOUT_USER_DATA: first.userDataFolder },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => started.once('exit', resolve));
  const page = await opened;
  await expect(nameIn(page)).toHaveText('Harbor & Pine');
  await expect(page.getByTestId('period-state')).toHaveText('open');
  await ended;
  await page.close();
});

test('a file that is no workbook, a damaged one and one that is gone are told apart', async () => {
  const folder = temporaryFolder('unreadable');
  const { workbookPath } = await sampleWorkbook();
  const noWorkbook = path.join(folder, 'No workbook.tieout');
  fs.writeFileSync(noWorkbook, 'sku,location,quantity\nMUG-BLU-11,Portland,48\n');
  const damaged = path.join(folder, 'Damaged.tieout');
  const bytes = fs.readFileSync(workbookPath);
  bytes.fill(0x5a, 3 * 4096, 40 * 4096);
  fs.writeFileSync(damaged, bytes);

  tieout = await launchTieout();
  const { start } = new WorkbookScreens(tieout.page);
  const refusalOf = async (file: string) => {
    await tieout!.answerOpenDialogs([file]);
    await start.choice(/^Open a workbook/).click();
    await expect(start.refusal).toContainText(path.basename(file));
    return start.refusal.innerText();
  };
  expect(await refusalOf(noWorkbook)).toContain('is not a Tieout workbook');
  expect(await refusalOf(damaged)).toContain('Open the last backup beside it');
  expect(await refusalOf(path.join(folder, 'Gone.tieout'))).toContain('not there');
  expect(fs.readFileSync(noWorkbook, 'utf8')).toContain('MUG-BLU-11');
});
