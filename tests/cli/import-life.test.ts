/**
 * What becomes of imports later, as a person does it on the command line: list, undo, replace, print, compare; and what a
 * program that was killed in the middle leaves behind.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, hashOfContent, hashOfFile, MONTH_FILES, monthFile, PROGRAM, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];

async function withMonth() {
  const tieout = await withEmptyWorkbook();
  await tieout.run('import', tieout.workbook, ...MONTH_FILES, ...PERIOD);
  const imports = async () => (await tieout.json('imports', tieout.workbook, ...PERIOD)).json['imports'] as { importId: number; fileName: string; state: string; stateWhy: string | null }[];
  const numberOf = async (fileName: string) => String((await imports()).find((each) => each.fileName === fileName && each.state === 'standing')!.importId);
  return { ...tieout, imports, numberOf };
}

test('an import is previewed without a byte changed, undone with a reason, and listed as undone', async () => {
  const tieout = await withMonth();
  const count = await tieout.numberOf('count.csv');
  const before = hashOfContent(tieout.workbook);
  const preview = await tieout.run('undo', tieout.workbook, '--import', count, '--preview');
  expect(preview).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Undoing it would take 4 rows out of the figures.') as string });
  expect(hashOfContent(tieout.workbook)).toBe(before);
  expect(await tieout.run('undo', tieout.workbook, '--import', count)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--why TEXT') as string });
  const undone = await tieout.json('undo', tieout.workbook, '--import', count, '--why', 'Counted the wrong aisle');
  expect(undone).toMatchObject({ exitCode: 0, json: { undone: true, rowsLeaving: 4, quarantine: { waiting: 1 } } });
  expect((await tieout.imports()).find(({ fileName }) => fileName === 'count.csv')).toMatchObject({ state: 'undone', stateWhy: 'Counted the wrong aisle' });
  expect(await tieout.json('undo', tieout.workbook, '--import', count, '--why', 'again')).toMatchObject({ exitCode: 3, json: { failure: 'import_not_standing' } });
  expect((await tieout.run('import', tieout.workbook, monthFile('count.csv'), ...PERIOD)).exitCode).toBe(1);
});

test('a corrected file is proposed for the place of the first, takes it, and says what differs', async () => {
  const tieout = await withMonth();
  const corrected = tieout.at('count corrected.csv');
  const lines = fs.readFileSync(monthFile('count.csv'), 'utf8').split('\n');
  const cells = lines[1]!.split(',');
  const column = lines[0]!.split(',').indexOf('counted');
  const was = cells[column]!;
  fs.writeFileSync(corrected, [lines[0], cells.with(column, String(Number(was) + 100)).join(','), ...lines.slice(2)].join('\n'));
  const count = await tieout.numberOf('count.csv');
  const rehearsed = await tieout.run('import', tieout.workbook, corrected, ...PERIOD, '--rehearse');
  expect(rehearsed.stdout).toContain(`looks like a later state of import ${count} (count.csv).`);
  const before = hashOfFile(tieout.workbook);
  const withDifference = await tieout.run('import', tieout.workbook, corrected, ...PERIOD, '--rehearse', '--supersedes', count);
  expect(withDifference.stdout).toContain(`would take the place of import ${count} (count.csv): 1 figure changed, 0 added, 0 removed`);
  expect(hashOfFile(tieout.workbook)).toBe(before);
  const written = await tieout.json('import', tieout.workbook, corrected, ...PERIOD, '--supersedes', count);
  expect(written.json['imports']).toMatchObject([{
    supersedes: { importId: Number(count) }, difference: { counts: { changed: 1 }, lines: [{ before: was, after: String(Number(was) + 100), delta: '100' }] },
  }]);
  const states = (await tieout.imports()).map(({ fileName, state }) => [fileName, state]);
  expect(states).toContainEqual(['count.csv', 'superseded']);
  expect(states).toContainEqual(['count corrected.csv', 'standing']);
  expect(await tieout.run('import', tieout.workbook, corrected, corrected, ...PERIOD, '--supersedes', count)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('one file') as string });
});

test('an evidence sheet is written as one page without scripts', async () => {
  const tieout = await withMonth();
  const snapshot = await tieout.numberOf('snapshot.csv');
  const out = tieout.at('sheets', 'snapshot.html');
  expect(await tieout.run('evidence', tieout.workbook, '--import', snapshot, '--out', out)).toMatchObject({ exitCode: 0, stderr: '' });
  const html = fs.readFileSync(out, 'utf8');
  expect(html).toContain('Plain snapshot');
  expect(html).not.toMatch(/<script/i);
  expect(await tieout.json('evidence', tieout.workbook, '--import', snapshot)).toMatchObject({ exitCode: 0, json: { fileName: 'snapshot.csv', rowsRead: 8 } });
  expect(await tieout.run('evidence', tieout.workbook, '--import', '99', '--out', out)).toMatchObject({ exitCode: 3 });
});

test('a later export is held against the locked month of the sample company, which still verifies', async () => {
  const tieout = commandLine();
  await tieout.run('new', 'Sample', '--sample');
  const workbook = tieout.at('Sample.tieout');
  const sample = path.resolve(import.meta.dirname, '../../resources/sample/2026-09/netsuite-items-2026-09.csv');
  const [name, sku, ...rest] = ['netsuite later.csv', 'MUG-BLU-11'];
  expect(rest).toEqual([]);
  const changed = fs.readFileSync(sample, 'utf8').split('\n').filter((line) => !line.includes(sku!));
  fs.writeFileSync(tieout.at(name!), changed.join('\n'));
  const asOf = ['--as-of', '2026-09-30T23:00:00-07:00', '--period', '2026-09'];
  expect(await tieout.run('import', workbook, tieout.at(name!), ...asOf)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('locked') as string });
  const out = tieout.at('changes.csv');
  const compared = await tieout.json('compare', workbook, tieout.at(name!), ...asOf, '--out', out);
  expect(compared).toMatchObject({ exitCode: 1, json: { periodCode: '2026-09', counts: { added: 0, changed: 0 } } });
  const lines = compared.json['lines'] as { sku: string; change: string }[];
  expect(new Set(lines.map((line) => `${line.change} ${line.sku}`))).toEqual(new Set([`removed ${sku}`]));
  expect(fs.readFileSync(out, 'utf8').trimEnd().split('\r\n')).toHaveLength(lines.length + 1);
  expect(await tieout.json('compare', workbook, sample, ...asOf)).toMatchObject({ exitCode: 0, json: { counts: { added: 0, removed: 0, changed: 0 } } });
  expect((await tieout.run('verify', workbook)).exitCode).toBe(0);
});

describe('a program that was killed in the middle of writing', () => {
  /** Enough that SQLite has to write pages of the open transaction to its log before the end. */
  const ROWS = 400_000;
  const LOG_BYTES = 4_000_000;

  test('leaves the workbook as it was, and the next one goes on', async () => {
    const tieout = await withMonth();
    const many = tieout.at('many.csv');
    const file = fs.createWriteStream(many);
    file.write('system,sku,location,as_of,on_hand\n');
    for (let row = 0; row < ROWS; row += 1) {
      if (!file.write(`erp,SKU-${row},Portland,2026-10-31T23:00:00-07:00,${row % 90}\n`)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
    }
    await new Promise<void>((resolve) => file.end(() => resolve()));
    const before = hashOfContent(tieout.workbook);
    const child = spawn(process.execPath, [PROGRAM, 'import', tieout.workbook, many, ...PERIOD], { env: { TIEOUT_HOME: tieout.at('home') }, stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
    const log = `${tieout.workbook}-wal`;
    const written = () => fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    while (child.exitCode === null && written() < LOG_BYTES) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(written()).toBeGreaterThanOrEqual(LOG_BYTES);

    expect((await tieout.imports()).map(({ fileName }) => fileName)).not.toContain('many.csv');
    expect(hashOfContent(tieout.workbook)).toBe(before);
    expect((await tieout.run('undo', tieout.workbook, '--import', await tieout.numberOf('count.csv'), '--why', 'goes on')).exitCode).toBe(0);
    expect((await tieout.run('verify', tieout.workbook)).exitCode).toBe(0);
  }, 120_000);
});
