/**
 * Months of any size for benchmarks: believable columns, a fixed pattern instead of chance, so that every run reads the same.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseInstant } from '@shared/domain/instant';
import { silentJob, type ServiceContext } from '../../electron/services/context';
import { createPeriod } from '../../electron/services/periods';
import { createWorkbook, openWorkbook } from '../../electron/services/workbooks';
import type { OpenedWorkbook } from '../../electron/workbook/open';

const PERSON = { name: 'Ana Reyes', email: 'ana@harborpine.example' };
export const LOCATIONS = ['Portland', 'Reno', 'Seattle Store', 'Returns Center'] as const;
const CUT_OFF = parseInstant('2026-11-01T00:00:00-07:00')!;
const MINUTE = 60_000;

export const skuOf = (index: number): string => `SKU-${String(index).padStart(7, '0')}`;

/** The context of services on an open workbook. */
export const contextOn = ({ workbook }: OpenedWorkbook): ServiceContext => ({ workbook, actor: PERSON, now: () => Date.now(), job: silentJob });

/** A new workbook with October 2026 begun. */
export function newMonth(filePath: string): { readonly opened: OpenedWorkbook; readonly context: ServiceContext; readonly periodId: number } {
  const created = createWorkbook(filePath, { company: 'Bench', currency: 'USD', timeZone: 'America/Los_Angeles' }, PERSON, Date.now());
  if (!created.ok) throw new Error(created.message);
  const context = contextOn(created.value);
  const period = createPeriod(context, '2026-10', 48);
  if (!period.ok) throw new Error(period.message);
  return { opened: created.value, context, periodId: period.value.periodId };
}

/** Opens a copy of a prepared workbook, so that every run begins with the same. */
export async function openCopy(from: string, scratch: string, name = path.basename(from)): Promise<{ readonly opened: OpenedWorkbook; readonly context: ServiceContext }> {
  const copy = path.join(scratch, name);
  fs.copyFileSync(from, copy, fs.constants.COPYFILE_FICLONE);
  const outcome = await openWorkbook(copy, PERSON, Date.now());
  if (!outcome.ok) throw new Error(outcome.message);
  return { opened: outcome.value, context: contextOn(outcome.value) };
}

/** Writes text in large pieces: a million short writes would take longer than making the rows. */
function writeRows(filePath: string, header: string, count: number, rowAt: (index: number) => string): void {
  const file = fs.openSync(filePath, 'w');
  let piece = `${header}\n`;
  for (let index = 0; index < count; index += 1) {
    piece += `${rowAt(index)}\n`;
    if (piece.length > 1_000_000) {
      fs.writeSync(file, piece);
      piece = '';
    }
  }
  fs.writeSync(file, piece);
  fs.closeSync(file);
}

/** An ERP's snapshot in the plain format: each SKU at each location. */
export function writeSnapshotCsv(filePath: string, rows: number): void {
  writeRows(filePath, 'system,sku,location,as_of,on_hand,available,committed,reserved,damaged,unit_cost,currency', rows, (index) => {
    const onHand = (index * 7919) % 500;
    return `erp,${skuOf(index >> 2)},${LOCATIONS[index & 3]},2026-10-31T23:59:00-07:00,${onHand},${onHand - (index % 3)},${index % 3},0,0,${(index % 90) + 1}.125,USD`;
  });
}

const TYPES = ['order', 'shipment', 'receipt', 'adjustment'] as const;
const SYSTEMS = ['erp', 'storefront', 'warehouse'] as const;

/** When the posting of an index happened: spread over the month. */
const occurredAt = (index: number) => CUT_OFF - 1 - ((index * 104_729) % (30 * 24 * 60)) * MINUTE;
const isoOf = (instant: number) => `${new Date(instant - 7 * 60 * MINUTE).toISOString().slice(0, 19)}-07:00`;

/** Postings of three systems over `keys` lines. */
export function writeMovementsCsv(filePath: string, rows: number, keys: number): void {
  writeRows(filePath, 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason', rows, (index) => {
    const key = (index * 15_485_863) % keys;
    const occurred = occurredAt(index);
    return `${SYSTEMS[index % 3]},${TYPES[index & 3]},DOC-${index >> 1},1,${skuOf(key >> 2)},${LOCATIONS[key & 3]},${(index % 9) + 1},${isoOf(occurred)},${isoOf(occurred + 5 * MINUTE)},,`;
  });
}

/** Items, locations and their keys, as files would have made them. */
export function fillKeys({ workbook }: OpenedWorkbook, keys: number): void {
  for (const [index, code] of LOCATIONS.entries()) workbook.run('INSERT INTO locations (location_id, code) VALUES (?, ?)', index + 1, code);
  for (let item = 0; item * 4 < keys; item += 1) {
    workbook.run(`INSERT INTO items (item_id, sku, name, tier, unit_cost_scaled) VALUES (?, ?, ?, ?, ?)`, item + 1, skuOf(item), `Item ${item}`, 'ABC'[item % 3]!, ((item % 90) + 1) * 1_000_000);
  }
  for (let key = 0; key < keys; key += 1) workbook.run('INSERT INTO stock_keys VALUES (?, ?, ?)', key + 1, (key >> 2) + 1, (key & 3) + 1);
}

function newImport({ workbook }: OpenedWorkbook, periodId: number, kind: string, system: string | null, rows: number): number {
  const sha256 = `${kind}-${system}`.padEnd(64, '0');
  workbook.run('INSERT INTO source_files (sha256, file_name, byte_length, deflated_content) VALUES (?, ?, 0, ?)', sha256, `${kind}-${system}.csv`, new Uint8Array());
  return workbook.run(
    `INSERT INTO imports (period_id, sha256, file_name, profile_id, profile_name, profile_version, source, kind, system, header_row, encoding,
       rows_read, rows_accepted, rows_quarantined, rows_ignored, imported_instant, imported_by)
     VALUES (?, ?, ?, 'plain', 'Plain', 1, 'plain', ?, ?, 1, 'utf-8', ?, ?, 0, 0, 1, 'bench')`,
    periodId, sha256, `${kind}-${system}.csv`, kind, system, rows, rows,
  ).lastInsertRowid;
}

/**
 * A month of `keys` lines in the ERP and the storefront, `counts` of them counted, with `movements` postings: one line in
 * twenty has a variance, half of them explained by an order that the storefront posted late or not at all. The storefront's figures
 * and the counts are some hours older than the cut-off, so that they have to be carried to it.
 */
export function fillMonth(opened: OpenedWorkbook, periodId: number, { keys, counts, movements }: Readonly<Record<'keys' | 'counts' | 'movements', number>>): void {
  const { workbook } = opened;
  workbook.database.exec('BEGIN');
  fillKeys(opened, keys);
  const isOff = (key: number) => key % 20 === 7;
  const isMissing = (key: number) => key % 40 === 7;
  const orderAt = (order: number) => {
    const key = (order * 15_485_863) % keys;
    // Both systems post every order, but for the first of one line in forty: there the storefront is late by hours, or never posts it.
    const isMissed = order < keys && isMissing(key);
    const occurred = isMissed ? CUT_OFF - 60 * MINUTE - (order % 60) * MINUTE : occurredAt(order);
    return { key, isMissed, occurred, storefrontPosted: occurred + (isMissed ? 5 * 60 : 5) * MINUTE };
  };
  const storefrontAsOf = CUT_OFF - 120 * MINUTE;
  const counted = CUT_OFF - 180 * MINUTE;
  // What the storefront had not yet taken off when it was asked.
  const pending = new Uint8Array(keys);
  for (let order = 0; order * 2 < movements; order += 1) {
    const { key, storefrontPosted } = orderAt(order);
    if (storefrontPosted > storefrontAsOf && storefrontPosted <= CUT_OFF) pending[key]! += 1;
  }
  const snapshot = 'INSERT INTO snapshots (import_id, row_number, stock_key_id, system, as_of_instant, on_hand_scaled, available_scaled, committed_scaled, unit_cost_scaled)';
  const erp = newImport(opened, periodId, 'snapshot', 'erp', keys);
  const storefront = newImport(opened, periodId, 'snapshot', 'storefront', keys);
  for (let key = 0; key < keys; key += 1) {
    const onHand = ((key * 7919) % 500) * 10_000;
    const committed = isMissing(key) ? 10_000 : 0;
    workbook.run(`${snapshot} VALUES (?, ?, ?, 'erp', ?, ?, ?, ?, ?)`, erp, key + 2, key + 1, CUT_OFF, onHand, onHand - committed, committed, ((key % 90) + 1) * 1_000_000);
    const available = onHand + pending[key]! * 10_000 - (isOff(key) && !isMissing(key) ? 20_000 : 0);
    workbook.run(`${snapshot} VALUES (?, ?, ?, 'storefront', ?, NULL, ?, NULL, NULL)`, storefront, key + 2, key + 1, storefrontAsOf, available);
  }
  const count = newImport(opened, periodId, 'count', null, counts);
  for (let row = 0; row < counts; row += 1) {
    const step = Math.max(1, Math.floor(keys / counts));
    const key = row * step + (row % step);
    const countedScaled = ((key * 7919) % 500) * 10_000 + (isOff(key) ? 30_000 : 0);
    workbook.run('INSERT INTO counts (import_id, row_number, stock_key_id, sheet, line, counted_scaled, counted_instant) VALUES (?, ?, ?, ?, ?, ?, ?)', count, row + 2, key + 1, 'S', String(row), countedScaled, counted);
  }
  const posted = newImport(opened, periodId, 'movements', null, movements);
  const movement = `INSERT INTO movements (import_id, row_number, stock_key_id, system, type, document, line, quantity_scaled, occurred_instant, posted_instant)
    VALUES (?, ?, ?, ?, 'order', ?, '1', 10000, ?, ?)`;
  for (let row = 0; row < movements; row += 1) {
    const isStorefront = (row & 1) === 1;
    const { key, isMissed, occurred, storefrontPosted } = orderAt(row >> 1);
    if (isStorefront && isMissed && key % 80 === 7) continue;
    workbook.run(movement, posted, row + 2, key + 1, isStorefront ? 'storefront' : 'erp', `SO-${row >> 1}`, occurred, isStorefront ? storefrontPosted : occurred + 5 * MINUTE);
  }
  // The files reach past the end of every window.
  workbook.run(movement, posted, movements + 2, 1, 'erp', 'SO-LAST', CUT_OFF + 96 * 60 * MINUTE, CUT_OFF + 96 * 60 * MINUTE);
  workbook.run(movement, posted, movements + 3, 1, 'storefront', 'SO-LAST', CUT_OFF + 96 * 60 * MINUTE, CUT_OFF + 96 * 60 * MINUTE);
  workbook.database.exec('COMMIT');
}
