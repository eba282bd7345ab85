/**
 * Count sheets by command: out, back in part with something extra, the standing, one taken back.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, hashOfFile, MONTH_FILES, withEmptyWorkbook } from '../support/command-line';
import { fileOf, filled, rowsOf } from '../support/count-sheets';

const PERIOD = ['--period', '2026-10'];
let tieout: CommandLine & { readonly workbook: string };
const countSheet = (...words: string[]) => tieout.json('count-sheet', tieout.workbook, ...PERIOD, ...words);

beforeAll(async () => {
  tieout = await withEmptyWorkbook(afterAll);
  await tieout.run('import', tieout.workbook, MONTH_FILES[0]!, ...PERIOD);
});

test('sheets are issued to CSV and Excel, by location, with numbers that go on', async () => {
  const csv = await countSheet('new', '--location', 'Portland', '--location', 'Reno', '--lines', '2', '--out', tieout.at('sheets.csv'));
  expect(csv).toMatchObject({ exitCode: 0, stderr: '' });
  const sheets = csv.json['sheets'] as { number: string; location: string; lines: number }[];
  expect(new Set(sheets.map(({ location }) => location))).toEqual(new Set(['Portland', 'Reno']));
  expect(sheets.map(({ number }) => number)).toEqual(sheets.map((_sheet, index) => `CS-2026-10-00${index + 1}`));
  const excel = await countSheet('new', '--only', 'all', '--location', 'Reno', '--paper', 'a4', '--out', tieout.at('reno.xlsx'));
  expect(excel.json).toMatchObject({ sheets: [{ number: `CS-2026-10-00${sheets.length + 1}` }], alreadyOut: sheets.filter(({ location }) => location === 'Reno').reduce((sum, { lines }) => sum + lines, 0) });
  expect(fs.readFileSync(tieout.at('reno.xlsx')).subarray(0, 2).toString()).toBe('PK');
});

test('a sheet is written again under its number, in the other format too', async () => {
  const again = await countSheet('export', '--number', 'CS-2026-10-001', '--out', tieout.at('again.csv'));
  expect(again).toMatchObject({ exitCode: 0, json: { sheets: ['CS-2026-10-001'] } });
  expect(rowsOf(tieout.at('again.csv'))).toEqual(rowsOf(tieout.at('sheets.csv')).filter((row) => row['Sheet'] === 'CS-2026-10-001'));
  const all = await countSheet('export', '--out', tieout.at('all.xlsx'));
  expect(all.json['sheets']).toEqual(((await countSheet('list')).json['sheets'] as { number: string }[]).map(({ number }) => number));
});

test('a sheet that will not be counted is taken back with a reason, once', async () => {
  const { json } = await countSheet();
  const last = (json['sheets'] as { number: string }[]).at(-1)!.number;
  expect(await countSheet('void', '--number', last, '--why', 'Printed twice')).toMatchObject({ exitCode: 0, json: { voided: 1 } });
  expect(await countSheet('void', '--number', last, '--why', 'Again')).toMatchObject({ exitCode: 3, json: { failure: 'sheet_void' } });
  expect(await countSheet('void', '--number', 'CS-2026-10-099', '--why', 'x')).toMatchObject({ exitCode: 3, json: { failure: 'sheet_unknown' } });
});

test('what comes back is held against what was issued, and the list says what is out', async () => {
  const rows = rowsOf(tieout.at('sheets.csv'));
  const back = [filled(rows[0]!, '0'), filled(rows[1]!, '7', '8'), filled({ ...rows[0]!, Line: '44' }, '1'), filled({ ...rows[0]!, Sheet: 'CS-2026-10-077' }, '1')];
  const file = fileOf(back.map((row) => ({ ...row, 'Counted at': '' })));
  fs.writeFileSync(tieout.at(file.name), file.text);
  expect(await tieout.json('import', tieout.workbook, tieout.at(file.name), ...PERIOD)).toMatchObject({ exitCode: 3, json: { failure: 'as_of_needed' } });
  const before = hashOfFile(tieout.workbook);
  const when = ['--as-of', '2026-10-31T20:00:00-07:00'];
  const rehearsed = await tieout.run('import', tieout.workbook, tieout.at(file.name), ...PERIOD, ...when, '--rehearse');
  expect(rehearsed.stdout).toContain('CS-2026-10-077: was never issued from this workbook; 1 row goes to the quarantine.');
  expect(rehearsed.stdout).toContain('CS-2026-10-001: extra lines that were not issued: 44.');
  expect(rehearsed.stdout).toMatch(/Nothing came back of \d sheets?: CS-2026-10-002/);
  expect(hashOfFile(tieout.workbook)).toBe(before);
  expect(await tieout.json('import', tieout.workbook, tieout.at(file.name), ...PERIOD, ...when)).toMatchObject({ exitCode: 1, json: { imports: [{ profile: { id: 'tieout-count-sheet' }, rowsAccepted: 2, rowsQuarantined: 2 }] } });
  const { exitCode, json } = await countSheet('list');
  expect(exitCode).toBe(1);
  expect((json['sheets'] as { number: string; state: string; notCounted: number[] }[]).map(({ state }) => state)).toEqual(['back', ...Array.from({ length: (json['sheets'] as unknown[]).length - 2 }, () => 'issued'), 'void']);
  expect(json['strays']).toMatchObject([{ subject: 'CS-2026-10-001 44' }, { subject: 'CS-2026-10-077' }]);
  const text = await tieout.run('count-sheet', tieout.workbook, ...PERIOD);
  expect(text.stdout).toContain('void: Printed twice');
  expect(text.stdout).toContain('extra: back.csv, row 4: Count sheet CS-2026-10-001 has 2 lines; line 44 was not issued.');
});

test.each([
  [['new'], 'count-sheet new needs --out'],
  [['export'], 'count-sheet export needs --out'],
  [['void', '--why', 'x'], 'count-sheet void needs --number'],
  [['void', '--number', 'CS-2026-10-001'], 'count-sheet void needs --why'],
  [['print'], 'count-sheet knows list, new, export, void; print is none of them'],
  [['new', '--only', 'some', '--out', 'a.csv'], '--only some is none of in-use, all, variance, over-tolerance, recount-asked.'],
  [['new', '--lines', '0', '--out', 'a.csv'], '--lines 0 is no whole number from 1 to 500.'],
])('wrong words %j end with 2', async (words, message) => {
  expect(await tieout.run('count-sheet', tieout.workbook, ...PERIOD, ...words)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
});
