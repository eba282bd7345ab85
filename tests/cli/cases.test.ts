/**
 * What lines ask after they were explained, by command: reasons for other figures, checks, what tolerance let pass, and the checklist's commands.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASE_FILES } from '../support/case-files';
import { type CommandLine, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];
let tieout: CommandLine & { readonly workbook: string };
const run = (command: string, ...words: string[]) => tieout.run(command, tieout.workbook, ...words, ...PERIOD);
const json = (command: string, ...words: string[]) => tieout.json(command, tieout.workbook, ...words, ...PERIOD);

beforeAll(async () => {
  tieout = await withEmptyWorkbook(afterAll);
  for (const [name, text] of Object.entries(CASE_FILES)) fs.writeFileSync(tieout.at(name), `${text}\n`);
  await run('import', tieout.at('items.csv'), tieout.at('erp.csv'), tieout.at('count.csv'));
  await run('reconcile');
  await run('tag', '--from', tieout.at('tags.csv'));
  await run('import', tieout.at('late.csv'));
  await run('reconcile');
}, 120_000);

test('the lists say what is asked, then and now, and end with 1', async () => {
  const { stdout, exitCode } = await run('cases');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('2026-10: 2 reasons given for other figures, 1 adjustment waiting for a check, 0 second counts asked for, 1 line not counted.');
  expect(stdout).toContain('count -3, channel unknown, ledger unknown, adjustment -3');
  const lists = await json('cases');
  expect(lists.json).toMatchObject({ changed: { total: 2 }, checks: { total: 1, lines: [{ sku: 'MUG' }] }, conflicts: { total: 1 }, late: { total: 2 }, identities: { total: 1, lines: [{ sku: 'CUP', system: 'erp' }] } });
});

test('lines are listed by what became of them, and one line tells it', async () => {
  const lines = await json('lines', '--only', 'changed');
  expect(lines.json).toMatchObject({
    lines: [
      { sku: 'CUP', status: 'open', nextStep: 'Confirm PHY-SHRINK for the new figures, or give another reason.', followUp: { changedSinceTag: { then: { adjustment: '-3' }, now: { adjustment: '-2' } } } },
      { sku: 'MUG', followUp: { checks: { waiting: true }, late: { explains: '-1' } } },
    ],
  });
  const { stdout } = await run('explain', '--sku', 'MUG', '--location', 'Dock');
  expect(stdout).toMatch(/changed +The reason was given for count -3/);
  expect(stdout).toContain('bin A-1 was counted by different people and added up: Kim 27, Lee 20');
});

test('lines are asked of by column, looked through for a text and put into groups, as in the window', async () => {
  const skus = async (...words: string[]) => {
    const { lines } = (await json('lines', ...words)).json as unknown as { lines: { sku: string }[] };
    return lines.map(({ sku }) => sku);
  };
  expect(await skus('--where', 'count<0', '--where', 'sku!=MUG')).toEqual(['CUP']);
  expect(await skus('--where', 'counted:unknown')).not.toContain('MUG');
  expect(await skus('--where', 'reason:empty', '--find', 'cup')).toEqual([]);
  expect(await skus('--find', 'phy-shrink')).toEqual(['CUP', 'MUG']);
  const groups = await json('lines', '--group', 'reason', '--where', 'count<>0');
  expect(groups.json).toMatchObject({ groupedBy: 'reason', groups: [{ key: 'PHY-SHRINK', lines: 2, sums: { countVariance: { unknown: 0 }, channelVariance: { sum: null } } }] });
  expect((await run('lines', '--group', 'location')).stdout).toMatch(/^location +lines +ERP/);
  expect(await run('lines', '--where', 'count:ten')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('“ten” is no figure.') });
  expect(await run('lines', '--where', 'colour:red')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Columns: sku, item') });
  expect(await run('lines', '--where', 'count>1', '--where', 'count<5')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('twice') });
});

test('each open answer of the checklist has the command that shows what still fails', async () => {
  const { stdout, exitCode } = await run('checklist');
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`tieout lines "${tieout.workbook}" --period 2026-10 --only changed`);
  expect(stdout).toContain(`tieout cases "${tieout.workbook}" --period 2026-10`);
});

test('reasons are confirmed and checks recorded; what is not said is a matter of usage', async () => {
  expect(await run('cases', 'check', '--all')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--note TEXT') });
  expect(await run('cases', 'confirm')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--sku SKU') });
  expect(await json('cases', 'confirm', '--sku', 'MUG', '--location', 'Dock')).toMatchObject({ exitCode: 0, json: { tags: [{ reason: 'PHY-SHRINK' }] } });
  expect(await run('cases', 'confirm', '--all')).toMatchObject({ exitCode: 0, stdout: 'Confirmed 1 reason for the figures that stand now.\n' });
  expect(await json('cases', 'confirm', '--all')).toMatchObject({ exitCode: 3, json: { failure: 'nothing_changed' } });
  expect(await json('cases', 'check', '--all', '--note', 'Nothing open.')).toMatchObject({ exitCode: 0, json: { checked: 1 } });
  expect((await run('cases')).exitCode).toBe(0);
});

test('what tolerance let pass is added up', async () => {
  const { stdout, exitCode } = await run('waived');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('tolerance let pass 1 difference, 12.00 USD without sign; plus 0 units 0.00, minus 2 units 12.00, net -2 units -12.00.');
  expect(stdout).toContain('The rules set no limit.');
  expect(await run('waived', 'accept')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--as EMAIL') });
});
