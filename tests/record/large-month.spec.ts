/**
 * The record of the month of a million lines, in the real window: what an accountant does all day, with the time each step took.
 *
 * `npm run record` carries it out; its pictures and `times.json` go to `out/record`. Not among the tests that every change runs.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readTsv, tsvOf } from '../../renderer/grid/clipboard/tsv';
import { runTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, projectFolder, temporaryFolder, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { lineOf, makeLargeMonth } from '../support/large-month';
import { importedSample } from '../support/overview-screen';
import { WorkbookScreens } from '../support/window';

test.describe.configure({ mode: 'serial', timeout: 600_000 });

const LINES = Number(process.env.TIEOUT_RECORD_LINES ?? 1_000_000);
const folder = process.env.TIEOUT_RECORD_FOLDER ?? path.join(projectFolder, 'out/record');
const PATIENT = { timeout: 120_000 };

let tieout: TieoutWindow;
let window: WorkbookScreens;
let hand: GridHand;
const times: { readonly step: string; readonly milliseconds: number; readonly result: string }[] = [];

leavePictureOnFailure(() => tieout);

/** Carries out a step, takes its picture and writes down how long it took and what was seen. */
async function step(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const result = await work();
  times.push({ step: name, milliseconds: Math.round(performance.now() - started), result });
  await tieout.page.screenshot({ path: path.join(folder, `${String(times.length).padStart(2, '0')} ${name}.png`) });
  fs.writeFileSync(path.join(folder, 'times.json'), `${JSON.stringify({ lines: LINES, times }, null, 2)}\n`);
}

test.beforeAll(() => fs.mkdirSync(folder, { recursive: true }));

test('the month is opened and every line is shown', async () => {
  const made = process.env.TIEOUT_RECORD_MONTH;
  const own = temporaryFolder('record');
  const file = path.join(own, 'Month.tieout');
  if (made === undefined) await makeLargeMonth(own, LINES);
  else fs.copyFileSync(made, file, fs.constants.COPYFILE_FICLONE);
  tieout = await launchTieout({ args: [file] });
  window = new WorkbookScreens(tieout.page);
  hand = new GridHand(tieout.page);
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible(PATIENT);
  await step('Explain', async () => {
    await window.goByKeys('Explain');
    await expect(hand.cell(0, 'sku')).toHaveText(/^SKU-/, PATIENT);
    return 'open lines, most urgent first';
  });
  await step('Every line', async () => {
    await window.explain.view.selectOption({ label: 'Every line' });
    await expect(hand.cell(0, 'sku')).toHaveText('SKU-0000000', PATIENT);
    await expect(window.explain.shown).toContainText(LINES.toLocaleString('en'), PATIENT);
    return window.explain.shown.innerText();
  });
});

/** What LibreOffice Calc makes of a text: read as its import reads a .csv with tabs, saved as a sheet, and written again as text. */
function throughCalc(text: string): string {
  const own = temporaryFolder('calc');
  const convert = (to: string, file: string, ...more: string[]) =>
    execFileSync('soffice', [`-env:UserInstallation=file://${own}/profile`, '--headless', '--norestore', ...more, '--convert-to', to, '--outdir', own, file], { stdio: 'ignore', timeout: 300_000 });
  // Fields parted by tabs, quoted by ", in UTF-8; then the same way out, values as they are and not as they are shown.
  fs.writeFileSync(path.join(own, 'copied.csv'), text);
  convert('ods', path.join(own, 'copied.csv'), '--infilter=Text - txt - csv (StarCalc):9,34,76,1');
  convert('csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false', path.join(own, 'copied.ods'));
  return fs.readFileSync(path.join(own, 'copied.csv'), 'utf8');
}

test('ten thousand cells go to LibreOffice Calc and come back without a changed figure', async () => {
  await hand.cell(0, 'sku').click();
  await hand.press('Control+Home');
  await step('Range of ten thousand cells', async () => {
    await hand.extendTo(2499, 'storefrontAtCutOffScaled');
    await expect(hand.status('selected')).toHaveText('selected 10,000 cells in 2,500 rows', PATIENT);
    return hand.status('selected').innerText();
  });
  await step('Copied', async () => {
    await hand.press('Control+C');
    await expect(hand.message).toHaveText('10,000 cells copied', PATIENT);
    return hand.message.innerText();
  });
  const { text } = await hand.clipboard();
  await step('Through LibreOffice Calc', async () => {
    const back = readTsv(throughCalc(text));
    expect(back).toHaveLength(2500);
    for (const [place, [sku, location, erp, storefront]] of back.entries()) {
      const line = lineOf(place);
      expect([sku, location, erp, storefront], `row ${place}`).toEqual([line.sku, line.location, String(line.onHand), 'unknown']);
    }
    expect(back).toEqual(readTsv(text));
    return '10,000 cells came back as they went';
  });
});

test('notes with figures go to Calc and are pasted back into the grid as they were', async () => {
  await hand.press('Escape');
  await hand.scrollTo(10, 'note');
  const notes = Array.from({ length: 20 }, (_none, index) => [`${(index + 1) * 1234}.${String(index).padStart(3, '0')} USD`]);
  const back = readTsv(throughCalc(tsvOf(notes)));
  await hand.cell(10, 'note').click();
  await step('Pasted from Calc', async () => {
    await hand.paste(tsvOf(back));
    for (const [index, [note]] of notes.entries()) await expect(hand.cell(10 + index, 'note')).toHaveText(note!, PATIENT);
    return `${notes.length} notes with figures`;
  });
  await hand.press('Control+Z');
  await expect(window.announcement).toHaveText(/^Undone/, PATIENT);
});

test('five thousand reason codes are filled, taken back and made again', async () => {
  await hand.press('Control+Home');
  await hand.scrollTo(0, 'reasonCode');
  await hand.cell(0, 'reasonCode').click();
  await hand.type('PHY-SHR');
  await hand.press('Enter');
  await expect(hand.cell(0, 'reasonCode')).not.toHaveText('', PATIENT);
  const code = await hand.cell(0, 'reasonCode').innerText();
  await hand.press('ArrowUp');
  await hand.extendTo(4999, 'reasonCode');
  await step('Filled down', async () => {
    await hand.press('Control+D');
    await expect(window.announcement).toHaveText('Reason of 4,999 lines saved', PATIENT);
    return window.announcement.innerText();
  });
  await hand.scrollTo(4999, 'reasonCode');
  await expect(hand.cell(4999, 'reasonCode')).toHaveText(code, PATIENT);
  await step('Undone', async () => {
    await hand.press('Control+Z');
    await expect(window.announcement).toHaveText('Undone: Reason of 4,999 lines', PATIENT);
    await expect(hand.cell(4999, 'reasonCode')).toHaveText('', PATIENT);
    await hand.press('Control+Z');
    await expect(window.announcement).toHaveText(/^Undone: Reason of SKU-/, PATIENT);
    return window.announcement.innerText();
  });
  await step('Made again', async () => {
    await hand.press('Control+Shift+Z');
    await expect(window.announcement).toHaveText(/^Made again: Reason of SKU-/, PATIENT);
    await hand.press('Control+Shift+Z');
    await expect(window.announcement).toHaveText('Made again: Reason of 4,999 lines', PATIENT);
    await expect(hand.cell(4999, 'reasonCode')).toHaveText(code, PATIENT);
    return window.announcement.innerText();
  });
});

test('a line is found among all, and lines stand in groups with their sums', async () => {
  const wanted = lineOf(LINES - 4_000 - (LINES % 4)).sku;
  await hand.press('Control+Home');
  await hand.press('F3');
  await step('Found', async () => {
    await hand.type(wanted);
    await hand.press('Enter');
    await expect(tieout.page.getByTestId('find-told')).toHaveText('1 of 4', PATIENT);
    await hand.press('Escape');
    await expect(tieout.page.locator('.ag-cell:focus')).toHaveText(wanted, PATIENT);
    return `${wanted}, 1 of 4`;
  });
  await step('Grouped', async () => {
    await tieout.page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'By location' });
    await expect(hand.cell(3, 'sku')).toContainText('Seattle Store', PATIENT);
    for (const location of [0, 1, 2, 3]) {
      let sum = 0;
      for (let place = location; place < LINES; place += 4) sum += lineOf(place).onHand;
      await expect(hand.cell(location, 'erpAtCutOffScaled')).toHaveText(sum.toLocaleString('en'));
    }
    return 'four locations, each with the sum of its lines';
  });
  await tieout.close();
});

test('the sample company is walked from its first open line to its last by keyboard alone', async () => {
  const { workbookPath, userDataFolder } = await importedSample();
  const told = await runTieout(temporaryFolder('reader'), ['reconcile', workbookPath, '--period', '2026-10']);
  expect(told.exitCode, told.stderr).toBeLessThanOrEqual(1);
  tieout = await launchTieout({ args: [workbookPath], userDataFolder });
  window = new WorkbookScreens(tieout.page);
  hand = new GridHand(tieout.page);
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible(PATIENT);
  await window.goByKeys('Explain');
  await expect(hand.cell(0, 'sku')).toHaveText(/./, PATIENT);
  await step('Every open line by Alt+Down', async () => {
    await expect(window.explain.shown).toHaveText(/[1-9]\d* of/, PATIENT);
    const open = Number((await window.explain.shown.innerText()).replace(/\D*([\d,]+) of.*/s, '$1').replaceAll(',', ''));
    const walked = new Set<string>();
    for (let number = 0; number < open; number += 1) {
      await hand.press('Alt+ArrowDown');
      await expect.poll(async () => (await hand.active())[0], PATIENT).toBe(number);
      walked.add(`${await hand.cell(number, 'sku').innerText()} at ${await hand.cell(number, 'location').innerText()}`);
    }
    expect(walked.size).toBe(open);
    await hand.press('Alt+ArrowDown');
    await expect(window.announcement).toHaveText('No open line after this one');
    return `${open} open lines`;
  });
  await tieout.close();
});
