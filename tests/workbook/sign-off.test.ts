import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { silentJob } from '../../electron/services/context';
import { listJournals } from '../../electron/services/journals/read';
import { approveJournal, exportJournal, prepareJournal, redraftJournal } from '../../electron/services/journals/sign';
import { checklistFor } from '../../electron/services/sign-off/checklist';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyJournalFile } from '../../electron/services/sign-off/verify-file';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { findPeriod } from '../../electron/services/periods';
import { openWorkbookFile } from '../../electron/workbook/open';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';
import { NOW, type WhenFinished } from '../support/workbooks';

const prepare = (bench: SignOffBench, change = {}) =>
  prepareJournal(bench.context, bench.identitiesFolder, {
    periodId: bench.periodId, fingerprint: bench.preparer, passPhrase: PASS_PHRASE, approverFingerprint: bench.approver, ...change,
  });
const approve = (bench: SignOffBench, change = {}) =>
  approveJournal(bench.context, bench.identitiesFolder, { journalId: 1, fingerprint: bench.approver, passPhrase: PASS_PHRASE, comment: 'Reviewed', ...change });
const lock = (bench: SignOffBench, change = {}) =>
  lockPeriod(bench.context, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: bench.approver, passPhrase: PASS_PHRASE, override: 'No movements in this test', ...change });

/** The findings of a workbook file after somebody changed it with plain SQL, triggers dropped. */
async function findingsAfter(workbookPath: string, ...statements: string[]): Promise<string[]> {
  const copy = path.join(path.dirname(workbookPath), `copy-${Math.random()}.tieout`);
  fs.copyFileSync(workbookPath, copy);
  const database = new Database(copy);
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as { name: string; sql: string }[];
  for (const trigger of triggers) database.exec(`DROP TRIGGER ${trigger.name}`);
  for (const statement of statements) expect(database.prepare(statement).run().changes, statement).toBeGreaterThan(0);
  for (const trigger of triggers) database.exec(trigger.sql);
  database.close();
  const opened = await openWorkbookFile(copy, { person: 'Dee Park', now: NOW, readOnly: true });
  if (!opened.ok) throw new Error(opened.message);
  const verification = verifyWorkbook(opened.value.workbook, silentJob);
  opened.value.close();
  const findings = verification.checks.flatMap((check) => check.findings);
  expect(verification.holds).toBe(findings.length === 0);
  return findings;
}

async function lockedBench(whenFinished: WhenFinished): Promise<SignOffBench> {
  const bench = await signOffBench(whenFinished);
  expect(await prepare(bench)).toMatchObject({ ok: true });
  expect(approve(bench)).toMatchObject({ ok: true });
  expect(lock(bench)).toMatchObject({ ok: true });
  bench.close();
  return bench;
}

describe('a journal', () => {
  test('books tagged lines at unit cost, by reason and location, and balances', async () => {
    const bench = await signOffBench();
    const prepared = await prepare(bench);
    if (!prepared.ok) throw new Error(prepared.message);
    const journal = prepared.value;
    expect(journal.lines.map((line) => [line.accountCode, line.debitMinor, line.creditMinor, line.reasonCode, line.location])).toEqual([
      ['1300', 470, 0, 'PHY-FOUND', 'Reno'],
      ['5198', 0, 470, 'PHY-FOUND', 'Reno'],
      ['5190', 2028, 0, 'PHY-SHRINK', 'Portland'],
      ['1300', 0, 2028, 'PHY-SHRINK', 'Portland'],
    ]);
    // 3 x 4.125 + 7.90 = 20.275: the half goes to the even cent, and the difference is shown.
    expect(journal.lines[2]).toMatchObject({ exactAmount: '20.275', roundingDifference: '0.005' });
    expect(journal.debitTotalMinor).toBe(journal.creditTotalMinor);
    expect(journal.number).toBe('ADJ-2026-10-1');
  });

  test('is approved by the named person and by nobody else', async () => {
    const bench = await signOffBench();
    expect(await prepare(bench, { approverFingerprint: bench.preparer })).toMatchObject({ failure: 'approver_is_preparer' });
    expect(await prepare(bench, { passPhrase: 'wrong pass phrase' })).toMatchObject({ failure: 'wrong_pass_phrase' });
    await prepare(bench);
    expect(approve(bench, { fingerprint: bench.preparer })).toMatchObject({ failure: 'approver_is_preparer' });
    expect(approve(bench, { fingerprint: 'f'.repeat(64) })).toMatchObject({ failure: 'not_named_approver' });
    expect(approve(bench, { passPhrase: 'wrong pass phrase' })).toMatchObject({ failure: 'wrong_pass_phrase' });
    expect(approve(bench)).toMatchObject({ ok: true, value: { state: 'approved' } });
    expect(approve(bench)).toMatchObject({ failure: 'journal_state' });
    expect(bench.context.workbook.get('SELECT count(*) AS approved FROM tags WHERE approved_journal_id = 1')).toEqual({ approved: 4 });
  });

  test('cannot be approved after a line behind it changed', async () => {
    const bench = await signOffBench();
    await prepare(bench);
    bench.context.workbook.run('UPDATE lines SET adjustment_scaled = -40000 WHERE stock_key_id = 1');
    expect(approve(bench)).toMatchObject({ failure: 'lines_changed' });
    expect(redraftJournal(bench.context, { journalId: 1, why: 'Recounted' })).toMatchObject({ ok: true, value: { state: 'draft', lines: [] } });
    expect(listJournals(bench.context.workbook, bench.periodId)).toMatchObject([{ number: 'ADJ-2026-10-1', state: 'draft', versions: [{ version: 1, why: 'Recounted' }] }]);
    expect(await prepare(bench)).toMatchObject({ ok: true, value: { number: 'ADJ-2026-10-1', version: 2, state: 'prepared' } });
  });

  test('over materiality needs the approver to say why', async () => {
    const bench = await signOffBench();
    bench.context.workbook.run('UPDATE workbook SET materiality_minor = 1000');
    await prepare(bench);
    expect(approve(bench, { comment: ' ' })).toMatchObject({ failure: 'comment_needed', message: expect.stringContaining('MUG-BLU-11 Portland') });
  });

  test('is exported with both signatures, and verification names a changed cell', async () => {
    const bench = await signOffBench();
    await prepare(bench);
    const target = path.join(path.dirname(bench.workbookPath), 'journal.xlsx');
    expect(exportJournal(bench.context, { journalId: 1, path: target })).toMatchObject({ failure: 'journal_state' });
    approve(bench);
    expect(exportJournal(bench.context, { journalId: 1, path: target })).toMatchObject({ ok: true });
    const verification = verifyPackage(new Uint8Array(fs.readFileSync(target)));
    expect(verification).toMatchObject({ holds: true, findings: [] });
    expect(verification.signatures.map((signature) => [signature.signerName, signature.role, signature.valid])).toEqual([
      ['Ana Reyes', 'Preparer', true], ['Ben Okafor', 'Approver', true],
    ]);
    expect(await verifyJournalFile(target, bench.context.workbook)).toMatchObject({ ok: true, value: { holds: true } });

    const tampered = new ExcelJS.Workbook();
    await tampered.xlsx.readFile(target);
    const sheet = tampered.worksheets[0]!;
    let changed = '';
    sheet.eachRow((row) => row.eachCell((cell) => {
      if (cell.value === 20.28 && !changed) {
        cell.value = 2.28;
        changed = cell.address;
      }
    }));
    expect(changed).not.toBe('');
    await tampered.xlsx.writeFile(target);
    const after = await verifyJournalFile(target, bench.context.workbook);
    expect(after).toMatchObject({ ok: true, value: { holds: false } });
    if (after.ok) expect(after.value.checks.flatMap((check) => check.findings)).toContain(`${sheet.name}, cell ${changed}: was 20.28, is 2.28`);
  });
});

describe('a lock', () => {
  test('answers seven questions, and is refused while one is open and no reason is stated', async () => {
    const bench = await signOffBench();
    const { workbook } = bench.context;
    const checklist = checklistFor(workbook, findPeriod(workbook, bench.periodId)!);
    expect(checklist.answers.map((answer) => answer.holds)).toEqual([false, true, true, false, true, true, true]);
    expect(lock(bench, { override: '' })).toMatchObject({ failure: 'questions_open', message: expect.stringContaining('4 lines wait for approval') });
    expect(lock(bench, { fingerprint: bench.preparer })).toMatchObject({ failure: 'role_refused' });
  });

});

describe('a locked period', () => {
  let bench: SignOffBench;
  beforeAll(async () => {
    bench = await lockedBench(afterAll);
  });

  test('verifies, and nothing in it can be changed', async () => {
    expect(await findingsAfter(bench.workbookPath)).toEqual([]);
    const opened = await openWorkbookFile(bench.workbookPath, { person: 'Ana', now: NOW });
    if (!opened.ok) throw new Error(opened.message);
    expect(() => opened.value.workbook.run('UPDATE lines SET counted_scaled = 1')).toThrow(/period_locked/);
    opened.value.close();
  });

  test.each([
    ['UPDATE lines SET unit_cost_scaled = 1 WHERE stock_key_id = 1', 'lines, stock_key_id 1 (MUG-BLU-11, Portland): unit_cost_scaled was 4125000, is 1'],
    [`UPDATE tags SET note = 'x' WHERE stock_key_id = 2`, 'tags, stock_key_id 2 (TEE-BLK-M, Portland): note was "", is "x"'],
    ['DELETE FROM closings WHERE stock_key_id = 3', 'closings, stock_key_id 3 (CANDLE-12, Reno): the row is gone'],
    [`UPDATE items SET sku = 'CUP' WHERE item_id = 1`, 'items, item_id 1: sku was "MUG-BLU-11", is "CUP"'],
    ['UPDATE periods SET window_hours = 1', 'periods, period_id 1: window_hours was 48, is 1'],
    [`UPDATE seals SET root_hash = 'x' || substr(root_hash, 2)`, 'seals, period 2026-10: the root does not follow from the statement and the pieces'],
    ['UPDATE seal_pieces SET deflated_rows = zeroblob(8) WHERE piece_number = 1', 'seal_pieces, piece 1 (workbook): the sealed copy was changed'],
    [`UPDATE audit_events SET actor = 'Nobody' WHERE sequence = 3`, 'audit event 3 (reconciliation.run period:2026-10 by Nobody) was changed'],
    ['UPDATE journal_lines SET debit_minor = debit_minor + 1 WHERE line_number = 1', 'journal ADJ-2026-10-1: debits 24.99 and credits 24.98 differ'],
    [`UPDATE workbook SET currency = 'EUR'`, 'workbook, workbook_id 1: currency was "USD", is "EUR"'],
    [`UPDATE people SET name = 'Eve' WHERE person_id = 1`, 'people, person_id 1: name was "Ben Okafor", is "Eve"'],
  ])('verification names what %s changed', async (statement, finding) => {
    expect(await findingsAfter(bench.workbookPath, statement)).toContain(finding);
  });

  test('a piece of the sealed copy that was changed is named once, not with every row it held', async () => {
    const findings = await findingsAfter(bench.workbookPath, `UPDATE seal_pieces SET deflated_rows = zeroblob(8) WHERE table_name = 'lines'`);
    expect(findings).toEqual([expect.stringMatching(/^seal_pieces, piece \d+ \(lines\): the sealed copy was changed$/)]);
  });

  test('a dropped trigger, an added row and a reopened period are named too', async () => {
    expect(await findingsAfter(bench.workbookPath, `INSERT INTO closings VALUES (1, 4, 7) ON CONFLICT DO UPDATE SET quantity_scaled = 7`)).toContain(
      'closings, stock_key_id 4 (BAG-TOTE, Reno): quantity_scaled was 500000, is 7',
    );
    expect(await findingsAfter(bench.workbookPath, `UPDATE periods SET state = 'open', locked_instant = NULL`)).toEqual([
      expect.stringContaining('periods, 2026-10: state was "locked"'),
    ]);
    expect(await findingsAfter(bench.workbookPath, 'DELETE FROM seal_pieces', 'DELETE FROM seals')).toContain('periods, 2026-10: locked, but there is no seal');
    expect(
      await findingsAfter(bench.workbookPath, 'DELETE FROM seal_pieces', 'DELETE FROM seals', `UPDATE periods SET state = 'open', locked_instant = NULL`),
    ).toEqual(['periods, 2026-10: the trail tells of its locking, but its seal is gone']);
    const database = new Database(bench.workbookPath);
    database.exec('DROP TRIGGER lines_locked_update_old');
    database.close();
    expect(await findingsAfter(bench.workbookPath)).toEqual(['trigger lines_locked_update_old is gone']);
  });
});
