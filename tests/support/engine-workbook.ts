/**
 * A workbook in a temporary folder for tests of the engine, filled from plain CSV text as a person would write it.
 *
 * Rows go straight into the tables: reading and checking files is the import's business and tested there.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { parseInstant, periodBounds } from '@shared/domain/instant';
import { parseUnitCost } from '@shared/domain/money';
import { parseQuantity } from '@shared/domain/quantity';
import { silentJob, type ServiceContext } from '../../electron/services/context';
import { reconcilePeriod, type ReconciliationSummary } from '../../electron/services/reconciliation/reconcile';
import { RuleSet, TierBounds } from '@shared/domain/rules';
import rulesFile from '../../resources/rules.json';
import { insertRuleSet } from '../../electron/workbook/tables/rule-sets';
import { MIGRATIONS } from '../../electron/workbook/migrations/index';
import { SqliteWorkbook, type SqlValue } from '../../electron/workbook/workbook';
import { temporaryFolder } from './workbooks';

export type CsvRow = Readonly<Record<string, string>>;

/** Reads simple CSV: quotes around a cell, no line breaks in cells. */
export function readCsv(text: string): readonly CsvRow[] {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const cells = (line: string) =>
    [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)]
      .slice(0, (line.match(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g)?.length ?? 0) + 1)
      .map((match) => match[2] ?? match[1] ?? '');
  const header = cells(lines[0]!);
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, index) => [header[index]!, cell])));
}

const quantity = (text: string | undefined): number | null => {
  if (!text) return null;
  const scaled = parseQuantity(text);
  if (scaled === undefined) throw new Error(`no quantity: ${text}`);
  return scaled;
};
const instant = (text: string | undefined): number => {
  const found = parseInstant(text ?? '');
  if (found === undefined) throw new Error(`no instant: ${text}`);
  return found;
};

export interface EngineWorkbookOptions {
  readonly timeZone?: string;
  readonly currency?: string;
  readonly windowHours?: number;
}

const bounds = (tier: string, units: string, percent: string, valueMinor: number): TierBounds =>
  TierBounds.parse({ tier, unitsScaled: quantity(units), percentHundredths: Math.round(Number(percent) * 100), valueMinor });

let schemaBytes: Buffer | undefined;

/** A database with the current schema and nothing in it; the migrations run once for all tests of a file. */
function emptySchema(): Buffer {
  if (schemaBytes === undefined) {
    const database = new Database(':memory:');
    for (const migration of MIGRATIONS) database.exec(migration.sql);
    schemaBytes = database.serialize();
    database.close();
  }
  return schemaBytes;
}

export class EngineWorkbook {
  readonly workbook: SqliteWorkbook;
  readonly context: ServiceContext;
  readonly #timeZone: string;
  readonly #windowHours: number;
  #rules: RuleSet = {
    ...RuleSet.parse(rulesFile),
    tolerances: [bounds('A', '0', '0', 0), bounds('B', '1', '2', 2500), bounds('C', '2', '5', 5000)],
  };
  #now = instant('2026-11-09T09:00:00Z');

  constructor(options: EngineWorkbookOptions = {}) {
    this.#timeZone = options.timeZone ?? 'America/Los_Angeles';
    this.#windowHours = options.windowHours ?? 48;
    const file = path.join(temporaryFolder(), 'test.tieout');
    writeFileSync(file, emptySchema());
    const database = new Database(file);
    onTestFinished(() => void database.close());
    database.pragma('foreign_keys = ON');
    database.pragma('synchronous = OFF');
    this.workbook = new SqliteWorkbook(database, file);
    this.workbook.run(
      `INSERT INTO workbook (workbook_id, workbook_uuid, company, currency, time_zone, materiality_minor, created_instant) VALUES (1, 'test', 'Test', ?, ?, 50000, 0)`,
      options.currency ?? 'USD', this.#timeZone,
    );
    this.rules({});
    this.context = {
      workbook: this.workbook,
      actor: { name: 'Rosa Mehta', email: 'rosa@example.com' },
      now: () => (this.#now += 1000),
      job: silentJob,
    };
  }

  /** Makes a new version of the rules, in force from the beginning. */
  rules(change: Partial<RuleSet>): void {
    this.#rules = { ...this.#rules, ...change };
    insertRuleSet(this.workbook, { fromPeriod: '', rules: this.#rules, madeInstant: 0, madeBy: 'test', why: 'test' });
  }

  tolerance(tier: string, units: string, percent: string, valueMinor: number): void {
    this.rules({ tolerances: this.#rules.tolerances.map((each) => (each.tier === tier ? bounds(tier, units, percent, valueMinor) : each)) });
  }

  period(code: string): number {
    const bounds = periodBounds(code, this.#timeZone);
    return this.workbook.run(
      'INSERT INTO periods (code, start_instant, cut_off_instant, window_hours) VALUES (?, ?, ?, ?)',
      code,
      bounds.startInstant,
      bounds.cutOffInstant,
      this.#windowHours,
    ).lastInsertRowid;
  }

  lock(periodId: number, closings: readonly (readonly [string, string, string])[] = []): void {
    for (const [sku, location, closing] of closings) {
      this.workbook.run('INSERT INTO closings VALUES (?, ?, ?)', periodId, this.key(sku, location), quantity(closing));
    }
    this.workbook.run(`UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?`, periodId);
  }

  /** A location that closes a period at instants of its own. */
  ownBounds(periodId: number, location: string, start: string, cutOff: string, windowHours: number | null): void {
    this.workbook.run('INSERT INTO period_locations VALUES (?, ?, ?, ?, ?)', periodId, this.#location(location), instant(start), instant(cutOff), windowHours);
  }

  items(csv: string): void {
    const rows = readCsv(csv);
    for (const row of rows) {
      this.workbook.run(
        'INSERT INTO items (sku, name, category, uom, pack_size_scaled, tier, unit_cost_scaled) VALUES (?, ?, ?, ?, ?, ?, ?)',
        row['sku']!,
        row['name'] ?? '',
        row['category'] || null,
        row['uom'] || 'each',
        quantity(row['pack_size']),
        row['tier'] || 'C',
        row['unit_cost'] ? parseUnitCost(row['unit_cost'])! : null,
      );
    }
    for (const row of rows) {
      for (const part of (row['kit_of'] ?? '').split(';').filter((text) => text !== '')) {
        const [sku, count] = part.split('*') as [string, string];
        this.workbook.run(
          'INSERT INTO kit_parts (kit_item_id, part_item_id, quantity_scaled) VALUES (?, ?, ?)',
          this.#item(row['sku']!),
          this.#item(sku),
          quantity(count),
        );
      }
    }
  }

  #item(sku: string): number {
    const known = this.workbook.get<{ item_id: number }>('SELECT item_id FROM items WHERE sku = ?', sku);
    return known?.item_id ?? this.workbook.run('INSERT INTO items (sku) VALUES (?)', sku).lastInsertRowid;
  }

  #location(code: string): number {
    const known = this.workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', code);
    return known?.location_id ?? this.workbook.run('INSERT INTO locations (code) VALUES (?)', code).lastInsertRowid;
  }

  key(sku: string, location: string): number {
    const ids = [this.#item(sku), this.#location(location)] as const;
    const known = this.workbook.get<{ stock_key_id: number }>(
      'SELECT stock_key_id FROM stock_keys WHERE item_id = ? AND location_id = ?',
      ...ids,
    );
    return (
      known?.stock_key_id ??
      this.workbook.run('INSERT INTO stock_keys (item_id, location_id) VALUES (?, ?)', ...ids).lastInsertRowid
    );
  }

  #import(periodId: number, kind: string, fileName: string, rows: readonly CsvRow[]): number {
    const sha256 = createHash('sha256')
      .update(fileName + JSON.stringify(rows))
      .digest('hex');
    this.workbook.run('INSERT OR IGNORE INTO source_files VALUES (?, ?, 0, ?)', sha256, fileName, new Uint8Array());
    return this.workbook.run(
      `INSERT INTO imports (period_id, sha256, file_name, profile_id, profile_name, profile_version, source, kind, header_row, encoding,
         rows_read, rows_accepted, rows_quarantined, rows_ignored, imported_instant, imported_by)
       VALUES (?, ?, ?, 'plain', 'Plain', 1, 'plain', ?, 1, 'utf-8', ?, ?, 0, 0, 1, 'test')`,
      periodId,
      sha256,
      fileName,
      kind,
      rows.length,
      rows.length,
    ).lastInsertRowid;
  }

  #insert(table: string, values: Readonly<Record<string, SqlValue>>): void {
    const columns = Object.keys(values);
    this.workbook.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
      values,
    );
  }

  snapshot(periodId: number, fileName: string, csv: string): void {
    const rows = readCsv(csv);
    const import_id = this.#import(periodId, 'snapshot', fileName, rows);
    rows.forEach((row, index) =>
      this.#insert('snapshots', {
        import_id,
        row_number: index + 2,
        stock_key_id: this.key(row['sku']!, row['location']!),
        system: row['system']!,
        as_of_instant: instant(row['as_of']),
        on_hand_scaled: quantity(row['on_hand']),
        available_scaled: quantity(row['available']),
        committed_scaled: quantity(row['committed']),
        reserved_scaled: quantity(row['reserved']),
        damaged_scaled: quantity(row['damaged']),
        quarantined_scaled: quantity(row['quarantined']),
        unavailable_scaled: quantity(row['unavailable']),
        in_transit_scaled: quantity(row['in_transit']),
        incoming_scaled: quantity(row['incoming']),
        unit_cost_scaled: row['unit_cost'] ? parseUnitCost(row['unit_cost'])! : null,
      }),
    );
  }

  movements(periodId: number, fileName: string, csv: string): void {
    const rows = readCsv(csv);
    const import_id = this.#import(periodId, 'movements', fileName, rows);
    rows.forEach((row, index) =>
      this.#insert('movements', {
        import_id,
        row_number: index + 2,
        stock_key_id: this.key(row['sku']!, row['location']!),
        system: row['system']!,
        type: row['type']!,
        document: row['document']!,
        line: row['line'] ?? '',
        quantity_scaled: quantity(row['quantity']),
        occurred_instant: instant(row['occurred_at']),
        posted_instant: instant(row['posted_at']),
        reference: row['reference'] ?? '',
        reason: row['reason'] ?? '',
      }),
    );
  }

  count(periodId: number, fileName: string, csv: string): void {
    const rows = readCsv(csv);
    const import_id = this.#import(periodId, 'count', fileName, rows);
    rows.forEach((row, index) =>
      this.#insert('counts', {
        import_id,
        row_number: index + 2,
        stock_key_id: this.key(row['sku']!, row['location']!),
        sheet: row['sheet'] ?? '',
        line: row['line'] ?? '',
        bin: row['bin'] ?? '',
        count_no: Number(row['count_no'] || '1'),
        counted_scaled: quantity(row['counted']),
        counted_instant: instant(row['counted_at']),
        counted_by: row['counted_by'] ?? '',
        note: row['note'] ?? '',
      }),
    );
  }

  reconcile(periodId: number): ReconciliationSummary {
    const outcome = reconcilePeriod(this.context, periodId);
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.value;
  }
}
