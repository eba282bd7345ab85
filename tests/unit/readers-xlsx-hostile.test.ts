/**
 * Spreadsheets as people lay them out, and as no spreadsheet program would write them.
 */
import { expect, test } from 'vitest';
import { COLUMNS_MAX } from '../../electron/files/readers/limits';
import { rawBook, workbookBytes } from '../support/raw-xlsx';
import { readTable, refusalOf } from '../support/tables';

const MEGABYTE = 1024 ** 2;
const cellsOf = async (bytes: Uint8Array, sheet?: string) => (await readTable(bytes, 'book.xlsx', sheet === undefined ? {} : { sheet })).cells;
const sheetOf = (rows: string, more = '') => `<worksheet><sheetData>${rows}</sheetData>${more}</worksheet>`;
const text = (reference: string, words: string) => `<c r="${reference}" t="inlineStr"><is><t>${words}</t></is></c>`;
const number = (reference: string, value: number | string) => `<c r="${reference}"><v>${value}</v></c>`;

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationsWith = (...more: string[]) =>
  `<Relationships><Relationship Id="r1" Type="${RELATION}/worksheet" Target="worksheets/data.xml"/>${more
    .map((part, index) => `<Relationship Id="m${index}" Type="${RELATION}/${part}" Target="${part}.xml"/>`)
    .join('')}</Relationships>`;
const withStrings = (sheetXml: string, strings: string) =>
  rawBook(sheetXml, '', { 'xl/sharedStrings.xml': `<sst>${strings}</sst>`, 'xl/_rels/workbook.xml.rels': relationsWith('sharedStrings') });

test('titles and merged headers of a report: each column has its words, and quantities count once', async () => {
  const bytes = await workbookBytes((workbook) => {
    const sheet = workbook.addWorksheet('Report');
    sheet.addRows([
      ['Stock by location'], [], ['SKU', 'Location', 'On hand', null, 'Cost'], [null, null, 'Sellable', 'Damaged', null],
      ['A-1', 'North', 12, 1, 4.2], ['B-2', null, 7, null, 3], ['Total', null, 19, 1, null],
    ]);
    for (const range of ['A1:E1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4', 'B5:B6', 'C6:D6', 'A7:B7']) sheet.mergeCells(range);
  });
  expect(await cellsOf(bytes)).toEqual([
    Array.from({ length: 5 }, () => 'Stock by location'),
    ['SKU', 'Location', 'On hand', 'On hand', 'Cost'],
    ['SKU', 'Location', 'Sellable', 'Damaged', 'Cost'],
    ['A-1', 'North', '12', '1', '4.2'],
    ['B-2', 'North', '7', '', '3'],
    ['Total', '', '19', '1'],
  ]);
});

test('a merged cell of a sheet too large for one piece is found behind its rows', async () => {
  const rows = Array.from({ length: 20_000 }, (_none, index) => `<row r="${index + 1}">${text(`A${index + 1}`, `mergeCell ${index}`)}${index === 0 ? text('B1', 'On hand') : number(`B${index + 1}`, index)}</row>`);
  const cells = await cellsOf(rawBook(sheetOf(rows.join(''), '<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>')));
  expect(cells[0]).toEqual(['mergeCell 0', 'On hand', 'On hand', 'On hand']);
  expect(cells).toHaveLength(20_000);
});

test('each of several sheets is read by its name', async () => {
  const bytes = await workbookBytes((workbook) => {
    for (const name of ['North', 'South & East']) workbook.addWorksheet(name).addRow([name, 1]);
  });
  expect(await cellsOf(bytes, 'South & East')).toEqual([['South & East', '1']]);
  expect(await cellsOf(bytes)).toEqual([['North', '1']]);
});

test('a formula counts by the value kept with it, and is shown where there is none', async () => {
  const rows = `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v></v></c><c r="C1"><f>SUM(A1:A9)</f></c><c r="D1"><f t="shared" si="0"/></c><c r="E1"><f>2*3</f><v></v></c></row>`;
  expect(await cellsOf(rawBook(sheetOf(rows)))).toEqual([['2', '', '=SUM(A1:A9)', '=', '=2*3']]);
});

const HUGE = `1${'0'.repeat(300)}`;

test.each([
  ['1900', '', ['1900-01-01', '1900-02-28', '1900-03-01', '2026-10-31', '2026-10-31T22:30:00-07:00', '9999-12-31', '-1', '2958466', HUGE]],
  ['1904', '<workbookPr date1904="true"/>', ['1904-01-02', '1904-03-01', '1904-03-02', '2030-11-01', '2030-11-01T22:30:00-07:00', '2958465', '-1', '2958466', HUGE]],
])('dates of the system of %s, and numbers that are no dates', async (_system, properties, expected) => {
  const serials = ['1', '60', '61', '46326', '46326.9375', '2958465', '-1', '2958466', '1e300'];
  const row = serials.map((serial, index) => `<c r="${String.fromCharCode(65 + index)}1" s="${index === 4 ? 2 : 1}"><v>${serial}</v></c>`).join('');
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>';
  const [cells] = await cellsOf(rawBook(sheetOf(`<row r="1">${row}</row>`), properties, { 'xl/styles.xml': styles, 'xl/_rels/workbook.xml.rels': relationsWith('styles') }));
  expect(cells).toEqual(expected);
});

test('a dimension that is wrong changes nothing', async () => {
  const rows = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>';
  for (const dimension of ['A1', 'A1:XFD1048576', 'nonsense', '']) {
    expect(await cellsOf(rawBook(`<worksheet><dimension ref="${dimension}"/><sheetData>${rows}</sheetData></worksheet>`))).toEqual([['1', '', '3']]);
  }
});

test.each(['7', '-1', '1e2', '', 'x', '4294967296'])('a cell that points to text %j, which the file does not have, is refused by its place', async (index) => {
  const refusal = await refusalOf(cellsOf(withStrings(sheetOf(`<row r="3"><c r="B3" t="s"><v>${index}</v></c></row>`), '<si><t>one</t></si>')));
  expect(refusal.failure).toBe('file_unreadable');
  expect(refusal.message).toContain('row 3, column 2');
});

test('row numbers that go back, repeat or are absurd are counted on, so that none stands for two rows', async () => {
  const rows = ['5', '5', '2', '-1', 'x', '1e9', '9', '1.5', '0'].map((stated) => `<row r="${stated}"><c><v>1</v></c></row>`).join('');
  const { rows: read } = await readTable(rawBook(sheetOf(rows)), 'book.xlsx');
  expect(read.map((row) => row.rowNumber)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('a column that is given twice in a row is refused: one of its values would be lost', async () => {
  const refusal = await refusalOf(cellsOf(rawBook(sheetOf(`<row r="2">${number('A2', 1)}${number('A2', 2)}</row>`))));
  expect(refusal.message).toContain('row 2 gives column 1 twice');
});

test('10,000 columns are refused with how many are read', async () => {
  const row = Array.from({ length: 10_000 }, () => '<c><v>1</v></c>').join('');
  const refusal = await refusalOf(cellsOf(rawBook(sheetOf(`<row r="1">${row}</row>`))));
  expect(refusal.failure).toBe('too_many_columns');
  expect(refusal.message).toContain(`at most ${COLUMNS_MAX} columns`);
});

test('entities that grow into each other cannot be declared', async () => {
  const declared = Array.from({ length: 30 }, (_none, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">${declared}]>`;
  const sheet = rawBook(`${bomb}${sheetOf(`<row>${text('A1', '&amp;e30;')}</row>`)}`);
  const strings = rawBook(sheetOf(''), '', { 'xl/sharedStrings.xml': `${bomb}<sst/>`, 'xl/_rels/workbook.xml.rels': relationsWith('sharedStrings') });
  for (const book of [sheet, strings]) expect((await refusalOf(cellsOf(book))).message).toContain('document type');
});

test('an entity from outside is text, and nothing is fetched', async () => {
  expect(await cellsOf(rawBook(sheetOf(`<row>${text('A1', '&xxe; &#0; &#x110000; &lt;')}</row>`)))).toEqual([['&xxe; &#0; &#x110000; <']]);
});

test('a million elements inside each other are walked without depth', async () => {
  const depth = 1_000_000;
  const nested = `${'<a>'.repeat(depth)}<sheetData><row><c><v>1</v></c></row></sheetData>${'</a>'.repeat(depth)}`;
  expect(await cellsOf(rawBook(`<worksheet>${nested}</worksheet>`))).toEqual([['1']]);
});

test.each([
  ['a tag without end', `<row r="${'9'.repeat(6 * MEGABYTE)}`, 'tag is longer'],
  ['a tag full of signs that could end it', `<row note="${'>'.repeat(6 * MEGABYTE)}`, 'tag is longer'],
  ['a tag full of quotes', `<row ${`a='"' `.repeat(MEGABYTE)}`, 'tag is longer'],
  ['a comment without end', `<!--${'-'.repeat(6 * MEGABYTE)}`, 'tag is longer'],
  ['a text without end', `<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(6 * MEGABYTE)}`, 'characters'],
  ['a formula without end', `<row r="1"><c><f>${'x'.repeat(6 * MEGABYTE)}`, 'characters'],
  ['an end inside a tag', '<row r="1"><c><v>1</v></c></row', 'ends too early'],
])('%s is refused', async (_name, rows, words) => {
  expect((await refusalOf(cellsOf(rawBook(`<worksheet><sheetData>${rows}`)))).message).toContain(words);
});

test('a long text that many cells share does not fill the memory', async () => {
  const long = 'x'.repeat(MEGABYTE);
  const row = (rowNumber: number) => `<row r="${rowNumber}">${'<c t="s"><v>0</v></c>'.repeat(8)}</row>`;
  const many = Array.from({ length: 5_000 }, (_none, index) => row(index + 1)).join('');
  const refusal = await refusalOf(cellsOf(withStrings(sheetOf(many), `<si><t>${long}</t></si>`)));
  expect(refusal.message).toContain('250 times');
});

test('a row of long texts that is longer than any row is refused', async () => {
  const refusal = await refusalOf(cellsOf(withStrings(sheetOf(`<row r="4">${'<c t="s"><v>0</v></c>'.repeat(9)}</row>`), `<si><t>${'x'.repeat(MEGABYTE)}</t></si>`)));
  expect(refusal).toMatchObject({ failure: 'cell_too_large' });
  expect(refusal.message).toContain('row 4');
});

test('merged cells that overlap everywhere are refused', async () => {
  const merges = Array.from({ length: 50 }, () => '<mergeCell ref="A1:XFD1048576"/>').join('');
  const refusal = await refusalOf(cellsOf(rawBook(sheetOf(`<row r="1">${text('A1', 'x')}</row>`, `<mergeCells>${merges}</mergeCells>`))));
  expect(refusal.message).toContain('overlap');
});

test('a sheet of spaces that unpacks to a thousand times its size is refused', async () => {
  const refusal = await refusalOf(cellsOf(rawBook(`<worksheet><sheetData>${' '.repeat(100 * MEGABYTE)}</sheetData></worksheet>`)));
  expect(refusal.failure).toBe('file_too_large');
});
