import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportSentences } from '@shared/domain/count-sheet';
import type { Rehearsal } from '@shared/domain/import';
import { parseInstant } from '@shared/domain/instant';
import { inspectFile } from '../../electron/services/imports';
import { sheetLines, sheetStanding } from '../../electron/services/count-sheets/standing';
import { voidCountSheets } from '../../electron/services/count-sheets/void';
import { correctRow, listQuarantine } from '../../electron/services/quarantine';
import { accepted, importFile, lines, rehearse, requestFor } from '../support/imports';
import { COUNTED_AT, countMonth, fileOf, filled, fillXlsx, issue, rowsOf, sendBack, standingOf, type SheetRow } from '../support/count-sheets';
import type { WorkbookFixture } from '../support/workbook-fixture';

const countsIn = (fixture: WorkbookFixture) =>
  fixture.workbook
    .all<{ text: string }>(
      `SELECT c.sheet || ' ' || c.line || ' ' || i.sku || ' ' || l.code || ' #' || c.count_no || ' ' || (c.counted_scaled / 10000) AS text
       FROM counts c JOIN imports m USING (import_id) JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id)
       WHERE m.period_id = ? ORDER BY c.sheet, CAST(c.line AS INTEGER), c.count_no`,
      fixture.periodId,
    )
    .map(({ text }) => text);

const sheetOf = (rehearsal: Rehearsal, number: string) => rehearsal.countSheets!.sheets.find((sheet) => sheet.number === number)!;
const reasonsOf = (rehearsal: Rehearsal) => rehearsal.badRows.map(({ reason, subject, detail }) => ({ reason, subject, detail }));

/** A month whose four lines of Portland stand on one sheet and whose one of Reno stands on another. */
async function sheetsOut(): Promise<{ fixture: WorkbookFixture; rows: SheetRow[] }> {
  const fixture = await countMonth();
  const { path: filePath } = await issue(fixture);
  return { fixture, rows: rowsOf(filePath) };
}

test('a row gives a count for each figure in it: empty is not counted, 0 is none', async () => {
  const { fixture, rows } = await sheetsOut();
  const { rehearsal } = await sendBack(fixture, [filled(rows[0]!, '0'), filled(rows[1]!, '12.5', '13'), filled(rows[2]!, '', '7'), rows[3]!, rows[4]!]);
  expect(rehearsal.profile.id).toBe('tieout-count-sheet');
  expect([rehearsal.rowsRead, rehearsal.rowsAccepted, rehearsal.rowsIgnored, rehearsal.rowsQuarantined]).toEqual([5, 3, 2, 0]);
  expect(rehearsal.ignoredByReason).toEqual([{ reason: 'not_counted', rows: 2 }]);
  expect(countsIn(fixture)).toEqual([
    'CS-2026-10-001 1 MUG-2 Portland #1 0', 'CS-2026-10-001 2 MUG-1 Portland #1 12', 'CS-2026-10-001 2 MUG-1 Portland #2 13', 'CS-2026-10-001 3 00417 Portland #2 7',
  ]);
  expect(standingOf(fixture)).toEqual(['CS-2026-10-001 partly_back 3/4', 'CS-2026-10-002 issued 0/1']);
  expect(sheetOf(rehearsal, 'CS-2026-10-001')).toMatchObject({ linesIssued: 4, linesWritten: 3, notCounted: [4], missing: [], extra: [] });
  expect(rehearsal.countSheets!.sheetsMissing).toEqual(['CS-2026-10-002']);
  const counts = sheetLines(fixture.workbook, 1)![1]!.counts;
  expect(counts.map(({ countNo, countedScaled, countedBy }) => [countNo, countedScaled, countedBy])).toEqual([[1, 125_000, 'L. Castillo'], [2, 130_000, 'L. Castillo']]);
  expect(counts[0]!.countedInstant).toBe(parseInstant('2026-10-31T21:15:00-07:00'));
});

test('the Excel file comes back without a mapping, title rows and signatures passed over, as the CSV does', async () => {
  const fixture = await countMonth();
  const { path: filePath } = await issue(fixture, {}, 'sheets.xlsx');
  const back = path.join(fixture.folder, 'filled.xlsx');
  await fillXlsx(filePath, back, (row, column) => {
    row.getCell(column('Count 1')).value = 10 + row.number;
    row.getCell(column('Counted at')).value = new Date(Date.UTC(2026, 9, 31, 21, 15));
    row.getCell(column('Counted by')).value = 'M. Okada';
  });
  const { rehearsal } = await importFile(fixture, { name: 'filled.xlsx', text: await bytesOf(back) });
  expect(rehearsal.profile).toMatchObject({ id: 'tieout-count-sheet' });
  expect([rehearsal.headerRow, rehearsal.rowsAccepted, rehearsal.rowsQuarantined]).toEqual([3, 5, 0]);
  expect(rehearsal.ignoredByReason).toEqual([{ reason: 'label_row', rows: 4 }]);
  expect(reportSentences(rehearsal.countSheets!)).toEqual([]);
  expect(standingOf(fixture)).toEqual(['CS-2026-10-001 back 4/4', 'CS-2026-10-002 back 1/1']);
  expect(sheetLines(fixture.workbook, 2)![0]!.counts[0]).toMatchObject({ countedInstant: parseInstant('2026-10-31T21:15:00-07:00'), countedBy: 'M. Okada' });
});

async function bytesOf(filePath: string): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import('node:fs/promises');
  return new Uint8Array(await readFile(filePath));
}

test('an item whose code looks like a formula comes back as itself', async () => {
  const { fixture, rows } = await sheetsOut();
  const odd = rows.find((row) => row['SKU'] === "'=SUM(A1)")!;
  await sendBack(fixture, [filled(odd, '3')]);
  expect(countsIn(fixture)).toEqual(['CS-2026-10-001 4 =SUM(A1) Portland #1 3']);
});

describe('when it was counted', () => {
  test('is asked for where no row says it, and given at import for every row that does not', async () => {
    const { fixture, rows } = await sheetsOut();
    const silent = rows.map((row) => ({ ...filled(row, '4'), 'Counted at': '' }));
    const inspection = accepted(await inspectFile(fixture.context, requestFor(fixture, fileOf(silent))));
    expect(inspection.needs).toMatchObject({ asOf: true, location: false });
    const without = await rehearse(fixture, fileOf(silent));
    expect(without.quarantinedByReason).toMatchObject([{ reason: 'missing_key', rows: 5 }]);
    expect(sheetOf(without, 'CS-2026-10-001')).toMatchObject({ quarantined: [1, 2, 3, 4], missing: [] });
    const asOfInstant = parseInstant('2026-10-31T20:00:00-07:00')!;
    const mixed = silent.map((row, index) => (index === 0 ? { ...row, 'Counted at': COUNTED_AT } : row));
    expect(accepted(await inspectFile(fixture.context, requestFor(fixture, fileOf(mixed)))).needs.asOf).toBe(false);
    await sendBack(fixture, mixed, { asOfInstant });
    expect(fixture.workbook.all('SELECT DISTINCT counted_instant FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = ? ORDER BY 1', fixture.periodId)).toEqual([
      { counted_instant: asOfInstant }, { counted_instant: parseInstant('2026-10-31T21:15:00-07:00') },
    ]);
  });

  test('must lie in the period', async () => {
    const { fixture, rows } = await sheetsOut();
    const rehearsal = await rehearse(fixture, fileOf([{ ...filled(rows[0]!, '4'), 'Counted at': '2026-07-01 08:00' }]));
    expect(rehearsal.quarantinedByReason).toMatchObject([{ reason: 'outside_period' }]);
  });
});

describe('what is not as issued', () => {
  test('lines missing on a sheet and sheets of which nothing came back are named', async () => {
    const { fixture, rows } = await sheetsOut();
    const rehearsal = await rehearse(fixture, fileOf([filled(rows[0]!, '4'), filled(rows[2]!, '5')]));
    expect(sheetOf(rehearsal, 'CS-2026-10-001')).toMatchObject({ missing: [2, 4], notCounted: [] });
    expect(reportSentences(rehearsal.countSheets!)).toEqual(['CS-2026-10-001: lines missing in the file: 2, 4.', 'Nothing came back of 1 sheet: CS-2026-10-002.']);
    expect(standingOf(fixture)).toEqual(['CS-2026-10-001 issued 0/4', 'CS-2026-10-002 issued 0/1']);
  });

  test('an extra line, an unknown sheet, another item and another place wait, each with its reason', async () => {
    const { fixture, rows } = await sheetsOut();
    const { rehearsal } = await sendBack(fixture, [
      filled(rows[0]!, '4'),
      filled({ ...rows[0]!, Line: '31' }, '1'),
      filled({ ...rows[0]!, Sheet: 'CS-2026-10-077' }, '1'),
      filled({ ...rows[1]!, SKU: 'MUG-2' }, '1'),
      filled({ ...rows[2]!, Location: 'Reno' }, '1'),
      filled({ ...rows[3]!, SKU: 'NO-SUCH-THING' }, '1'),
      filled({ ...rows[4]!, Sheet: '' }, '1'),
    ]);
    expect(reasonsOf(rehearsal)).toEqual([
      { reason: 'not_on_sheet', subject: 'CS-2026-10-001 31', detail: 'Count sheet CS-2026-10-001 has 4 lines; line 31 was not issued.' },
      { reason: 'not_on_sheet', subject: 'CS-2026-10-077', detail: 'Count sheet CS-2026-10-077 was never issued from this workbook.' },
      { reason: 'not_on_sheet', subject: 'CS-2026-10-001 2', detail: 'Count sheet CS-2026-10-001, line 2 was issued for MUG-1 at Portland; the row says MUG-2 at Portland.' },
      { reason: 'not_on_sheet', subject: 'CS-2026-10-001 3', detail: 'Count sheet CS-2026-10-001, line 3 was issued for 00417 at Portland; the row says 00417 at Reno.' },
      { reason: 'not_on_sheet', subject: 'CS-2026-10-001 4', detail: "Count sheet CS-2026-10-001, line 4 was issued for =SUM(A1) at Portland; the row says NO-SUCH-THING at Portland." },
      { reason: 'not_on_sheet', subject: '', detail: 'The row names no count sheet.' },
    ]);
    expect(sheetOf(rehearsal, 'CS-2026-10-001')).toMatchObject({ linesWritten: 1, quarantined: [2, 3, 4], extra: ['31'], missing: [] });
    expect(sheetOf(rehearsal, 'CS-2026-10-077')).toMatchObject({ problem: 'unknown', rows: 1 });
    expect(sheetStanding(fixture.workbook, fixture.periodId).strays.map(({ subject, rowNumber }) => `${rowNumber}: ${subject}`)).toEqual([
      '3: CS-2026-10-001 31', '4: CS-2026-10-077', '5: CS-2026-10-001 2', '6: CS-2026-10-001 3', '7: CS-2026-10-001 4', '8: ',
    ]);
  });

  test('a row is mended in the quarantine and then stands on its sheet', async () => {
    const { fixture, rows } = await sheetsOut();
    await sendBack(fixture, [filled({ ...rows[1]!, SKU: 'MUG-2' }, '9')]);
    const [waiting] = listQuarantine(fixture.workbook, fixture.periodId).rows;
    const cells = waiting!.cells.map((cell) => (cell === 'MUG-2' ? 'MUG-1' : cell));
    accepted(correctRow(fixture.context, { quarantineRowId: waiting!.quarantineRowId, cells, why: 'Read off the paper' }));
    expect(countsIn(fixture)).toEqual(['CS-2026-10-001 2 MUG-1 Portland #1 9']);
    expect(standingOf(fixture)[0]).toBe('CS-2026-10-001 partly_back 1/4');
  });

  test('a voided sheet and a sheet of another period are told apart from one that was never issued', async () => {
    const { fixture, rows } = await sheetsOut();
    accepted(voidCountSheets(fixture.context, { countSheetIds: [2], why: 'Rack was moved' }));
    const rehearsal = await rehearse(fixture, fileOf([filled(rows[4]!, '4')]));
    expect(reasonsOf(rehearsal)).toMatchObject([{ reason: 'not_on_sheet', detail: expect.stringMatching(/^Count sheet CS-2026-10-002 was voided at 2026-11-02T01:00:00-08:00 by Ana Reyes .*: Rack was moved\.$/) }]);
    const september = fixture.workbook.get<{ period_id: number }>(`SELECT period_id FROM periods WHERE code = '2026-09'`)!.period_id;
    const early = await rehearse({ ...fixture, periodId: september }, fileOf([filled(rows[0]!, '4')]));
    expect(reasonsOf(early)).toMatchObject([{ detail: 'Count sheet CS-2026-10-001 was issued for 2026-10, not for 2026-09.' }]);
    expect(sheetOf(early, 'CS-2026-10-001')).toMatchObject({ problem: 'other_period', linesIssued: 0 });
  });

  test('a negative or unreadable figure waits, and its line is not called missing', async () => {
    const { fixture, rows } = await sheetsOut();
    const rehearsal = await rehearse(fixture, fileOf([filled(rows[0]!, '-4'), filled(rows[1]!, 'about ten'), ...rows.slice(2)]));
    expect(rehearsal.badRows.map(({ reason }) => reason)).toEqual(['negative_count', 'unreadable_number']);
    expect(sheetOf(rehearsal, 'CS-2026-10-001')).toMatchObject({ quarantined: [1, 2], missing: [], notCounted: [3, 4] });
  });
});

describe('what comes twice', () => {
  test('is passed over where it says the same and waits where it does not', async () => {
    const { fixture, rows } = await sheetsOut();
    await sendBack(fixture, [filled(rows[0]!, '4'), filled(rows[1]!, '5')]);
    const { rehearsal } = await sendBack(fixture, [filled(rows[0]!, '4'), filled(rows[1]!, '6'), filled(rows[2]!, '7')]);
    expect([rehearsal.rowsAccepted, rehearsal.rowsIgnored, rehearsal.rowsQuarantined]).toEqual([1, 1, 1]);
    expect(rehearsal.ignoredByReason).toEqual([{ reason: 'already_held', rows: 1 }]);
    expect(rehearsal.badRows[0]).toMatchObject({ reason: 'duplicate_row', subject: 'CS-2026-10-001 2' });
    expect(sheetOf(rehearsal, 'CS-2026-10-001')).toMatchObject({ linesWritten: 1, linesHeld: 1, quarantined: [2] });
    expect(countsIn(fixture).map((text) => text.split(' ').at(-1))).toEqual(['4', '5', '7']);
  });

  test('a second count may come later than the first, on the same line', async () => {
    const { fixture, rows } = await sheetsOut();
    await sendBack(fixture, [filled(rows[0]!, '4')]);
    await sendBack(fixture, [filled(rows[0]!, '4', '5')]);
    expect(countsIn(fixture)).toEqual(['CS-2026-10-001 1 MUG-2 Portland #1 4', 'CS-2026-10-001 1 MUG-2 Portland #2 5']);
  });

  test('the same place on two sheets is not counted twice', async () => {
    const { fixture, rows } = await sheetsOut();
    const { path: filePath } = await issue(fixture, { skus: ['MUG-2'] }, 'second.csv');
    await sendBack(fixture, [filled(rows[0]!, '4')]);
    const { rehearsal } = await sendBack(fixture, [filled(rowsOf(filePath)[0]!, '4')]);
    expect(reasonsOf(rehearsal)).toEqual([
      { reason: 'duplicate_row', subject: 'CS-2026-10-003 1', detail: 'Sheet CS-2026-10-001, line 1 gives count 1 of the same item in bin A-2 already: both together would count it twice.' },
    ]);
  });
});

test('a count that another program numbered is held against no sheet', async () => {
  const { fixture } = await sheetsOut();
  const plain = lines('sheet,line,sku,location,counted,counted_at', 'S-9,1,MUG-1,Portland,4,2026-10-31T20:00:00-07:00', 'S-9,2,MUG-2,Portland,,2026-10-31T20:00:00-07:00');
  const { rehearsal } = await importFile(fixture, plain);
  expect(rehearsal.rowsAccepted).toBe(2);
  expect(rehearsal.countSheets).toBeNull();
});

test('whatever comes back, rehearsal and result agree and every line is in one place', async () => {
  const { fixture: shape, rows: issued } = await sheetsOut();
  expect(standingOf(shape)).toHaveLength(2);
  const figure = fc.constantFrom('', '0', '3', '4.5', '-1', 'x');
  const row = fc.tuple(fc.nat(issued.length - 1), figure, figure, fc.constantFrom('', 'SKU', 'Line', 'Sheet'));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (picked) => {
      const { fixture, rows } = await sheetsOut();
      const back = picked.map(([index, first, second, spoil]) => ({
        ...filled(rows[index]!, first, second),
        ...(spoil === 'SKU' ? { SKU: 'UNMOVED' } : spoil === 'Line' ? { Line: '99' } : spoil === 'Sheet' ? { Sheet: 'CS-2026-10-500' } : {}),
      }));
      const { rehearsal } = await sendBack(fixture, back);
      expect(rehearsal.rowsRead).toBe(back.length);
      expect(rehearsal.rowsAccepted + rehearsal.rowsQuarantined + rehearsal.rowsIgnored).toBe(back.length);
      for (const sheet of rehearsal.countSheets!.sheets.filter(({ problem }) => problem === null)) {
        const { sheets } = sheetStanding(fixture.workbook, fixture.periodId);
        expect(sheets.find(({ number }) => number === sheet.number)!.linesCounted).toBe(sheet.linesWritten);
        expect(new Set([...sheet.missing, ...sheet.notCounted]).size).toBeLessThanOrEqual(sheet.linesIssued - sheet.linesWritten);
      }
    }),
    { seed: 7, numRuns: 20 },
  );
});
