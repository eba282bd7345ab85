/**
 * Hostile and packed files through the real import: refused by name, or quarantined row by row, and the workbook as it was.
 */
import { createHash } from 'node:crypto';
import { gzipSync, inflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ImportFailure, QuarantineReason } from '@shared/domain/import';
import { originalRow, rehearseImport } from '../../electron/services/imports';
import { correctRow, listQuarantine } from '../../electron/services/quarantine';
import { AS_OF, accepted, contentOf, importBasics, importFile, lines, rehearse, requestFor } from '../support/imports';
import { rawBook } from '../support/raw-xlsx';
import { sourceFileBySha256 } from '../../electron/workbook/tables/imports';
import { openFixtureWorkbook } from '../support/workbook-fixture';

const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand';
const ITEMS = 'sku,name,barcode,category,uom,pack_size,tier,unit_cost,currency,kit_of';
const WHEN = '2026-10-31T22:30:00-07:00';
const MEGABYTE = 1024 ** 2;

const file = (name: string, content: string | Uint8Array) => ({ name, text: new Uint8Array(Buffer.from(content as string)) });
const count = (...rows: string[]) => `${COUNTS}\n${rows.join('\n')}\n`;

const HOSTILE: readonly (readonly [name: string, failure: ImportFailure, content: () => { name: string; text: Uint8Array<ArrayBuffer> }])[] = [
  ['a gzip bomb', 'file_too_large', () => file('bomb.csv.gz', gzipSync(Buffer.alloc(100 * MEGABYTE, 'a,b\n')))],
  ['a ZIP bomb', 'file_too_large', () => file('bomb.zip', zipSync({ 'bomb.csv': new Uint8Array(100 * MEGABYTE).fill(0x0a) }))],
  ['a ZIP in a ZIP', 'file_unreadable', () => file('nested.zip', zipSync({ 'a.zip': zipSync({ 'a.csv': strToU8(count()) }) }))],
  ['a ZIP of several files', 'file_unreadable', () => file('two.zip', zipSync({ 'a.csv': strToU8(count()), 'b.csv': strToU8(count()) }))],
  ['declared entities', 'file_unreadable', () => file('entities.xlsx', rawBook('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'))],
  ['10,000 columns', 'too_many_columns', () => file('wide.csv', `${COUNTS}\n${'1,'.repeat(10_000)}\n`)],
  ['one line without end', 'cell_too_large', () => file('line.csv', Buffer.alloc(40 * MEGABYTE, 'x'))],
  ['a cell without end', 'cell_too_large', () => file('cell.csv', count(`S,1,"${'x\n'.repeat(MEGABYTE)}",Pier 9,1,${WHEN}`))],
  ['a quote that is never closed', 'quote_not_closed', () => file('quote.csv', count(`S,1,RUG-200,Pier 9,1,${WHEN}`, `S,2,"RUG-200,Pier 9,1,${WHEN}`))],
  ['a NUL byte', 'file_unreadable', () => file('nul.csv', count(`S,1,RUG\u0000200,Pier 9,1,${WHEN}`))],
  ['nothing but line breaks', 'file_empty', () => file('breaks.csv', '\n'.repeat(100_000))],
  ['nothing but delimiters', 'file_empty', () => file('delimiters.csv', `${',,,\n'.repeat(100_000)}`)],
  ['another program’s bytes', 'file_unreadable', () => file('program.csv', Uint8Array.from({ length: 5_000 }, (_none, index) => (index * 31) % 256))],
];

test.each(HOSTILE)('a file with %s is refused as %s, and the workbook is as it was', async (_name, failure, content) => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const before = contentOf(fixture);
  const outcome = await rehearseImport(fixture.context, requestFor(fixture, content(), { asOfInstant: AS_OF }));
  expect(outcome).toMatchObject({ ok: false, failure });
  expect(contentOf(fixture)).toEqual(before);
});

const BAD_CELLS: readonly (readonly [reason: QuarantineReason, column: 'sku' | 'counted' | 'counted_at', cells: readonly string[]])[] = [
  ['unreadable_number', 'counted', ['1e999', '-1e999', 'NaN', 'Infinity', '0x10', '1e', '--1', '1-1', '１２', '9'.repeat(40), '99999999999999', '0.00001', '=1+1', '1,2,3.', '∞']],
  ['unreadable_date', 'counted_at', ['0000-00-00', '2026-02-30T00:00:00Z', '2026-10-31', '99999-01-01T00:00:00Z', '2026-13-45T99:99:99Z', '=NOW()', '-1', '1761978600']],
  ['outside_period', 'counted_at', ['9999-12-31T23:59:59Z', '1900-01-01T00:00:00Z', '1970-01-01T00:00:00Z']],
  ['unknown_item', 'sku', ['=1+1', "=cmd|'/c calc'!A1", '+1', '-1', '@SUM(A1)', '\u202eGUR', '../../etc', '<script>', "'; DROP TABLE items; --"]],
  ['damaged_identifier', 'sku', ['4.00001E+12', 'RUG\ufffd200']],
  ['negative_count', 'counted', ['-1', '-0.5']],
];

describe.each(BAD_CELLS)('%s', (reason, column, cells) => {
  test.each(cells.map((cell) => [cell]))(`${column} %j is quarantined as it stands, beside a good row that is not`, async (cell) => {
    const fixture = openFixtureWorkbook();
    await importBasics(fixture);
    const before = contentOf(fixture);
    const given = { sku: 'RUG-200', counted: '1', counted_at: WHEN, [column]: `"${cell}"` };
    const bad = `S,2,${given.sku},Pier 9,${given.counted},${given.counted_at}`;
    const rehearsal = await rehearse(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`, bad));
    expect(rehearsal.badRows.map((row) => [row.rowNumber, row.reason, row.raw])).toEqual([[3, reason, bad]]);
    expect(rehearsal.rowsAccepted).toBe(1);
    expect(contentOf(fixture)).toEqual(before);
  });
});

const FORMULAS = ['=1+1', '=HYPERLINK("http://x","y")', '+SUM(A1)', '@A1', "=cmd|'/c calc'!A1", '-2+3'];

test('text that looks like a formula is kept as the text that it is, as name and as code', async () => {
  const fixture = openFixtureWorkbook();
  const rows = FORMULAS.map((formula) => `"${formula.replaceAll('"', '""')}","name ${formula.replaceAll('"', '""')}",,,each,1,C,,USD,`);
  await importFile(fixture, lines(ITEMS, ...rows));
  const items = fixture.workbook.all<{ sku: string; name: string }>('SELECT sku, name FROM items ORDER BY item_id');
  expect(items).toEqual(FORMULAS.map((formula) => expect.objectContaining({ sku: formula, name: `name ${formula}` })));
});

test('in a spreadsheet, text that looks like a formula is text, and a formula counts by its value', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
  const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
  const sheet = [
    row(...SNAPSHOT.split(',').map(text)),
    row(text('erp'), text('=1+1'), text('Pier 9'), text(WHEN), '<c><f>2*3</f><v>6</v></c>'),
    row(text('erp'), text('RUG-200'), text('Pier 9'), text(WHEN), '<c><f>2*3</f></c>'),
  ];
  const { importId } = await importFile(fixture, file('book.xlsx', rawBook(`<worksheet><sheetData>${sheet.join('')}</sheetData></worksheet>`)));
  expect(fixture.workbook.all<{ sku: string }>("SELECT sku FROM items WHERE sku LIKE '=%'")).toEqual([{ sku: '=1+1' }]);
  const { rows } = listQuarantine(fixture.workbook, fixture.periodId);
  expect(rows.filter((each) => each.importId === importId).map((each) => [each.reason, each.cells.at(-1)])).toEqual([['unreadable_number', '=2*3']]);
});

describe('a packed file', () => {
  const rows = count(`S,1,RUG-200,Pier 9,3,${WHEN}`, `S,2,NOBODY,Pier 9,4,${WHEN}`);

  test.each([
    ['gzip', (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))],
    ['ZIP', (bytes: Uint8Array) => zipSync({ '../../count.csv': bytes })],
  ])('in %s is kept as it was given, and gives back any row', async (_name, pack) => {
    const fixture = openFixtureWorkbook();
    await importBasics(fixture);
    const packed = pack(strToU8(rows));
    const { importId, rehearsal } = await importFile(fixture, file('count.csv.gz', packed));
    expect([rehearsal.rowsAccepted, rehearsal.rowsQuarantined]).toEqual([1, 1]);
    expect(rehearsal.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
    expect(rehearsal.byteLength).toBe(packed.length);
    const kept = sourceFileBySha256(fixture.workbook, rehearsal.sha256)!;
    expect(inflateSync(kept.deflated_content).equals(packed)).toBe(true);
    expect(accepted(await originalRow(fixture.workbook, importId, 3)).cells).toEqual(['S', '2', 'NOBODY', 'Pier 9', '4', WHEN]);
  });
});

test('a row of a file whose lines are quoted as a whole waits with its text, and is mended', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const wrapped = lines(...count(`S,1,RUG-200,Pier 9,3,${WHEN}`, `S,2,NOBODY,Pier 9,4,${WHEN}`).trimEnd().split('\n').map((line) => `"${line}"`));
  const { importId } = await importFile(fixture, wrapped);
  const { rows: [waiting] } = listQuarantine(fixture.workbook, fixture.periodId);
  expect(waiting).toMatchObject({ raw: `"S,2,NOBODY,Pier 9,4,${WHEN}"`, cells: ['S', '2', 'NOBODY', 'Pier 9', '4', WHEN] });
  const cells = waiting!.cells.map((cell) => (cell === 'NOBODY' ? 'RUG-200' : cell));
  expect(accepted(correctRow(fixture.context, { quarantineRowId: waiting!.quarantineRowId, cells, why: 'The code was wrong.' }))).toMatchObject({ written: 1 });
  expect(accepted(await originalRow(fixture.workbook, importId, 3)).cells[2]).toBe('NOBODY');
});

test('a stray quote does not swallow the row after it: both wait or count by themselves', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, lines(COUNTS, `S,1,"RUG-200,Pier 9,3,${WHEN}`, `S,2,"RUG-200",Pier 9,4,${WHEN}`, `S,3,RUG-200,Pier 9,5,${WHEN}`));
  expect([rehearsal.rowsRead, rehearsal.rowsAccepted, rehearsal.rowsQuarantined]).toEqual([3, 2, 1]);
  const { rows } = listQuarantine(fixture.workbook, fixture.periodId);
  expect(rows.map((row) => [row.rowNumber, row.cells[2]])).toEqual([[2, '"RUG-200']]);
});

test('the encoding that a person named is kept: the row reads the same afterwards', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const bytes = Buffer.concat([Buffer.from(`${SNAPSHOT}\nerp,`), Buffer.from([0xb1, 0xb2]), Buffer.from(`,Pier 9,${WHEN},3\n`)]);
  const { importId, rehearsal } = await importFile(fixture, file('kana.csv', bytes), { encoding: 'shift_jis' });
  expect([rehearsal.encoding, rehearsal.newItems]).toEqual(['shift_jis', ['ｱｲ']]);
  expect(accepted(await originalRow(fixture.workbook, importId, 2)).cells[1]).toBe('ｱｲ');
});
