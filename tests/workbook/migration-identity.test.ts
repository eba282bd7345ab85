/** Names, units, recipes and the quarantine brought to a workbook of the schema before. */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../electron/workbook/migrations/index';
import { appendAudit } from '../../electron/workbook/audit';
import { SqliteWorkbook } from '../../electron/workbook/workbook';

const IDENTITY = MIGRATIONS.findIndex(({ name }) => name.endsWith('extend-identity'));

/** A workbook before the schema that this test is about, with one locked and one open period. */
function earlierWorkbook(): SqliteWorkbook {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  for (const { sql } of MIGRATIONS.slice(0, IDENTITY)) database.exec(sql);
  const workbook = new SqliteWorkbook(database, ':memory:');
  database.exec(`
    INSERT INTO items (item_id, sku, pack_size_scaled) VALUES (1, 'SET', 120000), (2, 'CUP', NULL);
    INSERT INTO kit_parts (kit_item_id, part_item_id, quantity_scaled) VALUES (1, 2, 20000);
    INSERT INTO item_aliases (source, alias, item_id) VALUES ('shopify', 'Tea set', 1), ('shopify', 'KITS : SET', 1);
    INSERT INTO periods (period_id, code, start_instant, cut_off_instant, window_hours) VALUES (1, '2026-09', 0, 1, 48), (2, '2026-10', 1, 2, 48);
    INSERT INTO source_files VALUES ('${'a'.repeat(64)}', 'f.csv', 1, x'00');
  `);
  for (const periodId of [1, 2]) {
    database.exec(`
      INSERT INTO imports (import_id, period_id, sha256, file_name, profile_id, profile_name, profile_version, source, kind, header_row, encoding,
        rows_read, rows_accepted, rows_quarantined, rows_ignored, imported_instant, imported_by)
      VALUES (${periodId}, ${periodId}, '${'a'.repeat(64)}', 'f.csv', 'p', 'P', 1, 'shopify', 'count', 1, 'UTF-8', 1, 0, 0, 1, 5, 'Ana');
      INSERT INTO quarantine_rows (quarantine_row_id, import_id, row_number, raw_text, reason, detail, subject, state, settled_note)
      VALUES (${periodId * 10}, ${periodId}, 2, 'x', 'unknown_item', 'No item', 'x', 'ignored', 'samples');`);
  }
  appendAudit(workbook, {
    atInstant: 77, actor: 'Ana', action: 'alias.set', periodId: null, subject: 'item:SET',
    detail: { source: 'shopify', kind: 'item', alias: 'Tea set', before: null, after: 'SET' },
  });
  database.exec("UPDATE periods SET state = 'locked', locked_instant = 9 WHERE period_id = 1");
  return workbook;
}

test('names, recipes, pack sizes and rows that waited are kept, and the trail says who accepted a name', () => {
  const workbook = earlierWorkbook();
  workbook.database.exec(MIGRATIONS[IDENTITY]!.sql);
  expect(workbook.all('SELECT alias, how, accepted_instant, accepted_by FROM item_aliases ORDER BY alias')).toEqual([
    { alias: 'KITS : SET', how: 'learnt_path', accepted_instant: null, accepted_by: '' },
    { alias: 'Tea set', how: 'by_hand', accepted_instant: 77, accepted_by: 'Ana' },
  ]);
  expect(workbook.all('SELECT * FROM kit_parts')).toEqual([{ kit_item_id: 1, valid_from_instant: 0, part_item_id: 2, quantity_scaled: 20_000 }]);
  expect(workbook.all('SELECT * FROM item_units')).toEqual([{ item_id: 1, unit: 'case', valid_from_instant: 0, factor_scaled: 120_000 }]);
  expect(workbook.all('SELECT quarantine_row_id, state, settled_note, corrected_text FROM quarantine_rows')).toEqual([
    { quarantine_row_id: 10, state: 'ignored', settled_note: 'samples', corrected_text: null },
    { quarantine_row_id: 20, state: 'ignored', settled_note: 'samples', corrected_text: null },
  ]);
  // Of a locked period nothing is added: its seal would no longer hold.
  expect(workbook.all('SELECT import_id, alias FROM alias_uses ORDER BY alias')).toEqual([{ import_id: 2, alias: 'KITS : SET' }, { import_id: 2, alias: 'Tea set' }]);
});

test('what belongs to a locked period still cannot change', () => {
  const workbook = earlierWorkbook();
  workbook.database.exec(MIGRATIONS[IDENTITY]!.sql);
  const changes = [
    "UPDATE quarantine_rows SET state = 'waiting' WHERE import_id = ",
    'DELETE FROM quarantine_rows WHERE import_id = ',
    "INSERT INTO alias_uses (alias, kind, import_id) SELECT 'x', 'item', ",
    "INSERT INTO quarantine_steps (sequence, step, quarantine_row_id) SELECT 1, 'ignored', 10 * ",
  ];
  for (const change of changes) expect(() => workbook.run(`${change}1`), change).toThrow('period_locked');
  for (const change of changes) if (!change.startsWith('DELETE')) workbook.run(`${change}2`);
});
