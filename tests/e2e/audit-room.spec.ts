/**
 * The auditor's room from the keyboard: a file of one's own, a sample, its counts typed in, a line traced to its evidence and back, the
 * conclusion and the working paper, while the workbook stays as it is.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import ExcelJS from 'exceljs';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { tamperBy } from '../support/tamper';
import { WorkbookScreens } from '../support/window';
import { type PreparedWorkbook, sampleWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeEach(async () => {
  workbook = await sampleWorkbook();
  // Somebody else has it: an auditor's window is open for reading only.
  const folder = path.dirname(workbook.workbookPath);
  fs.writeFileSync(path.join(folder, `.~${path.basename(workbook.workbookPath)}.lock`), JSON.stringify({ pid: 1, host: 'warehouse-desk', person: 'Ben Okafor', openedInstant: 0 }));
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await window.choosePeriod('September 2026');
  await expect(window.periodState).toHaveText('locked');
});

test.afterEach(async () => {
  await tieout.close();
});

const hashOf = (filePath: string) => createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');

test('an auditor draws a sample, counts it, traces a line, concludes and saves the working paper; the workbook is not written', async () => {
  const { page } = tieout;
  const before = hashOf(workbook.workbookPath);
  await window.palette.run('Auditor’s room');
  const form = page.getByRole('form', { name: 'Begin an auditor’s file' });
  await form.getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
  await page.keyboard.press('Enter');
  const plan = page.getByTestId('sample-plan');
  await page.getByLabel('Confidence in %').fill('90');
  await page.getByLabel(/^Tolerable misstatement/).fill('60000');
  await page.getByLabel('Seed').fill('harbor');
  await expect(plan).toContainText('Confidence factor 2.31');
  await expect(plan).toContainText('interval 25974.02 USD, at least 6 units');
  await page.keyboard.press('Enter');

  const pane = page.getByTestId('sample-pane');
  await expect(pane).toContainText('not counted');
  const hand = new GridHand(page);
  const lines = Number(/Sheet to floor\s*(\d+)/.exec(await pane.getByRole('tab', { name: /^Sheet to floor/ }).innerText())![1]);
  for (let row = 0; row < lines; row += 1) {
    const book = await hand.cell(row, 'book').innerText();
    await hand.cell(row, 'counted').click();
    // The first line is two short on the shelf.
    await hand.type(row === 0 ? `${book}-2` : book);
    await hand.press('Enter');
    await expect(hand.cell(row, 'counted')).not.toHaveText('not counted');
  }
  await hand.cell(0, 'ticks').click();
  await hand.type('xt');
  await hand.press('Enter');
  await expect(hand.cell(0, 'ticks')).toHaveText('✗T');
  await expect(hand.cell(0, 'difference')).toHaveText('−2');

  const sku = await hand.cell(0, 'sku').innerText();
  await hand.cell(0, 'sku').click();
  await page.getByRole('button', { name: `Explain ${sku}` }).click();
  await expect(window.screen('Explain')).toBeVisible();
  await expect(page.getByTestId('line-detail').or(page.getByTestId('detail-pane')).first()).toContainText(sku);
  await window.palette.run('Auditor’s room');
  await expect(pane).toBeVisible();
  await expect(hand.cell(0, 'ticks')).toHaveText('✗T');

  await pane.getByRole('tab', { name: /^Evaluation/ }).click();
  await expect(page.getByTestId('sample-evaluation')).toContainText('Upper misstatement limit');
  await page.getByRole('textbox', { name: 'Conclusion' }).fill('Two units are short; the balance stands.');
  await page.keyboard.press('Enter');
  await expect(pane).toContainText('Concluded');
  await pane.getByRole('button', { name: 'Draw again' }).click();
  await expect(pane).toContainText(`Drawn again from seed harbor: the same ${lines} lines of the same population.`);

  const target = path.join(path.dirname(workbook.workbookPath), 'paper.xlsx');
  await tieout.answerSaveDialogs(target);
  await pane.getByRole('button', { name: 'Save the working paper' }).click();
  await expect.poll(() => fs.existsSync(target)).toBe(true);
  const paper = new ExcelJS.Workbook();
  await paper.xlsx.readFile(target);
  expect(paper.worksheets.map(({ name }) => name)).toEqual(['Working paper', 'Lines', 'Floor to sheet']);
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText('The file is as its trail says.')).toBeVisible();
  expect(hashOf(workbook.workbookPath)).toBe(before);
});

test('the cut-off test judges the documents of each system and leads to the line', async () => {
  const { page } = tieout;
  await window.palette.run('Auditor’s room');
  await page.getByRole('form', { name: 'Begin an auditor’s file' }).getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
  await page.keyboard.press('Enter');
  await page.getByTestId('audit-room-list').getByRole('option', { name: /^Cut-off test/ }).click();
  const hand = new GridHand(page);
  await expect(page.getByTestId('cut-off')).toContainText(/\d+ right period, \d+ posted early, \d+ posted late, \d+ cannot be judged/);
  await hand.cell(0, 'document').click();
  await expect(page.getByTestId('cut-off-judged')).toContainText(/the cut-off: occurred .*, posted /);
  await page.getByLabel('On either side').fill('3');
  await expect(page.getByTestId('cut-off')).toContainText('The last and first 3 of each system and kind');
  await page.getByRole('button', { name: 'Keep in the auditor’s file' }).click();
  const kept = page.getByTestId('cut-off-kept');
  await expect(kept).toContainText('Run by Noor Haddad');
  await hand.cell(0, 'document').click();
  const form = kept.getByRole('form', { name: /^Your judgement of / });
  await form.getByLabel('Your judgement').selectOption('Posted early');
  await form.getByLabel('Note').fill('Carrier signed in October');
  await page.keyboard.press('Enter');
  await expect(hand.cell(0, 'note')).toHaveText('Carrier signed in October');
  await expect(page.getByTestId('audit-room-list').getByRole('option', { name: /^Kept cut-off test 1 of 2026-09, \d+ postings, 1 written on/ })).toBeVisible();
});

test('who did what is found from the keyboard, from an event to its line and back, and saved with its chain', async () => {
  const { page } = tieout;
  const count = page.getByTestId('audit-count');
  await page.keyboard.press('Control+8');
  await expect(count).toHaveText(/^\d+ events$/);
  const inAll = parseInt(await count.innerText(), 10);
  await page.keyboard.press('Alt+Shift+F');
  await expect(page.getByLabel('Person', { exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('nowhere');
  await expect(count).toHaveText(`0 of ${inAll} events`);
  await expect(page.getByText('No event is as asked for')).toBeVisible();
  await page.getByRole('button', { name: `Show all ${inAll} events` }).click();
  await page.getByLabel('Action', { exact: true }).selectOption('tag.set');
  await expect(count).toHaveText(new RegExp(`^[1-9]\\d* of ${inAll} events$`));
  const found = await count.innerText();

  await page.keyboard.press('F6');
  await expect(window.audit.events).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const pane = page.getByTestId('audit-event');
  const title = await pane.getByRole('heading', { level: 2 }).innerText();
  await page.keyboard.press('Enter');
  const showLine = pane.getByRole('button', { name: 'Show the line' });
  await expect(showLine).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.audit.events).toBeFocused();
  await expect(pane).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('detail-history')).toContainText(/set the reason/);

  // Back where the search was, on the same event.
  await page.keyboard.press('Control+8');
  await expect(count).toHaveText(found);
  await expect(pane.getByRole('heading', { level: 2 })).toHaveText(title);
  await showLine.click();
  await page.getByTestId('detail-history').getByRole('button', { name: 'In the audit trail' }).click();
  await expect(page.getByLabel('Line', { exact: true })).toHaveValue(/^[\w-]+, \S/);
  await expect(pane).toBeVisible();

  const part = path.join(path.dirname(workbook.workbookPath), 'part.jsonl');
  await tieout.answerSaveDialogs(part);
  await page.getByRole('button', { name: 'Save as JSON lines' }).click();
  await expect.poll(() => fs.existsSync(part)).toBe(true);
  const lines = fs.readFileSync(part, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines[0]!)).toMatchObject({ part: { events: lines.length - 1, of: { events: inAll } } });
  for (const line of lines.slice(1)) {
    const [, hash, event] = /^\{"hash":"(\w+)","event":(.*)\}$/.exec(line)!;
    expect(createHash('sha256').update(event!).digest('hex')).toBe(hash);
  }
});

test('a period is computed again without an auditor’s file, from the palette; with one its trail tells the outcome', async () => {
  const { page } = tieout;
  const before = hashOf(workbook.workbookPath);
  await window.palette.run('Compute the period again');
  const answer = page.getByTestId('replay-answer');
  await expect(answer).toContainText('2026-09 computed again from its source files: 1,075 lines', { timeout: 60_000 });
  await expect(answer).toHaveAttribute('data-same', 'true');
  await expect(page.getByTestId('replay-parts').getByRole('row', { name: /^Lines/ })).toHaveText(/1,075\s*1,075\s*1,075/);
  expect(fs.readdirSync(path.dirname(workbook.workbookPath)).filter((name) => name.endsWith('.tieout-audit'))).toEqual([]);

  await window.palette.run('Auditor’s room');
  await page.getByRole('button', { name: 'Begin an auditor’s file' }).click();
  await page.getByRole('form', { name: 'Begin an auditor’s file' }).getByLabel('Auditor', { exact: true }).fill('Noor Haddad');
  await page.keyboard.press('Enter');
  await page.getByTestId('audit-room-list').getByRole('option', { name: /^Computed again/ }).click();
  await page.getByRole('button', { name: 'Compute it again' }).click();
  await expect(answer).toContainText(/all the same\. The trail of Harbor & Pine\.tieout-audit tells it\./, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText('The file is as its trail says.')).toBeVisible();
  expect(hashOf(workbook.workbookPath)).toBe(before);
});

test('what was changed by plain SQL is named with its row, both figures and the row of the file', async () => {
  await tieout.close();
  tamperBy(workbook.workbookPath, 'dropped and put back', `UPDATE lines SET erp_on_hand_scaled = erp_on_hand_scaled + 70000 WHERE period_id = 1 AND stock_key_id =
    (SELECT stock_key_id FROM stock_keys k JOIN items USING (item_id) JOIN locations l USING (location_id) WHERE sku = 'MUG-BLU-11' AND l.code = 'Portland')`);
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  await window.choosePeriod('September 2026');
  await window.palette.run('Compute the period again');
  await expect(tieout.page.getByTestId('replay-answer')).toHaveAttribute('data-same', 'false', { timeout: 60_000 });
  await expect(tieout.page.getByTestId('replay-differences').getByRole('row', { name: /MUG-BLU-11 at Portland/ })).toContainText(/erp_on_hand_scaled.*netsuite.*row \d+/s);
});
