import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { APPLICATION_ID, damageIn, openWorkbookFile } from '../../electron/workbook/open';
import { backUpWorkbook } from '../../electron/workbook/backup';
import { SCHEMA_VERSION } from '../../electron/workbook/migrations/index';
import { makeWorkbook, NOW, temporaryFolder } from '../support/workbooks';

const open = (filePath: string) => openWorkbookFile(filePath, { person: 'Ben Okafor', now: NOW });

/** Changes a workbook file as any SQLite program could. */
function alter(filePath: string, statement: string): void {
  const database = new Database(filePath);
  database.exec(statement);
  database.close();
}

describe('a workbook file', () => {
  test('is one file that names itself a workbook, once it is closed', () => {
    const opened = makeWorkbook();
    opened.close();
    const folder = path.dirname(opened.workbook.path);
    expect(fs.readdirSync(folder)).toEqual(['Test.tieout']);
    expect(fs.readFileSync(opened.workbook.path).readUInt32BE(68)).toBe(APPLICATION_ID);
  });

  test('opens read-only for whoever comes second, and says who has it', async () => {
    const first = makeWorkbook();
    const second = await open(first.workbook.path);
    expect(second).toMatchObject({ ok: true, value: { readOnly: true } });
    if (!second.ok) return;
    expect(second.value.readOnlyReason).toContain('Ana Reyes');
    expect(() => second.value.workbook.run(`UPDATE workbook SET company = 'Other'`)).toThrow(/readonly/);
    second.value.close();
    first.close();
    const third = await open(first.workbook.path);
    expect(third).toMatchObject({ ok: true, value: { readOnly: false } });
    if (third.ok) third.value.close();
  });

  test('a lock left behind by a process that is gone is taken over', async () => {
    const opened = makeWorkbook();
    opened.close();
    const lock = path.join(path.dirname(opened.workbook.path), '.~Test.tieout.lock');
    const { default: os } = await import('node:os');
    fs.writeFileSync(lock, JSON.stringify({ pid: 4_194_303, host: os.hostname(), person: 'Gone', openedInstant: NOW }));
    const again = await open(opened.workbook.path);
    expect(again).toMatchObject({ ok: true, value: { readOnly: false } });
    if (again.ok) again.value.close();
  });

  test('what is missing, foreign, newer or damaged is told apart', async () => {
    const folder = temporaryFolder();
    const foreign = path.join(folder, 'foreign.tieout');
    alter(foreign, 'CREATE TABLE t (a)');
    const text = path.join(folder, 'text.tieout');
    fs.writeFileSync(text, 'sku,quantity\n');
    const newer = makeWorkbook(path.join(folder, 'newer.tieout'));
    newer.close();
    alter(newer.workbook.path, 'PRAGMA user_version = 99');
    const damaged = makeWorkbook(path.join(folder, 'damaged.tieout'));
    damaged.close();
    const bytes = fs.readFileSync(damaged.workbook.path);
    bytes.fill(0xaa, 4096 * 3, 4096 * 12);
    fs.writeFileSync(damaged.workbook.path, bytes);

    expect(await open(path.join(folder, 'none.tieout'))).toMatchObject({ ok: false, failure: 'file_missing' });
    expect(await open(foreign)).toMatchObject({ ok: false, failure: 'not_a_workbook' });
    expect(await open(text)).toMatchObject({ ok: false, failure: 'not_a_workbook' });
    expect(await open(newer.workbook.path)).toMatchObject({ ok: false, failure: 'schema_newer' });
    expect(await open(damaged.workbook.path)).toMatchObject({ ok: false, failure: 'workbook_damaged' });
  });

  test('a large workbook can be shown before it is looked through, and damage is found then', async () => {
    const folder = temporaryFolder();
    const whole = makeWorkbook(path.join(folder, 'whole.tieout'));
    whole.workbook.run(`INSERT INTO source_files (sha256, file_name, byte_length, deflated_content) VALUES (printf('%064d', 1), 'large.csv', 0, zeroblob(70000000))`);
    whole.close();
    const damaged = path.join(folder, 'damaged.tieout');
    fs.copyFileSync(whole.workbook.path, damaged);
    const file = fs.openSync(damaged, 'r+');
    // The first page of a table says nothing any more; the schema before it stays.
    const database = new Database(damaged);
    const root = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'source_files'`).pluck().get() as number;
    database.close();
    fs.writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, (root - 1) * 4096);
    fs.closeSync(file);
    for (const [filePath, isWhole] of [[whole.workbook.path, true], [damaged, false]] as const) {
      const opened = await openWorkbookFile(filePath, { person: 'Ben Okafor', now: NOW, checksLater: true });
      if (!opened.ok) throw new Error(opened.message);
      expect(opened.value.isUnchecked).toBe(true);
      if (isWhole) expect(damageIn(opened.value.workbook)).toBe('');
      else expect(damageIn(opened.value.workbook)).toMatch(/^damaged\.tieout is damaged: .*Open the last backup beside it\.$/s);
      opened.value.close();
    }
    expect(await open(damaged)).toMatchObject({ ok: false, failure: 'workbook_damaged' });
  });

  test('an older schema is brought up to date after a verified copy was made beside it', async () => {
    const older = path.join(temporaryFolder(), 'older.tieout');
    alter(older, `PRAGMA application_id = ${APPLICATION_ID}; CREATE TABLE before_the_first_schema (note TEXT); INSERT INTO before_the_first_schema VALUES ('kept');`);
    const opened = await open(older);
    if (!opened.ok) throw new Error(opened.message);
    expect(opened.value.workbook.get('PRAGMA user_version')).toEqual({ user_version: SCHEMA_VERSION });
    expect(opened.value.workbook.get('SELECT note FROM before_the_first_schema')).toEqual({ note: 'kept' });
    expect(opened.value.workbook.all('SELECT * FROM audit_events')).toEqual([]);
    opened.value.close();
    const copy = new Database(opened.value.backupPath!);
    expect(copy.pragma('user_version', { simple: true })).toBe(0);
    expect(copy.prepare('SELECT note FROM before_the_first_schema').pluck().get()).toBe('kept');
    copy.close();
  });

  test('a schema that cannot be brought up to date leaves the file as it was', async () => {
    const older = path.join(temporaryFolder(), 'older.tieout');
    alter(older, `PRAGMA application_id = ${APPLICATION_ID}; CREATE TABLE lines (in_the_way TEXT);`);
    expect(await open(older)).toMatchObject({ ok: false, failure: 'workbook_damaged' });
    const database = new Database(older);
    expect(database.prepare(`SELECT group_concat(name) FROM sqlite_schema`).pluck().get()).toBe('lines');
    database.close();
  });

  test('a copy is verified and opens by itself', async () => {
    const opened = makeWorkbook();
    const target = path.join(path.dirname(opened.workbook.path), 'Copy.tieout');
    expect(await backUpWorkbook(opened.workbook, target)).toMatchObject({ ok: true });
    const copy = await open(target);
    expect(copy).toMatchObject({ ok: true, value: { readOnly: false } });
    if (!copy.ok) return;
    expect(copy.value.workbook.get('SELECT company FROM workbook')).toEqual({ company: 'Test Company' });
    copy.value.close();
  });

  test('a copy to where nothing can be written leaves no half file', async () => {
    const opened = makeWorkbook();
    const folder = path.dirname(opened.workbook.path);
    expect(await backUpWorkbook(opened.workbook, path.join(folder, 'no such folder', 'Copy.tieout'))).toMatchObject({ ok: false, failure: 'file_unwritable' });
    expect(fs.readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
