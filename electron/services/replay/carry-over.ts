/**
 * What a replay takes over because it was given or decided, and no file says it: the company's terms, people, accounts, reasons, the
 * versions of the rules, the frame of each period, locations and items that no file brought, risk windows, bounds of locations.
 *
 * Rows are named by what people know them by: items by SKU, locations by code. Nothing that the program computes is among them.
 */
import { listImports } from '../../workbook/tables/imports';
import type { ReadableWorkbook, SqliteWorkbook, SqlValue } from '../../workbook/workbook';
import { parseKeptSummary } from '../imports/life/kept-summary';

export interface CarriedOver {
  readonly name: string;
  readonly rows: number;
}

/** Copies rows as they are, by the names of their columns. */
function copyRows(from: ReadableWorkbook, to: SqliteWorkbook, table: string, select = `SELECT * FROM ${table}`): number {
  let copied = 0;
  for (const row of from.all<Record<string, SqlValue>>(select)) {
    const columns = Object.keys(row);
    to.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, ...Object.values(row));
    copied += 1;
  }
  return copied;
}

/** Tables that hold nothing but what was given, and whose own numbers hold in both workbooks. */
const GIVEN_WHOLE: readonly (readonly [table: string, name: string])[] = [
  ['workbook', 'terms of the company'], ['people', 'people'], ['accounts', 'accounts'], ['reason_codes', 'reason codes'], ['rule_sets', 'versions of the rules'],
  ['saved_profiles', 'saved profiles'],
];

/** Codes of items and locations that a file or a step of the trail brings: they come again by themselves. */
function broughtByFiles(kept: ReadableWorkbook): { readonly items: ReadonlySet<string>; readonly locations: ReadonlySet<string>; readonly isWhole: boolean } {
  const items = new Set<string>();
  const locations = new Set<string>();
  let isWhole = true;
  for (const { period_id } of kept.all<{ period_id: number }>('SELECT period_id FROM periods')) {
    for (const row of listImports(kept, period_id)) {
      const summary = parseKeptSummary(row);
      isWhole &&= summary !== undefined;
      for (const sku of summary?.created.items ?? []) items.add(sku);
      for (const code of summary?.created.locations ?? []) locations.add(code);
    }
  }
  for (const { action, code } of kept.all<{ action: string; code: string }>(
    `SELECT action, json_extract(detail, '$.code') AS code FROM audit_events WHERE action IN ('item.add', 'location.add')`,
  )) (action === 'item.add' ? items : locations).add(code);
  return { items, locations, isWhole };
}

/**
 * Takes over what was given, before the first step is carried out. Periods begin open and without lines; items and locations of files
 * that an older version imported, which did not keep what they brought, count as given.
 */
export function carryOver(kept: ReadableWorkbook, computed: SqliteWorkbook): CarriedOver[] {
  const carried = GIVEN_WHOLE.map(([table, name]): CarriedOver => ({ name, rows: copyRows(kept, computed, table) }));
  carried.push({
    name: 'periods with their bounds and windows',
    rows: copyRows(kept, computed, 'periods', 'SELECT period_id, code, start_instant, cut_off_instant, window_hours FROM periods'),
  });
  const brought = broughtByFiles(kept);
  let locations = 0;
  for (const row of kept.all<{ code: string; name: string; time_zone: string | null; currency: string | null }>('SELECT code, name, time_zone, currency FROM locations ORDER BY location_id')) {
    if (brought.locations.has(row.code)) continue;
    computed.run('INSERT INTO locations (code, name, time_zone, currency) VALUES (?, ?, ?, ?)', row.code, row.name, row.time_zone, row.currency);
    locations += 1;
  }
  let items = 0;
  for (const row of kept.all<Record<string, SqlValue>>(
    'SELECT sku, name, barcode, category, uom, pack_size_scaled, tier, unit_cost_scaled FROM items ORDER BY item_id',
  )) {
    if (brought.items.has(row['sku'] as string)) continue;
    computed.run(
      'INSERT INTO items (sku, name, barcode, category, uom, pack_size_scaled, tier, unit_cost_scaled) VALUES (@sku, @name, @barcode, @category, @uom, @pack_size_scaled, @tier, @unit_cost_scaled)',
      row,
    );
    items += 1;
  }
  return [...carried, { name: 'locations given by hand', rows: locations }, { name: 'items given by hand', rows: items }].filter(({ rows }) => rows > 0);
}

/** What is decided of places and items, as far as the files read so far know them: asked for before each reconciliation. */
export function carryOverPlaces(kept: ReadableWorkbook, computed: SqliteWorkbook): void {
  for (const { code, time_zone } of kept.all<{ code: string; time_zone: string | null }>('SELECT code, time_zone FROM locations')) {
    computed.run('UPDATE locations SET time_zone = ? WHERE code = ? AND time_zone IS NOT ?', time_zone, code, time_zone);
  }
  computed.run("DELETE FROM period_locations WHERE (SELECT state FROM periods p WHERE p.period_id = period_locations.period_id) = 'open'");
  for (const row of kept.all<Record<string, SqlValue>>(
    'SELECT b.period_id, l.code, b.start_instant, b.cut_off_instant, b.window_hours FROM period_locations b JOIN locations l USING (location_id)',
  )) {
    computed.run(
      `INSERT INTO period_locations (period_id, location_id, start_instant, cut_off_instant, window_hours)
       SELECT p.period_id, l.location_id, @start_instant, @cut_off_instant, @window_hours FROM periods p, locations l
       WHERE p.period_id = @period_id AND p.state = 'open' AND l.code = @code`,
      row,
    );
  }
}

const WINDOW = 'kind, from_instant, until_instant, note';

/** Risk windows whose item and location are known by now; those that touch a locked period stand there already. */
export function carryOverRiskWindows(kept: ReadableWorkbook, computed: SqliteWorkbook): void {
  const sql = `SELECT ${WINDOW}, i.sku, l.code FROM risk_windows w LEFT JOIN items i USING (item_id) LEFT JOIN locations l USING (location_id)`;
  const named = (row: Record<string, SqlValue>) => JSON.stringify(Object.values(row));
  const there = new Set(computed.all<Record<string, SqlValue>>(sql).map(named));
  for (const row of kept.all<Record<string, SqlValue>>(`${sql} ORDER BY risk_window_id`)) {
    if (there.has(named(row))) continue;
    const locked = computed.get("SELECT 1 FROM periods WHERE state = 'locked' AND start_instant < ? AND cut_off_instant > ?", row['until_instant']!, row['from_instant']!);
    const itemId = row['sku'] === null ? null : computed.get<{ item_id: number }>('SELECT item_id FROM items WHERE sku = ?', row['sku']!)?.item_id;
    const locationId = row['code'] === null ? null : computed.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', row['code']!)?.location_id;
    if (locked || itemId === undefined || locationId === undefined) continue;
    computed.run(
      'INSERT INTO risk_windows (kind, item_id, location_id, from_instant, until_instant, note) VALUES (?, ?, ?, ?, ?, ?)',
      row['kind']!, itemId, locationId, row['from_instant']!, row['until_instant']!, row['note']!,
    );
  }
}

/** The number of a line in the computed workbook, made where no file has named it yet; undefined where item or location is not there. */
export function stockKeyIn(computed: SqliteWorkbook, sku: string, code: string): number | undefined {
  const pair = computed.get<{ item_id: number; location_id: number }>(
    'SELECT i.item_id, l.location_id FROM items i, locations l WHERE i.sku = ? AND l.code = ?', sku, code,
  );
  if (!pair) return undefined;
  computed.run('INSERT OR IGNORE INTO stock_keys (item_id, location_id) VALUES (?, ?)', pair.item_id, pair.location_id);
  return computed.get<{ stock_key_id: number }>('SELECT stock_key_id FROM stock_keys WHERE item_id = ? AND location_id = ?', pair.item_id, pair.location_id)!.stock_key_id;
}

/** The reasons, owners and notes of a period's lines as they stand: what people gave, at the end of the steps. */
export function carryOverTags(kept: ReadableWorkbook, computed: SqliteWorkbook, periodId: number): number {
  computed.run('DELETE FROM tags WHERE period_id = ?', periodId);
  let tags = 0;
  for (const { sku, code, ...row } of kept.all<Record<string, SqlValue> & { sku: string; code: string }>(
    'SELECT t.*, i.sku, l.code FROM tags t JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE t.period_id = ?',
    periodId,
  )) {
    const stockKeyId = stockKeyIn(computed, sku, code);
    if (stockKeyId === undefined) continue;
    const values: Record<string, SqlValue> = { ...row, stock_key_id: stockKeyId };
    const columns = Object.keys(values);
    computed.run(`INSERT INTO tags (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`, values);
    tags += 1;
  }
  return tags;
}
