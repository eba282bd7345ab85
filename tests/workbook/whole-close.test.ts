/**
 * The whole way of a month, told once from its files to what an auditor holds against it later: October of the sample company is closed,
 * November opens with it, October is opened again by two people for a late posting and another reason, and closed a second time.
 * Each test is a step of the story and needs those before it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Journal } from '@shared/contract/journals';
import type { Seal } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import type { DraftedKind } from '@shared/domain/journal-kinds';
import { roundToMinor } from '@shared/domain/money';
import { identityStore } from '../../electron/files/identities/identity-store';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { type ServiceContext, silentJob } from '../../electron/services/context';
import { commitImport } from '../../electron/services/imports';
import { draftJournal, findJournal, listJournals } from '../../electron/services/journals/read';
import { approveJournal, exportJournal, prepareJournal, reverseJournal, statePosted } from '../../electron/services/journals/sign';
import { createPeriod, findPeriod, findPeriodByCode } from '../../electron/services/periods';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { isStale } from '../../electron/services/reconciliation/staleness';
import { readSampleManifest, reconcileSampleMonth } from '../../electron/services/sample';
import { checklistFor } from '../../electron/services/sign-off/checklist';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { reopenPeriod } from '../../electron/services/sign-off/reopen';
import { listSeals } from '../../electron/services/sign-off/seal';
import { changesSince } from '../../electron/services/sign-off/seal-changes';
import { verifyJournalFile } from '../../electron/services/sign-off/verify-file';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { setTag } from '../../electron/services/tags';
import { tieOutStands } from '../../electron/services/tie-out/read';
import { accepted } from '../support/imports';
import { sampleContext } from '../support/sample-session';

let context: ServiceContext;
let identities: string;
let folder: string;
let octoberId: number;
let novemberId: number;
let first: Seal;
let second: Seal;

const [ana, ben] = readSampleManifest().people;
const ANA = ana!;
const BEN = ben!;
const keyOf = ({ email, passPhrase }: typeof ANA) => ({ fingerprint: identityStore(identities).findByEmail(email)[0]!.fingerprintSha256, passPhrase });
const as = ({ name, email }: typeof ANA): ServiceContext => ({ ...context, actor: { name, email } });
const stockKey = (sku: string, location: string): number =>
  context.workbook.get<{ stock_key_id: number }>('SELECT stock_key_id FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE i.sku = ? AND l.code = ?', sku, location)!.stock_key_id;
const tag = (sku: string, location: string, reason: string, note: string) =>
  setTag(as(ANA), { periodId: octoberId, stockKeyId: stockKey(sku, location), change: { reason, note } });
const stateOf = (number: string): string => context.workbook.get<{ journal_id: number }>('SELECT journal_id FROM journals WHERE number = ?', number) === undefined ? 'none' : journal(number).state;
const journal = (number: string): Journal => findJournal(context.workbook, context.workbook.get<{ journal_id: number }>('SELECT journal_id FROM journals WHERE number = ?', number)!.journal_id)!;
const october = (): Period => findPeriod(context.workbook, octoberId)!;
const signing = () => ({ ...keyOf(ANA), approverFingerprint: keyOf(BEN).fingerprint });

/** Prepared by Ana, approved by Ben, exported, and found in the ledger under a document. */
async function bookAsDrafted(kind: DraftedKind, document: string): Promise<Journal> {
  const { journalId, number } = accepted(await prepareJournal(as(ANA), identities, { periodId: octoberId, kind, ...signing() }));
  return book(journalId, number, document);
}

function book(journalId: number, number: string, document: string): Journal {
  accepted(approveJournal(as(BEN), identities, { journalId, ...keyOf(BEN), comment: 'Read line by line' }));
  const target = path.join(folder, `${number}.xlsx`);
  accepted(exportJournal(as(ANA), { journalId, path: target }));
  expect(verifyPackage(fs.readFileSync(target))).toMatchObject({ holds: true, signatures: [{ role: 'Preparer' }, { role: 'Approver' }] });
  return accepted(statePosted(as(ANA), { journalId, document, day: '2026-10-31' }));
}

/** What a journal books as unexplained, and what a line's adjustment is worth. */
const unexplainedOf = ({ lines }: Journal): number => lines.filter(({ accountCode }) => accountCode === '5192').reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);
const valueOf = (sku: string, location: string): number => {
  const [line] = figures('SELECT adjustment_scaled, unit_cost_scaled FROM lines WHERE period_id = ? AND stock_key_id = ?', octoberId, stockKey(sku, location));
  return -roundToMinor(BigInt(line!['adjustment_scaled']!) * BigInt(line!['unit_cost_scaled']!), 'USD');
};

const lock = (override = '') => lockPeriod(as(BEN), identities, { periodId: octoberId, ...keyOf(BEN), override });
const figures = (sql: string, ...values: (string | number)[]) => context.workbook.all<Record<string, number>>(sql, ...values);
const closingOf = (periodId: number) => figures('SELECT stock_key_id, quantity_scaled FROM closings WHERE period_id = ? ORDER BY stock_key_id', periodId);
const openingOf = (periodId: number) => figures('SELECT stock_key_id, opening_scaled AS quantity_scaled FROM lines WHERE period_id = ? AND opening_scaled IS NOT NULL ORDER BY stock_key_id', periodId);
const importText = (periodId: number, fileName: string, text: string) => commitImport(as(ANA), { bytes: new Uint8Array(Buffer.from(text)), fileName, periodId });

beforeAll(async () => {
  ({ context, identitiesFolder: identities } = await sampleContext(afterAll));
  folder = path.dirname(context.workbook.path);
});

afterEach(() => {
  expect(verifyWorkbook(context.workbook, silentJob).checks.filter(({ holds }) => !holds)).toEqual([]);
});

describe('October is closed', () => {
  test('its files come in, bad rows are answered, it is reconciled and the lines get their reasons', async () => {
    const { period, summary } = accepted(await reconcileSampleMonth(context, '2026-10'));
    octoberId = period.periodId;
    expect(summary).toMatchObject({ lines: 1099, linesWithVariance: 75, exceptions: 41 });
    expect(openingOf(octoberId)).toEqual(closingOf(findPeriodByCode(context.workbook, '2026-09')!.periodId));
  });

  test('two receipts of the last afternoon are accrued, broken vases are moved to damaged stock', () => {
    accepted(tag('TEE-BLK-M', 'Portland', 'TIM-ACCRUE', 'PO-5512, accrued'));
    accepted(tag('BOARD-MAP-L', 'Portland', 'TIM-ACCRUE', 'PO-5512, accrued'));
    accepted(tag('PLATE-RST-8', 'Seattle Store', 'PHY-TO-DAMAGED', 'Kept for the insurer'));
    expect(draftJournal(context.workbook, october()).kindsWaiting).toEqual(['adjustment', 'accrual', 'reclassification']);
  });

  test('an adjustment, an accrual and a reclassification are prepared, approved by another person, exported and posted', async () => {
    const adjustment = await bookAsDrafted('adjustment', 'JE-1101');
    const accrual = await bookAsDrafted('accrual', 'JE-1102');
    const moved = await bookAsDrafted('reclassification', 'JE-1103');
    for (const each of [adjustment, accrual, moved]) expect(each).toMatchObject({ state: 'posted', preparer: 'Ana Reyes', namedApprover: 'Ben Okafor' });
    // 24 x 6.90 and 6 x 15.125.
    expect(accrual).toMatchObject({ number: 'ACC-2026-10-1', debitTotalMinor: 25_635, reversedBy: { number: 'REV-2026-10-1', bookingDay: '2026-11-01' } });
    expect(draftJournal(context.workbook, october()).kindsWaiting).toEqual([]);
  });

  test('the value ties to the ledger, but for the freight that its own journal names', () => {
    expect(tieOutStands(context.workbook, october())).toMatchObject({ standing: 'ties', differenceMinor: 0, sentence: expect.stringContaining('1310 Inventory in transit differs by 312.40 USD, which JE-1092 explains') });
    const { answers, gates } = checklistFor(context.workbook, october());
    expect([...answers, ...gates].filter(({ holds }) => !holds)).toEqual([]);
  });

  test('the controller locks it without an exception, and its code is lodged', () => {
    first = accepted(lock());
    expect(first).toMatchObject({ sealNumber: 1, signer: 'Ben Okafor', override: '', open: [] });
    expect(verifyWorkbook(context.workbook, silentJob, first.lodgedCode).checks.find(({ name }) => name === 'Lodged code')).toMatchObject({ holds: true });
  });
});

describe('November opens', () => {
  test('with what October closed with, and with the reversal of its accrual due on day one', async () => {
    novemberId = accepted(createPeriod(as(ANA), '2026-11', 48)).periodId;
    expect(listJournals(context.workbook, novemberId)).toMatchObject([{ number: 'REV-2026-10-1', kind: 'reversal', isAutomatic: true, state: 'approved', bookingDay: '2026-11-01', reverses: { number: 'ACC-2026-10-1' } }]);
    const rows = context.workbook.all<{ row: string }>(
      `SELECT 'erp,' || i.sku || ',' || l.code || ',2026-11-30T23:59:00-08:00,' || c.quantity_scaled / 10000 AS row
       FROM closings c JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE c.period_id = ?`, octoberId,
    );
    accepted(await importText(novemberId, 'stock-november.csv', ['system,sku,location,as_of,on_hand', ...rows.map(({ row }) => row), ''].join('\n')));
    accepted(reconcilePeriod(as(ANA), novemberId));
    expect(openingOf(novemberId)).toEqual(closingOf(octoberId));
    expect(openingOf(novemberId).length).toBeGreaterThan(1000);
  });

  test('and once the ledger has that reversal, the accrual is reversed', () => {
    accepted(statePosted(as(ANA), { journalId: journal('REV-2026-10-1').journalId, document: 'JE-1110', day: '2026-11-01' }));
    expect(stateOf('ACC-2026-10-1')).toBe('reversed');
  });
});

describe('October is opened again', () => {
  test('by two people with a reason, and November knows that its opening may move', () => {
    accepted(reopenPeriod(as(ANA), identities, { periodId: octoberId, reason: 'NetSuite booked the window display late', asker: keyOf(ANA), controller: keyOf(BEN), noSecondPerson: '' }));
    expect(october()).toMatchObject({ state: 'open' });
    expect(isStale(context.workbook, novemberId)).toBe(true);
  });

  test('the late transfer comes in and ends the variance; what was posted stays as it is until it is reversed', async () => {
    const moved = [['transfer_out', 'Portland', 'Seattle Store'], ['transfer_in', 'Seattle Store', 'Portland']].map(([type, location, other]) =>
      `erp,${type},TO-2210,1,THROW-OAT,${location},6,2026-10-15T09:00:00-07:00,2026-10-31T23:59:20-07:00,${other},`);
    accepted(await importText(octoberId, 'late.csv', ['system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason', ...moved, ''].join('\n')));
    accepted(reconcilePeriod(as(ANA), octoberId));
    expect(tag('MUG-BLK-15', 'Reno', 'UNX-WRITEOFF', 'Recounted on 4 November')).toMatchObject({ failure: 'line_approved' });
    const windowDisplay = ['THROW-OAT Portland', 'THROW-OAT Seattle Store'];
    expect(figures('SELECT count_variance_scaled AS counted FROM lines WHERE period_id = ? AND stock_key_id = ?', octoberId, stockKey('THROW-OAT', 'Portland'))).toEqual([{ counted: 0 }]);
    expect(listJournals(context.workbook, octoberId).map(({ number, state, parted }) => [number, state, parted])).toEqual([
      ['ADJ-2026-10-1', 'posted', windowDisplay], ['ACC-2026-10-1', 'reversed', []], ['REV-2026-10-1', 'posted', []], ['RCL-2026-10-1', 'posted', []],
    ]);
    expect(checklistFor(context.workbook, october()).answers.filter(({ holds }) => !holds)).toMatchObject([
      { question: 6, nextStep: 'ADJ-2026-10-1 stays as it was signed: take back the import that changed the lines, or reverse it by another journal.' },
    ]);
  });

  test('the posted journal is reversed, one line gets another reason, and a new journal is posted', async () => {
    const adjustment = journal('ADJ-2026-10-1');
    const reversal = accepted(await reverseJournal(as(ANA), identities, { journalId: adjustment.journalId, periodId: octoberId, why: 'Drawn up anew', ...signing() }));
    expect(reversal).toMatchObject({ debitTotalMinor: adjustment.debitTotalMinor, bookingDay: '2026-10-31' });
    book(reversal.journalId, reversal.number, 'JE-1120');
    expect(stateOf('ADJ-2026-10-1')).toBe('reversed');
    accepted(tag('MUG-BLK-15', 'Reno', 'UNX-WRITEOFF', 'Recounted on 4 November'));
    for (const location of ['Portland', 'Seattle Store']) {
      accepted(setTag(as(ANA), { periodId: octoberId, stockKeyId: stockKey('THROW-OAT', location), change: { reason: null, owner: null, note: 'TO-2210 accounts for it' } }));
    }
    const anew = await bookAsDrafted('adjustment', 'JE-1121');
    expect(anew).toMatchObject({ number: 'ADJ-2026-10-2', state: 'posted' });
    // What the six throws were worth in either place, 6 x 26.025, is in the journal no more; the mugs are.
    expect(anew.lines.map(({ reasonCode }) => reasonCode)).not.toContain('PHY-TRANSFER');
    expect(unexplainedOf(anew)).toBe(unexplainedOf(adjustment) + valueOf('MUG-BLK-15', 'Reno'));
    expect(tieOutStands(context.workbook, october())).toMatchObject({ standing: 'ties', sentence: expect.stringContaining('which JE-1092 explains') });
  });

  test('it is locked a second time with what is open stated: the transfer came after the snapshot', () => {
    expect(lock()).toMatchObject({ failure: 'questions_open', message: expect.stringMatching(/^1 gate is open for 2026-10\. Is the snapshot newer than the last posting/) });
    second = accepted(lock('NetSuite showed TO-2210 on screen; no later export can be had'));
    expect(second).toMatchObject({ sealNumber: 2, replacesRoot: first.rootHash, open: [expect.stringMatching(/^gate snapshot_newer: .*2 postings of the period after it/)] });
  });

  test('and what changed between the seals is told: the late transfer with its two lines, one reason, the journals; nothing else', () => {
    const { tables, differences, figures: totals } = accepted(changesSince(context.workbook, silentJob, { periodId: octoberId, sealNumber: 1, differencesMax: 10_000 }));
    const changed = (table: string) => differences.filter((each) => each.table === table);
    expect(Object.fromEntries(tables.filter(({ table }) => !table.startsWith('journal')).map(({ table, added, gone, changed: altered }) => [table, [added, gone, altered]]))).toEqual({
      periods: [0, 0, 1], imports: [1, 0, 0], source_files: [1, 0, 0], movements: [2, 0, 0], lines: [0, 0, 2], components: [2, 2, 0], tags: [0, 0, 40], line_checks: [0, 2, 0], closings: [0, 0, 2], reopenings: [1, 0, 0],
    });
    for (const table of ['movements', 'lines', 'components', 'line_checks', 'closings']) expect([...new Set(changed(table).map(({ line }) => line))].toSorted(), table).toEqual(['THROW-OAT at Portland', 'THROW-OAT at Seattle Store']);
    expect(changed('closings').map(({ then, now }) => [then, now])).toEqual([['330000', '270000'], ['140000', '200000']]);
    // The other tags are approved by the new journal now; nothing else of them changed. `given_` are the figures that a reason is given for.
    expect(changed('tags').filter(({ column }) => !['approved_journal_id', 'revision'].includes(column) && !column.startsWith('given_')).map(({ line, column, then, now }) => [line, column, then, now])).toMatchObject([
      ['THROW-OAT at Portland', 'note', expect.anything(), '"TO-2210 accounts for it"'], ['THROW-OAT at Portland', 'owner', '"warehouse"', 'nothing'], ['THROW-OAT at Portland', 'reason_code', '"PHY-TRANSFER"', 'nothing'],
      ['MUG-BLK-15 at Reno', 'note', '"Recount of the aisle ordered for 4 November."', '"Recounted on 4 November"'], ['MUG-BLK-15 at Reno', 'reason_code', '"UNX-INVESTIGATE"', '"UNX-WRITEOFF"'],
      ['THROW-OAT at Seattle Store', 'note', expect.anything(), '"TO-2210 accounts for it"'], ['THROW-OAT at Seattle Store', 'owner', '"warehouse"', 'nothing'], ['THROW-OAT at Seattle Store', 'reason_code', '"PHY-TRANSFER"', 'nothing'],
    ]);
    expect(changed('journals').map(({ kind }) => kind)).toEqual(['added', 'added']);
    expect(changed('journal_postings').map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
    expect(totals.find(({ name }) => name === 'Inventory value at the cut-off')).toMatchObject({ then: '160852.06', now: '160852.06' });
    expect(totals.find(({ name }) => name === 'Journals')).toMatchObject({ then: '4', now: '6' });
  });

  test('the opening of November follows', () => {
    expect(isStale(context.workbook, novemberId)).toBe(true);
    accepted(reconcilePeriod(as(ANA), novemberId));
    expect(openingOf(novemberId)).toEqual(closingOf(octoberId));
    expect(openingOf(novemberId)).toContainEqual({ stock_key_id: stockKey('THROW-OAT', 'Seattle Store'), quantity_scaled: 200_000 });
  });

  test('both codes that were lodged find their seals, both seals are checked, and the override is told for ever', async () => {
    const checks = (lodged: string) => verifyWorkbook(context.workbook, silentJob, lodged).checks;
    expect(checks(first.lodgedCode).find(({ name }) => name === 'Lodged code')).toMatchObject({ holds: true, message: expect.stringContaining(`its code is now ${second.lodgedCode}`) });
    expect(checks(second.lodgedCode).find(({ name }) => name === 'Lodged code')).toMatchObject({ holds: true });
    expect(checks(second.lodgedCode).map(({ name }) => name).filter((name) => name.startsWith('Seal'))).toEqual(['Seal of 2026-09', 'Seal 1 of 2026-10', 'Seal 2 of 2026-10']);
    expect(checks(second.lodgedCode).find(({ name }) => name === 'Seal 2 of 2026-10')?.message).toContain('NetSuite showed TO-2210 on screen');
    expect(listSeals(context.workbook, octoberId).map(({ reopening }) => reopening?.agreedBy ?? null)).toEqual(['Ben Okafor', null]);
    for (const file of ['ADJ-2026-10-1.xlsx', 'ADJ-2026-10-2.xlsx']) expect(accepted(await verifyJournalFile(path.join(folder, file), context.workbook)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });
});
