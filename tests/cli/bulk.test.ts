/**
 * Bulk changes by command: told without a byte written, made as they were told, refused where something changed, taken back.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BulkStatement } from '@shared/domain/bulk';
import { type CommandLine, hashOfContent, MONTH_FILES, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];
let tieout: CommandLine & { readonly workbook: string };
const run = (...words: string[]) => tieout.run('bulk', tieout.workbook, ...words, ...PERIOD);
const json = async (...words: string[]) => (await tieout.json('bulk', tieout.workbook, ...words, ...PERIOD)).json as unknown as { statement: BulkStatement; result: { changed: number; sequence: number } | null };
const openLines = async () => ((await tieout.json('lines', tieout.workbook, '--only', 'open', ...PERIOD)).json['lines'] as { sku: string }[]).length;

beforeAll(async () => {
  tieout = await withEmptyWorkbook(afterAll);
  await tieout.run('import', tieout.workbook, ...MONTH_FILES, ...PERIOD);
  await tieout.run('reconcile', tieout.workbook, ...PERIOD);
}, 120_000);

test('a change is rehearsed without a byte written, made as it was told, and taken back and made again by its events', async () => {
  const [content, open] = [hashOfContent(tieout.workbook), await openLines()];
  const CHANGE = ['--only', 'open', '--set-reason', 'UNX-INVESTIGATE', '--set-due', '2026-11-12', '--note', 'asked the warehouse'];
  const told = await run(...CHANGE, '--rehearse');
  expect(told.stdout).toContain(`${open} lines change.`);
  expect(told.stdout).toContain(`  Reason: ${open} lines\n`);
  expect(told.stdout).toContain(`Open lines of 2026-10: ${open} now, 0 after it;`);
  expect(told.stdout).toContain('Nothing was written');
  expect(hashOfContent(tieout.workbook)).toBe(content);
  const { statement } = await json(...CHANGE, '--rehearse');
  expect(await run(...CHANGE, '--fingerprint', 'another')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('The lines changed since the statement was made.') as string });
  const { result } = await json(...CHANGE, '--fingerprint', statement.fingerprint);
  expect(result!.changed).toBe(open);
  expect(await openLines()).toBe(0);
  const again = await run('--only', 'exceptions', '--set-reason', 'PHY-SHRINK', '--rehearse');
  expect(again.stdout).toContain(`${open} of them set before: UNX-INVESTIGATE on ${open}`);
  const undone = await run('--undo', String(result!.sequence));
  expect(undone).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Took back ${open} lines; event `) as string });
  expect(await openLines()).toBe(open);
  await run('--undo', /event (\d+)/.exec(undone.stdout)![1]!);
  expect(await openLines()).toBe(0);
});

test('lines that are refused are named with the next step, and the rest is told', async () => {
  const cleared = await run('--all', '--clear', '--note', 'agreed', '--rehearse');
  expect(cleared.exitCode).toBe(1);
  expect(cleared.stdout).toMatch(/Refused, \d+ lines? cleared by a rule already: .* Nothing is left to clear\./);
});

test('wrong words are told: no lines, opposite changes, a day that is none, a clearing without a note', async () => {
  expect(await run('--set-owner', 'finance')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('needs to be told which lines') as string });
  expect(await run('--all', '--set-owner', 'finance', '--no-owner')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('say opposite things') as string });
  expect(await run('--all', '--set-due', 'Friday')).toMatchObject({ exitCode: 2 });
  expect(await run('--class', 'blue', '--set-owner', 'finance')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('blue is none of them') as string });
  expect(await run('--all', '--clear', '--set-reason', 'UNX-INVESTIGATE')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('needs a note') as string });
});
