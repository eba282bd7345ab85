/**
 * Notes and attachments of a line by hand: written, dropped, pasted, shown, saved out, withdrawn, and only seen once the period is locked.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { bytesWords } from '@shared/domain/byte-size';
import { casesWorkbook } from '../support/cases-workbook';
import { askTieout } from '../support/command-beside-window';
import { dropFiles } from '../support/drop';
import { launchTieout, leavePictureOnFailure, outputFolder, projectFolder, type TieoutWindow } from '../support/electron';
import { Pictures } from '../support/pictures';
import { WorkbookScreens } from '../support/window';
import type { PreparedWorkbook } from '../support/workbook-files';

test.describe.configure({ mode: 'serial' });

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;
let workbook: PreparedWorkbook;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  workbook = await casesWorkbook();
  tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
  window = new WorkbookScreens(tieout.page);
  pictures = new Pictures(tieout, `${outputFolder()}-notes`, ['light', 'dark']);
  await pictures.setSize();
  await expect(window.periodState).toHaveText('open');
  await window.goByKeys('Explain');
  await window.explain.view.selectOption('all');
  await window.explain.cell(0, 'sku').click();
});

test.afterAll(async () => {
  await tieout?.close();
});

const notes = () => tieout.page.getByTestId('line-note');
const attachments = () => tieout.page.getByTestId('attachment');
const viewer = () => tieout.page.getByTestId('attachment-viewer');
const write = () => tieout.page.getByRole('textbox', { name: 'Write a note' });
const PICTURE = path.join(projectFolder, 'resources/guide/pictures/explain-mug-count.png');
const MAIL = [
  'From: =?utf-8?Q?Rosa_Mart=C3=ADn?= <rosa@example.com>', 'To: Ana Reyes <ana@example.com>', 'Date: Mon, 2 Nov 2026 09:12:00 -0800', 'Subject: Pallet 12',
  'Content-Type: multipart/alternative; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', 'Two mugs were broken on the dock.', '',
  '--b', 'Content-Type: text/html', '', '<img src="http://203.0.113.1/seen.png"><script>document.title = "run"</script>', '', '--b--', '',
].join('\r\n');

function file(name: string, content: string): string {
  const target = path.join(path.dirname(workbook.workbookPath), name);
  fs.writeFileSync(target, content);
  return target;
}

test('a note is saved with Ctrl+Enter, and what is being written waits for its line', async () => {
  await write().fill('Asked the dock how many were broken.\nRosa looks it up.');
  await tieout.page.keyboard.press('Control+Enter');
  await expect(window.announcement).toHaveText('Note 1 saved');
  await expect(notes()).toHaveCount(1);
  await expect(notes()).toContainText('Rosa looks it up.');
  await expect(write()).toHaveValue('');
  await write().fill('Half a thought');
  await window.explain.cell(1, 'sku').click();
  await expect(notes()).toHaveCount(0);
  await expect(write()).toHaveValue('');
  await window.explain.cell(0, 'sku').click();
  await expect(write()).toHaveValue('Half a thought');
  await write().fill('');
});

test('files dropped onto the pane are attached, a picture pasted into the grid as well, and a refused one takes the others with it', async () => {
  const { app, page } = tieout;
  await dropFiles(app, page, [PICTURE, file('pallet 12.eml', MAIL), file('page that is called a picture.png', '<html><script>document.title = "run"</script></html>')], window.explain.detail, async () => {
    await expect(page.getByText(/^Drop files to attach them to /)).toBeVisible();
    await expect(page.getByText('Drop files to import them, or a workbook to open it')).toHaveCount(0);
    await pictures.take('drag');
  });
  await expect(window.announcement).toHaveText(/^3 files attached to /);
  await expect(attachments()).toHaveCount(3);
  await expect(attachments().nth(0)).toContainText(`picture (PNG), ${bytesWords(fs.statSync(PICTURE).size)}`);
  await expect(attachments().nth(0).locator('img')).toBeVisible();
  await expect(attachments().nth(1)).toContainText('mail');
  await expect(attachments().nth(2)).toContainText('text, 52 bytes');

  await window.explain.cell(0, 'note').click();
  // As another program would: the picture itself, which is no file, on the system's clipboard.
  await attachments().nth(0).scrollIntoViewIfNeeded();
  const thumbnail = (await attachments().nth(0).locator('img').boundingBox())!;
  await app.evaluate(({ BrowserWindow }, { x, y }) => BrowserWindow.getAllWindows()[0]!.webContents.copyImageAt(x, y), { x: Math.round(thumbnail.x + 20), y: Math.round(thumbnail.y + 20) });
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.has('image/png')), { message: 'the picture is on the clipboard' }).toBe(true);
  await page.keyboard.press('Control+V');
  await expect(attachments()).toHaveCount(4);
  await expect(attachments().nth(3)).toContainText(/Picture pasted .*\.png/);
  // A spreadsheet puts a picture of its cells beside their words: the words are what is pasted.
  const wasInCell = await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'pasted into the cell');
    data.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return document.activeElement!.closest('.ag-cell') !== null;
  });
  expect(wasInCell).toBe(true);
  await expect(window.explain.cell(0, 'note')).toHaveText('pasted into the cell');
  await expect(attachments()).toHaveCount(4);
  await expect(window.explain.cell(0, 'sku')).toContainText('4 attachments');
  await expect(window.explain.cell(0, 'evidenceCount')).toHaveText('4 files, 1 note');

  await dropFiles(app, page, [file('good.txt', 'good'), file('empty.txt', '')], window.explain.detail);
  await expect(page.getByText('empty.txt is empty: it holds 0 bytes.')).toBeVisible();
  await expect(attachments()).toHaveCount(4);
  await tieout.answerOpenDialogs([file('count sheet.csv', 'sku,counted\nMUG,27\n')]);
  await page.keyboard.press('Control+Shift+A');
  await expect(attachments()).toHaveCount(5);
  await expect(window.explain.cell(0, 'evidenceCount')).toHaveText('5 files, 1 note');
  await window.explain.section('Notes and evidence').scrollIntoViewIfNeeded();
  await pictures.take('pane');
});

test('a picture opens in the window and changes its size by keyboard; a mail is words, and nothing in it is run or asked for', async () => {
  const { page } = tieout;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await attachments().nth(0).getByRole('button', { name: 'explain-mug-count.png', exact: true }).press('Enter');
  const picture = viewer().getByRole('img');
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await pictures.take('picture');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(viewer().locator('output')).toHaveText(/^(100|150|200) %$/);
  const wide = (await picture.boundingBox())!.width;
  await page.keyboard.press('-');
  await expect.poll(async () => (await picture.boundingBox())!.width).toBeLessThan(wide);
  await page.keyboard.press('Escape');
  await expect(viewer()).toHaveCount(0);
  await expect(attachments().nth(0).getByRole('button', { name: 'explain-mug-count.png', exact: true })).toBeFocused();

  const title = await page.title();
  await attachments().nth(1).getByRole('button', { name: 'pallet 12.eml', exact: true }).press('Enter');
  await expect(viewer()).toContainText('Rosa Martín <rosa@example.com>');
  await expect(viewer()).toContainText('Two mugs were broken on the dock.');
  await expect(viewer().locator('img, script, iframe')).toHaveCount(0);
  await pictures.take('mail');
  await page.keyboard.press('Escape');
  await attachments().nth(2).getByRole('button', { name: 'page that is called a picture.png', exact: true }).press('Enter');
  await expect(viewer().locator('pre')).toHaveText('<html><script>document.title = "run"</script></html>');
  await page.keyboard.press('Escape');
  expect(await page.title()).toBe(title);
  expect(asked.filter((url) => !/^(app:\/\/tieout\/|blob:app:\/\/tieout\/|data:)/.test(url))).toEqual([]);
});

test('an attachment is saved out as it came, a note is withdrawn with a reason, and the command line tells the same', async () => {
  const { page } = tieout;
  const target = path.join(path.dirname(workbook.workbookPath), 'out.png');
  await tieout.answerSaveDialogs(target);
  await attachments().nth(0).getByRole('button', { name: /^Save / }).click();
  await expect(page.getByText(target)).toBeVisible();
  expect(fs.readFileSync(target).equals(fs.readFileSync(PICTURE))).toBe(true);

  await notes().getByRole('button', { name: 'Withdraw note 1' }).click();
  await page.keyboard.type('Wrong line');
  await page.keyboard.press('Enter');
  await expect(notes()).toContainText(/Withdrawn by .*: Wrong line/);
  const [sku, location] = [await page.getByTestId('detail-sku').innerText(), await page.getByTestId('detail-location').innerText()];
  const asked = ['--period', '2026-10', '--sku', sku, '--location', location];
  const told = await askTieout<{ notes: { withdrawn: { why: string } }[] }>(workbook.userDataFolder, ['notes', workbook.workbookPath, ...asked]);
  expect(told.notes).toMatchObject([{ number: 1, withdrawn: { why: 'Wrong line' } }]);
});

test('in a locked period they are seen and not changed, and the pane says why', async () => {
  const { page } = tieout;
  const shell = (channel: string, input: object) =>
    page.evaluate(([name, given]) => (globalThis as unknown as { tieout: { call(channel: unknown, input: unknown): Promise<{ ok: boolean }> } }).tieout.call(name, given), [channel, input] as const);
  expect(await shell('shell:closeWorkbook', {})).toMatchObject({ ok: true });
  // Without its seal: how a period is locked is tested elsewhere, and takes a key.
  const database = new Database(workbook.workbookPath);
  database.exec(`UPDATE periods SET state = 'locked', locked_instant = 1`);
  database.close();
  expect(await shell('shell:openWorkbook', { path: workbook.workbookPath })).toMatchObject({ ok: true });
  await expect(window.periodState).toHaveText('locked');
  await window.goByKeys('Explain');
  await window.explain.view.selectOption('attached');
  await window.explain.cell(0, 'sku').click();
  await expect(attachments()).toHaveCount(5);
  await expect(window.explain.section('Notes and evidence')).toContainText('locked');
  await expect(write()).toHaveCount(0);
  await expect(attachments().getByRole('button', { name: /^Withdraw / })).toHaveCount(0);
  await dropFiles(tieout.app, page, [file('later.txt', 'later')], window.explain.detail, async () => {
    await expect(page.getByText(/^Nothing can be attached\. /)).toBeVisible();
  });
  await expect(page.getByText('Nothing was attached.')).toBeVisible();
  await expect(attachments()).toHaveCount(5);
  await window.explain.section('Notes and evidence').scrollIntoViewIfNeeded();
  await pictures.take('locked');
});
