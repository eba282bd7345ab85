/**
 * Items, locations and names that an import brought: what nothing else uses goes with it, what is used stays and is told
 * with who uses it.
 */
import type { Affected } from '@shared/domain/import-life';
import type { ImportRow } from '../../../workbook/tables/imports';
import { itemIdOf } from '../../../workbook/tables/items';
import { locationIdOf } from '../../../workbook/tables/locations';
import type { ReadableWorkbook, SqliteWorkbook } from '../../../workbook/workbook';
import { parseKeptSummary } from './kept-summary';
import { withdrawnStockKeys } from './withdraw';

export interface RemovedAndKept {
  readonly removed: Affected[];
  readonly kept: Affected[];
}

/** Where a line may stand besides the computed lines of the import's own period, and how that is called. */
const USES: readonly (readonly [sql: string, words: string])[] = [
  ['SELECT DISTINCT stock_key_id FROM snapshots', 'another import has a position of it'],
  ['SELECT DISTINCT stock_key_id FROM movements', 'another import has movements of it'],
  ['SELECT DISTINCT stock_key_id FROM counts', 'another import has a count of it'],
  ['SELECT DISTINCT stock_key_id FROM tags', 'a person gave a line of it a reason or an owner'],
  ['SELECT DISTINCT stock_key_id FROM person_checks', 'a person looked something up for a line of it'],
  ['SELECT DISTINCT stock_key_id FROM line_notes', 'a person wrote a note to a line of it'],
  ['SELECT DISTINCT stock_key_id FROM attachments', 'a file is attached to a line of it'],
  ['SELECT DISTINCT stock_key_id FROM closings', 'a locked period closed with it'],
  ['SELECT DISTINCT stock_key_id FROM lines WHERE period_id <> @period', 'another period has a line of it'],
  ['SELECT DISTINCT stock_key_id FROM journal_sources', 'a journal books a line of it'],
  ['SELECT DISTINCT stock_key_id FROM journal_reviews', 'a journal names a line of it'],
  ['SELECT DISTINCT stock_key_id FROM count_sheet_lines', 'a count sheet was issued for it'],
];

/** Stock keys in use, with the first use that was found. */
function usedKeys(workbook: ReadableWorkbook, periodId: number): Map<number, string> {
  const used = new Map<number, string>();
  for (const [sql, words] of USES) {
    const rows = sql.includes('@period') ? workbook.all<{ stock_key_id: number }>(sql, { period: periodId }) : workbook.all<{ stock_key_id: number }>(sql);
    for (const { stock_key_id } of rows) if (!used.has(stock_key_id)) used.set(stock_key_id, words);
  }
  for (const key of withdrawnStockKeys(workbook)) if (!used.has(key)) used.set(key, 'a replaced import has rows of it, which may come back');
  return used;
}

/** No import brought it. */
const NO_IMPORT = 0;
/** A line of any period is a use. */
const NO_PERIOD = 0;

interface Kind {
  readonly word: 'item' | 'location';
  readonly table: 'items' | 'locations';
  readonly key: 'item_id' | 'location_id';
  readonly aliases: 'item_aliases' | 'location_aliases';
}

const ITEM: Kind = { word: 'item', table: 'items', key: 'item_id', aliases: 'item_aliases' };
const LOCATION: Kind = { word: 'location', table: 'locations', key: 'location_id', aliases: 'location_aliases' };

/** The names under which the import's source spoke of things, which the import kept. */
interface OwnNames {
  readonly source: string;
  readonly names: ReadonlySet<string>;
}

/** What besides stock an item or a location is needed for; undefined where nothing is. */
function otherUse(workbook: ReadableWorkbook, { word, key, aliases }: Kind, id: number, importId: number, ownNames: OwnNames): string | undefined {
  const held = (sql: string) => workbook.get(sql, id) !== undefined;
  const names = workbook.all<{ source: string; alias: string }>(`SELECT source, alias FROM ${aliases} WHERE ${key} = ?`, id);
  const other = names.find(({ source, alias }) => source !== ownNames.source || !ownNames.names.has(alias));
  if (other) return `${other.alias} of ${other.source} was mapped to it`;
  if (held(`SELECT 1 FROM risk_windows WHERE ${key} = ?`)) return 'a risk window is about it';
  if (word === 'location') {
    if (held('SELECT 1 FROM count_sheets WHERE location_id = ?')) return 'a count sheet was issued for it';
    if (held('SELECT 1 FROM period_locations WHERE location_id = ?')) return 'a period closes at its own instant there';
    const ruled = `SELECT 1 FROM locations l, rule_sets r, json_tree(r.rules) t WHERE l.location_id = ? AND t.atom = l.code LIMIT 1`;
    return held(ruled) ? 'a rule is about it' : undefined;
  }
  if (held('SELECT 1 FROM kit_parts WHERE part_item_id = ?')) return 'it is a part of a kit';
  const changed = workbook.get<{ detail: string }>(
    `SELECT detail FROM audit_events WHERE action IN ('item.set', 'item.setTier') AND subject = ? AND coalesce(json_extract(detail, '$.importId'), 0) <> ? LIMIT 1`,
    `item:${id}`, importId,
  );
  return changed ? 'it was changed since' : undefined;
}

export interface ImportOn {
  readonly import_id: number;
  readonly file_name: string;
}

/** Imports with rows that stand on an item or a location. */
export function importsOn(workbook: ReadableWorkbook, word: Kind['word'], id: number): ImportOn[] {
  const { key } = word === 'item' ? ITEM : LOCATION;
  return workbook.all(
    `SELECT DISTINCT i.import_id, i.file_name FROM stock_keys k JOIN (
       SELECT import_id, stock_key_id FROM snapshots UNION ALL SELECT import_id, stock_key_id FROM movements
       UNION ALL SELECT import_id, stock_key_id FROM counts) d USING (stock_key_id) JOIN imports i USING (import_id)
     WHERE k.${key} = ? ORDER BY i.import_id`,
    id,
  );
}

/** Removes an item or a location that nothing uses; answers in words what uses it, where something does. */
export function removeUnused(workbook: SqliteWorkbook, word: Kind['word'], id: number): string | undefined {
  const kind = word === 'item' ? ITEM : LOCATION;
  const keys = stockKeysOf(workbook, kind, id);
  const used = usedKeys(workbook, NO_PERIOD);
  const use = keys.map((key) => used.get(key)).find((words) => words !== undefined) ?? otherUse(workbook, kind, id, NO_IMPORT, { source: '', names: new Set() });
  if (use === undefined) deleteThing(workbook, kind, id, keys);
  return use;
}

const stockKeysOf = (workbook: ReadableWorkbook, { key }: Kind, id: number): number[] =>
  workbook.column(`SELECT stock_key_id FROM stock_keys WHERE ${key} = ?`, id);

/** What the last reconciliation wrote of a line: it runs again without it. */
const RECONCILED = ['components', 'line_checks', 'waived_differences', 'identity_differences', 'lines'];

/**
 * Deletes what nothing uses. References may not be enforced while an import is written, and nothing cascades then: what
 * hangs on a row goes before it.
 */
function deleteThing(workbook: SqliteWorkbook, kind: Kind, id: number, keys: readonly number[]): void {
  for (const key of keys) {
    for (const table of RECONCILED) workbook.run(`DELETE FROM ${table} WHERE period_id IN (SELECT period_id FROM periods) AND stock_key_id = ?`, key);
    workbook.run('DELETE FROM stock_keys WHERE stock_key_id = ?', key);
  }
  if (kind.word === 'item') {
    workbook.run('DELETE FROM kit_parts WHERE kit_item_id = ?', id);
    workbook.run('DELETE FROM item_units WHERE item_id = ?', id);
  }
  for (const table of [kind.aliases, kind.table]) workbook.run(`DELETE FROM ${table} WHERE ${kind.key} = ?`, id);
}

/** Removes what the import brought and nothing uses any more. */
export function removeCreated(workbook: SqliteWorkbook, row: ImportRow): RemovedAndKept {
  const result: RemovedAndKept = { removed: [], kept: [] };
  const created = parseKeptSummary(row)?.created;
  if (!created || created.items.length + created.locations.length + created.itemAliases.length + created.locationAliases.length === 0) return result;
  const used = usedKeys(workbook, row.period_id);
  const remove = (kind: Kind, code: string, ownNames: OwnNames) => {
    const id = kind.word === 'item' ? itemIdOf(workbook, code) : locationIdOf(workbook, code);
    if (id === undefined) return;
    const keys = stockKeysOf(workbook, kind, id);
    const use = keys.map((key) => used.get(key)).find((words) => words !== undefined) ?? otherUse(workbook, kind, id, row.import_id, ownNames);
    if (use !== undefined) {
      result.kept.push({ name: code, note: `${kind.word}: ${use}` });
      return;
    }
    deleteThing(workbook, kind, id, keys);
    result.removed.push({ name: code, note: kind.word });
  };
  const itemNames = { source: row.source, names: new Set(created.itemAliases) };
  const locationNames = { source: row.source, names: new Set(created.locationAliases) };
  // A kit may stand before its parts in the file: it goes before them either way.
  for (const code of created.items.toReversed()) remove(ITEM, code, itemNames);
  for (const code of created.locations) remove(LOCATION, code, locationNames);
  removeNames(workbook, row, ITEM, itemNames, result);
  removeNames(workbook, row, LOCATION, locationNames, result);
  return result;
}

/** Names that the import kept for what was there before it: they go where no other import of that source stands. */
function removeNames(workbook: SqliteWorkbook, row: ImportRow, { word, aliases }: Kind, { source, names }: OwnNames, result: RemovedAndKept): void {
  const standing = workbook.get<{ import_id: number; file_name: string }>(
    "SELECT import_id, file_name FROM imports WHERE source = ? AND state = 'standing' AND import_id <> ? ORDER BY import_id LIMIT 1", source, row.import_id,
  );
  for (const name of names) {
    if (workbook.get(`SELECT 1 FROM ${aliases} WHERE source = ? AND alias = ?`, source, name) === undefined) continue;
    if (standing) {
      result.kept.push({ name, note: `name of ${source} for ${word === 'item' ? 'an item' : 'a location'}: import ${standing.import_id} (${standing.file_name}) may rely on it` });
      continue;
    }
    workbook.run(`DELETE FROM ${aliases} WHERE source = ? AND alias = ?`, source, name);
    result.removed.push({ name, note: `name of ${source} for ${word === 'item' ? 'an item' : 'a location'}` });
  }
}
