/**
 * Delimiters and layouts as they come, found out from the file alone.
 */
import { expect, test } from 'vitest';
import { guessDelimiter } from '../../electron/files/readers/delimiter';
import { readTable } from '../support/tables';

test.each([',', ';', '\t', '|', '^', '~', ':'])('a file delimited by %j is read by it, quoted cells respected', async (delimiter) => {
  const text = [['sku', 'name', 'qty'], ['A-1', `"a ${delimiter} b"`, '3'], ['B-2', '"x, y; z"', '4']].map((cells) => cells.join(delimiter)).join('\n');
  const { table, cells } = await readTable(text);
  expect(table.delimiter).toBe(delimiter);
  expect(cells).toEqual([['sku', 'name', 'qty'], ['A-1', `a ${delimiter} b`, '3'], ['B-2', 'x, y; z', '4']]);
});

test('colons in times and carets in texts delimit nothing where commas do', () => {
  expect(guessDelimiter('sku,at\nA,2026-10-31T22:00:00-07:00\nB,2026-10-31T22:00:00-07:00\n')).toBe(',');
  expect(guessDelimiter('at\n2026-10-31T22:00:00-07:00\n2026-10-31T22:00:00-07:00\n')).toBe(',');
});

test('decimal commas do not make columns in a file of semicolons', () => {
  expect(guessDelimiter('sku;qty;cost\nA;1,5;2,25\nB;2,5;3,75\n')).toBe(';');
});

test('a delimiter at the end of each line makes an unnamed last column', async () => {
  expect((await readTable('PartNumber,Qty,\nA-1,3,\n')).cells).toEqual([['PartNumber', 'Qty', ''], ['A-1', '3', '']]);
});

test('a list that SAP saved as text comes out with its columns, and its rulers as rows without cells', async () => {
  const text = [
    'Warehouse stock list', '', '-----------------------------', '|Material|Plnt|SLoc| Unrestr.|', '|--------+----+----+---------|',
    '|000417-A|1000|0001|      12 |', '|000418-B|1000|0001|       2-|', '-----------------------------',
  ].join('\r\n');
  const { table, cells } = await readTable(text);
  expect(table.delimiter).toBe('|');
  expect(cells.filter((row) => row.length > 1)).toEqual([
    ['', 'Material', 'Plnt', 'SLoc', ' Unrestr.', ''], ['', '000417-A', '1000', '0001', '      12 ', ''], ['', '000418-B', '1000', '0001', '       2-', ''],
  ]);
  expect(cells.filter((row) => row.length === 0)).toHaveLength(3);
  expect(cells).toHaveLength(8);
});

test.each([
  ['semicolons, one more behind the quotes', ';', '"sku;name;qty";\n"A;""Lamp; oak"";3";\n"B;Rug;4";\n'],
  ['commas, as a spreadsheet saves them', ',', '"sku,name,qty"\n"A,""Lamp, oak"",3"\n"B,Rug,4"\n'],
  ['tabs', '\t', '"sku\tname\tqty"\n"A\t""Lamp, oak""\t3"\n"B\tRug\t4"\n'],
])('lines in one pair of quotes are read once more: %s', async (_name, delimiter, text) => {
  const { table, cells, rows } = await readTable(text);
  expect(table.delimiter).toBe(`"${delimiter}`);
  expect(cells.map((row) => row.length)).toEqual([3, 3, 3]);
  expect(cells[1]![1]).toMatch(/^Lamp[,;] oak$/);
  expect(rows.map((row) => row.raw).join('\n')).toBe(text.trimEnd());
});

test('quoted texts with commas in a file of one column stay whole', async () => {
  expect((await readTable('name\n"Smith, John"\n"Okafor, Ben"\n')).cells).toEqual([['name'], ['Smith, John'], ['Okafor, Ben']]);
});

test('an empty line and a tab before the first header cell do not mislead', async () => {
  const { table, cells } = await readTable('\n\tID,Type,SKU,Stock\n1,simple,A-1,4\n2,simple,B-1,5\n');
  expect(table.delimiter).toBe(',');
  expect(cells).toEqual([[''], ['\tID', 'Type', 'SKU', 'Stock'], ['1', 'simple', 'A-1', '4'], ['2', 'simple', 'B-1', '5']]);
});
