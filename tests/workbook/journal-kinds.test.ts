/**
 * Kinds of journals and their ways: accruals with their reversal, reclassifications, reversals, versions, postings in the ledger,
 * tiers of approval, and somebody who works alone.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RuleSet } from '@shared/domain/rules';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { silentJob } from '../../electron/services/context';
import { draftJournal, findJournal, listJournals } from '../../electron/services/journals/read';
import { journalsOfLine, lineSources } from '../../electron/services/journals/reviewed';
import { approveJournal, exportJournal, prepareJournal, redraftJournal, reverseJournal, statePosted } from '../../electron/services/journals/sign';
import { createPeriod, findPeriod } from '../../electron/services/periods';
import { checklistFor } from '../../electron/services/sign-off/checklist';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { signedFileOf } from '../../electron/workbook/tables/journals';
import { insertRuleSet, ruleSetFor } from '../../electron/workbook/tables/rule-sets';
import { accepted } from '../support/imports';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';

type Kind = 'adjustment' | 'accrual' | 'reclassification';
const signing = (bench: SignOffBench) => ({ fingerprint: bench.preparer, passPhrase: PASS_PHRASE, approverFingerprint: bench.approver });
const prepare = (bench: SignOffBench, kind: Kind = 'adjustment', change = {}) =>
  prepareJournal(bench.context, bench.identitiesFolder, { periodId: bench.periodId, kind, ...signing(bench), ...change });
const approve = (bench: SignOffBench, journalId: number, change = {}) =>
  approveJournal(bench.context, bench.identitiesFolder, { journalId, fingerprint: bench.approver, passPhrase: PASS_PHRASE, comment: 'Reviewed', ...change });
const exported = (bench: SignOffBench, journalId: number) =>
  accepted(exportJournal(bench.context, { journalId, path: path.join(path.dirname(bench.workbookPath), `${journalId}.xlsx`) }));
const verified = (bench: SignOffBench) => verifyWorkbook(bench.context.workbook, silentJob).checks.flatMap(({ findings }) => findings);
const tag = ({ context }: SignOffBench, key: number, reason: string) => void context.workbook.run('UPDATE tags SET reason_code = ? WHERE stock_key_id = ?', reason, key);

/** Rules in force from the beginning, as if the period had been reconciled by them. */
function useRules({ context, periodId }: SignOffBench, change: Partial<RuleSet>): void {
  const { workbook } = context;
  insertRuleSet(workbook, { fromPeriod: '', rules: { ...ruleSetFor(workbook, '2026-10').rules, ...change }, madeInstant: 0, madeBy: 'test', why: 'test' });
  const explained = ['count', 'channel', 'ledger'].map((kind) => `${kind}_explained_scaled = ${kind}_variance_scaled - ${kind}_residual_scaled`);
  workbook.run(`UPDATE lines SET rule_set_id = (SELECT max(rule_set_id) FROM rule_sets), ${explained.join(', ')} WHERE period_id = ?`, periodId);
}

test('an accrual books the timing at cost, and its reversal is prepared, approved and taken back with it and due in the next period', async () => {
  const bench = await signOffBench();
  const { workbook } = bench.context;
  workbook.run('UPDATE lines SET count_variance_scaled = -50000, count_residual_scaled = -50000 WHERE stock_key_id = 1');
  tag(bench, 1, 'TIM-ACCRUE');
  const period = findPeriod(workbook, bench.periodId)!;
  expect(draftJournal(workbook, period)).toMatchObject({ kind: 'adjustment', kindsWaiting: ['adjustment', 'accrual'] });
  const accrual = accepted(await prepare(bench, 'accrual'));
  // Two of the five units are timing: 2 x 4.125.
  expect(accrual).toMatchObject({ number: 'ACC-2026-10-1', kind: 'accrual', bookingDay: '2026-10-31', debitTotalMinor: 825, reversedBy: { number: 'REV-2026-10-1', bookingDay: '2026-11-01' } });
  expect(accrual.lines.map(({ accountCode, debitMinor, creditMinor }) => [accountCode, debitMinor, creditMinor])).toEqual([['2150', 825, 0], ['1300', 0, 825]]);
  const reversalId = accrual.reversedBy!.journalId;
  expect(findJournal(workbook, reversalId)).toMatchObject({ kind: 'reversal', isAutomatic: true, state: 'prepared', reverses: { number: 'ACC-2026-10-1' } });
  expect(findJournal(workbook, reversalId)!.lines.map(({ accountCode, debitMinor, creditMinor }) => [accountCode, debitMinor, creditMinor])).toEqual([['2150', 0, 825], ['1300', 825, 0]]);
  expect(approve(bench, reversalId)).toMatchObject({ ok: false, failure: 'journal_state', message: expect.stringContaining('goes with ACC-2026-10-1') });
  expect(redraftJournal(bench.context, { journalId: accrual.journalId, why: 'One more line' })).toMatchObject({ ok: true });
  expect(listJournals(workbook, bench.periodId).map(({ number, state, versions }) => [number, state, versions.length])).toEqual([['ACC-2026-10-1', 'draft', 1], ['REV-2026-10-1', 'draft', 1]]);
  expect(accepted(await prepare(bench, 'accrual'))).toMatchObject({ number: 'ACC-2026-10-1', version: 2, journalId: accrual.journalId, reversedBy: { journalId: reversalId } });
  expect(accepted(approve(bench, accrual.journalId))).toMatchObject({ state: 'approved' });
  expect(findJournal(workbook, reversalId)).toMatchObject({ state: 'approved', version: 2 });
  expect(verifyPackage(signedFileOf(workbook, reversalId))).toMatchObject({ holds: true, signatures: [{ role: 'Preparer' }, { role: 'Approver' }] });
  const november = accepted(createPeriod(bench.context, '2026-11', 48));
  expect(listJournals(workbook, november.periodId)).toMatchObject([{ number: 'REV-2026-10-1', bookingDay: '2026-11-01' }]);
  accepted(statePosted(bench.context, { journalId: reversalId, document: 'JE-77', day: '2026-11-01' }));
  expect(findJournal(workbook, accrual.journalId)).toMatchObject({ state: 'reversed' });
  expect(verified(bench)).toEqual([]);
});

test('a reclassification moves stock to another asset account and to no other', async () => {
  const bench = await signOffBench();
  tag(bench, 1, 'PHY-TO-DAMAGED');
  const moved = accepted(await prepare(bench, 'reclassification'));
  expect(moved.number).toBe('RCL-2026-10-1');
  expect(moved.lines.map(({ accountCode, debitMinor, creditMinor }) => [accountCode, debitMinor, creditMinor])).toEqual([['1320', 1238, 0], ['1300', 0, 1238]]);
  accepted(redraftJournal(bench.context, { journalId: moved.journalId, why: 'x' }));
  useRules(bench, { accounts: [{ reason: null, category: null, location: 'Portland', inventoryAccount: null, offsetAccount: '5190' }] });
  expect(await prepare(bench, 'reclassification')).toMatchObject({ ok: false, failure: 'account_wrong', message: expect.stringContaining('5190, which is no asset account (MUG-BLU-11 Portland, by the rule for every reason, at Portland)') });
});

test('accounts are chosen by the rules, and each journal line says by which; a variance line leads to its journal lines and back', async () => {
  const bench = await signOffBench();
  const { workbook } = bench.context;
  workbook.run(`UPDATE items SET category = 'Kitchen' WHERE item_id = 1`);
  useRules(bench, { accounts: [{ reason: 'PHY-SHRINK', category: 'Kitchen', location: null, inventoryAccount: '1310', offsetAccount: null }] });
  const journal = accepted(await prepare(bench));
  const told = journal.lines.filter(({ reasonCode }) => reasonCode === 'PHY-SHRINK').map(({ accountCode, accountRule, sourceLines }) => [accountCode, accountRule, sourceLines]);
  expect(told).toEqual([
    ['5190', 'reason code PHY-SHRINK', 1], ['1310', 'rule for PHY-SHRINK, category Kitchen', 1],
    ['5190', 'reason code PHY-SHRINK', 1], ['1300', 'reason code PHY-SHRINK', 1],
  ]);
  const [first] = journalsOfLine(workbook, bench.periodId, 1);
  expect(first).toMatchObject({ number: 'ADJ-2026-10-1', accountCode: '5190', debitMinor: 1238 });
  expect(lineSources(workbook, journal.journalId, first!.lineNumber!)).toEqual([
    { periodId: bench.periodId, stockKeyId: 1, sku: 'MUG-BLU-11', itemName: 'Item MUG-BLU-11', location: 'Portland', quantityScaled: -30_000, unitCostScaled: 4_125_000, exactValue: '-12.375' },
  ]);
  // Nothing was imported: the cost is the item's own, and no file says by which method.
  expect(journal.costs).toEqual([{ system: null, importId: null, fileName: '', heading: '', method: 'not stated', lines: 3 }]);
});

test('an exported journal is reversed: in its period its lines are free again, after the lock in the next period', async () => {
  const bench = await signOffBench();
  const { workbook } = bench.context;
  const { journalId } = accepted(await prepare(bench));
  const reverse = (periodId: number) => reverseJournal(bench.context, bench.identitiesFolder, { journalId, periodId, why: 'Booked twice', ...signing(bench) });
  expect(await reverse(bench.periodId)).toMatchObject({ failure: 'journal_state' });
  accepted(approve(bench, journalId));
  expect(await reverse(bench.periodId)).toMatchObject({ failure: 'journal_state', message: expect.stringContaining('Take it back to draft instead') });
  exported(bench, journalId);
  accepted(statePosted(bench.context, { journalId, document: 'JE-12', day: '2026-10-31' }));
  expect(findJournal(workbook, journalId)).toMatchObject({ state: 'posted', posting: { document: 'JE-12', day: '2026-10-31' } });
  const reversal = accepted(await reverse(bench.periodId));
  expect(reversal).toMatchObject({ number: 'REV-2026-10-1', kind: 'reversal', debitTotalMinor: 2498, bookingDay: '2026-10-31', reverses: { number: 'ADJ-2026-10-1' } });
  expect(await reverse(bench.periodId)).toMatchObject({ failure: 'journal_reversed' });
  expect(findJournal(workbook, journalId)).toMatchObject({ state: 'posted', reversedBy: { number: 'REV-2026-10-1' } });
  accepted(approve(bench, reversal.journalId));
  expect(findJournal(workbook, journalId)).toMatchObject({ state: 'reversed' });
  const again = accepted(await prepare(bench));
  expect(again).toMatchObject({ number: 'ADJ-2026-10-2', version: 1, debitTotalMinor: 2498 });
  accepted(approve(bench, again.journalId));

  accepted(lockPeriod(bench.context, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: bench.approver, passPhrase: PASS_PHRASE, override: 'test' }));
  // The sealed period stays as it is; what the ledger made of it can be stated, and it can be reversed in the next.
  accepted(statePosted(bench.context, { journalId: again.journalId, document: 'JE-13', day: '2026-11-02' }));
  expect(() => workbook.run('UPDATE journals SET number = ? WHERE journal_id = ?', 'x', again.journalId)).toThrow(/period_locked/);
  expect(() => workbook.run('DELETE FROM journal_postings')).toThrow(/is kept/);
  const november = accepted(createPeriod(bench.context, '2026-11', 48));
  const next = accepted(await reverseJournal(bench.context, bench.identitiesFolder, { journalId: again.journalId, periodId: november.periodId, why: 'Wrong account', ...signing(bench) }));
  expect(next).toMatchObject({ number: 'REV-2026-11-1', bookingDay: '2026-11-01', reverses: { periodCode: '2026-10' } });
  accepted(approve(bench, next.journalId));
  expect(findJournal(workbook, again.journalId)).toMatchObject({ state: 'reversed', reversedBy: { periodCode: '2026-11' } });
  expect(verified(bench)).toEqual([]);
});

test('an earlier version stays as it was signed and can be exported; no statement changes it', async () => {
  const bench = await signOffBench();
  const { workbook } = bench.context;
  const { journalId } = accepted(await prepare(bench));
  accepted(approve(bench, journalId));
  const before = signedFileOf(workbook, journalId);
  accepted(redraftJournal(bench.context, { journalId, why: 'Wrong reason on the mug' }));
  expect(workbook.get('SELECT count(*) AS held FROM tags WHERE approved_journal_id IS NOT NULL')).toEqual({ held: 0 });
  expect(redraftJournal(bench.context, { journalId, why: 'x' })).toMatchObject({ failure: 'journal_state' });
  tag(bench, 1, 'UNX-WRITEOFF');
  expect(accepted(await prepare(bench))).toMatchObject({ version: 2, versions: [{ version: 1, state: 'approved', approver: 'Ben Okafor', why: 'Wrong reason on the mug' }] });
  const target = path.join(path.dirname(bench.workbookPath), 'earlier.xlsx');
  expect(accepted(exportJournal(bench.context, { journalId, path: target, version: 1 })).byteLength).toBe(before.length);
  expect(exportJournal(bench.context, { journalId, path: target, version: 7 })).toMatchObject({ failure: 'version_missing' });
  expect(findJournal(workbook, journalId)).toMatchObject({ state: 'prepared' });
  expect(() => workbook.run(`UPDATE journal_versions SET why = 'x'`)).toThrow(/kept as it was signed/);
  expect(verified(bench)).toEqual([]);
});

test('tiers of the rules say who may approve, with a comment and an attachment', async () => {
  const bench = await signOffBench();
  useRules(bench, { approvals: [{ overMinor: 1_000, roles: ['accountant'], comment: true, attachment: true }] });
  expect(await prepare(bench)).toMatchObject({
    failure: 'role_refused', message: 'Ben Okafor is controller. 1 line over 10.00 USD (MUG-BLU-11 Portland) is approved by accountant only.',
  });
  useRules(bench, { approvals: [{ overMinor: 1_000, roles: ['controller'], comment: true, attachment: true }] });
  const { journalId, needs } = accepted(await prepare(bench));
  expect(needs).toEqual([{ overMinor: 1_000, roles: ['controller'], comment: true, attachment: true, lines: ['MUG-BLU-11 Portland'], withoutAttachment: ['MUG-BLU-11 Portland'] }]);
  expect(approve(bench, journalId, { comment: '' })).toMatchObject({ failure: 'comment_needed', message: expect.stringContaining('over the bound of 10.00 USD (MUG-BLU-11 Portland)') });
  expect(approve(bench, journalId)).toMatchObject({ failure: 'attachment_needed', message: expect.stringContaining('MUG-BLU-11 Portland') });
  const { workbook } = bench.context;
  workbook.run(`INSERT INTO attached_files VALUES ('${'a'.repeat(64)}', 1, 'text/plain')`);
  workbook.run(`INSERT INTO attachments (period_id, stock_key_id, sha256, file_name, added_instant, added_by, said) VALUES (?, 1, '${'a'.repeat(64)}', 'photo.txt', 0, 'Ana', '')`, bench.periodId);
  expect(approve(bench, journalId)).toMatchObject({ ok: true });
});

test('who works alone approves with a stated reason, which the journal bears wherever it is seen', async () => {
  const bench = await signOffBench();
  const { workbook } = bench.context;
  const alone = { approverFingerprint: null, noSecondPerson: 'One-person firm' };
  expect(await prepare(bench, 'adjustment', { approverFingerprint: null })).toMatchObject({ failure: 'approver_missing' });
  const { journalId, ...journal } = accepted(await prepare(bench, 'adjustment', alone));
  expect(journal).toMatchObject({ noSecondPerson: 'One-person firm', namedApprover: 'Ana Reyes' });
  expect(approve(bench, journalId)).toMatchObject({ failure: 'not_named_approver' });
  expect(accepted(approve(bench, journalId, { fingerprint: bench.preparer }))).toMatchObject({ state: 'approved', noSecondPerson: 'One-person firm' });
  const verification = verifyPackage(signedFileOf(workbook, journalId));
  expect(verification).toMatchObject({ holds: true, signatures: [{ role: 'Preparer' }, { role: 'Approver', purpose: 'Approved journal ADJ-2026-10-1 of 2026-10, with no second person: One-person firm' }] });
  expect(checklistFor(workbook, findPeriod(workbook, bench.periodId)!).answers[3]!.figure).toContain('ADJ-2026-10-1: no second person');
  expect(() => workbook.run('UPDATE journals SET no_second_person = NULL')).toThrow(/CHECK/);
  expect(verified(bench)).toEqual([]);
});

test('nobody is alone who is not', async () => {
  const bench = await signOffBench();
  const { journalId } = accepted(await prepare(bench));
  accepted(redraftJournal(bench.context, { journalId, why: 'x' }));
  expect(await prepare(bench, 'adjustment', { approverFingerprint: null, noSecondPerson: 'In a hurry' })).toMatchObject({
    failure: 'second_person_known', message: 'This workbook knows Ben Okafor (ben@test.example), who can approve. Name them.',
  });
});
