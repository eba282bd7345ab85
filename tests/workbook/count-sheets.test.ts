import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SheetChoice, sheetHeader } from '@shared/domain/count-sheet';
import { readXlsx } from '../support/xlsx-reader';
import { exportCountSheets } from '../../electron/services/count-sheets/export';
import { issueCountSheets, planCountSheets } from '../../electron/services/count-sheets/issue';
import { sheetLines, sheetStanding } from '../../electron/services/count-sheets/standing';
import { voidCountSheets } from '../../electron/services/count-sheets/void';
import { auditPage } from '../../electron/services/audit-trail';
import { findChainBreak } from '../../electron/workbook/audit';
import { accepted } from '../support/imports';
import { BOOK_FIGURES, countMonth, filled, issue, rowsOf, sendBack, standingOf } from '../support/count-sheets';
import type { WorkbookFixture } from '../support/workbook-fixture';

const sheetPath = (fixture: WorkbookFixture, name = 'sheets.csv') => path.join(fixture.folder, name);
const choice = (fixture: WorkbookFixture, change: Partial<SheetChoice> = {}) => SheetChoice.parse({ periodId: fixture.periodId, ...change });
const sheetId = (fixture: WorkbookFixture, number: string) =>
  sheetStanding(fixture.workbook, fixture.periodId).sheets.find((sheet) => sheet.number === number)!.countSheetId;

describe('issuing', () => {
  test('numbers sheets and lines, one location a sheet, by bin and then by SKU', async () => {
    const fixture = await countMonth();
    const issued = await issue(fixture, { linesPerSheet: 3 });
    expect(issued.sheets).toEqual([
      { number: 'CS-2026-10-001', location: 'Portland', lines: 3 },
      { number: 'CS-2026-10-002', location: 'Portland', lines: 1 },
      { number: 'CS-2026-10-003', location: 'Reno', lines: 1 },
    ]);
    expect(rowsOf(issued.path).map((row) => [row['Sheet'], row['Line'], row['Bin'], row['SKU']].join(' '))).toEqual([
      'CS-2026-10-001 1 A-2 MUG-2', 'CS-2026-10-001 2 A-10 MUG-1', 'CS-2026-10-001 3  00417', "CS-2026-10-002 1  '=SUM(A1)", 'CS-2026-10-003 1 R-1 MUG-1',
    ]);
    expect(standingOf(fixture)).toEqual(['CS-2026-10-001 issued 0/3', 'CS-2026-10-002 issued 0/1', 'CS-2026-10-003 issued 0/1']);
  });

  test('goes on with the numbers, so that none is ever given twice', async () => {
    const fixture = await countMonth();
    await issue(fixture);
    accepted(voidCountSheets(fixture.context, { countSheetIds: [sheetId(fixture, 'CS-2026-10-002')], why: 'Printed twice' }));
    const again = await issue(fixture, { locations: ['Reno'] }, 'again.csv');
    expect(again.sheets.map(({ number }) => number)).toEqual(['CS-2026-10-003']);
    expect(again.alreadyOut).toBe(0);
    expect(accepted(planCountSheets(fixture.workbook, choice(fixture))).alreadyOut).toBe(5);
  });

  test.each([
    [{ locations: ['Reno'] }, ['MUG-1 Reno']],
    [{ category: 'Kitchen' }, ['MUG-2 Portland', 'MUG-1 Portland', 'MUG-1 Reno']],
    [{ tier: 'B' as const }, ['MUG-2 Portland']],
    [{ skus: ['00417', 'MUG-2'] }, ['MUG-2 Portland', '00417 Portland']],
    [{ scope: 'all' as const, category: 'Home' }, ['00417 Portland', "'=SUM(A1) Portland", 'UNMOVED Portland']],
  ])('takes the lines of %j', async (change, expected) => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture, change);
    expect(rowsOf(filePath).map((row) => `${row['SKU']} ${row['Location']}`)).toEqual(expected);
  });

  test.each([
    [{ locations: ['Nowhere'] }, 'location_unknown'],
    [{ skus: ['NO-SUCH'] }, 'item_unknown'],
    [{ category: 'Garden' }, 'nothing_to_count'],
    [{ scope: 'variance' as const }, 'not_reconciled'],
    [{ periodId: 99 }, 'period_missing'],
  ])('refuses %j as %s and leaves no file', async (change, failure) => {
    const fixture = await countMonth();
    const target = sheetPath(fixture);
    expect(await issueCountSheets(fixture.context, { ...choice(fixture, change), path: target, paper: null })).toMatchObject({ ok: false, failure });
    expect(fs.existsSync(target)).toBe(false);
  });

  test('issues nothing where the file cannot be written', async () => {
    const fixture = await countMonth();
    fs.mkdirSync(sheetPath(fixture, 'taken.csv'));
    const request = { ...choice(fixture), path: sheetPath(fixture, 'taken.csv'), paper: null };
    expect(await issueCountSheets(fixture.context, request)).toMatchObject({ ok: false, failure: 'file_unwritable' });
    expect(await issueCountSheets(fixture.context, { ...request, path: sheetPath(fixture, 'sheets.pdf') })).toMatchObject({ ok: false, failure: 'format_unknown' });
    expect(standingOf(fixture)).toEqual([]);
    expect(fs.readdirSync(fixture.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('a recount by variance asks for the count after the last one, for the lines that differ', async () => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture, { locations: ['Portland'] });
    const rows = rowsOf(filePath);
    await sendBack(fixture, [filled(rows[0]!, '51283'), filled(rows[1]!, '73000', '73001')]);
    const { reconcilePeriod } = await import('../../electron/services/reconciliation/reconcile');
    reconcilePeriod(fixture.context, fixture.periodId);
    const recount = await issue(fixture, { scope: 'variance' }, 'recount.csv');
    expect(recount.firstCountNo).toBe(3);
    const again = rowsOf(recount.path);
    expect(again.map((row) => [row['SKU'], row['Bin']])).toEqual([['MUG-1', 'A-10']]);
    expect(Object.keys(again[0]!)).toEqual(sheetHeader(3));
    await sendBack(fixture, [{ ...again[0]!, 'Count 3': '73519', 'Counted at': '2026-10-31 22:00' }]);
    reconcilePeriod(fixture.context, fixture.periodId);
    expect(fixture.workbook.get('SELECT count(*) AS differing FROM lines WHERE count_variance_scaled <> 0')).toEqual({ differing: 0 });
  });
});

describe('writing again', () => {
  test('gives the same sheet as it was issued, whatever came into the books since', async () => {
    const fixture = await countMonth();
    const first = await issue(fixture, { locations: ['Portland'] });
    fixture.workbook.run('UPDATE items SET unit_cost_scaled = 1');
    const target = sheetPath(fixture, 'again.csv');
    expect(accepted(await exportCountSheets(fixture.context, { countSheetIds: [1], path: target, paper: null }))).toMatchObject({ sheets: 1 });
    expect(fs.readFileSync(target)).toEqual(fs.readFileSync(first.path));
    const { events } = auditPage(fixture.workbook, { offset: 0, limit: 1, text: '', periodId: null });
    expect(events[0]!.sentence).toBe('Wrote 1 count sheet again as again.csv');
  });

  test('is refused for a void sheet, an unknown one, and sheets of different counts', async () => {
    const fixture = await countMonth();
    await issue(fixture);
    await issue(fixture, { locations: ['Reno'], recount: true }, 'recount.csv');
    const again = (...countSheetIds: number[]) => exportCountSheets(fixture.context, { countSheetIds, path: sheetPath(fixture, 'again.csv'), paper: null });
    expect(await again(99)).toMatchObject({ failure: 'sheet_unknown' });
    expect(await again(1, 3)).toMatchObject({ failure: 'counts_differ', message: 'CS-2026-10-001 begins with count 1, CS-2026-10-003 with count 2: write them to files of their own.' });
    accepted(voidCountSheets(fixture.context, { countSheetIds: [2], why: 'Lost' }));
    expect(await again(1, 2)).toMatchObject({ failure: 'sheet_void' });
    expect(fs.existsSync(sheetPath(fixture, 'again.csv'))).toBe(false);
  });
});

describe('a blind sheet', () => {
  test('has no figure of the books in any part of the Excel file, hidden or not', async () => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture, { scope: 'all' }, 'sheets.xlsx');
    const file = readXlsx(fs.readFileSync(filePath));
    for (const part of file.parts) {
      for (const figure of BOOK_FIGURES) expect(file.text(part), `${part} must not hold ${figure}`).not.toContain(figure);
    }
    expect(file.parts.filter((part) => /worksheets\/sheet/.test(part))).toHaveLength(1);
    expect(file.text('xl/worksheets/sheet1.xml')).not.toMatch(/hidden="1"|<f>|<legacyDrawing/);
    expect(file.text('xl/workbook.xml')).not.toMatch(/state="(veryH|h)idden"/);
  });

  test('has none in the CSV either, whose header is always the same', async () => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture);
    const text = fs.readFileSync(filePath, 'utf8');
    for (const figure of BOOK_FIGURES) expect(text).not.toContain(figure);
    expect(text.split('\r\n')[0]).toBe('\ufeffSheet,Line,Location,Bin,SKU,Item,Barcode,Unit,Count 1,Count 2,Counted by,Counted at,Note');
    expect(text.split('\r\n')[1]).toBe('CS-2026-10-001,1,Portland,A-2,MUG-2,"Mug, red",0790123400214,each,,,,,');
  });

  test('prints each sheet on pages of its own, with headings, numbers and places to sign, and only these cells can be written in', async () => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture, {}, 'sheets.xlsx');
    const file = readXlsx(fs.readFileSync(filePath));
    const cells = file.sheet('Count sheets');
    expect([...cells.values()].filter((text) => /^Count sheet CS|^Signatures|^Counter|^Checker/.test(text))).toEqual([
      'Count sheet CS-2026-10-001, Portland, 4 lines', 'Signatures', 'Counter', 'Checker', 'Count sheet CS-2026-10-002, Reno, 1 line', 'Signatures', 'Counter', 'Checker',
    ]);
    expect(sheetHeader(1).map((_heading, index) => cells.get(`${String.fromCharCode(65 + index)}3`))).toEqual(sheetHeader(1));
    const xml = file.text('xl/worksheets/sheet1.xml');
    expect(xml).toMatch(/<sheetProtection [^>]*sheet="1"/);
    expect(xml).toMatch(/<rowBreaks count="1" manualBreakCount="1"><brk id="9"/);
    expect(xml.match(/<dataValidation type="decimal" operator="greaterThanOrEqual"[^>]*sqref="[^"]*"/g)?.map((rule) => /sqref="(.*)"/.exec(rule)![1])).toEqual(['I11:J11', 'I5:J8']);
    expect(xml).toMatch(/CS-2026-10-001 to CS-2026-10-002.*&amp;P of &amp;N/s);
    // Letter, as in Los Angeles; the first three rows on each page.
    expect(xml).toMatch(/<pageSetup [^>]*orientation="landscape"/);
    expect(file.text('xl/workbook.xml')).toMatch(/_xlnm.Print_Titles[^<]*<?.*\$1:\$3/s);
  });
});

describe('the registry', () => {
  test('keeps who issued what, when, where to, and tells it in the audit trail', async () => {
    const fixture = await countMonth();
    await issue(fixture, { locations: ['Reno'] });
    const [sheet] = sheetStanding(fixture.workbook, fixture.periodId).sheets;
    expect(sheet).toMatchObject({ issuedBy: 'Ana Reyes <ana@example.com>', exportedTo: sheetPath(fixture), choice: 'Lines with stock or movement in the period; at Reno' });
    expect(sheetLines(fixture.workbook, sheet!.countSheetId)).toEqual([{ line: 1, sku: 'MUG-1', item: 'Mug, blue', unit: 'each', bin: 'R-1', counts: [] }]);
    accepted(voidCountSheets(fixture.context, { countSheetIds: [sheet!.countSheetId], why: 'Rack was moved' }));
    const { events } = auditPage(fixture.workbook, { offset: 0, limit: 2, text: '', periodId: null });
    expect(events.map(({ sentence }) => sentence)).toEqual([
      'Voided count sheet CS-2026-10-001: Rack was moved', 'Issued 1 count sheet, CS-2026-10-001, with 1 line as sheets.csv',
    ]);
    expect(findChainBreak(fixture.workbook)).toBeUndefined();
  });

  test('voids only what is out and of which nothing was counted', async () => {
    const fixture = await countMonth();
    const { path: filePath } = await issue(fixture);
    await sendBack(fixture, [filled(rowsOf(filePath).at(-1)!, '4')]);
    const reno = sheetId(fixture, 'CS-2026-10-002');
    const portland = sheetId(fixture, 'CS-2026-10-001');
    const voidThem = (...countSheetIds: number[]) => voidCountSheets(fixture.context, { countSheetIds, why: 'Not needed' });
    expect(voidThem(portland, reno)).toMatchObject({ ok: false, failure: 'sheet_counted' });
    expect(standingOf(fixture)).toEqual(['CS-2026-10-001 issued 0/4', 'CS-2026-10-002 back 1/1']);
    expect(voidThem(portland)).toEqual({ ok: true, value: { voided: 1 } });
    expect(voidThem(portland)).toMatchObject({ ok: false, failure: 'sheet_void' });
    expect(voidThem(99)).toMatchObject({ ok: false, failure: 'sheet_unknown' });
  });

  test('of a locked period takes no change, not even by plain SQL', async () => {
    const fixture = await countMonth();
    await issue(fixture);
    const { workbook, periodId } = fixture;
    workbook.run(`UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?`, periodId);
    expect(await issueCountSheets(fixture.context, { ...choice(fixture), path: sheetPath(fixture, 'late.csv'), paper: null })).toMatchObject({ failure: 'period_locked' });
    expect(voidCountSheets(fixture.context, { countSheetIds: [1], why: 'x' })).toMatchObject({ failure: 'period_locked' });
    for (const statement of [
      `UPDATE count_sheets SET number = 'CS-1'`, 'DELETE FROM count_sheets', `UPDATE count_sheet_lines SET bin = 'X'`, 'DELETE FROM count_sheet_lines',
      `INSERT INTO count_sheet_lines VALUES (1, 99, 1, '')`,
    ]) {
      expect(() => workbook.run(statement), statement).toThrow(/period_locked/);
    }
  });
});
