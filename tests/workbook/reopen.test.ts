/**
 * A locked period opened again by two people, locked a second time, and what becomes of its seals; and a seal checked by other
 * programs than Tieout.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lodgedCode } from '@shared/domain/lodged-code';
import { createIdentity } from '../../electron/files/identities/create-identity';
import { identityStore } from '../../electron/files/identities/identity-store';
import { silentJob } from '../../electron/services/context';
import { approveJournal, prepareJournal } from '../../electron/services/journals/sign';
import { createPeriod, findPeriod } from '../../electron/services/periods';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { lockNotes } from '../../electron/services/sign-off/lock-notes';
import { proveRow, sealFiles } from '../../electron/services/sign-off/prove-row';
import { reopenPeriod, type ReopenRequest } from '../../electron/services/sign-off/reopen';
import { saveChanges } from '../../electron/services/sign-off/save-changes';
import { listSeals } from '../../electron/services/sign-off/seal';
import { changesSince } from '../../electron/services/sign-off/seal-changes';
import { NOT_SEALED, SEALED_TABLES } from '../../electron/services/sign-off/sealed-content';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { memoryWorkbook, openWorkbookFile } from '../../electron/workbook/open';
import { accepted } from '../support/imports';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';
import { tamper } from '../support/tamper';
import { NOW, temporaryFolder } from '../support/workbooks';

const OVERRIDE = 'One system only in this test';
const lock = (bench: SignOffBench, periodId = bench.periodId) =>
  lockPeriod(bench.context, bench.identitiesFolder, { periodId, fingerprint: bench.approver, passPhrase: PASS_PHRASE, override: OVERRIDE });
const reopen = (bench: SignOffBench, change: Partial<ReopenRequest> = {}) =>
  reopenPeriod(bench.context, bench.identitiesFolder, {
    periodId: bench.periodId, reason: 'The count of Reno was entered twice', asker: { fingerprint: bench.preparer, passPhrase: PASS_PHRASE },
    controller: { fingerprint: bench.approver, passPhrase: PASS_PHRASE }, noSecondPerson: '', ...change,
  });
const findingsIn = (bench: SignOffBench) => verifyWorkbook(bench.context.workbook, silentJob).checks.flatMap(({ findings }) => findings);

test('every table of the schema is in the seal, or it is said why not', () => {
  const fresh = memoryWorkbook();
  const tables = fresh.column(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`) as unknown as string[];
  fresh.database.close();
  const sealed = SEALED_TABLES.map(({ table }) => table);
  expect([...sealed, ...Object.keys(NOT_SEALED)].toSorted()).toEqual(tables);
  expect(Object.values(NOT_SEALED).filter((why) => why === '')).toEqual([]);
});

describe('a reopening', () => {
  test('is refused without a lock, a reason, a second person who is a controller, or their pass phrases', async () => {
    const bench = await signOffBench();
    expect(reopen(bench, { periodId: 99 })).toMatchObject({ failure: 'period_missing' });
    expect(reopen(bench)).toMatchObject({ failure: 'not_locked' });
    accepted(lock(bench));
    const by = (fingerprint: string, passPhrase = PASS_PHRASE) => ({ fingerprint, passPhrase });
    expect(reopen(bench, { reason: ' ' })).toMatchObject({ failure: 'reason_needed' });
    // Ben locked, so the workbook knows him: whoever else asks is not alone.
    expect(reopen(bench, { controller: null, noSecondPerson: 'Alone here' })).toMatchObject({ failure: 'second_person_needed', message: expect.stringContaining('1 other person') });
    expect(reopen(bench, { asker: by(bench.approver) })).toMatchObject({ failure: 'same_person' });
    expect(reopen(bench, { asker: by(bench.approver), controller: by(bench.preparer) })).toMatchObject({ failure: 'role_refused' });
    expect(reopen(bench, { asker: by(bench.preparer, 'not this one at all') })).toMatchObject({ failure: 'wrong_pass_phrase' });
    expect(reopen(bench, { controller: by(bench.approver, 'not this one at all') })).toMatchObject({ failure: 'wrong_pass_phrase' });
    expect(reopen(bench, { controller: by('f'.repeat(64)) })).toMatchObject({ failure: 'identity_missing' });
    expect(bench.context.workbook.get('SELECT count(*) AS kept FROM reopenings')).toEqual({ kept: 0 });
    expect(findPeriod(bench.context.workbook, bench.periodId)?.state).toBe('locked');
  });

  test('of a workbook with one person only bears the mark that there was no second one', async () => {
    const bench = await signOffBench();
    accepted(lock(bench));
    const alone = { asker: { fingerprint: bench.approver, passPhrase: PASS_PHRASE }, controller: null };
    expect(reopen(bench, alone)).toMatchObject({ failure: 'second_person_needed', message: expect.stringContaining('no second person') });
    expect(accepted(reopen(bench, { ...alone, noSecondPerson: 'One bookkeeper' }))).toMatchObject({ agreedBy: null, noSecondPerson: 'One bookkeeper' });
    expect(findingsIn(bench)).toEqual([]);
    expect(verifyWorkbook(bench.context.workbook, silentJob).checks.find(({ name }) => name === 'Reopenings')?.message).toContain('1 was signed by one, with no second person');
  });

  test('waits for the reopening of a later locked period, and the later one is not locked before it', async () => {
    const bench = await signOffBench();
    accepted(lock(bench));
    const november = accepted(createPeriod(bench.context, '2026-11', 48)).periodId;
    bench.context.workbook.run('UPDATE periods SET reconciled_instant = ? WHERE period_id = ?', NOW, november);
    accepted(lock(bench, november));
    expect(reopen(bench)).toMatchObject({ failure: 'later_locked', message: expect.stringContaining('2026-11 is locked') });
    accepted(reopen(bench, { periodId: november }));
    accepted(reopen(bench));
    expect(lock(bench, november)).toMatchObject({ failure: 'earlier_reopened' });
    expect(findingsIn(bench)).toEqual([]);
  });

  test('by plain SQL is refused: unlocking, a record for another seal, a changed or erased seal', async () => {
    const bench = await signOffBench();
    accepted(lock(bench));
    const { workbook } = bench.context;
    for (const [statement, refusal] of [
      [`UPDATE periods SET state = 'open', locked_instant = NULL`, /period_locked/],
      [`INSERT INTO reopenings (period_id, seal_id, statement, asker_id, asker_signature, reopened_instant) SELECT 1, 2, '{}', person_id, x'00', 1 FROM people`, /newest seal/],
      ['UPDATE seals SET sealed_instant = 1', /append-only/],
      ['DELETE FROM seal_pieces', /append-only/],
      [`INSERT INTO seals SELECT 2, period_id, statement, root_hash, signer_id, signature, sealed_instant FROM seals`, /one seal until it is reopened|period_locked/],
    ] as const) expect(() => workbook.run(statement), statement).toThrow(refusal);
    accepted(reopen(bench));
    expect(() => workbook.run('DELETE FROM seals')).toThrow(/append-only/);
    expect(() => workbook.run('DELETE FROM reopenings')).toThrow(/append-only/);
    expect(() => workbook.run(`INSERT INTO seal_pieces SELECT seal_id, 999, table_name, row_count, piece_hash, deflated_rows FROM seal_pieces LIMIT 1`)).toThrow(/set aside/);
  });
});

describe('a period that was locked, reopened, changed and locked again', () => {
  let bench: SignOffBench;
  beforeAll(async () => {
    bench = await signOffBench(afterAll);
    accepted(await prepareJournal(bench.context, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: bench.preparer, passPhrase: PASS_PHRASE, approverFingerprint: bench.approver }));
    accepted(approveJournal(bench.context, bench.identitiesFolder, { journalId: 1, fingerprint: bench.approver, passPhrase: PASS_PHRASE, comment: 'Reviewed' }));
    accepted(lock(bench));
    accepted(reopen(bench));
    const { workbook } = bench.context;
    expect(workbook.get('SELECT count(*) AS closings FROM closings')).toEqual({ closings: 0 });
    workbook.run(`UPDATE tags SET note = 'Entered twice' WHERE stock_key_id = 3`);
    workbook.run('UPDATE lines SET on_hand_scaled = 520000, variance_minor = variance_minor + 5 WHERE stock_key_id = 4');
  });

  test('says what has changed since, while it is open', () => {
    const changes = accepted(changesSince(bench.context.workbook, silentJob, { periodId: bench.periodId, sealNumber: 1, differencesMax: 100 }));
    expect(changes).toMatchObject({ to: null, from: { sealNumber: 1, reopening: { askedBy: 'Ana Reyes', agreedBy: 'Ben Okafor' } } });
    expect(changes.tables).toEqual(expect.arrayContaining([{ table: 'lines', added: 0, gone: 0, changed: 1 }, { table: 'tags', added: 0, gone: 0, changed: 1 }, { table: 'closings', added: 0, gone: 4, changed: 0 }]));
    expect(changes.differences).toContainEqual({ table: 'tags', key: 'stock_key_id 3', line: 'CANDLE-12 at Reno', kind: 'changed', column: 'note', then: '""', now: '"Entered twice"' });
    expect(findingsIn(bench)).toEqual([]);
  });

  test('has a second seal that names the first and the reopening; both verify, and the report names what changed', async () => {
    const second = accepted(lock(bench));
    const { workbook } = bench.context;
    const [first] = listSeals(workbook, bench.periodId);
    expect(second).toMatchObject({ sealNumber: 2, replacesRoot: first!.rootHash, reopening: null });
    const verified = verifyWorkbook(workbook, silentJob);
    expect(verified.checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(verified.checks.filter(({ name }) => name.startsWith('Seal')).map(({ name }) => name)).toEqual(['Seal 1 of 2026-10', 'Seal 2 of 2026-10']);
    const changes = accepted(changesSince(workbook, silentJob, { periodId: bench.periodId, sealNumber: 1, differencesMax: 100 }));
    expect(changes.to).toMatchObject({ sealNumber: 2 });
    expect(changes.figures.find(({ name }) => name === 'Variances at cost')).toMatchObject({ then: '-15.57', now: '-15.52' });
    expect(changes.tables.map(({ table }) => table)).toEqual(['lines', 'tags', 'reopenings']);
    expect(changesSince(workbook, silentJob, { periodId: bench.periodId, sealNumber: 2, differencesMax: 1 })).toMatchObject({ failure: 'nothing_after' });
    expect(lockNotes(workbook, bench.periodId, 'UTC')).toEqual([
      expect.stringMatching(/^Locked by Ben Okafor .* with question 1: .*because: One system only in this test$/),
      expect.stringMatching(/^Reopened .*asked by Ana Reyes, agreed by Ben Okafor, because: The count of Reno was entered twice$/),
      expect.stringMatching(/^Locked by Ben Okafor .*\(seal 2\)/),
    ]);
    const target = path.join(path.dirname(bench.workbookPath), 'changes.csv');
    accepted(await saveChanges(workbook, silentJob, { periodId: bench.periodId, sealNumber: 1, path: target }));
    expect(fs.readFileSync(target, 'utf8')).toContain('Entered twice');
  });

  test('a code lodged at either lock finds its seal, and no other workbook has it', () => {
    const { workbook } = bench.context;
    const [first, second] = listSeals(workbook, bench.periodId);
    const lodged = (code: string) => verifyWorkbook(workbook, silentJob, code).checks.find(({ name }) => name === 'Lodged code')!;
    expect(lodged(second!.lodgedCode)).toMatchObject({ holds: true, findings: [] });
    expect(lodged(first!.lodgedCode)).toMatchObject({ holds: true, message: expect.stringContaining(`its code is now ${second!.lodgedCode}`) });
    expect(lodged(lodgedCode('0'.repeat(64)))).toMatchObject({ holds: false, message: expect.stringContaining('written anew') });
  });

  test.each([
    [`UPDATE reopenings SET statement = replace(statement, 'entered twice', 'fine')`, 'reopenings, 2026-10: the signature of Ana Reyes does not hold'],
    [`UPDATE reopenings SET controller_signature = asker_signature`, 'reopenings, 2026-10: the signature of Ben Okafor does not hold'],
    ['UPDATE reopenings SET controller_id = NULL, controller_signature = NULL', 'reopenings, 2026-10: Ben Okafor is not among those who signed'],
    ['DELETE FROM reopenings', 'reopenings, 2026-10: the trail tells of a reopening whose record is gone'],
    ['DELETE FROM seals WHERE seal_id = 1', 'periods, 2026-10: the trail tells of 2 lockings, but only 1 seal is there'],
    [`UPDATE seals SET root_hash = 'a' || substr(root_hash, 2) WHERE seal_id = 1`, 'seals, period 2026-10: the root does not follow from the statement and the pieces'],
    [`UPDATE seal_pieces SET deflated_rows = zeroblob(8) WHERE seal_id = 1 AND table_name = 'tags'`, expect.stringMatching(/^seal_pieces, piece \d+ \(tags\): the sealed copy was changed$/)],
    [`UPDATE tags SET note = '' WHERE stock_key_id = 3`, 'tags, stock_key_id 3 (CANDLE-12, Reno): note was "Entered twice", is ""'],
    [`UPDATE seals SET signature = x'3006020101020101' WHERE seal_id = 2`, 'seals, period 2026-10: the signature of Ben Okafor does not hold'],
  ])('verification names what %s did', async (statement, finding) => {
    const { workbook } = bench.context;
    const copy = path.join(path.dirname(bench.workbookPath), `copy-${Math.random()}.tieout`);
    workbook.scratch('VACUUM INTO ?', copy);
    tamper(copy, 'dropped and put back', (database) => expect(database.prepare(statement).run().changes).toBeGreaterThan(0));
    const opened = accepted(await openWorkbookFile(copy, { person: 'Dee Park', now: NOW, readOnly: true }));
    const findings = verifyWorkbook(opened.workbook, silentJob).checks.flatMap((check) => check.findings);
    opened.close();
    expect(findings).toContainEqual(finding);
  });

  test.each([
    ['a view', 'CREATE TABLE shadow AS SELECT * FROM tags; DROP TABLE tags; CREATE VIEW tags AS SELECT * FROM shadow', 'tags: it is not the table that Tieout makes, and nothing that it answers is taken for a row'],
    ['a view of the trail', 'CREATE TABLE shadow AS SELECT * FROM audit_events; DROP TABLE audit_events; CREATE VIEW audit_events AS SELECT * FROM shadow', 'audit_events: it is not the table that Tieout makes, and nothing that it answers is taken for a row'],
    ['a computed column', `ALTER TABLE tags ADD COLUMN kind TEXT AS (note || 'x')`, 'tags: it is not the table that Tieout makes, and nothing that it answers is taken for a row'],
    ['a trigger of its own', `CREATE TRIGGER lines_quiet AFTER INSERT ON lines BEGIN SELECT 1; END`, 'trigger lines_quiet was added'],
  ])('%s in the place of what Tieout makes is named', async (_what, sql, finding) => {
    const copy = path.join(path.dirname(bench.workbookPath), `copy-${Math.random()}.tieout`);
    bench.context.workbook.scratch('VACUUM INTO ?', copy);
    tamper(copy, 'dropped', (database) => database.exec(sql));
    const opened = accepted(await openWorkbookFile(copy, { person: 'Dee Park', now: NOW, readOnly: true }));
    const findings = verifyWorkbook(opened.workbook, silentJob).checks.flatMap((check) => check.findings);
    opened.close();
    expect(findings).toContainEqual(finding);
  });

  test('the schema cannot be written over this connection', () => {
    const { database } = bench.context.workbook;
    database.pragma('writable_schema = ON');
    expect(() => database.prepare(`UPDATE sqlite_schema SET sql = sql WHERE name = 'lines'`).run()).toThrow(/may not be modified/);
    expect(database.pragma('trusted_schema', { simple: true })).toBe(0);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('a seal checked without Tieout', () => {
  test.each(['ecdsa-p256', 'rsa-3072'] as const)('openssl verifies the signature of %s, and the path of a row leads to the root that was signed', async (algorithm) => {
    const bench = await signOffBench();
    const created = accepted(await createIdentity({ name: 'Cy Lund', email: 'cy@test.example', role: 'controller', algorithm, passPhrase: PASS_PHRASE, nowInstant: NOW - 86_400_000 }));
    identityStore(bench.identitiesFolder).save(created);
    accepted(lockPeriod(bench.context, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: created.fingerprintSha256, passPhrase: PASS_PHRASE, override: OVERRIDE }));
    const folder = temporaryFolder();
    for (const [name, bytes] of Object.entries(sealFiles(bench.context.workbook, bench.periodId, 1)!)) fs.writeFileSync(path.join(folder, name), bytes);
    const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, encoding: 'utf8' });
    const stem = 'seal-2026-10-1';
    fs.writeFileSync(path.join(folder, 'key.pem'), openssl('x509', '-in', `${stem}.pem`, '-pubkey', '-noout'));
    expect(openssl('dgst', '-sha256', '-verify', 'key.pem', '-signature', `${stem}.sig`, `${stem}.txt`)).toBe('Verified OK\n');
    const message = fs.readFileSync(path.join(folder, `${stem}.txt`), 'utf8');
    const root = /^root ([0-9a-f]{64})$/m.exec(message)![1]!;
    const proof = accepted(proveRow(bench.context.workbook, { periodId: bench.periodId, sealNumber: 1, table: 'lines', where: { stock_key_id: '2' } }));
    const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    let hash = sha256(Buffer.of(0), Buffer.from(proof.leaf));
    for (const { side, hash: beside } of proof.path) {
      const other = Buffer.from(beside, 'hex');
      hash = side === 'left' ? sha256(Buffer.of(1), other, hash) : sha256(Buffer.of(1), hash, other);
    }
    expect(hash.toString('hex')).toBe(root);
    expect(proof).toMatchObject({ root, key: 'stock_key_id 2', leaf: expect.stringMatching(/^lines \{/) });
    expect(message).toContain(`leaves ${proof.leaves}\n`);
    expect(proveRow(bench.context.workbook, { periodId: bench.periodId, sealNumber: 1, table: 'lines', where: { stock_key_id: '99' } })).toMatchObject({ failure: 'row_missing' });
    expect(proveRow(bench.context.workbook, { periodId: bench.periodId, sealNumber: 1, table: 'sheets', where: { a: '1' } })).toMatchObject({ failure: 'table_unknown' });
    fs.appendFileSync(path.join(folder, `${stem}.txt`), '\n');
    expect(spawnSync('openssl', ['dgst', '-sha256', '-verify', 'key.pem', '-signature', `${stem}.sig`, `${stem}.txt`], { cwd: folder }).status).not.toBe(0);
  });
});
