/**
 * A workbook whose quarantine holds two thousand rows: made by the command line, for tests of the window.
 */
import fs from 'node:fs';
import path from 'node:path';
import { runTieout } from './command-beside-window';
import { emptyWorkbook, type PreparedWorkbook } from './workbook-files';

const WHEN = '2026-10-31T22:30:00-07:00';

const SNAPSHOT = [
  'system,sku,location,as_of,on_hand',
  ...['RUG-200', 'LAMP-OAK-L', 'VASE-WHT'].map((sku) => `erp,${sku},Pier 9,${WHEN},10`),
];

/** Rows by what they wait for; the first two names are those that something is suggested for. */
const COUNTS = [
  'sheet,line,sku,location,counted,counted_at',
  ...Array.from({ length: 2_000 }, (_, index) => `A,${index + 1},VASE-WHT,Pier 9,1,last night`),
  ...['LAMP OAK L', 'RUG-20O', 'NOBODY'].flatMap((sku, sheet) => [1, 2, 3].map((line) => `B${sheet},${line},${sku},Pier 9,${line},${WHEN}`)),
  ...[1, 2].map((line) => `C,${line},VASE-WHT,Pier 9,-1,${WHEN}`),
];

const IN_UNITS = {
  id: 'shelves', version: 1, name: 'Shelves', source: 'shelves', kind: 'count', system: null, effect: 'sets', recognise: { requiredFields: [] },
  columns: ['sku', 'location', 'counted', 'counted_at', 'uom'].map((field) => ({ field, headers: [field] })),
};

/** October, open, with 2,012 rows that wait in six groups. */
export async function quarantineWorkbook(): Promise<PreparedWorkbook> {
  const workbook = await emptyWorkbook();
  const folder = path.dirname(workbook.workbookPath);
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  };
  const run = async (...words: string[]) => {
    const { exitCode, stderr } = await runTieout(workbook.userDataFolder, ['import', workbook.workbookPath, ...words, '--period', '2026-10']);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(stderr);
  };
  await run(write('erp.csv', `${SNAPSHOT.join('\n')}\n`));
  await run(write('count.csv', `${COUNTS.join('\n')}\n`));
  const units = write('shelves.csv', `sku,location,counted,counted_at,uom\nRUG-200,Pier 9,2,${WHEN},roll\n`);
  await run(units, '--mapping', write('shelves.json', JSON.stringify(IN_UNITS)));
  return workbook;
}
