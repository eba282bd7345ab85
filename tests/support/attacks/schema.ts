/** Attacks on the schema: something else answers in the place of a table, or what guards it is gone. */
import Database from 'better-sqlite3';
import { tamper, type Triggers } from '../tamper';
import type { Attack } from './attack';

const attack = (name: string, named: readonly string[], change: (database: Database.Database) => void, triggers: Triggers = 'dropped and put back'): Attack => ({
  group: 'schema', name, verified: 'workbook', foundBy: 'the file',
  run: ({ workbookPath }) => {
    tamper(workbookPath, triggers, change);
    return named;
  },
});

/** Changes rows of sqlite_schema themselves. */
export function writeSchema(database: Database.Database, change: () => void): void {
  database.unsafeMode(true);
  database.pragma('writable_schema = ON');
  change();
  database.pragma('writable_schema = RESET');
  database.unsafeMode(false);
}

export const sqlOf = (database: Database.Database, name: string) => database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) as string;
const pageOf = (database: Database.Database, name: string) => database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number;

/** A view that answers with one figure changed, with the table behind it. */
const viewFor = (table: string, columns: string) => (database: Database.Database) =>
  void database.exec(`ALTER TABLE ${table} RENAME TO kept_${table}; CREATE VIEW ${table} AS SELECT ${columns} FROM kept_${table}`);

export const SCHEMA_ATTACKS: readonly Attack[] = [
  attack('a view in the place of lines', ['table lines is gone'], viewFor('lines', '*'), 'dropped'),
  attack('a view in the place of tags, triggers and all', ['tags: it is not the table that Tieout makes'], viewFor('tags', '*'), 'dropped'),
  attack('a view in the place of audit_events', ['audit_events: it is not the table that Tieout makes'], viewFor('audit_events', '*'), 'dropped'),
  attack('a view in the place of seals', ['seals: it is not the table that Tieout makes'], viewFor('seals', '*'), 'dropped'),
  attack('a generated column in the place of a plain one', ['table closings was changed'], (database) => {
    database.exec(`ALTER TABLE closings RENAME TO kept_closings;
      CREATE TABLE closings (period_id INTEGER NOT NULL, stock_key_id INTEGER NOT NULL, held INTEGER, quantity_scaled INTEGER GENERATED ALWAYS AS (held + 0) VIRTUAL, PRIMARY KEY (period_id, stock_key_id)) STRICT, WITHOUT ROWID;
      INSERT INTO closings (period_id, stock_key_id, held) SELECT period_id, stock_key_id, quantity_scaled FROM kept_closings; DROP TABLE kept_closings`);
  }, 'dropped'),
  attack('a trigger that changes what is written', ['trigger tags_quietly was added'], (database) => void database.exec(`CREATE TRIGGER tags_quietly AFTER UPDATE ON tags BEGIN UPDATE tags SET note = 'agreed' WHERE rowid = NEW.rowid; END`), 'kept'),
  attack('a trigger of Tieout made to refuse nothing', ['trigger lines_locked_update_old was changed'], (database) =>
    void database.exec(`DROP TRIGGER lines_locked_update_old; CREATE TRIGGER lines_locked_update_old BEFORE UPDATE ON lines WHEN 0 BEGIN SELECT 1; END`), 'kept'),
  attack('a trigger dropped', ['trigger seals_no_update is gone'], (database) => void database.exec('DROP TRIGGER seals_no_update'), 'kept'),
  attack('every trigger dropped', ['trigger lines_locked_update_old is gone'], () => undefined, 'dropped'),
  attack('an index dropped', ['index journal_sources_by_key is gone'], (database) => void database.exec('DROP INDEX journal_sources_by_key'), 'kept'),
  attack('an index that answers otherwise than its table', ['journal_sources_by_key'], (database) => {
    const [sql, page] = [sqlOf(database, 'journal_sources_by_key'), pageOf(database, 'journal_sources_by_key')];
    writeSchema(database, () => void database.exec(`DELETE FROM sqlite_schema WHERE name = 'journal_sources_by_key'`));
    database.exec('UPDATE journal_sources SET stock_key_id = stock_key_id + 100000 WHERE line_number = 1');
    writeSchema(database, () => void database.prepare(`INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('index', 'journal_sources_by_key', 'journal_sources', ?, ?)`).run(page, sql));
  }),
  attack('a check loosened in the schema itself', ['table journal_lines was changed'], (database) =>
    writeSchema(database, () => void database.exec(`UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (debit_minor >= 0)', '') WHERE name = 'journal_lines'`)), 'kept'),
  attack('a shadow of a table put in its place by its page', ['lines, stock_key_id ', ': unit_cost_scaled was '], (database) => {
    database.exec(sqlOf(database, 'lines').replace(/CREATE TABLE "?lines"?/, 'CREATE TABLE shadow'));
    database.exec('INSERT INTO shadow SELECT * FROM lines; UPDATE shadow SET unit_cost_scaled = unit_cost_scaled + 1');
    const [page, shadow] = [pageOf(database, 'lines'), pageOf(database, 'shadow')];
    writeSchema(database, () => void database.exec(`UPDATE sqlite_schema SET rootpage = CASE name WHEN 'lines' THEN ${shadow} ELSE ${page} END WHERE name IN ('lines', 'shadow')`));
    database.exec('DROP TABLE shadow');
  }),
  attack('a table more', ['table hidden was added'], (database) => void database.exec('CREATE TABLE hidden (a)'), 'kept'),
  attack('a view more', ['view hidden was added'], (database) => void database.exec('CREATE VIEW hidden AS SELECT 1 AS a'), 'kept'),
  attack('a table dropped', ['table waived_differences is gone'], (database) => void database.exec('DROP TABLE waived_differences'), 'dropped'),
  attack('marked as of a newer version', ['was written by a newer Tieout'], (database) => void database.pragma('user_version = 9999'), 'kept'),
  attack('marked as of an older version', ['is marked as of schema 5 and cannot be brought to schema'], (database) => void database.pragma('user_version = 5'), 'kept'),
  attack('marked as no workbook', ['is not a Tieout workbook'], (database) => void database.pragma('application_id = 7'), 'kept'),
];
