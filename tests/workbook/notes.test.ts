/**
 * Notes and attachments of a line: kept as they came, never changed, in the seal, and found where a byte of them was swapped.
 */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACHMENT_BYTES_MAX } from '@shared/domain/notes';
import { auditPage } from '../../electron/services/audit-trail';
import { silentJob } from '../../electron/services/context';
import { attachFiles, type AttachRequest, readAttachment, saveAttachment, withdrawAttachment } from '../../electron/services/notes/attachments';
import { addNote, notesAndAttachments, withdrawNote } from '../../electron/services/notes/notes';
import { pageOfLines } from '../../electron/services/lines';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { sha256Hex } from '../../electron/workbook/hash';
import { openWorkbookFile } from '../../electron/workbook/open';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';
import { tamper, tamperBy } from '../support/tamper';
import { NOW, temporaryFolder } from '../support/workbooks';

const PICTURE = path.resolve(import.meta.dirname, '../../resources/guide/pictures/explain-mug-count.png');
const MAIL = 'From: Rosa <rosa@example.com>\r\nTo: Ana <ana@example.com>\r\nSubject: Pallet 12\r\n\r\nTwo mugs were broken on the dock.\r\n';
const [MUG, TEE] = [1, 2];

const on = (bench: SignOffBench, stockKeyId = MUG) => ({ periodId: bench.periodId, stockKeyId });
const attach = (bench: SignOffBench, files: AttachRequest['files'], stockKeyId = MUG, said = '') => attachFiles(bench.context, { ...on(bench, stockKeyId), files, said });
const mail = (name = 'pallet 12.eml') => ({ name, bytes: new TextEncoder().encode(MAIL) });
const lock = (bench: SignOffBench) =>
  lockPeriod(bench.context, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: bench.approver, passPhrase: PASS_PHRASE, override: 'The journal follows' });
const must = <T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }): T => {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
};

async function findingsOf(workbookPath: string): Promise<string[]> {
  const { workbook, close } = must(await openWorkbookFile(workbookPath, { person: 'Dee Park', now: NOW, readOnly: true }));
  const verification = verifyWorkbook(workbook, silentJob);
  close();
  const findings = verification.checks.flatMap((check) => check.findings);
  expect(verification.holds).toBe(findings.length === 0);
  return findings;
}

describe('a note', () => {
  test('has its author and time, is numbered on its line, and stays where it was withdrawn', async () => {
    const bench = await signOffBench();
    const context = { ...bench.context, now: () => NOW + 60_000 };
    const first = must(addNote(context, { ...on(bench), text: 'Asked the dock' }));
    const second = must(addNote(context, { ...on(bench), text: 'Two are broken' }));
    must(addNote(bench.context, { ...on(bench, TEE), text: 'Another line' }));
    expect([first, second]).toMatchObject([{ number: 1, author: 'Ana Reyes <ana@harborpine.example>', writtenInstant: NOW + 60_000 }, { number: 2 }]);
    const withdrawn = must(withdrawNote(context, { lineNoteId: first.lineNoteId, why: 'Wrong line' }));
    expect(withdrawn).toMatchObject({ number: 1, text: 'Asked the dock', withdrawn: { why: 'Wrong line', by: 'Ana Reyes <ana@harborpine.example>', atInstant: NOW + 60_000 } });
    expect(notesAndAttachments(bench.context.workbook, on(bench)).notes).toEqual([withdrawn, second]);
    expect(withdrawNote(bench.context, { lineNoteId: first.lineNoteId, why: 'Again' })).toMatchObject({ failure: 'withdrawn_already' });
    expect(addNote(bench.context, { ...on(bench, 999), text: 'x' })).toMatchObject({ failure: 'line_missing' });
    bench.close();
  });

  test('is told in the audit trail with its words, as what is done to it is', async () => {
    const bench = await signOffBench();
    const note = must(addNote(bench.context, { ...on(bench), text: 'Asked the dock' }));
    withdrawNote(bench.context, { lineNoteId: note.lineNoteId, why: 'Wrong line' });
    const [attached] = must(attach(bench, [mail()]));
    withdrawAttachment(bench.context, { attachmentId: attached!.attachmentId, why: 'Not ours' });
    const { events } = auditPage(bench.context.workbook, { offset: 0, limit: 4, text: '', periodId: bench.periodId });
    expect(events.map(({ sentence }) => sentence).reverse()).toEqual([
      expect.stringMatching(/^Wrote note 1 of .*: Asked the dock$/), expect.stringMatching(/^Withdrew note 1 of .*: Wrong line$/),
      expect.stringMatching(/^Attached pallet 12\.eml to .*, SHA-256 [0-9a-f]{64}$/), expect.stringMatching(/^Withdrew pallet 12\.eml of .*: Not ours$/),
    ]);
    expect(JSON.parse(events[1]!.detail)).toEqual({ number: 1, before: null, after: { fileName: 'pallet 12.eml', byteLength: MAIL.length, sha256: sha256Hex(MAIL) } });
    bench.close();
  });

  test('cannot be edited or erased with plain SQL, nor withdrawn twice or taken back', async () => {
    const bench = await signOffBench();
    const note = must(addNote(bench.context, { ...on(bench), text: 'Asked the dock' }));
    const [attached] = must(attach(bench, [mail()]));
    withdrawNote(bench.context, { lineNoteId: note.lineNoteId, why: 'Wrong line' });
    for (const statement of [
      `UPDATE line_notes SET text = 'x'`, 'DELETE FROM line_notes', `UPDATE line_notes SET withdrawn_why = 'y'`, 'UPDATE line_notes SET withdrawn_instant = NULL, withdrawn_by = NULL, withdrawn_why = NULL',
      `UPDATE attachments SET file_name = 'x'`, 'DELETE FROM attachments', 'UPDATE attached_files SET byte_length = 1', 'DELETE FROM attached_file_parts', `UPDATE attached_file_parts SET deflated_content = x'00'`,
      `INSERT INTO attached_file_parts VALUES ('${attached!.sha256}', 9, x'00')`,
    ]) expect(() => bench.context.workbook.run(statement), statement).toThrow(/never|once|as it came/);
    bench.close();
  });
});

describe('an attachment', () => {
  test('comes back byte for byte, with the type that its bytes show and the name it was given', async () => {
    const bench = await signOffBench();
    const added = must(attach(bench, [{ path: PICTURE }, mail('C:\\Users\\rosa\\..\\pallet\u202egpj.exe')], MUG, 'From the dock'));
    const bytes = fs.readFileSync(PICTURE);
    expect(added).toMatchObject([
      { number: 1, fileName: 'explain-mug-count.png', mediaType: 'image/png', byteLength: bytes.length, sha256: sha256Hex(bytes), said: 'From the dock', addedBy: 'Ana Reyes <ana@harborpine.example>' },
      { number: 2, fileName: 'pallet\u202egpj.exe', mediaType: 'message/rfc822' },
    ]);
    expect(bytes.equals(must(readAttachment(bench.context.workbook, added[0]!.attachmentId)).bytes)).toBe(true);
    const target = path.join(temporaryFolder(), 'out.png');
    expect(must(saveAttachment(bench.context.workbook, added[0]!.attachmentId, target))).toEqual({ path: target, byteLength: bytes.length, sha256: sha256Hex(bytes) });
    expect(fs.readFileSync(target).equals(bytes)).toBe(true);
    bench.close();
  });

  test('is kept once, however many lines have it, and more than a part in size', async () => {
    const bench = await signOffBench();
    // Bytes that no compression makes smaller.
    const large = Uint8Array.from({ length: 3_000_000 }, (_none, index) => (Math.imul(index ^ (index >>> 7), 2_654_435_761) >>> 13) & 0xff);
    for (const stockKeyId of [1, 2, 3, 4]) must(attach(bench, [{ name: `scan ${stockKeyId}`, bytes: large }], stockKeyId));
    const { workbook } = bench.context;
    expect(workbook.get('SELECT count(*) AS files FROM attached_files')).toEqual({ files: 1 });
    expect(workbook.get<{ parts: number }>('SELECT count(*) AS parts FROM attached_file_parts')!.parts).toBeGreaterThan(1);
    expect(Buffer.from(must(readAttachment(workbook, 3)).bytes).equals(large)).toBe(true);
    bench.close();
  });

  test('is added with all others of the same adding, or none is', async () => {
    const bench = await signOffBench();
    const { workbook } = bench.context;
    must(attach(bench, [mail()]));
    const events = () => workbook.get('SELECT count(*) AS n FROM audit_events');
    const before = events();
    const folder = temporaryFolder();
    const place = (name: string, content: string | Uint8Array) => {
      fs.writeFileSync(path.join(folder, name), content);
      return { path: path.join(folder, name) };
    };
    const good = place('good.txt', 'good');
    expect(attach(bench, [good, place('empty.pdf', '')])).toMatchObject({ failure: 'file_empty', message: expect.stringContaining('empty.pdf') });
    expect(attach(bench, [good, place('film.mp4', new Uint8Array(ATTACHMENT_BYTES_MAX + 1))])).toMatchObject({ failure: 'file_too_large', message: expect.stringMatching(/film\.mp4 is 25\.0 MB; .* at most 25\.0 MB/) });
    expect(attach(bench, [good, { path: path.join(folder, 'none.pdf') }])).toMatchObject({ failure: 'file_missing' });
    expect(attach(bench, [good, { path: folder }])).toMatchObject({ failure: 'file_missing' });
    expect(attach(bench, [good, mail('the same under another name')])).toMatchObject({ failure: 'attached_already', message: expect.stringContaining('number 1, pallet 12.eml') });
    expect(attach(bench, [good, good])).toMatchObject({ failure: 'attached_already' });
    expect(events()).toEqual(before);
    expect(notesAndAttachments(workbook, on(bench)).attachments).toHaveLength(1);
    expect(workbook.get('SELECT count(*) AS n FROM attached_files')).toEqual({ n: 1 });
    bench.close();
  });

  test('that was withdrawn may be attached again, and only what stands is counted on the line', async () => {
    const bench = await signOffBench();
    const { workbook } = bench.context;
    const [first] = must(attach(bench, [mail()]));
    must(addNote(bench.context, { ...on(bench), text: 'See the mail' }));
    const counts = () => {
      const { columns } = pageOfLines(workbook, { periodId: bench.periodId, offset: 0, limit: 10, sort: [{ column: 'evidenceCount', direction: 'desc' }], filter: {} });
      return [columns.stockKeyId[0], columns.evidenceCount, columns.attachmentCount];
    };
    const attached = () => pageOfLines(workbook, { periodId: bench.periodId, offset: 0, limit: 10, sort: [], filter: { onlyAttached: true } }).columns.stockKeyId;
    expect(counts()).toEqual([MUG, [2, 0, 0, 0], [1, 0, 0, 0]]);
    expect(attached()).toEqual([MUG]);
    must(withdrawAttachment(bench.context, { attachmentId: first!.attachmentId, why: 'Not ours' }));
    expect(counts()).toEqual([MUG, [1, 0, 0, 0], [0, 0, 0, 0]]);
    expect(attached()).toEqual([]);
    expect(must(attach(bench, [mail()]))).toMatchObject([{ number: 2 }]);
    bench.close();
  });
});

describe('a locked period', () => {
  let bench: SignOffBench;
  let sha256: string;
  beforeAll(async () => {
    bench = await signOffBench(afterAll);
    must(addNote(bench.context, { ...on(bench), text: 'Asked the dock' }));
    must(attach(bench, [{ path: PICTURE }, mail()]));
    must(attach(bench, [mail()], TEE));
    sha256 = sha256Hex(MAIL);
    must(lock(bench));
    expect(addNote(bench.context, { ...on(bench), text: 'Later' })).toMatchObject({ failure: 'period_locked' });
    expect(attach(bench, [mail('later.eml')])).toMatchObject({ failure: 'period_locked' });
    expect(withdrawNote(bench.context, { lineNoteId: 1, why: 'Later' })).toMatchObject({ failure: 'period_locked' });
    expect(withdrawAttachment(bench.context, { attachmentId: 1, why: 'Later' })).toMatchObject({ failure: 'period_locked' });
    expect(() => bench.context.workbook.run(`INSERT INTO line_notes (period_id, stock_key_id, author, written_instant, text) VALUES (1, 1, 'x', 1, 'x')`)).toThrow(/period_locked/);
    bench.close();
  }, 60_000);

  const copied = (): string => {
    const copy = path.join(temporaryFolder(), 'Copy.tieout');
    fs.copyFileSync(bench.workbookPath, copy);
    return copy;
  };

  test('verifies with its notes and attachments', async () => {
    expect(await findingsOf(copied())).toEqual([]);
  });

  test('shows one byte of an attachment that was swapped, wherever it lies, and hands it out no more', async () => {
    const copy = copied();
    tamper(copy, 'dropped and put back', (database: Database.Database) => {
      const [part] = database.prepare('SELECT rowid AS id, deflated_content AS content FROM attached_file_parts WHERE sha256 = ?').all(sha256) as { id: number; content: Buffer }[];
      const content = Buffer.from(part!.content);
      content[40]! ^= 1;
      expect(database.prepare('UPDATE attached_file_parts SET deflated_content = ? WHERE rowid = ?').run(content, part!.id).changes).toBe(1);
    });
    expect(await findingsOf(copy)).toEqual([`attached_file_parts, pallet 12.eml (MUG-BLU-11, Portland, 2026-10) and 1 more line: the content no longer has the SHA-256 ${sha256}`]);
    const { workbook, close } = must(await openWorkbookFile(copy, { person: 'Dee Park', now: NOW, readOnly: true }));
    expect(readAttachment(workbook, 2)).toMatchObject({ failure: 'attachment_changed' });
    expect(saveAttachment(workbook, 2, path.join(temporaryFolder(), 'out.eml'))).toMatchObject({ failure: 'attachment_changed' });
    close();
  });

  test('shows an attachment that was exchanged for another with a hash of its own', async () => {
    const copy = copied();
    tamper(copy, 'dropped and put back', (database: Database.Database) => {
      const picture = (database.prepare('SELECT sha256 FROM attachments WHERE attachment_id = 1').pluck().get() as string);
      database.prepare('UPDATE attachments SET sha256 = ? WHERE attachment_id = 3').run(picture);
    });
    expect(await findingsOf(copy)).toEqual([expect.stringMatching(new RegExp(`^attachments, attachment_id 3 \\(TEE-BLK-M, Portland\\): sha256 was "${sha256}", is "[0-9a-f]{64}"$`))]);
  });

  test.each([
    [`UPDATE line_notes SET text = 'Asked nobody'`, 'line_notes, line_note_id 1 (MUG-BLU-11, Portland): text was "Asked the dock", is "Asked nobody"'],
    ['DELETE FROM line_notes', 'line_notes, line_note_id 1 (MUG-BLU-11, Portland): the row is gone'],
    [`INSERT INTO line_notes (period_id, stock_key_id, author, written_instant, text) VALUES (1, 2, 'Ana', 1, 'Later')`, 'line_notes, line_note_id 2 (TEE-BLK-M, Portland): the row was added after the seal'],
    ['DELETE FROM attachments WHERE attachment_id = 2', 'attachments, attachment_id 2 (MUG-BLU-11, Portland): the row is gone'],
    [`UPDATE attached_files SET media_type = 'text/plain' WHERE media_type = 'image/png'`, /^attached_files, sha256 "[0-9a-f]{64}": media_type was "image\/png", is "text\/plain"$/],
    ['DELETE FROM attached_file_parts', /^attached_file_parts, explain-mug-count\.png \(MUG-BLU-11, Portland, 2026-10\): the content no longer has the SHA-256/],
    [`UPDATE attached_file_parts SET deflated_content = CAST(deflated_content || x'00' AS BLOB)`, /^attached_file_parts, pallet 12\.eml/],
    ['UPDATE attached_files SET byte_length = byte_length + 1', /^attached_files, explain-mug-count\.png \(MUG-BLU-11, Portland, 2026-10\): byte_length was (\d+), is \d+$/],
  ])('shows %s', async (statement, finding) => {
    const copy = copied();
    tamperBy(copy, 'dropped and put back', statement);
    expect(await findingsOf(copy)).toContainEqual(typeof finding === 'string' ? finding : expect.stringMatching(finding));
  });
});
