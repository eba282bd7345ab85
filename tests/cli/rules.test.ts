/**
 * Rules on the command line: printed, changed from a file that was printed before, previewed without a byte written, told
 * with their history and evidence; risk windows and tiers.
 */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { RulesInForce } from '@shared/domain/rule-effects';
import { hashOfContent, MONTH_FILES, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];

async function withReconciledMonth() {
  const tieout = await withEmptyWorkbook();
  await tieout.run('import', tieout.workbook, ...MONTH_FILES, ...PERIOD);
  await tieout.run('reconcile', tieout.workbook, ...PERIOD);
  const rules = async () => (await tieout.json('rules', tieout.workbook, ...PERIOD)).json as unknown as RulesInForce;
  const file = (name: string, content: unknown) => {
    fs.writeFileSync(tieout.at(name), typeof content === 'string' ? content : JSON.stringify(content));
    return tieout.at(name);
  };
  return { ...tieout, rules, file };
}

test('rules are printed, changed from what was printed, previewed without a byte written, and saved with a reason', async () => {
  const tieout = await withReconciledMonth();
  const printed = await tieout.run('rules', tieout.workbook, ...PERIOD);
  expect(printed.stdout).toContain('Rules of 2026-10: version 1, in force from the beginning.');
  expect(printed.stdout).toContain('Tolerance tier C: 3 units, 5 %, 50.00 USD');
  const inForce = await tieout.rules();
  // What --json prints is a file to begin with, and so is a part of the rules alone.
  const whole = tieout.file('whole.json', inForce);
  const unchanged = await tieout.json('rules', tieout.workbook, ...PERIOD, '--preview', whole);
  expect(unchanged).toMatchObject({ exitCode: 0, json: { changed: 0, differences: [], basis: 'decided' } });
  const routed = tieout.file('routes.json', { routes: [{ name: 'All to finance', when: {}, owner: 'finance', dueDays: 1 }] });
  const before = hashOfContent(tieout.workbook);
  const preview = await tieout.run('rules', tieout.workbook, ...PERIOD, '--preview', routed);
  expect(preview.exitCode).toBe(1);
  expect(preview.stdout).toContain('Route All to finance, new: every exception: to finance within 1 day');
  expect(preview.stdout).toMatch(/finance, All to finance/);
  expect(hashOfContent(tieout.workbook)).toBe(before);
  expect(await tieout.run('rules', tieout.workbook, ...PERIOD, '--set', routed)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--why TEXT') as string });
  const saved = await tieout.run('rules', tieout.workbook, ...PERIOD, '--set', routed, '--why', 'Finance asked for it');
  expect(saved).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Version 2 of the rules is in force from 2026-10 on.') as string });
  await tieout.run('reconcile', tieout.workbook, ...PERIOD);
  const { json } = await tieout.json('lines', tieout.workbook, ...PERIOD, '--only', 'exceptions');
  const lines = json['lines'] as { owner: string; routedBy: string | null; variances: { quantity: string }[] }[];
  const routedLines = lines.filter(({ variances }) => variances.some(({ quantity }) => quantity !== '0'));
  expect(routedLines.length).toBeGreaterThan(0);
  for (const line of routedLines) expect(line).toMatchObject({ owner: 'finance', routedBy: 'All to finance' });
  const history = await tieout.run('rules', tieout.workbook, ...PERIOD, '--history');
  expect(history.stdout).toMatch(/^Version 2, from 2026-10, in force for 2026-10\n.*: Finance asked for it\n {2}Route All to finance, new/);
  const evidence = await tieout.json('rules', tieout.workbook, ...PERIOD, '--evidence');
  expect(evidence.json['rules']).toContainEqual(expect.objectContaining({ rule: 'All to finance', clears: false }));
  expect(await tieout.json('rules', tieout.workbook, ...PERIOD, '--set', routed, '--why', 'again')).toMatchObject({ exitCode: 3, json: { failure: 'nothing_changed' } });
});

test('a change of the source of truth is rehearsed whole', async () => {
  const tieout = await withReconciledMonth();
  const { rules } = await tieout.rules();
  const truth = tieout.file('truth.json', { truth: rules.truth.map((rule) => ({ ...rule, system: 'storefront' })) });
  const before = hashOfContent(tieout.workbook);
  expect(await tieout.json('rules', tieout.workbook, ...PERIOD, '--preview', truth)).toMatchObject({ json: { basis: 'reconciled', movesVariances: true } });
  expect(hashOfContent(tieout.workbook)).toBe(before);
});

test('a file that is no set of rules is refused with its place', async () => {
  const tieout = await withReconciledMonth();
  const refused = async (content: unknown) => (await tieout.json('rules', tieout.workbook, ...PERIOD, '--preview', tieout.file('bad.json', content))).json;
  expect(await refused('{')).toMatchObject({ failure: 'file_missing', message: expect.stringContaining('cannot be read as JSON') as string });
  expect(await refused({ due: { days: -1, urgentDays: 2 } })).toMatchObject({ failure: 'invalid_input', message: expect.stringContaining('due.days') as string });
  expect(await refused({ tolerence: [] })).toMatchObject({ failure: 'invalid_input', message: expect.stringContaining('tolerence') as string });
  expect(await refused(null)).toMatchObject({ failure: 'invalid_input' });
  expect(await refused({ routes: [{ name: 'x', when: { locations: ['Nowhere'] }, owner: 'finance', dueDays: null }] })).toMatchObject({ failure: 'rules_wrong' });
  expect(await tieout.run('rules', tieout.workbook, ...PERIOD, '--history', '--evidence')).toMatchObject({ exitCode: 2 });
});

test('risk windows are added, listed, changed and ended, and a tier is set', async () => {
  const tieout = await withReconciledMonth();
  const { json } = await tieout.json('lines', tieout.workbook, ...PERIOD);
  const { sku, tier } = (json['lines'] as { sku: string; tier: string }[])[0]!;
  const to = tier === 'A' ? 'B' : 'A';
  const window = (...words: string[]) => tieout.json('risk-window', tieout.workbook, ...words);
  const added = await window('add', '--kind', 'stock-out', '--sku', sku, '--from', '2026-10-05T00:00:00Z', '--until', '2026-10-09T00:00:00Z', '--why', 'Nothing came');
  expect(added).toMatchObject({ exitCode: 0, json: { kind: 'stock_out', sku, location: null, periods: ['2026-10'] } });
  const id = String(added.json['riskWindowId']);
  expect((await window('change', '--id', id, '--sku', '', '--note', 'All of it', '--why', 'It was more')).json).toMatchObject({ sku: null, note: 'All of it', fromInstant: Date.parse('2026-10-05T00:00:00Z') });
  expect((await window('list')).json).toMatchObject({ riskWindows: [{ note: 'All of it' }] });
  expect((await tieout.run('risk-window', tieout.workbook)).stdout).toContain('stock-out');
  expect((await window('end', '--id', id, '--until', '2026-10-06T00:00:00Z', '--why', 'It came')).json).toEqual({ ended: true, removed: false });
  expect(await window('end', '--id', '99', '--until', '2026-10-06T00:00:00Z', '--why', 'x')).toMatchObject({ exitCode: 3, json: { failure: 'window_missing' } });
  expect(await tieout.run('risk-window', tieout.workbook, 'add', '--kind', 'sale')).toMatchObject({ exitCode: 2 });
  expect(await tieout.run('risk-window', tieout.workbook, 'add', '--kind', 'promotion')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--from INSTANT') as string });
  expect((await tieout.json('tier', tieout.workbook, '--sku', sku, '--to', to, '--why', 'Watched')).json).toEqual({ sku, before: tier, tier: to });
  expect(await tieout.json('tier', tieout.workbook, '--sku', 'NONE', '--to', to, '--why', 'Watched')).toMatchObject({ exitCode: 3, json: { failure: 'item_unknown' } });
});
