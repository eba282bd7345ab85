/**
 * A large snapshot and large movements from CSV, and a snapshot from XLSX, to a committed workbook: read, checked,
 * normalised, indexed, the file kept.
 *
 * The reference only copies text into a table and makes one index: `.import` of the sqlite3 program where it is installed,
 * otherwise rows split at commas and inserted through better-sqlite3.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import ExcelJS from 'exceljs';
import { commitImport } from '../../electron/services/imports/index';
import { JobCancelled, type Job, type ServiceContext } from '../../electron/services/context';
import type { Benchmark, BenchmarkRun } from './benchmark';
import { fillKeys, LOCATIONS, newMonth, openCopy, skuOf, writeMovementsCsv, writeSnapshotCsv } from './generated-month';

const HAS_SQLITE3 = spawnSync('sqlite3', ['--version']).status === 0;
const REFERENCE = HAS_SQLITE3 ? 'sqlite3 .import and one index' : 'better-sqlite3: rows split at commas, one insert each, and one index';

function importByProgram(csv: string, target: string, index: string): void {
  execFileSync('sqlite3', [target], { input: `.mode csv\n.import "${csv}" rows\nCREATE INDEX rows_by_key ON rows (${index});\n` });
}

function importByInserts(csv: string, target: string, index: string): void {
  const database = new Database(target);
  const [header = '', ...rows] = fs.readFileSync(csv, 'utf8').trimEnd().split('\n');
  const columns = header.split(',');
  database.exec(`CREATE TABLE rows (${columns.map((column) => `"${column}" TEXT`).join(', ')})`);
  const insert = database.prepare(`INSERT INTO rows VALUES (${columns.map(() => '?').join(', ')})`);
  database.exec('BEGIN');
  for (const row of rows) insert.run(...row.split(','));
  database.exec('COMMIT');
  database.exec(`CREATE INDEX rows_by_key ON rows (${index})`);
  database.close();
}

const referenceRun = (index: string) => async ({ folder, scratch, measure }: BenchmarkRun) => {
  const importRows = HAS_SQLITE3 ? importByProgram : importByInserts;
  await measure('copy', () => importRows(path.join(folder, 'rows.csv'), path.join(scratch, 'rows.db'), index));
};

async function importRows(context: ServiceContext, periodId: number, { folder, sizes, measure }: BenchmarkRun): Promise<void> {
  const outcome = await measure('import', () => commitImport(context, { filePath: path.join(folder, 'rows.csv'), fileName: 'rows.csv', periodId }));
  if (!outcome.ok) throw new Error(outcome.message);
  if (outcome.value.rehearsal.rowsAccepted !== sizes['rows']) throw new Error(`${outcome.value.rehearsal.rowsAccepted} rows were accepted`);
}

export const snapshotImport: Benchmark = {
  name: 'snapshot-import',
  reference: REFERENCE,
  sizes: { full: { rows: 1_000_000 }, quick: { rows: 50_000 } },
  figures: [{ name: 'snapshot-import', tieout: 'import', reference: 'copy', rows: 'rows' }],
  prepare: (folder, { rows }) => writeSnapshotCsv(path.join(folder, 'rows.csv'), rows!),
  tieout: async (run) => {
    const { opened, context, periodId } = newMonth(path.join(run.scratch, 'month.tieout'));
    await importRows(context, periodId, run);
    opened.close();
  },
  referenceRun: referenceRun('sku, location'),
};

export const movementsImport: Benchmark = {
  name: 'movements-import',
  reference: REFERENCE,
  sizes: { full: { rows: 3_000_000, keys: 1_000_000 }, quick: { rows: 100_000, keys: 50_000 } },
  figures: [{ name: 'movements-import', tieout: 'import', reference: 'copy', rows: 'rows' }],
  prepare: (folder, { rows, keys }) => {
    writeMovementsCsv(path.join(folder, 'rows.csv'), rows!, keys!);
    const { opened } = newMonth(path.join(folder, 'keys.tieout'));
    opened.workbook.database.exec('BEGIN');
    fillKeys(opened, keys!);
    opened.workbook.database.exec('COMMIT');
    opened.close();
  },
  tieout: async (run) => {
    const { opened, context } = await openCopy(path.join(run.folder, 'keys.tieout'), run.scratch);
    await importRows(context, 1, run);
    opened.close();
  },
  referenceRun: referenceRun('sku, location, system, posted_at'),
};

/** The same columns as the CSV, as cells of a spreadsheet. */
async function writeSnapshotXlsx(filePath: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: filePath, useSharedStrings: true });
  const sheet = workbook.addWorksheet('Snapshot');
  sheet.addRow(['system', 'sku', 'location', 'as_of', 'on_hand', 'available', 'committed', 'unit_cost', 'currency']).commit();
  for (let index = 0; index < rows; index += 1) {
    const onHand = (index * 7919) % 500;
    sheet.addRow(['erp', skuOf(index >> 2), LOCATIONS[index & 3], '2026-10-31T23:59:00-07:00', onHand, onHand - (index % 3), index % 3, (index % 90) + 1.125, 'USD']).commit();
  }
  sheet.commit();
  await workbook.commit();
}

/** A job that notes its longest silence, and cancels at the first look after `cancelAfterRows`. */
function listeningJob(cancelAfterRows = Number.POSITIVE_INFINITY) {
  const heard = { last: performance.now(), longestSilenceMs: 0, cancelledAt: 0 };
  const job: Job = {
    progress: (stage, rows) => {
      const now = performance.now();
      heard.longestSilenceMs = Math.max(heard.longestSilenceMs, now - heard.last);
      heard.last = now;
      if (stage === 'Reading rows' && rows >= cancelAfterRows) heard.cancelledAt ||= now;
    },
    checkCancelled: () => {
      if (heard.cancelledAt > 0) throw new JobCancelled('cancelled');
    },
  };
  return { job, heard };
}

export const xlsxImport: Benchmark = {
  name: 'xlsx-import',
  reference: 'exceljs streaming WorkbookReader alone; longest silence and cancelling have none',
  sizes: { full: { rows: 200_000 }, quick: { rows: 20_000 } },
  figures: [
    { name: 'xlsx-import', tieout: 'import', reference: 'read', rows: 'rows' },
    { name: 'xlsx-import-silence', tieout: 'silence' },
    { name: 'xlsx-import-cancel', tieout: 'cancel' },
  ],
  prepare: (folder, { rows }) => writeSnapshotXlsx(path.join(folder, 'rows.xlsx'), rows!),
  tieout: async ({ folder, scratch, sizes, measure, record }) => {
    const { opened, context, periodId } = newMonth(path.join(scratch, 'month.tieout'));
    const request = { filePath: path.join(folder, 'rows.xlsx'), fileName: 'rows.xlsx', periodId };
    const cancelled = listeningJob(sizes['rows']! / 2);
    const refusal = await commitImport({ ...context, job: cancelled.job }, request);
    if (refusal.ok || refusal.failure !== 'cancelled') throw new Error('the import was not cancelled');
    record('cancel', performance.now() - cancelled.heard.cancelledAt);
    const { job, heard } = listeningJob();
    const outcome = await measure('import', () => commitImport({ ...context, job }, request));
    if (!outcome.ok) throw new Error(outcome.message);
    if (outcome.value.rehearsal.rowsAccepted !== sizes['rows']) throw new Error(`${outcome.value.rehearsal.rowsAccepted} rows were accepted`);
    record('silence', heard.longestSilenceMs);
    opened.close();
  },
  referenceRun: async ({ folder, measure }) => {
    await measure('read', async () => {
      const workbook = new ExcelJS.stream.xlsx.WorkbookReader(path.join(folder, 'rows.xlsx'), { sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', worksheets: 'emit' });
      let count = 0;
      for await (const sheet of workbook) for await (const row of sheet) count += row.hasValues ? 1 : 0;
      return count;
    });
  },
};
