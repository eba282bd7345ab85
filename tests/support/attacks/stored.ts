/**
 * Attacks below the rows: a value kept as another kind of value, what SQLite keeps beside its tables, files laid beside the workbook,
 * and somebody who is almost somebody else.
 */
import fs from 'node:fs';
import type Database from 'better-sqlite3';
import { tamper, type Triggers } from '../tamper';
import type { Attack, FoundBy } from './attack';
import { sqlOf, writeSchema } from './schema';

const attack = (name: string, named: readonly string[], change: (database: Database.Database) => void, foundBy: FoundBy = 'the file', triggers: Triggers = 'dropped and put back'): Attack => ({
  group: 'storage', name, verified: 'workbook', foundBy,
  run: ({ workbookPath }) => {
    tamper(workbookPath, triggers, change);
    return named;
  },
});

const onFile = (name: string, named: readonly string[], change: (workbookPath: string) => void, foundBy: FoundBy = 'the file'): Attack => ({
  group: 'storage', name, verified: 'workbook', foundBy,
  run: ({ workbookPath }) => {
    change(workbookPath);
    return named;
  },
});

/**
 * Stores what a table's types refuse: its definition is loosened for one column, the value is written, the definition put back. Afterwards
 * the schema is as Tieout makes it, and a value in it is not.
 */
const keptAs = (table: string, column: string, value: string, where: string) => (database: Database.Database) => {
  const sql = sqlOf(database, table);
  const loose = sql.replace(new RegExp(`\\b${column}\\s+(INTEGER|TEXT)(\\s+NOT NULL)?`), `${column} BLOB`).replace(/\bSTRICT\b\s*,?/, '').replace(/\)\s*,?\s*(WITHOUT ROWID)?\s*$/, ') $1');
  if (loose === sql) throw new Error(`nothing to loosen in ${table}`);
  const define = (text: string) => writeSchema(database, () => void database.prepare(`UPDATE sqlite_schema SET sql = ? WHERE name = ?`).run(text, table));
  define(loose);
  database.pragma('ignore_check_constraints = ON');
  const { changes } = database.prepare(`UPDATE ${table} SET ${column} = ${value} WHERE ${where}`).run();
  if (changes !== 1) throw new Error(`${changes} rows of ${table} changed`);
  define(sql);
};

/** Of `lines` row 1 and of `tags` the first: what stands in the workbook of every such attack. */
const [ONE_LINE, ONE_TAG] = ['period_id = 1 AND stock_key_id = 1', `(period_id, stock_key_id) = (SELECT period_id, stock_key_id FROM tags WHERE period_id = 1 AND note <> '' LIMIT 1)`];

/** A log or journal that a program left behind is part of the file: SQLite reads it when the workbook is opened. */
function leaveLog(workbookPath: string): void {
  const [kept, log] = [`${workbookPath}.kept`, `${workbookPath}-wal`];
  tamper(workbookPath, 'dropped and put back', (database) => {
    database.pragma('journal_mode = WAL');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.pragma('wal_autocheckpoint = 0');
    fs.copyFileSync(workbookPath, kept);
    database.exec(`UPDATE lines SET unit_cost_scaled = unit_cost_scaled + 1 WHERE ${ONE_LINE}`);
    fs.copyFileSync(log, `${kept}-wal`);
  });
  fs.rmSync(`${workbookPath}-shm`, { force: true });
  fs.renameSync(kept, workbookPath);
  fs.renameSync(`${kept}-wal`, log);
}

const SECTOR = 512;
const pageSizeOf = (file: Buffer): number => (file.readUInt16BE(16) === 1 ? 65_536 : file.readUInt16BE(16));

/**
 * A rollback journal that would bring a changed page back, as if the last program had not finished
 * (https://www.sqlite.org/fileformat2.html, section 3).
 */
function leaveJournal(workbookPath: string): void {
  const sealed = fs.readFileSync(workbookPath);
  const changedPath = `${workbookPath}.changed`;
  fs.copyFileSync(workbookPath, changedPath);
  tamper(changedPath, 'dropped and put back', (database) => {
    database.exec(`UPDATE lines SET unit_cost_scaled = unit_cost_scaled + 1 WHERE ${ONE_LINE}`);
    database.pragma('journal_mode = DELETE');
  });
  const changed = fs.readFileSync(changedPath);
  fs.rmSync(changedPath);
  const pageSize = pageSizeOf(sealed);
  const header = Buffer.alloc(SECTOR);
  const records: Buffer[] = [];
  for (let page = 0; page < changed.length / pageSize; page++) {
    const content = changed.subarray(page * pageSize, (page + 1) * pageSize);
    if (content.equals(sealed.subarray(page * pageSize, (page + 1) * pageSize))) continue;
    let sum = 0;
    for (let at = pageSize - 200; at > 0; at -= 200) sum += content[at]!;
    const record = Buffer.alloc(pageSize + 8);
    record.writeUInt32BE(page + 1, 0);
    content.copy(record, 4);
    record.writeUInt32BE(sum, pageSize + 4);
    records.push(record);
  }
  Buffer.from('d9d505f920a163d7', 'hex').copy(header);
  for (const [index, value] of [records.length, 0, changed.length / pageSize, SECTOR, pageSize].entries()) header.writeUInt32BE(value, 8 + 4 * index);
  fs.writeFileSync(`${workbookPath}-journal`, Buffer.concat([header, ...records]));
}

/** The letter K of the Kelvin scale: looks like a K, and is another letter to SQLite. */
const KELVIN = '\u212a';

export const STORED_ATTACKS: readonly Attack[] = [
  attack('a figure kept as text', ['lines.unit_cost_scaled'], keptAs('lines', 'unit_cost_scaled', 'CAST(unit_cost_scaled AS TEXT)', ONE_LINE)),
  attack('a figure kept as a floating point number', ['lines.unit_cost_scaled'], keptAs('lines', 'unit_cost_scaled', 'unit_cost_scaled + 0.0', ONE_LINE)),
  attack('a figure kept as bytes', ['lines.unit_cost_scaled'], keptAs('lines', 'unit_cost_scaled', 'CAST(unit_cost_scaled AS BLOB)', ONE_LINE)),
  attack('a text kept as bytes', ['tags.note'], keptAs('tags', 'note', 'CAST(note AS BLOB)', ONE_TAG)),
  attack('a text kept as a figure', ['tags.note'], keptAs('tags', 'note', '1', ONE_TAG)),
  attack('nothing in the place of an empty text', ['tags.note'], keptAs('tags', 'note', 'NULL', ONE_TAG)),
  attack('an empty text in the place of nothing', ['tags.due_instant'], keptAs('tags', 'due_instant', "''", ONE_TAG)),
  attack('an end in the middle of a text', ['tags, stock_key_id ', ': note was '], (database) => void database.exec(`UPDATE tags SET note = note || char(0) || 'agreed' WHERE ${ONE_TAG}`)),
  attack('a text compared without letter case', ['table items was changed'], (database) =>
    writeSchema(database, () => void database.exec(`UPDATE sqlite_schema SET sql = replace(sql, 'sku TEXT NOT NULL', 'sku TEXT NOT NULL COLLATE NOCASE') WHERE name = 'items'`))),
  attack('a second person with an address that looks the same', ['people, ben.o', 'the trail does not tell of them'], (database) =>
    void database.exec(`INSERT INTO people (name, email, role, certificate_pem, fingerprint, added_instant)
      SELECT name, replace(email, 'k', '${KELVIN}'), role, certificate_pem, '${'d'.repeat(64)}', added_instant FROM people WHERE email LIKE 'ben.%'`)),
  attack('the planner’s statistics changed', [], (database) => void database.exec(`ANALYZE; UPDATE sqlite_stat1 SET stat = '1 1'`), {
    nothing: 'they say which way SQLite looks for rows, never which rows there are',
  }),
  attack('a counter of row numbers put in', [], (database) => {
    database.exec('CREATE TABLE counted (a INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO counted DEFAULT VALUES; DROP TABLE counted');
    database.exec(`INSERT INTO sqlite_sequence VALUES ('audit_events', 1), ('lines', 99999)`);
  }, { nothing: 'no table of Tieout takes a number from it' }),
  attack('hidden row numbers changed', [], (database) => void database.exec('UPDATE source_file_parts SET rowid = rowid + 100000'), { nothing: 'no row is told by its hidden number; keys are columns' }),
  attack('text left on pages that no table uses', [], (database) => {
    database.pragma('secure_delete = OFF');
    database.exec(`CREATE TABLE hidden (a); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO hidden SELECT 'kept out of sight ' || i FROM n; DROP TABLE hidden`);
  }, { nothing: 'nobody reads free pages; VACUUM and the audit pack leave them out' }),
  onFile('bytes put behind the end', [], (workbookPath) => fs.appendFileSync(workbookPath, Buffer.alloc(8_192, 'x')), { nothing: 'the header says where the file ends; what is behind is read by nobody' }),
  onFile('a log of another program’s changes laid beside', ['lines, stock_key_id ', ': unit_cost_scaled was '], leaveLog),
  onFile('a log that fits no page laid beside', [], (workbookPath) => fs.writeFileSync(`${workbookPath}-wal`, Buffer.alloc(32_768, 'x')), { nothing: 'SQLite reads no log whose sums do not fit' }),
  onFile('a journal that takes a page back laid beside', ['attacked.tieout-journal', 'a change that was not finished'], leaveJournal),
];
