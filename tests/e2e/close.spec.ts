/**
 * The whole close of the sample company in the real window, by keyboard and mouse, step by step in one window: a step that
 * fails names itself, and the ones after it are not tried.
 *
 * Every figure is held against the same close without a window. Each step leaves a picture; on the tour (`npm start`
 * without a display) the same walk takes them in light and dark and leaves journal and workbook beside them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { askTieout, runTieout } from '../support/command-beside-window';
import { launchTieout, leavePictureOnFailure, onTour, outputFolder, temporaryFolder, type TieoutWindow } from '../support/electron';
import { Pictures } from '../support/pictures';
import { type Answer, closeOnCommandLine, type DemoClose, MONTH, person, sampleFile } from '../support/sample-close';
import { decimalIn, rowsOf } from '../support/texts';
import { WorkbookScreens } from '../support/window';
import { amountsUnder, readXlsx } from '../support/xlsx-reader';

test.describe.configure({ mode: 'serial' });

const [ana, ben] = [person('Ana'), person('Ben')];
/** As large as the virtual display lets a window be. */
const LARGE = { width: 1700, height: 1150 };
const MUG = { sku: 'MUG-BLU-11', location: 'Portland' };

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;
let demo: Promise<DemoClose>;
let workbookPath: string;
let journalPath: string;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  const folder = outputFolder();
  workbookPath = path.join(folder, 'Harbor & Pine.tieout');
  journalPath = path.join(folder, `journal-${MONTH.code}.xlsx`);
  for (const file of [workbookPath, journalPath]) fs.rmSync(file, { force: true });
  demo = closeOnCommandLine();
  // Asked for later: a failure must not end the run before the step that needs it.
  demo.catch(() => undefined);
  tieout = await launchTieout();
  window = new WorkbookScreens(tieout.page);
  pictures = new Pictures(tieout, folder, onTour ? ['light', 'dark'] : ['light']);
  await pictures.setSize();
});

test.afterAll(async () => {
  await tieout?.close();
});

test('the sample company is opened from the start screen', async () => {
  await expect(window.start.choice(/^Open the sample company/)).toBeVisible();
  await pictures.take('start');
  await tieout.answerSaveDialogs(workbookPath);
  await window.start.choice(/^Open the sample company/).click();
  await expect(window.page.getByTestId('workbook-name')).toHaveText('Harbor & Pine', { timeout: 60_000 });
  await expect(window.periodState).toHaveText('open');
  await window.workAs(ana.name);
  await pictures.take('import');
});

test('rehearsals say what the command line says of the same files', async () => {
  await window.import.useSampleFiles('October').click();
  await expect(window.import.writeAll).toHaveText(new RegExp(`^Write ${MONTH.files.length} files`), { timeout: 60_000 });
  for (const [index, { file }] of MONTH.files.entries()) {
    if (!/shopify|warehouse/.test(file)) continue;
    const fileName = path.basename(file);
    // Together with the files before it, as the window rehearses them; the instant only has to be one of the period's end.
    const upTo = MONTH.files.slice(0, index + 1);
    const asOf = upTo.findLast((each) => each.asOf !== undefined)?.asOf;
    const answer = await askTieout<{ imports: Record<string, unknown>[] }>(temporaryFolder('home'), [
      'import', workbookPath, ...upTo.map((each) => sampleFile(each.file)), '--period', MONTH.code, '--rehearse',
      ...(asOf === undefined ? [] : ['--as-of', asOf]),
    ]);
    const expected = answer.imports.at(-1);
    await window.import.show(fileName);
    expect(await window.import.figures()).toEqual({
      rowsRead: String(expected!['rowsRead']),
      rowsAccepted: String(expected!['rowsAccepted']),
      rowsQuarantined: String(expected!['rowsQuarantined']),
      rowsIgnored: String(expected!['rowsIgnored']),
    });
    const totals = expected!['totals'] as readonly { before: string | null; after: string | null }[];
    const shown = await rowsOf(window.import.totals);
    expect(shown.map((row) => row.slice(-3, -1).map(decimalIn))).toEqual(totals.map(({ before, after }) => [before ?? 'unknown', after ?? 'unknown']));
    await pictures.take(fileName.startsWith('shopify') ? 'rehearsal' : 'rehearsal-movements');
  }
  await window.import.part('Bad rows').click();
  await expect(window.import.badRows).toBeVisible();
  await pictures.take('rehearsal-bad-rows');
});

test('all files are written as rehearsed, and what they held is what the command line imported', async () => {
  await window.import.writeAll.click();
  await expect(window.announcement).toHaveText('All files are written.', { timeout: 60_000 });
  await pictures.take('written');
  await window.goByKeys('Map');
  await window.goByKeys('Import');
  const { imported } = await demo;
  const rows = await rowsOf(window.import.imports);
  const shown = rows.map(([file = '', , , , written = '', ignored = '', waiting = '']) => ({
    fileName: file,
    rowsWritten: decimalIn(written),
    rowsIgnored: decimalIn(ignored).replace('–', '0'),
    rowsQuarantined: decimalIn(waiting).replace('–', '0'),
  }));
  const byName = (left: { fileName: string }, right: { fileName: string }) => (left.fileName < right.fileName ? -1 : 1);
  expect(shown.toSorted(byName)).toEqual(imported.filter(({ fileName }) => !fileName.startsWith('tags')).toSorted(byName));
  await pictures.take('imported');
});

/** The story's answer to the group that is shown: by the name it stands for, or by file and row. */
async function answerForShownGroup(answers: readonly Answer[]): Promise<Answer> {
  const name = (await window.map.chosen.getAttribute('aria-label')) ?? '';
  const rows = await window.map.waitingRows();
  const answer = answers.find((each) =>
    each.action === 'map'
      ? name.includes(each.alias)
      : rows.some((row) => row.rowNumber === each.rowNumber && row.fileName === path.basename(each.file)),
  );
  if (answer === undefined) throw new Error(`the story has no answer for ${name}: ${JSON.stringify(rows)}`);
  return answer;
}

async function settle(answer: Answer, by: 'keys' | 'mouse'): Promise<void> {
  if (answer.action === 'map') {
    await window.map.mapTo(answer.target, by);
  } else if (answer.action === 'correct') {
    await window.map.way(/^Correct/).click();
    await window.map.correct(answer.column, answer.value, answer.note, by);
  } else {
    await window.map.way(/^Ignore/).click();
    await window.map.ignore(answer.note, by);
  }
}

test('each bad row is mapped, corrected or ignored with its reason, and replayed', async () => {
  await window.goByMouse('Map');
  await pictures.take('map');
  const groups = await window.map.groups.count();
  expect(groups).toBe(MONTH.quarantineAnswers.length);
  const pictured = new Set<Answer['action']>(['map']);
  for (let left = groups; left > 0; left -= 1) {
    const answer = await answerForShownGroup(MONTH.quarantineAnswers);
    await settle(answer, left % 2 === 0 ? 'keys' : 'mouse');
    await expect(window.map.groups).toHaveCount(left - 1);
    if (!pictured.has(answer.action)) await pictures.take(`map-${answer.action}`);
    pictured.add(answer.action);
    if (left !== groups) continue;
    await window.page.getByRole('button', { name: 'Replay all' }).click();
    await expect(window.announcement).toHaveText(/^No row could be written, \d+ still wait\.$/);
  }
  await expect(window.page.getByText('No row waits')).toBeVisible();
  const { replayed, ignored } = await demo;
  await expect(window.status).toContainText(`waiting 0replayed ${replayed}ignored ${ignored}`);
  await window.map.view('Settled').click();
  await pictures.take('map-settled');
});

test('the reconciliation runs on F9, from the step before too, and finds what the command line finds', async () => {
  await expect(window.screen('Map')).toBeVisible();
  await window.page.keyboard.press('F9');
  await expect(window.screen('Reconcile')).toBeVisible();
  const { lines, open, cleared, exceptions } = await demo;
  await expect(window.announcement).toHaveText(`Reconciled: ${lines.toLocaleString('en')} lines, ${exceptions.length} exceptions`, { timeout: 60_000 });
  expect(await window.reconcile.countOf('lines')).toBe(lines);
  expect(await window.reconcile.countOf('open')).toBe(open);
  expect(await window.reconcile.countOf('cleared')).toBe(cleared);
  await pictures.take('reconcile');
});

const nameOf = ({ sku, location }: { sku: string; location: string }) => `${sku} at ${location}`;

test('Alt+Down walks through every exception, the most urgent first', async () => {
  await window.goByKeys('Explain');
  const { exceptions } = await demo;
  await expect(window.explain.shown).toContainText(`rows ${exceptions.length} of`);
  const walked: string[] = [];
  for (let step = 0; step < exceptions.length; step += 1) walked.push(nameOf(await window.explain.nextException()));
  expect(walked.toSorted()).toEqual(exceptions.map(nameOf).toSorted());
  await window.page.keyboard.press('Alt+ArrowDown');
  await expect(window.announcement).toHaveText('No open line after this one');
  await window.page.keyboard.press('Control+Home');
  await expect.poll(() => window.explain.focusedRow()).toBe(0);
  await window.explain.nextException();
  await pictures.take('explain-grid');
});

/** How many lines of the month an item has, read from the ERP's file. */
const linesOf = (sku: string) =>
  fs.readFileSync(sampleFile('2026-10/netsuite-items-2026-10.csv'), 'utf8').split(/\r?\n/).filter((row) => row.includes(`: ${sku},`)).length;

test('the blue mug tells its story: 48 counted, 52 available, 50 on hand, and nothing left unexplained', async () => {
  await window.page.keyboard.press('Control+F');
  await window.page.keyboard.type(MUG.sku);
  await expect(window.explain.shown).toContainText(`rows ${await linesOf(MUG.sku)} of`);
  await window.explain.show(MUG);

  expect(await window.explain.position(/^Count/)).toEqual({ given: '48', atCutOff: '48' });
  expect(await window.explain.position(/^Storefront\s+available/)).toEqual({ given: '52', atCutOff: '50' });
  expect(await window.explain.position(/^ERP\s+on hand/)).toEqual({ given: '50', atCutOff: '50' });

  const count = window.explain.bridge('count');
  await expect(count.getByTestId('component')).toHaveText([/Posted later.*−1/, /Posted later.*−1/]);
  await expect(count).toContainText('SO-10481');
  await expect(count).toContainText('SO-10482');
  await expect(count.getByTestId('residual').getByRole('cell').nth(1)).toHaveText('0');
  await pictures.take('explain-mug-count');

  await window.explain.variance('Channel').click();
  const channel = window.explain.bridge('channel');
  await expect(channel.getByTestId('component').filter({ hasText: 'Refund put back on sale' })).toContainText('+2');
  await expect(channel).toContainText('SO-10377');
  await expect(channel.getByTestId('residual').getByRole('cell').nth(1)).toHaveText('0');
  await pictures.take('explain-mug-channel');
});

test('on a large screen the whole story of the mug stands side by side', async () => {
  await pictures.setSize(LARGE);
  await window.explain.setPaneWidth(640);
  await window.explain.variance('Count').click();
  await expect(window.explain.section('Timeline')).toContainText('SO-10377');
  await pictures.take('explain-mug-story');
  await pictures.setSize();
  await window.explain.section('Timeline').evaluate((timeline) => timeline.scrollIntoView());
  await pictures.take('explain-mug-timeline');
  await window.explain.setPaneWidth(380);
});

test('every figure leads to the row of the file it came from', async () => {
  await window.explain.section('Positions').getByRole('button', { name: /of count-full/ }).click();
  const row = window.page.getByTestId('original-row');
  await expect(row.getByRole('heading')).toHaveText(/^Row [\d,]+ of count-full-2026-10\.csv$/);
  const number = Number(decimalIn((await row.getByRole('heading').innerText()).split(' ')[1] ?? ''));
  const text = fs.readFileSync(sampleFile('2026-10/count-full-2026-10.csv'), 'utf8').split(/\r?\n/)[number - 1] ?? '';
  expect(text).toContain(`${MUG.sku},${MUG.location}`);
  for (const cell of text.split(',').filter(Boolean)) await expect(row.locator('[data-own]').filter({ hasText: cell }).first()).toBeVisible();
  await pictures.take('original-row');
  await window.page.keyboard.press('Escape');
  await expect(row).toBeHidden();
});

test('reason and owner are given in place by typing, taken back and given again', async () => {
  const row = await window.explain.show(MUG);
  const cell = (column: string) => window.explain.cell(row, column);
  await window.explain.moveToColumn('reasonCode');
  await window.page.keyboard.type('refund');
  await expect(window.page.getByRole('option', { name: /^ALN-REFUND/ })).toBeVisible();
  await pictures.take('tag-editing');
  // Takes the code and goes on to the owner, as Enter would go on to the next line.
  await window.page.keyboard.press('Tab');
  await expect(cell('reasonCode')).toHaveText(/^ALN-REFUND/);
  await expect(cell('status')).toHaveText('Tagged');
  await window.explain.moveToColumn('owner');
  await window.page.keyboard.press('F2');
  await window.page.keyboard.type('fin');
  await window.page.keyboard.press('Enter');
  await expect(cell('owner')).toHaveText('Finance');

  await window.page.keyboard.press('Control+Z');
  await expect(cell('owner')).toHaveText('Operations');
  await window.page.keyboard.press('Control+Z');
  await expect(cell('reasonCode')).toHaveText('');
  await expect(cell('status')).toHaveText('Open');
  await window.page.keyboard.press('Control+Shift+Z');
  await expect(cell('reasonCode')).toHaveText(/^ALN-REFUND/);
  await expect(window.announcement).toHaveText('Made again: Reason of MUG-BLU-11 at Portland');
  await window.explain.show(MUG);
  await expect(window.explain.section('History')).toContainText('Ana Reyes');
});

test('the reasons of all other lines come in as a file', async () => {
  const tags = sampleFile(MONTH.tagsFile);
  const { exceptions } = await demo;
  await tieout.answerOpenDialogs([tags]);
  await window.goByKeys('Import');
  await window.page.keyboard.press('Control+I');
  await window.import.show(path.basename(tags));
  await expect(window.import.write).toHaveText(`Write ${exceptions.length} rows`);
  await window.import.write.click();
  await expect(window.announcement).toHaveText(`${path.basename(tags)}: ${exceptions.length} rows written.`);
  await window.goByMouse('Explain');
  await expect(window.step('Explain')).toHaveAccessibleName(/done/);
  await expect(window.page.getByText('No line is open')).toBeVisible();
  await window.explain.view.selectOption({ label: 'Tagged' });
  await expect(window.explain.shown).toContainText(`rows ${exceptions.length} of`);
  await window.explain.cell(0, 'sku').click();
  await pictures.take('explain-tagged');
});

test('the journal is prepared by Ana and names Ben; a wrong pass phrase signs nothing', async () => {
  await window.goByKeys('Approve');
  await pictures.take('approve-ready');
  await window.goByKeys('Journal');
  const { journalLines, journalTotal } = await demo;
  expect(await window.journal.draftFigure('debit')).toBe(journalTotal);
  expect(await window.journal.draftFigure('credit')).toBe(journalTotal);
  expect(await rowsOf(window.journal.lines)).toHaveLength(journalLines);
  const form = window.journal.prepareForm;
  await expect(form.submit).toBeDisabled();
  await form.choose('Approver', ben.name);
  await form.passPhrase.fill('not the pass phrase');
  await window.page.keyboard.press('Enter');
  await expect(form.form.getByRole('alert')).toContainText('pass phrase', { timeout: 30_000 });
  await form.passPhrase.fill(ana.passPhrase);
  await pictures.take('journal-prepare');
  await form.submit.click();
  const { journalNumber } = await demo;
  await expect(window.announcement).toHaveText(`${journalNumber} is prepared.`, { timeout: 30_000 });
  await pictures.take('journal-prepared');
});

test('Ana cannot approve what she prepared; Ben can, with his word on it', async () => {
  await window.page.getByRole('button', { name: 'Go to Approve' }).click();
  const { form } = window.approve;
  await form.choose('Approver', ana.name);
  await expect(form.form.getByRole('alert')).toContainText(`${ana.name} prepared`);
  await form.passPhrase.fill(ana.passPhrase);
  await expect(form.submit).toBeDisabled();
  await pictures.take('approve-refused');

  await window.workAs(ben.name);
  await form.choose('Approver', ben.name);
  await window.approve.comment.fill('Reviewed line by line with the warehouse leads.');
  await form.passPhrase.fill(ben.passPhrase);
  await pictures.take('approve');
  await window.page.keyboard.press('Enter');
  const { journalNumber } = await demo;
  await expect(window.announcement).toContainText(`${journalNumber} is approved by ${ben.name}`, { timeout: 30_000 });
});

test('the exported journal, read by other means, balances and carries both signatures', async () => {
  await window.goByKeys('Journal');
  await tieout.answerSaveDialogs(journalPath);
  const { journalNumber, journalTotal, journalLines } = await demo;
  await window.journal.journal(journalNumber).click();
  await window.page.keyboard.press('Control+E');
  await expect(window.journal.exported).toContainText(journalPath, { timeout: 30_000 });
  await pictures.take('journal-exported');

  const bytes = new Uint8Array(fs.readFileSync(journalPath));
  const file = readXlsx(bytes);
  const sheet = file.sheet('Journal');
  const [debits, credits] = [amountsUnder(sheet, 'Debit USD'), amountsUnder(sheet, 'Credit USD')];
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  expect(debits.length + credits.length).toBeGreaterThanOrEqual(journalLines);
  expect(sum(debits)).toBe(sum(credits));
  expect(sum(debits)).toBe(BigInt(journalTotal.replace('.', '')));
  expect(file.parts.filter((part) => /^_xmlsignatures\/sig\d+\.xml$/.test(part))).toHaveLength(2);
  const verified = verifyPackage(bytes);
  expect(verified.findings).toEqual([]);
  expect(verified.signatures.map(({ signerName, valid }) => ({ signerName, valid }))).toEqual([
    { signerName: ana.name, valid: true },
    { signerName: ben.name, valid: true },
  ]);
});

test('Ben locks the period; workbook and journal verify in the window and on the command line', async () => {
  await window.goByKeys('Lock');
  await expect(window.lock.questions).toHaveCount(7);
  await window.lock.form.passPhrase.fill(ben.passPhrase);
  await pictures.take('lock');
  await window.page.keyboard.press('Enter');
  await expect(window.lock.sealCode).toHaveText(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$/, { timeout: 30_000 });
  await expect(window.periodState).toHaveText('locked');
  await pictures.take('locked');

  await window.palette.run('Verify this workbook');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  await expect(window.lock.checks.filter({ hasText: 'differs' })).toHaveCount(0);
  await pictures.take('verification-workbook');
  await tieout.answerOpenDialogs([journalPath]);
  await window.page.getByRole('button', { name: 'Verify a journal or a pack' }).click();
  await expect(window.lock.verification).toContainText(path.basename(journalPath), { timeout: 30_000 });
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true');
  await pictures.take('verification-journal');
  for (const file of [workbookPath, journalPath]) {
    const { exitCode, stdout } = await runTieout(tieout.userDataFolder, ['verify', file]);
    expect(exitCode, stdout).toBe(0);
  }
});

test('nothing of the locked period can be changed', async () => {
  await window.goByKeys('Explain');
  await expect(window.page.getByText('October 2026 is locked. Nothing in it can be changed.').first()).toBeVisible();
  await window.explain.view.selectOption({ label: 'Approved' });
  await window.explain.cell(0, 'sku').click();
  await window.explain.moveToColumn('reasonCode');
  for (const key of ['F2', 'x', 'Delete', 'Enter']) await window.page.keyboard.press(key);
  await expect(window.page.getByRole('listbox', { name: 'Reason' })).toHaveCount(0);
  await expect(window.explain.cell(0, 'reasonCode')).not.toHaveText('');
  await expect(window.page.getByTestId('tag-form').getByRole('combobox').first()).toBeDisabled();
  await pictures.take('explain-locked');
  await window.goByKeys('Import');
  await window.page.keyboard.press('Control+I');
  await expect(window.import.queue).toHaveCount(0);
  await window.goByKeys('Reconcile');
  await expect(window.page.getByRole('button', { name: /^Run again/ })).toBeDisabled();
  await window.goByKeys('Journal');
  await expect(window.journal.prepareForm.form).toHaveCount(0);
  await window.goByKeys('Lock');
  await expect(window.lock.form.form).toHaveCount(0);
});

test('the audit trail tells who did what', async () => {
  await window.page.keyboard.press('Control+8');
  await expect(window.audit.events.getByRole('row').nth(1)).toContainText(ben.name);
  const { journalNumber } = await demo;
  await expect(window.audit.events).toContainText(journalNumber);
  const actions = await window.audit.actions();
  for (const action of ['period.lock', 'journal.export', 'journal.approve', 'journal.prepare']) expect(actions.join(' ')).toContain(action);
  await window.audit.events.getByRole('row').nth(1).click();
  await pictures.take('audit');
  await window.page.keyboard.press('Control+9');
  await expect(window.people.table.getByRole('row')).toHaveCount(4);
  await expect(window.people.worksNow).toHaveText(`${ben.name}, controller`);
  await pictures.take('people');
  await window.palette.open();
  await pictures.take('palette');
  await window.page.keyboard.press('Escape');
});
