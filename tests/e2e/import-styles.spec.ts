/**
 * A file whose dates can be read both ways asks a person in the window; nothing is guessed.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeEach(async () => {
  workbook = await sampleWorkbook();
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await expect(window.periodState).toHaveText('open');
});

test.afterEach(async () => {
  await tieout.close();
});

test('a file that does not tell day from month asks which comes first, and is rehearsed with the answer', async () => {
  const { page } = tieout;
  const file = path.join(path.dirname(workbook.workbookPath), 'adjustments.csv');
  const rows = ['External ID,Adjustment Location,Item,Adjust Qty. By,Date', 'A-1,Portland,MUG-BLU-11,-2,10/05/2026', 'A-1,Portland,MUG-BLU-11,1,10/06/2026'];
  fs.writeFileSync(file, `${rows.join('\n')}\n`);
  await dropFiles(tieout.app, page, [file]);
  await expect(page.getByText('Day or month first?')).toBeVisible();
  const asked = page.getByRole('form', { name: 'What the file does not say' });
  await expect(asked.getByRole('button', { name: 'Rehearse' })).toBeDisabled();
  await asked.getByLabel('Dates').selectOption({ label: '10/31/2026, month first' });
  await asked.getByRole('button', { name: 'Rehearse' }).click();
  await expect(window.import.rehearsal).toContainText('NetSuite inventory adjustment');
  expect(await window.import.figures()).toMatchObject({ rowsRead: '2', rowsAccepted: '2', rowsQuarantined: '0' });
});
