/**
 * An import after it was written: its evidence sheet, undone with a reason, replaced by a corrected file; a later export
 * held against the locked month.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { askTieout } from '../support/command-beside-window';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { ImportLifeScreen } from '../support/import-life-screen';
import { Pictures } from '../support/pictures';
import { MONTH, sampleFile } from '../support/sample-close';
import { WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let life: ImportLifeScreen;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeEach(async () => {
  workbook = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  life = new ImportLifeScreen(tieout.page);
  await expect(window.periodState).toHaveText('open');
});

test.afterEach(async () => {
  await tieout.close();
});

const picturesOf = async (info: TestInfo) => {
  const pictures = new Pictures(tieout, info.outputPath('pictures'), ['light', 'dark']);
  await pictures.setSize();
  return pictures;
};

const MOVEMENTS = sampleFile(MONTH.files.find(({ file }) => file.includes('movements-erp'))!.file);
const beside = (name: string) => path.join(path.dirname(workbook.workbookPath), name);

async function importMovements(): Promise<void> {
  await dropFiles(tieout.app, tieout.page, [MOVEMENTS]);
  await window.import.show(path.basename(MOVEMENTS));
  await window.import.write.click();
  await expect(window.announcement).toHaveText(/rows written/);
  await window.goByKeys('Reconcile');
  await window.goByKeys('Import');
}

test('an import shows its evidence sheet, can be printed and saved, and is undone with a reason', async ({}, info) => {
  const { page } = tieout;
  const pictures = await picturesOf(info);
  await importMovements();
  await life.open(path.basename(MOVEMENTS));
  await expect(life.pane).toContainText('SHA-256');
  await expect(life.pane.getByRole('table', { name: 'Control totals', exact: true })).toBeVisible();
  await pictures.take('evidence');

  const saved = beside('sheet.html');
  await tieout.answerSaveDialogs(saved);
  await life.pane.getByRole('button', { name: 'Save the sheet' }).click();
  await expect(window.announcement).toContainText('is saved to');
  expect(fs.readFileSync(saved, 'utf8')).toContain('<h1>Evidence of import');

  await page.emulateMedia({ media: 'print' });
  await expect(life.printed).toBeVisible();
  await expect(life.pane).toBeHidden();
  await page.screenshot({ path: info.outputPath('printed.png'), fullPage: true });
  await page.emulateMedia({ media: 'screen' });
  await expect(life.printed).toBeHidden();

  await window.palette.run('Undo the import');
  await expect(life.undoPreview).toContainText('leave the figures');
  const undo = life.pane.getByRole('button', { name: /^Undo: take [\d,]+ rows out$/ });
  await expect(undo).toBeDisabled();
  await life.pane.getByLabel('Why the import is undone').fill('Export of the wrong subsidiary');
  await pictures.take('undo');
  await undo.click();
  await expect(window.announcement).toContainText('is undone');
  await expect(life.pane).toContainText('Export of the wrong subsidiary');
  await expect(life.entry(/, Undone$/)).toBeVisible();
  await expect(life.pane.getByRole('tab', { name: 'Undo' })).toHaveCount(0);
  await pictures.take('undone');

  await dropFiles(tieout.app, page, [MOVEMENTS]);
  await window.import.show(path.basename(MOVEMENTS));
  await expect(window.import.write).toBeEnabled();
});

test('a file is dragged in, its waiting row is mended and replayed, and the whole of it is undone', async ({}, info) => {
  const { page } = tieout;
  const pictures = await picturesOf(info);
  await window.import.useSampleFiles('October').click();
  await expect(window.import.writeAll).toHaveText(/^Write 10 files/, { timeout: 30_000 });
  await window.import.writeAll.click();
  await expect(window.announcement).toHaveText('All files are written.', { timeout: 60_000 });
  await window.goByKeys('Map');
  await expect(window.map.waiting).toContainText('284');
  await window.goByKeys('Import');

  const late = beside('late-count.csv');
  const counted = '2026-10-31T22:50:00-07:00,Sam';
  fs.writeFileSync(late, [
    'sku,location,sheet,line,counted,counted_at,counted_by',
    `TUM-BLU-20,Portland,LATE-1,1,4,${counted}`,
    `TUMBLER BLUE,Reno,LATE-1,2,6,${counted}`,
    '',
  ].join('\n'));
  await dropFiles(tieout.app, page, [late]);
  await window.import.show('late-count.csv');
  expect(await window.import.figures()).toMatchObject({ rowsRead: '2', rowsAccepted: '1', rowsQuarantined: '1' });
  await window.import.write.click();
  await expect(window.announcement).toHaveText(/^late-count\.csv: 1 row written/);

  await window.goByKeys('Map');
  await expect(window.map.waiting).toContainText('285');
  await window.map.groups.filter({ hasText: 'TUMBLER BLUE' }).click();
  await pictures.take('late-row-waits');
  await window.map.mapTo('TUM-BLU-20', 'keys');
  await expect(window.map.waiting).toContainText('284');

  await window.goByKeys('Import');
  await life.open('late-count.csv');
  await expect(life.pane).toContainText('1 mended');
  await window.palette.run('Undo the import');
  await expect(life.undoPreview).toContainText('leave the figures');
  await life.pane.getByLabel('Why the import is undone').fill('Sam counted the wrong shelf');
  await pictures.take('late-count-undo');
  await life.pane.getByRole('button', { name: /^Undo: take [\d,]+ rows out$/ }).click();
  await expect(window.announcement).toContainText('is undone');
  await window.goByKeys('Map');
  await expect(window.map.waiting).toContainText('284');
});

test('a corrected file takes the place of the first, and what differs is read before and after', async ({}, info) => {
  const pictures = await picturesOf(info);
  await importMovements();
  const [header, ...rows] = fs.readFileSync(MOVEMENTS, 'utf8').trimEnd().split(/\r?\n/);
  const quantity = header!.split(',').indexOf('quantity');
  const document = header!.split(',').indexOf('document');
  const first = rows[0]!.split(',');
  const corrected = beside('movements corrected.csv');
  fs.writeFileSync(corrected, `${[header, first.with(quantity, String(Number(first[quantity]) + 1000)).join(','), ...rows.slice(2)].join('\n')}\n`);
  await dropFiles(tieout.app, tieout.page, [corrected]);
  await window.import.show(path.basename(corrected));
  await expect(window.import.rehearsal).toContainText('It looks like a corrected file of import');
  await pictures.take('proposal');
  await window.import.rehearsal.getByRole('button', { name: /^Replace import \d+$/ }).click();
  await expect(window.import.rehearsal).toContainText('It takes the place of import');
  await expect(life.differenceRow(first[document]!)).toContainText('+1,000');
  await expect(life.difference.getByRole('row')).toHaveCount(3);
  await pictures.take('difference');
  await expect(window.import.write).toHaveText(/in the place of import \d+/);
  await window.import.write.click();
  await expect(window.announcement).toHaveText(/^movements corrected\.csv: [\d,]+ rows written/);

  await window.goByKeys('Reconcile');
  await window.goByKeys('Import');
  await expect(window.import.imports).toContainText('Replaced');
  await life.open(path.basename(corrected));
  await life.pane.getByRole('tab', { name: 'Difference' }).click();
  await expect(life.differenceRow(first[document]!)).toContainText('+1,000');
  const { imports } = await askTieout<{ imports: { fileName: string; state: string }[] }>(workbook.userDataFolder, ['imports', workbook.workbookPath, '--period', MONTH.code]);
  expect(imports.map(({ state }) => state)).toEqual(['superseded', 'standing']);
  await pictures.take('replaced');
});

test('a later export is dropped on the locked month and held against it', async ({}, info) => {
  const pictures = await picturesOf(info);
  const september = sampleFile('2026-09/movements-erp-2026-09.csv');
  const [header, ...rows] = fs.readFileSync(september, 'utf8').trimEnd().split(/\r?\n/);
  const later = beside('movements taken again.csv');
  fs.writeFileSync(later, `${[header, ...rows.slice(3)].join('\n')}\n`);
  await window.choosePeriod('September 2026');
  await window.goByKeys('Import');
  await expect(tieout.page.getByRole('button', { name: 'Compare a later export' })).toBeVisible();
  await pictures.take('locked');
  await dropFiles(tieout.app, tieout.page, [later]);
  await expect(life.comparison).toContainText('3 gone');
  await pictures.take('comparison');
  const saved = beside('changes.csv');
  await tieout.answerSaveDialogs(saved);
  await life.comparison.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(window.announcement).toContainText('is saved to');
  expect(fs.readFileSync(saved, 'utf8').trimEnd().split('\r\n')).toHaveLength(4);
  const { holds } = await askTieout<{ holds: boolean }>(workbook.userDataFolder, ['verify', workbook.workbookPath]);
  expect(holds).toBe(true);
});
