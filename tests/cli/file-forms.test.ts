import fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { monthFile, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];
const SNAPSHOT = 'system,sku,location,as_of,on_hand\n';
const ROW_END = ',Portland,2026-10-31T22:00:00-07:00,3\n';

test('a snapshot packed as .csv.gz or .zip, or written as UTF-16, is rehearsed like the file itself', async () => {
  const tieout = await withEmptyWorkbook();
  const plain = fs.readFileSync(monthFile('snapshot.csv'));
  fs.writeFileSync(tieout.at('snapshot.csv.gz'), gzipSync(plain));
  fs.writeFileSync(tieout.at('snapshot.zip'), zipSync({ 'exports/snapshot.csv': new Uint8Array(plain) }));
  fs.writeFileSync(tieout.at('wide.csv'), Buffer.from(plain.toString('utf8'), 'utf16le'));
  const files = [monthFile('snapshot.csv'), ...['snapshot.csv.gz', 'snapshot.zip', 'wide.csv'].map((name) => tieout.at(name))];
  const runs = await Promise.all(files.map((file) => tieout.json('import', tieout.workbook, file, ...PERIOD, '--rehearse')));
  const [first, ...others] = runs.map(({ json }) => (json['imports'] as readonly Record<string, unknown>[])[0]!);
  expect(first!['rowsAccepted']).toBeGreaterThan(0);
  for (const other of others) expect([other['rowsAccepted'], other['controlTotals']]).toEqual([first!['rowsAccepted'], first!['controlTotals']]);
});

test('the encoding that is named is used, and one that is none is refused before any file is opened', async () => {
  const tieout = await withEmptyWorkbook();
  const file = tieout.at('kana.csv');
  fs.writeFileSync(file, Buffer.concat([Buffer.from(`${SNAPSHOT}erp,`), Buffer.from([0xb1, 0xb2]), Buffer.from(ROW_END)]));
  const named = await tieout.json('import', tieout.workbook, file, ...PERIOD, '--rehearse', '--encoding', 'Shift_JIS');
  expect((named.json['imports'] as readonly Record<string, unknown>[])[0]).toMatchObject({ encoding: 'shift_jis', newItems: ['ｱｲ'] });
  expect(await tieout.run('import', tieout.workbook, tieout.at('missing.csv'), ...PERIOD, '--encoding', 'latin9')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--encoding latin9 is none of utf-8, utf-16le'),
  });
});
