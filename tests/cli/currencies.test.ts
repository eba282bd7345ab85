/** Locations of another currency on the command line: closed in periods of their own, counted in no total of the others. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { MONTH_FILES, withEmptyWorkbook } from '../support/command-line';

const AS_OF = '2026-10-31T23:00:00-07:00';
const OCTOBER = ['--period', '2026-10'];
const EUROS = ['--period', '2026-10-EUR'];

async function withTwoCurrencies() {
  const tieout = await withEmptyWorkbook();
  await tieout.run('import', tieout.workbook, ...MONTH_FILES, ...OCTOBER);
  await tieout.run('reconcile', tieout.workbook, ...OCTOBER);
  const stock = tieout.at('rotterdam.csv');
  const rows = ['system,sku,location,as_of,on_hand,available,committed,unit_cost,currency', `erp,MUG-BLU-11,Rotterdam,${AS_OF},500,500,0,1.01,EUR`, `storefront,MUG-BLU-11,Rotterdam,${AS_OF},,490,,,`];
  fs.writeFileSync(stock, `${rows.join('\n')}\n`);
  return { ...tieout, stock };
}

test('a location is added in euros, and its lines are those of October in euros only', async () => {
  const tieout = await withTwoCurrencies();
  const dollars = await tieout.json('overview', tieout.workbook, ...OCTOBER);
  expect(await tieout.json('import', tieout.workbook, tieout.stock, ...EUROS)).toMatchObject({ exitCode: 1 });
  expect((await tieout.run('quarantine', tieout.workbook, ...EUROS)).stdout).toContain('unknown_location: Rotterdam');
  expect(await tieout.run('quarantine', tieout.workbook, ...EUROS, '--add-location', 'plain:Rotterdam')).toMatchObject({ exitCode: 0 });
  await tieout.run('reconcile', tieout.workbook, ...EUROS);
  const { json } = await tieout.json('lines', tieout.workbook, ...EUROS);
  expect(json).toMatchObject({ lines: [{ sku: 'MUG-BLU-11', location: 'Rotterdam' }] });
  expect(await tieout.json('overview', tieout.workbook, ...EUROS)).toMatchObject({ json: { currency: 'EUR', variance: { valueMinor: 1_010 } } });
  expect((await tieout.json('overview', tieout.workbook, ...OCTOBER)).json).toEqual(dollars.json);
  expect((await tieout.json('locations', tieout.workbook, ...OCTOBER)).json).toMatchObject({ locations: [{ location: 'Portland', currency: 'USD' }, { location: 'Reno', currency: 'USD' }, { location: 'Rotterdam', currency: 'EUR' }] });
  expect(await tieout.run('verify', tieout.workbook)).toMatchObject({ exitCode: 0 });
  for (const period of [OCTOBER, EUROS]) expect(await tieout.json('replay', tieout.workbook, ...period)).toMatchObject({ json: { same: true, differences: [] } });
});

test('a currency is refused to a location with values, with the figures, and to a period that has it already', async () => {
  const tieout = await withTwoCurrencies();
  const change = ['locations', tieout.workbook, ...OCTOBER, '--location', 'Portland', '--currency', 'EUR', '--why', 'It is in Europe'];
  expect(await tieout.json(...change)).toMatchObject({
    exitCode: 3, json: { failure: 'location_valued', message: expect.stringMatching(/^Portland is kept in USD: \d+ items of it are in the workbook, with lines in 2026-10\. Its currency cannot become EUR\./) as string },
  });
  expect(await tieout.json('import', tieout.workbook, tieout.stock, '--period', '2026-10-USD')).toMatchObject({
    exitCode: 3, json: { failure: 'period_currency', message: expect.stringContaining('the workbook is kept in USD, and its own period is 2026-10') as string },
  });
  expect(await tieout.json('import', tieout.workbook, tieout.stock, '--period', '2026-10-ABC')).toMatchObject({ exitCode: 3, json: { failure: 'period_currency' } });
});

test('October in euros is closed on its own: journal, export, seal, pack and reopening, while the dollars stay open', async () => {
  const tieout = await withTwoCurrencies();
  const [ana, ben] = ['ana@harborpine.example', 'ben@harborpine.example'];
  const signing = tieout.with({ TIEOUT_PASS_PHRASE: 'slate gulls over the pier' });
  const done = async (...words: string[]) => {
    const { exitCode, stderr, json } = await signing.json(...words);
    expect({ words: words.slice(0, 3), exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: '' });
    return json;
  };
  await tieout.run('import', tieout.workbook, tieout.stock, ...EUROS);
  await done('quarantine', tieout.workbook, ...EUROS, '--add-location', 'plain:Rotterdam');
  const phrase = tieout.at('phrase.txt');
  fs.writeFileSync(phrase, 'slate gulls over the pier\n');
  const [count, tags] = [tieout.at('count.csv'), tieout.at('tags.csv')];
  fs.writeFileSync(count, `sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by,note\nR-1,1,MUG-BLU-11,Rotterdam,A,1,470,${AS_OF},team,\n`);
  fs.writeFileSync(tags, 'sku,location,reason,owner,note\nMUG-BLU-11,Rotterdam,PHY-SHRINK,warehouse,Counted twice\n');
  await done('import', tieout.workbook, count, ...EUROS);
  await tieout.run('reconcile', tieout.workbook, ...EUROS);
  await done('tag', tieout.workbook, ...EUROS, '--from', tags);
  await done('cases', tieout.workbook, 'check', ...EUROS, '--all', '--note', 'No order is open there');
  for (const [name, email, role] of [['Ana Reyes', ana, 'accountant'], ['Ben Okafor', ben, 'controller']] as const) await done('identity', '--name', name, '--email', email, '--role', role);

  const prepared = await done('journal', tieout.workbook, 'prepare', ...EUROS, '--as', ana, '--approver', ben);
  expect(prepared).toMatchObject({ number: 'ADJ-2026-10-EUR-1', currency: 'EUR', debitTotalMinor: 3_030, creditTotalMinor: 3_030 });
  await done('journal', tieout.workbook, 'approve', ...EUROS, '--as', ben, '--comment', 'Thirty mugs, seen');
  const journal = tieout.at('euros.xlsx');
  await done('journal', tieout.workbook, 'export', ...EUROS, '--out', journal);
  expect(await done('lock', tieout.workbook, ...EUROS, '--as', ben, '--override', 'Rotterdam has no ledger of its own yet')).toMatchObject({ periodCode: '2026-10-EUR' });
  expect(await signing.json('verify', journal, '--workbook', tieout.workbook)).toMatchObject({ exitCode: 0, json: { holds: true } });
  await done('pack', tieout.workbook, ...EUROS, '--as', ben, '--out', tieout.at('euros.zip'));
  expect(await signing.json('verify', tieout.at('euros.zip'))).toMatchObject({ exitCode: 0, json: { holds: true } });
  await done('replay', tieout.workbook, ...EUROS);

  const listed = await signing.json('lines', tieout.workbook, ...OCTOBER);
  expect(listed.exitCode).toBe(0);
  expect(await signing.json('import', tieout.workbook, tieout.stock, ...EUROS)).toMatchObject({ exitCode: 3, json: { failure: 'period_locked' } });
  expect((await tieout.run('reconcile', tieout.workbook, ...OCTOBER)).stderr).toBe('');
  await done('reopen', tieout.workbook, ...EUROS, '--as', ana, '--controller', ben, '--controller-pass-phrase-file', phrase, '--why', 'A pallet came late');
  expect(await signing.json('verify', tieout.workbook)).toMatchObject({ exitCode: 0, json: { holds: true } });
});
