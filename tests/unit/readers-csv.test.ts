import { expect, test } from 'vitest';
import { guessDelimiter } from '../../electron/files/readers/delimiter';
import { COLUMNS_MAX } from '../../electron/files/readers/limits';
import { openTable, sourceFromBytes, sourceFromPath, UnreadableFile, type SourceRow } from '../../electron/files/readers/table';

const ZONE = { timeZone: 'UTC' };

async function read(bytes: Uint8Array | string, fileName = 'file.csv') {
  const table = await openTable(sourceFromBytes(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, fileName), ZONE);
  const rows: SourceRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { ...table, all: rows, cells: rows.map((row) => row.cells) };
}

async function refusal(work: Promise<unknown>): Promise<UnreadableFile> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each([
  ['commas', ',', 'sku,location,quantity\nA,"North, east",1\nB,South,2\n'],
  ['semicolons, with decimal commas', ';', 'sku;location;quantity\nA;North;1,5\nB;South;2,5\n'],
  ['tabs', '\t', 'sku\tlocation\tquantity\nA\tNorth, east\t1\nB\tSouth\t2\n'],
  ['bars', '|', 'sku|location|quantity\nA|North|1\nB|South|2\n'],
])('a file delimited by %s is read by its own delimiter', async (_name, delimiter, text) => {
  const { delimiter: found, cells } = await read(text);
  expect(found).toBe(delimiter);
  expect(cells.map((row) => row.length)).toEqual([3, 3, 3]);
});

test('title lines above the header do not decide the delimiter', () => {
  expect(guessDelimiter('Positions; by location\nAs of October 31\n\nsku,location,quantity\nA,North,1\nB,South,2\n')).toBe(',');
});

test('UTF-8 with a byte order mark, UTF-16 of both orders and Windows-1252 give the same text', async () => {
  const text = 'sku,name\nA,Caf\u00e9 \u20ac\n';
  const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const windows = Buffer.concat([Buffer.from('sku,name\nA,Caf'), Buffer.from([0xe9, 0x20, 0x80, 0x0a])]);
  const files: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-8', Buffer.from(text)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', utf16be],
    ['windows-1252', windows],
  ];
  for (const [encoding, bytes] of files) {
    const table = await read(bytes);
    expect(table.encoding).toBe(encoding);
    expect(table.cells).toEqual([['sku', 'name'], ['A', 'Caf\u00e9 \u20ac']]);
  }
});

test('a character split between two pieces of a large file stays whole', async () => {
  const text = `sku,name\n${Array.from({ length: 60_000 }, (_unused, index) => `S${index},\u00e9\u20ac\u{1f4e6}`).join('\n')}\n`;
  const utf8 = await read(text);
  expect(utf8.encoding).toBe('utf-8');
  const wide = await read(Buffer.from(`\ufeff${text}`, 'utf16le'));
  for (const { cells } of [utf8, wide]) {
    expect(cells).toHaveLength(60_001);
    expect(new Set(cells.slice(1).map((row) => row[1]))).toEqual(new Set(['\u00e9\u20ac\u{1f4e6}']));
  }
});

test('rows are numbered as they stand, empty lines and line breaks inside quotes included, and keep their text', async () => {
  const { all } = await read('a,b\r\n1,"two\nlines"\r\n\r\n3,"say ""no"""\n4,\r5,x');
  expect(all.map(({ rowNumber, cells, raw }) => ({ rowNumber, cells, raw }))).toEqual([
    { rowNumber: 1, cells: ['a', 'b'], raw: 'a,b' },
    { rowNumber: 2, cells: ['1', 'two\nlines'], raw: '1,"two\nlines"' },
    { rowNumber: 3, cells: [''], raw: '' },
    { rowNumber: 4, cells: ['3', 'say "no"'], raw: '3,"say ""no"""' },
    { rowNumber: 5, cells: ['4', ''], raw: '4,' },
    { rowNumber: 6, cells: ['5', 'x'], raw: '5,x' },
  ]);
});

test('a quote inside a cell that is not quoted is a text like any other', async () => {
  expect((await read('sku,name\nA,Shelf 12" deep\nB,plain\n')).cells[1]).toEqual(['A', 'Shelf 12" deep']);
});

test('short and long rows come out as they are', async () => {
  expect((await read('a,b,c\n1\n1,2,3,4\n')).cells).toEqual([['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]);
});

test('a quote that is never closed refuses the file with the row where it opened', async () => {
  const found = await refusal(read('sku,name\nA,fine\nB,"open\nC,swallowed\n'));
  expect(found.failure).toBe('quote_not_closed');
  expect(found.message).toContain('row 3');
});

test.each([
  ['file_empty', new Uint8Array()],
  ['file_unreadable', Buffer.from('sku,name\nA,b\u0000c\n')],
  ['file_unreadable', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['file_unreadable', Buffer.from(Array.from({ length: 500 }, (_unused, index) => (index * 7) % 31 || 1))],
  ['too_many_columns', Buffer.from(`${'x,'.repeat(COLUMNS_MAX)}x\n`)],
  ['cell_too_large', Buffer.from(`sku,note\nA,${'x'.repeat(1024 ** 2 + 1)}\n`)],
])('refuses with %s', async (failure, bytes) => {
  expect((await refusal(read(bytes))).failure).toBe(failure);
});

test('one line without end is refused before it fills the memory', async () => {
  const found = await refusal(read(Buffer.alloc(20 * 1024 ** 2, 'x')));
  expect(found.failure).toBe('cell_too_large');
});

test('a file that is not there is named with its path', async () => {
  const found = await refusal(sourceFromPath('/nowhere/stock.csv'));
  expect(found.failure).toBe('file_missing');
  expect(found.message).toContain('/nowhere/stock.csv');
});
