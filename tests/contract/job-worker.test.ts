/**
 * The job worker as the workbook process runs it: the built thread, a connection of its own, real files.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Progress } from '@shared/contract/call';
import { type JobRunner, jobRunner } from '../../electron/ipc/job-runner';
import type { Session } from '../../electron/ipc/session';
import { createPeriod } from '../../electron/services/periods';
import { chainHead } from '../../electron/workbook/audit';
import { contextOf, makeWorkbook, PERSON, temporaryFolder } from '../support/workbooks';

let session: Session;
let runner: JobRunner;
let request: { readonly fileName: string; readonly filePath: string; readonly periodId: number };

/** Enough rows for a cancel to come while they are read. */
const ROWS = 60_000;

beforeAll(() => {
  const folder = temporaryFolder(afterAll);
  const { workbook } = makeWorkbook(path.join(folder, 'Jobs.tieout'), afterAll);
  const created = createPeriod(contextOf(workbook), '2026-10', 48);
  if (!created.ok) throw new Error(created.message);
  const filePath = path.join(folder, 'snapshot.csv');
  const rows = Array.from({ length: ROWS }, (_none, index) => `erp,SKU-${index},Portland,2026-10-31T23:00:00-07:00,${index % 90},4.25`);
  fs.writeFileSync(filePath, `system,sku,location,as_of,on_hand,unit_cost\n${rows.join('\n')}\n`);
  session = { workbook, readOnly: false, readOnlyReason: '', identitiesFolder: path.join(folder, 'identities'), actor: { ...PERSON, role: '' } };
  runner = jobRunner(session, path.resolve(import.meta.dirname, '../../dist/main/job-worker.js'));
  request = { fileName: 'snapshot.csv', filePath, periodId: created.value.periodId };
});
afterAll(() => runner.close());

const run = (channel: string, input: unknown, onProgress: (progress: Progress) => void = () => undefined, signal = new AbortController().signal) =>
  runner.run(channel, input, onProgress, signal);

test('a call that was cancelled at the first rows leaves the workbook as it was', async () => {
  const before = chainHead(session.workbook);
  const controller = new AbortController();
  const stages = new Set<string>();
  const outcome = await run('imports:rehearse', request, ({ stage }) => {
    stages.add(stage);
    if (stage === 'Reading rows') controller.abort();
  }, controller.signal);
  expect(outcome).toMatchObject({ ok: false, failure: 'cancelled' });
  expect(stages).toContain('Reading rows');
  expect(chainHead(session.workbook)).toEqual(before);
  expect(session.workbook.get('SELECT count(*) AS rows FROM snapshots')).toEqual({ rows: 0 });
});

test('a call that was cancelled before it began does nothing either', async () => {
  expect(await run('lines:reconcile', { periodId: request.periodId }, undefined, AbortSignal.abort())).toMatchObject({ ok: false });
});

test('the next call goes through, with a total that it reaches, and this connection sees what it wrote', async () => {
  const reports: Progress[] = [];
  const rehearsed = await run('imports:rehearse', request);
  if (!rehearsed.ok) throw new Error(rehearsed.message);
  const { token } = rehearsed.value as { token: string };
  const committed = await run('imports:commit', { request, token }, (progress) => reports.push(progress));
  expect(committed).toMatchObject({ ok: true, value: { rehearsal: { rowsAccepted: ROWS, rowsQuarantined: 0 } } });
  expect(reports.at(-1)).toEqual({ stage: 'Reading rows', done: ROWS, total: ROWS });
  expect(session.workbook.get('SELECT count(*) AS rows FROM snapshots')).toEqual({ rows: ROWS });
});

test('malformed input and unknown calls are refused in the worker as at the door', async () => {
  expect(await run('lines:reconcile', { periodId: 'one' })).toMatchObject({ ok: false, failure: 'invalid_input' });
  expect(await run('lines:frobnicate', {})).toMatchObject({ ok: false, failure: 'invalid_input' });
});

test('a workbook that is gone is a fault that is told, not a silence', async () => {
  const gone = jobRunner({ ...session, workbook: { path: path.join(path.dirname(request.filePath), 'no folder', 'Gone.tieout') } as never }, path.resolve(import.meta.dirname, '../../dist/main/job-worker.js'));
  const outcome = await gone.run('signOff:verifyWorkbook', {}, () => undefined, new AbortController().signal);
  expect(outcome).toMatchObject({ ok: false, failure: 'internal_error', message: expect.stringMatching(/signOff:verifyWorkbook (failed|ended)/) });
  await gone.close();
});
