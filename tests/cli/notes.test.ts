/**
 * Notes and attachments by command: added, listed, written out, withdrawn, and told where the line is explained.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASE_FILES } from '../support/case-files';
import { type CommandLine, hashOfFile, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];
const LINE = [...PERIOD, '--sku', 'MUG', '--location', 'Dock'];
let tieout: CommandLine & { readonly workbook: string };
const run = (command: string, ...words: string[]) => tieout.run(command, tieout.workbook, ...words);
const json = (command: string, ...words: string[]) => tieout.json(command, tieout.workbook, ...words);

beforeAll(async () => {
  tieout = await withEmptyWorkbook(afterAll);
  for (const name of ['items.csv', 'erp.csv', 'count.csv'] as const) fs.writeFileSync(tieout.at(name), `${CASE_FILES[name]}\n`);
  await run('import', tieout.at('items.csv'), tieout.at('erp.csv'), tieout.at('count.csv'), ...PERIOD);
  await run('reconcile', ...PERIOD);
}, 120_000);

test('a note is written, told and withdrawn with a reason', async () => {
  expect(await run('notes', ...LINE)).toMatchObject({ exitCode: 0, stdout: 'No notes.\n' });
  expect(await json('notes', '--add', 'Asked the dock', ...LINE)).toMatchObject({ exitCode: 0, json: { notes: [{ number: 1, text: 'Asked the dock', withdrawn: null }] } });
  expect((await run('notes', '--add', 'Two\nare broken', ...LINE)).stdout).toMatch(/^2 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\S+.*\n {3}Two\n {3}are broken\n$/);
  expect(await run('notes', '--withdraw', '1', ...LINE)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--why TEXT') });
  expect(await json('notes', '--withdraw', '3', '--why', 'x', ...LINE)).toMatchObject({ exitCode: 3, json: { failure: 'note_missing' } });
  expect(await json('notes', '--withdraw', '1', '--why', 'Wrong line', ...LINE)).toMatchObject({ exitCode: 0, json: { notes: [{ number: 1, withdrawn: { why: 'Wrong line' } }] } });
  expect(await json('notes', '--withdraw', '1', '--why', 'Again', ...LINE)).toMatchObject({ exitCode: 3, json: { failure: 'withdrawn_already' } });
  expect((await json('notes', ...LINE)).json).toMatchObject({ notes: [{ number: 1 }, { number: 2 }] });
  expect(await run('notes', '--add', ' ', ...LINE)).toMatchObject({ exitCode: 2 });
});

test('files are attached together or not at all, listed, written out as they came, withdrawn', async () => {
  const [scan, table, empty] = [tieout.at('scan.pdf'), tieout.at('table.csv'), tieout.at('empty.txt')];
  fs.writeFileSync(scan, '%PDF-1.7\nscan');
  fs.writeFileSync(table, 'sku,counted\nMUG,27\n');
  fs.writeFileSync(empty, '');
  expect(await json('attach', scan, empty, ...LINE)).toMatchObject({ exitCode: 3, json: { failure: 'file_empty', message: expect.stringContaining('empty.txt') } });
  expect(await run('attach', ...LINE)).toMatchObject({ exitCode: 0, stdout: 'No attachments.\n' });
  const attached = await json('attach', scan, table, '--said', 'From the dock', ...LINE);
  expect(attached).toMatchObject({
    exitCode: 0,
    json: { attachments: [{ number: 1, fileName: 'scan.pdf', mediaType: 'application/pdf', byteLength: 13, sha256: hashOfFile(scan), said: 'From the dock' }, { number: 2, mediaType: 'text/csv' }] },
  });
  expect((await run('attach', '--list', ...LINE)).stdout).toContain(`1  scan.pdf, PDF, 13 bytes\n   SHA-256 ${hashOfFile(scan)}\n`);
  expect(await run('attach', '--save', '1', ...LINE)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--out FILE') });
  expect(await run('attach', scan, '--list', ...LINE)).toMatchObject({ exitCode: 2 });
  expect(await run('attach', '--save', '1', '--out', tieout.at('back.pdf'), ...LINE)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Wrote scan.pdf to ') });
  expect(hashOfFile(tieout.at('back.pdf'))).toBe(hashOfFile(scan));
  expect(await json('attach', '--withdraw', '2', '--why', 'Another item', ...LINE)).toMatchObject({ exitCode: 0, json: { attachments: [{ number: 2, withdrawn: { why: 'Another item' } }] } });
});

test('the explained line tells both, and lines with attachments are listed', async () => {
  const { stdout } = await run('explain', ...LINE);
  expect(stdout).toContain('\nNotes\n  1  ');
  expect(stdout).toContain('     Two\n     are broken\n');
  expect(stdout).toContain('\nAttachments\n  1  scan.pdf, PDF, 13 bytes\n');
  expect((await json('explain', ...LINE)).json).toMatchObject({ lines: [{ notes: [{ withdrawn: { why: 'Wrong line' } }, { text: 'Two\nare broken' }], attachments: [{ fileName: 'scan.pdf' }, { fileName: 'table.csv' }] }] });
  expect((await json('lines', '--only', 'attached', ...PERIOD)).json).toMatchObject({ lines: [{ sku: 'MUG', location: 'Dock' }] });
  expect((await run('verify')).stdout).toContain('2 attached files are as they were given.');
});
