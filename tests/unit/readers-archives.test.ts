/**
 * Tables in gzip and ZIP archives, and archives that are no tables.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import { readTable, refusalOf } from '../support/tables';

const CSV = 'sku,name,qty\nA-1,Café,3\nB-2,"Rug, wool",4\n';
const CELLS = [['sku', 'name', 'qty'], ['A-1', 'Café', '3'], ['B-2', 'Rug, wool', '4']];
const MEGABYTE = 1024 ** 2;

async function workbook(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Stock').addRows(CELLS);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test.each([
  ['a CSV in gzip', gzipSync(CSV), 'stock.csv.gz', 'utf-8'],
  ['a CSV in UTF-16 in gzip', gzipSync(Buffer.from(`\ufeff${CSV}`, 'utf16le')), 'stock.csv.gz', 'utf-16le'],
  ['a CSV in a ZIP', zipSync({ 'stock.csv': strToU8(CSV) }), 'stock.zip', 'utf-8'],
  ['a CSV in a ZIP, not deflated', zipSync({ 'stock.csv': [strToU8(CSV), { level: 0 }] }), 'stock.zip', 'utf-8'],
  ['a CSV in a folder of a ZIP', zipSync({ reports: { 'stock.csv': strToU8(CSV) } }), 'stock.zip', 'utf-8'],
  ['a CSV beside what the packer added', zipSync({ 'stock.csv': strToU8(CSV), '__MACOSX/._stock.csv': strToU8('x'), '.DS_Store': strToU8('y') }), 'stock.zip', 'utf-8'],
])('%s is read, and its fingerprint is the archive’s', async (_name, bytes, fileName, encoding) => {
  const { table, cells } = await readTable(bytes, fileName);
  expect(cells).toEqual(CELLS);
  expect(table).toMatchObject({ format: 'csv', encoding, delimiter: ',', sha256: sha256(bytes) });
  expect(table.source.fileName).toBe(fileName);
  expect(table.source.byteLength).toBe(bytes.length);
});

test.each(['zip', 'gzip'])('a spreadsheet in a %s archive is read by its sheets', async (kind) => {
  const book = await workbook();
  const bytes = kind === 'zip' ? zipSync({ 'stock.xlsx': book }) : gzipSync(book);
  const { table, cells } = await readTable(bytes, 'stock.zip');
  expect(cells).toEqual(CELLS);
  expect(table).toMatchObject({ format: 'xlsx', sheets: ['Stock'], sha256: sha256(bytes) });
});

test('gzip files that were joined are read one after the other', async () => {
  expect((await readTable(Buffer.concat([gzipSync('sku,qty\nA,1\n'), gzipSync('B,2\n')]))).cells).toEqual([['sku', 'qty'], ['A', '1'], ['B', '2']]);
});

const inZip = (files: Zippable) => zipSync(files);

test.each([
  ['several files, with their names', inZip({ 'a.csv': strToU8('x'), 'b.csv': strToU8('y') }), '2 files: "a.csv", "b.csv"'],
  ['many files, with the first names', inZip(Object.fromEntries(Array.from({ length: 40 }, (_none, index) => [`part-${index}.csv`, strToU8('x')]))), 'and 30 more'],
  ['names that would break a sentence', inZip({ 'a\n"b.csv': strToU8('x'), ['c'.repeat(500)]: strToU8('y') }), '"a\\n\\"b.csv", "ccc'],
  ['no file at all', inZip({ folder: {} }), 'without a file'],
  ['an empty file', inZip({ 'a.csv': new Uint8Array() }), 'empty file'],
  ['a link', inZip({ 'a.csv': [strToU8('/etc/hostname'), { os: 3, attrs: 0o120777 << 16 }] }), 'is a link'],
  ['a ZIP in a ZIP', inZip({ 'a.zip': inZip({ 'a.csv': strToU8(CSV) }) }), 'another archive'],
  ['a gzip in a ZIP', inZip({ 'a.csv.gz': gzipSync(CSV) }), 'another archive'],
  ['a ZIP in a gzip', gzipSync(inZip({ 'a.csv': strToU8(CSV) })), 'another archive'],
  ['a gzip in a gzip', gzipSync(gzipSync(CSV)), 'another archive'],
  ['a PDF in a ZIP', inZip({ 'a.pdf': strToU8('%PDF-1.7 ...') }), 'PDF'],
  ['a gzip that is cut off', gzipSync(Buffer.from(CSV.repeat(5000))).subarray(0, 200), 'cut off'],
  ['a gzip with a wrong checksum', gzipSync(CSV).map((byte, index, all) => (index === all.length - 6 ? byte ^ 0xff : byte)), 'no readable gzip'],
  ['a ZIP that is cut off', inZip({ 'a.csv': strToU8(CSV) }).subarray(0, 60), 'directory is missing'],
])('an archive with %s is refused', async (_name, bytes, words) => {
  const refusal = await refusalOf(readTable(bytes, 'given.zip'));
  expect(['file_unreadable', 'file_empty']).toContain(refusal.failure);
  expect(refusal.message).toContain('given.zip');
  expect(refusal.message).toContain(words);
});

test.each(['../../escape.csv', '/tmp-absolute.csv', 'C:\\Windows\\escape.csv', '..\\escape.csv', 'con', '\u0000.csv'])(
  'a file that an archive calls %j is read and written nowhere',
  async (name) => {
    expect((await readTable(zipSync({ [name]: strToU8(CSV) }), 'stock.zip')).cells).toEqual(CELLS);
    expect(existsSync(path.resolve('../../escape.csv')) || existsSync('/tmp-absolute.csv') || existsSync('escape.csv')).toBe(false);
  },
);

/** Memory beyond the heap counts too: inflated bytes are held outside of it. */
const heldMegabytes = () => (process.memoryUsage().heapUsed + process.memoryUsage().external) / MEGABYTE;

test.each([
  ['gzip', (bytes: Buffer) => gzipSync(bytes)],
  ['ZIP', (bytes: Buffer) => zipSync({ 'a.csv': bytes })],
])('a %s bomb is refused by how much it grows, without filling the memory', async (_name, pack) => {
  const bomb = pack(Buffer.alloc(200 * MEGABYTE, 'a,b\n'));
  const before = heldMegabytes();
  const refusal = await refusalOf(readTable(bomb, 'bomb.zip'));
  expect(refusal.failure).toBe('file_too_large');
  expect(refusal.message).toContain('250 times');
  expect(heldMegabytes() - before).toBeLessThan(150);
});

test('a small file that says the same over and over is no bomb', async () => {
  const { cells } = await readTable(gzipSync('a,b\n'.repeat(100_000)), 'same.csv.gz');
  expect(cells).toHaveLength(100_000);
});

test('one file that is packed under two names counts twice and is refused', async () => {
  const one = zipSync({ 'a.csv': strToU8(CSV), 'b.csv': strToU8(CSV) });
  const text = Buffer.from(one);
  // The second name of the directory made equal to the first.
  text.write('a.csv', text.lastIndexOf('b.csv'));
  expect((await refusalOf(readTable(text, 'twice.zip'))).message).toContain('two parts of one name');
});
