/**
 * The thread beside an import as it was built: what it reads of a large file is what the import's own thread reads of it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobRunner, type JobRunner } from '../../electron/ipc/job-runner';
import { commitImport } from '../../electron/services/imports';
import type { FileOrder, FileReport } from '../../electron/services/imports/loading/file-order';
import { plainPlan, type PlainPlan } from '../../electron/services/imports/loading/plain-plan';
import { firstTexts, PlainRows } from '../../electron/services/imports/loading/plain-batch';
import { rowBatches } from '../../electron/services/imports/loading/row-batches';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { createPeriod } from '../../electron/services/periods';
import { matchHeader } from '../../electron/files/profiles/recognise';
import { openTable, sourceFromPath } from '../../electron/files/readers/table';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';
import { contextOf, newWorkbook, PERSON, temporaryFolder } from '../support/workbooks';

const built = (name: string) => path.resolve(import.meta.dirname, '../../dist/main', name);
const HEADER = 'system,sku,location,as_of,on_hand,unit_cost,remark';
/** More than the four megabytes from which a file has a thread. */
const ROWS = 70_000;

let folder: string;
let filePath: string;
let plan: PlainPlan;
let runner: JobRunner | undefined;

/** Usual rows, among them what only the usual reader takes, rows that wait, and rows that come before the ones that bring their items. */
function rowAt(index: number): string {
  const sku = `SKU-${String(index >> 1).padStart(6, '0')}`;
  const location = index % 2 === 0 ? 'Portland' : 'Caf\u00e9 Reno';
  if (index % 997 === 1) return `erp,"${sku}",${location},2026-10-31T23:00:00-07:00,${index % 90},4.25,"said ""no"",\ntwice"`;
  if (index % 991 === 2) return `erp,${sku},${location},2026-10-31T23:00:00-07:00,many,4.25,`;
  if (index % 983 === 3) return `storefront,SKU-${String((index >> 1) + 3).padStart(6, '0')},${location},2026-10-31T23:00:00-07:00,${index % 90},4.25,`;
  if (index % 977 === 4) return `erp,SKU-000000,Portland,2026-10-31T23:00:00-07:00,${index % 90},4.25,`;
  return `erp,${sku},${location},2026-10-31T23:00:00-07:00,${index % 90},4.25,${'x'.repeat(index % 20)}`;
}

beforeAll(() => {
  folder = temporaryFolder(afterAll);
  filePath = path.join(folder, 'snapshot.csv');
  fs.writeFileSync(filePath, `\ufeff${HEADER}\n${Array.from({ length: ROWS }, (_none, index) => rowAt(index)).join('\n')}\n`);
  expect(fs.statSync(filePath).size).toBeGreaterThan(4 * 1024 ** 2);
  const cells = HEADER.split(',');
  const match = matchHeader(BUILT_IN_PROFILES.find(({ id }) => id === 'plain-snapshot')!, [{ rowNumber: 1, cells, raw: HEADER }])!;
  plan = plainPlan(match, ',', 'USD')!;
});
afterAll(() => runner?.close());

/** What a thread reports of a file until it has nothing more to say, everything taken at once. */
function reportsOf(file: string, keeps: boolean): Promise<FileReport[]> {
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const workerData: FileOrder = { path: file, fileName: path.basename(file), byteLength: fs.statSync(file).size, bomBytes: 3, plan, keeps, taken };
  const worker = new Worker(built('file-thread.js'), { workerData });
  const reports: FileReport[] = [];
  return new Promise<FileReport[]>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (report: FileReport) => {
      reports.push(report);
      Atomics.add(taken, 0, 1);
      Atomics.notify(taken, 0);
      if (report.kind === (keeps ? 'parts-end' : 'rows-end') || report.kind === 'unreadable') resolve(reports);
    });
  }).finally(() => worker.terminate());
}

const toldBy = (rows: PlainRows) =>
  Array.from({ length: rows.count }, (_none, at) => {
    const { rowNumber, raw } = rows.rowOf(at);
    return { rowNumber, raw, values: rows.isPlain(at) ? rows.valuesOf(at) : undefined };
  });

test('its batches tell of every row what is told without it, and its parts are the file', async () => {
  const reports = await reportsOf(filePath, true);
  const known = firstTexts(plan);
  const told = reports.flatMap((report) => (report.kind === 'batch' ? toldBy(new PlainRows(plan, report.batch, known)) : []));
  const table = await openTable(await sourceFromPath(filePath), { timeZone: 'UTC' });
  const expected = [];
  for await (const rows of rowBatches(table, null, plan)) expected.push(...toldBy(rows));
  expect(told.length).toBe(ROWS + 1);
  expect(told).toEqual(expected);
  expect(told.filter(({ values }) => values).length).toBeGreaterThan(ROWS * 0.99);
  const parts = reports.flatMap((report) => (report.kind === 'part' ? [report.deflated] : []));
  expect(inflateSync(Buffer.concat(parts)).equals(fs.readFileSync(filePath))).toBe(true);
  expect(reports.at(-1)).toEqual({ kind: 'parts-end', sha256: table.sha256 });
});

test('what stops the reading is told after the rows before it', async () => {
  const broken = path.join(folder, 'broken.csv');
  fs.writeFileSync(broken, `\ufeff${HEADER}\n${rowAt(0)}\nerp,"never closed\n${rowAt(6)}\n`);
  const reports = await reportsOf(broken, false);
  expect(reports.map(({ kind }) => kind)).toEqual(['batch', 'unreadable']);
  expect(reports[0]).toMatchObject({ batch: { count: 2 } });
  expect(reports[1]).toMatchObject({ failure: 'quote_not_closed', message: expect.stringContaining('row 3') });
});

/** What an import wrote of the rows. */
const writtenIn = (workbook: SqliteWorkbook) =>
  ['items', 'locations', 'stock_keys', 'snapshots', 'quarantine_rows'].map((table) => workbook.all(`SELECT * FROM ${table} ORDER BY 1, 2, 3`));

test('an import through it writes what an import without it writes', async () => {
  const [beside, alone] = ['Beside', 'Alone'].map((name) => newWorkbook(path.join(folder, `${name}.tieout`), afterAll).workbook);
  const requests = [beside!, alone!].map((workbook) => {
    const created = createPeriod(contextOf(workbook), '2026-10', 48);
    if (!created.ok) throw new Error(created.message);
    return { fileName: 'snapshot.csv', filePath, periodId: created.value.periodId };
  });
  const session = { workbook: beside!, readOnly: false, readOnlyReason: '', identitiesFolder: path.join(folder, 'identities'), actor: { ...PERSON, role: '' } };
  runner = jobRunner(session, built('job-worker.js'));
  const run = (channel: string, input: unknown) => runner!.run(channel, input, () => undefined, new AbortController().signal);
  const rehearsed = await run('imports:rehearse', requests[0]);
  if (!rehearsed.ok) throw new Error(rehearsed.message);
  const { token } = rehearsed.value as { token: string };
  const through = await run('imports:commit', { request: requests[0], token });
  const without = await commitImport(contextOf(alone!), requests[1]!);
  if (!through.ok || !without.ok) throw new Error(`an import was refused: ${JSON.stringify([through, without])}`);
  const { token: _of, ...expected } = without.value.rehearsal;
  expect(through.value).toMatchObject({ rehearsal: expected });
  expect(expected.rowsQuarantined).toBeGreaterThan(100);
  expect(writtenIn(beside!)).toEqual(writtenIn(alone!));
});
