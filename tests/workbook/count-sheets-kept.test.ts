/**
 * What becomes of the registry when a workbook is brought up to date, and when its period is locked.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { SheetChoice } from '@shared/domain/count-sheet';
import { silentJob } from '../../electron/services/context';
import { issueCountSheets } from '../../electron/services/count-sheets/issue';
import { approveJournal, prepareJournal } from '../../electron/services/journals/sign';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { MIGRATIONS } from '../../electron/workbook/migrations/index';
import { openWorkbookFile } from '../../electron/workbook/open';
import { accepted } from '../support/imports';
import { PASS_PHRASE, signOffBench } from '../support/sign-off';
import { tamperBy } from '../support/tamper';
import { NOW } from '../support/workbooks';

test('the migration keeps every row of the quarantine, lets a row wait for its sheet, and refuses reasons of nobody', () => {
  const place = MIGRATIONS.findIndex(({ name }) => name.endsWith('count-sheets'));
  const database = new Database(':memory:');
  for (const migration of MIGRATIONS.slice(0, place)) database.exec(migration.sql);
  const insert = (id: number, reason: string) =>
    database.prepare(`INSERT INTO quarantine_rows (quarantine_row_id, import_id, row_number, raw_text, reason, detail, subject, state, settled_note) VALUES (?, 1, ?, 'raw', ?, 'detail', 'subject', 'ignored', 'note')`).run(id, id, reason);
  database.pragma('foreign_keys = OFF');
  insert(7, 'duplicate_row');
  expect(() => insert(8, 'not_on_sheet')).toThrow(/CHECK/);
  const before = database.prepare('SELECT * FROM quarantine_rows').all();
  database.exec(MIGRATIONS[place]!.sql);
  expect(database.prepare('SELECT * FROM quarantine_rows').all()).toEqual(before);
  insert(8, 'not_on_sheet');
  expect(() => insert(9, 'because')).toThrow(/CHECK/);
  database.close();
});

test('the sheets of a locked period are sealed: a change behind the back is named', async () => {
  const bench = await signOffBench();
  const { context, periodId, identitiesFolder, preparer, approver, workbookPath } = bench;
  const choice = SheetChoice.parse({ periodId, scope: 'all' });
  accepted(await issueCountSheets(context, { ...choice, path: path.join(path.dirname(workbookPath), 'sheets.csv'), paper: null }));
  accepted(await prepareJournal(context, identitiesFolder, { periodId, fingerprint: preparer, passPhrase: PASS_PHRASE, approverFingerprint: approver }));
  accepted(approveJournal(context, identitiesFolder, { journalId: 1, fingerprint: approver, passPhrase: PASS_PHRASE, comment: 'Reviewed' }));
  accepted(lockPeriod(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, override: 'No movements in this test' }));
  bench.close();
  const findings = async () => {
    const opened = await openWorkbookFile(workbookPath, { person: 'Dee Park', now: NOW, readOnly: true });
    if (!opened.ok) throw new Error(opened.message);
    const verification = verifyWorkbook(opened.value.workbook, silentJob);
    opened.value.close();
    return verification.checks.flatMap((check) => check.findings);
  };
  expect(await findings()).toEqual([]);
  tamperBy(workbookPath, 'dropped and put back', `UPDATE count_sheets SET issued_by = 'Somebody' WHERE number = 'CS-2026-10-001'`);
  tamperBy(workbookPath, 'dropped and put back', 'DELETE FROM count_sheet_lines WHERE count_sheet_id = 2 AND line = 1');
  expect(await findings()).toEqual([
    expect.stringMatching(/^count_sheets, count_sheet_id 1: issued_by was "Ana Reyes <.*>", is "Somebody"$/),
    expect.stringMatching(/^count_sheet_lines, count_sheet_id 2, line 1 \(\S+, Reno\): the row is gone$/),
  ]);
});
