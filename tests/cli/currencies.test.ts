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
