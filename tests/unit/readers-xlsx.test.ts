import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTable, sourceFromBytes, UnreadableFile } from '../../electron/files/readers/table';
import { cellFormat, numberText } from '../../electron/files/readers/xlsx/cell-text';
import { rawBook, workbookBytes } from '../support/raw-xlsx';

const open = (bytes: Uint8Array, timeZone = 'America/Los_Angeles') => openTable(sourceFromBytes(bytes, 'book.xlsx'), { timeZone });

async function cellsOf(bytes: Uint8Array, sheet?: string): Promise<(readonly string[])[]> {
  const cells: (readonly string[])[] = [];
  for await (const row of (await open(bytes)).rows(sheet)) cells.push(row.cells);
  return cells;
}

test('cells are the text that a person sees: numbers without noise, dates with their zone, formulas by their value', async () => {
  const bytes = await workbookBytes((workbook) => {
    const sheet = workbook.addWorksheet('Positions');
    const row = sheet.addRow([
      '00417-V', 0.1 + 0.2, 1e21, 1.5e-7, -48, new Date(Date.UTC(2026, 9, 31, 22, 30)), new Date(Date.UTC(2026, 9, 31)),
      { formula: 'B1*2', result: 0.6 }, { formula: 'A1', result: 'LAMP' }, true, { richText: [{ text: 'two ' }, { text: 'parts' }] }, 790123456785,
    ]);
    row.getCell(6).numFmt = 'yyyy-mm-dd hh:mm';
    row.getCell(7).numFmt = 'dd/mm/yyyy';
    row.getCell(12).numFmt = '0000000000000';
  });
  expect(await cellsOf(bytes)).toEqual([
    [
      '00417-V', '0.3', '1000000000000000000000', '0.00000015', '-48', '2026-10-31T22:30:00-07:00', '2026-10-31', '0.6', 'LAMP', 'TRUE',
      'two parts', '0790123456785',
    ],
  ]);
});

test('empty rows and gaps keep the numbers of rows and the places of cells', async () => {
  const bytes = await workbookBytes((workbook) => {
    const sheet = workbook.addWorksheet('S');
    sheet.getCell('B2').value = 'b2';
    sheet.getCell('D5').value = 'd5';
  });
  const rows = [];
  for await (const row of (await open(bytes)).rows()) rows.push([row.rowNumber, row.cells, row.raw]);
  expect(rows.filter(([, cells]) => (cells as string[]).length > 0)).toEqual([
    [2, ['', 'b2'], ',b2'],
    [5, ['', '', '', 'd5'], ',,,d5'],
  ]);
});

test('letters beyond ASCII stay whole wherever the file is cut into pieces', async () => {
  const bytes = await workbookBytes((workbook) => {
    const sheet = workbook.addWorksheet('S');
    for (let index = 0; index < 20_000; index += 1) sheet.addRow([`\u00e9\u20ac\u00fc${index}`, `na\u00efve ${index % 7}`]);
  });
  const cells = await cellsOf(bytes);
  expect(cells).toHaveLength(20_000);
  expect(cells.filter((row) => row.join('').includes('\ufffd'))).toEqual([]);
  expect(cells[19_999]).toEqual(['\u00e9\u20ac\u00fc19999', 'na\u00efve 0']);
});

test('sheets come in the order of the workbook, without the hidden ones', async () => {
  const bytes = await workbookBytes((workbook) => {
    workbook.addWorksheet('Cover').addRow(['Stock report']);
    workbook.addWorksheet('Hidden', { state: 'hidden' }).addRow(['x']);
    workbook.addWorksheet('Data').addRow(['sku']);
  });
  expect((await open(bytes)).sheets).toEqual(['Cover', 'Data']);
  expect(await cellsOf(bytes, 'Data')).toEqual([['sku']]);
  await expect(cellsOf(bytes, 'Nope')).rejects.toThrow('It has: Cover, Data.');
});

test('prefixed names, absolute targets, missing references, inline texts and an uncached formula are read', async () => {
  const bytes = rawBook(
    `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>two </x:t></x:r><x:r><x:t>runs</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>
     <x:c><x:f>SUM(A1)</x:f></x:c><x:c t="str"><x:v>a&lt;b_x000A_c</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c note="a>b"><x:v>1E3</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
  );
  expect((await open(bytes)).sheets).toEqual(['A & B']);
  expect(await cellsOf(bytes)).toEqual([['two runs', '=SUM(A1)', 'a<b\nc', '#N/A', '1000']]);
});

test('the date system of 1904 and the day that never was are respected', async () => {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const sheet = '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>61</v></c></row></sheetData></worksheet>';
  const relations = `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/data.xml"/><Relationship Id="r2" Type="${relation}/styles" Target="styles.xml"/></Relationships>`;
  const more = { 'xl/styles.xml': styles, 'xl/_rels/workbook.xml.rels': relations };
  expect(await cellsOf(rawBook(sheet, '', more))).toEqual([['1900-01-01', '1900-03-01']]);
  expect(await cellsOf(rawBook(sheet, '<workbookPr date1904="1"/>', more))).toEqual([['1904-01-02', '1904-03-02']]);
});

test.each([
  ['yyyy\\-mm\\-dd', 'date'],
  ['[$-409]m/d/yy h:mm AM/PM;@', 'date_time'],
  ['[h]:mm:ss', 'time'],
  ['#,##0.00_);[Red](#,##0.00)', 'number'],
  ['"days" 0', 'number'],
  ['General', 'number'],
])('number format %s shows a %s', (code, shows) => {
  expect(cellFormat(164, code).shows).toBe(shows);
});

test('a number of few digits is the text that binary arithmetic gives too', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 1, max: 12 }), (digits, places) => {
      const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
      const stored = `${digits < 0n ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`;
      expect(Number(numberText(stored))).toBe(Number(Number(stored).toPrecision(15)));
      expect(numberText(stored)).not.toMatch(/e|\.$|\.\d*0$/i);
    }),
    { numRuns: 5_000, seed: 3 },
  );
});

test('whole numbers keep every digit that the file holds', () => {
  expect(numberText('12345678901234567890')).toBe('12345678901234567890');
  expect(numberText('4.0000000000000002E-2')).toBe('0.04');
});

test.each([
  ['cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 40)],
  ['damaged inside', (bytes: Uint8Array) => bytes.map((byte, index) => (index === Math.floor(bytes.length / 2) ? byte ^ 0x5a : byte))],
])('a workbook that is %s is refused, not half read', async (_name, damage) => {
  const bytes = await workbookBytes((workbook) => {
    const sheet = workbook.addWorksheet('S');
    for (let index = 0; index < 5_000; index += 1) sheet.addRow([index, index * 7919]);
  });
  await expect(cellsOf(damage(bytes))).rejects.toThrow(UnreadableFile);
});

test('a document type, which could declare entities, is refused', async () => {
  const bytes = rawBook('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>');
  await expect(cellsOf(bytes)).rejects.toThrow('document type');
});

test('a value beyond the last column that is read refuses the file; an empty cell there does not', async () => {
  const far = (cell: string) => rawBook(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>${cell}</row></sheetData></worksheet>`);
  expect(await cellsOf(far('<c r="XFD1" s="3"/>'))).toEqual([['1']]);
  await expect(cellsOf(far('<c r="XFD1"><v>2</v></c>'))).rejects.toThrow('2000 columns');
});
