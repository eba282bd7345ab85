import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asSheets, inWalkingOrder, lineRanges, placeOfSheet, reportSentences, sheetHeader, sheetNumber, sheetRanges, sheetState, type SheetInFile,
} from '@shared/domain/count-sheet';
import { choiceOf, FIRST_DRAFT, parseLinesPerSheet } from '../../renderer/features/count-sheets/choice-draft';
import { changeBack, withChange } from '../../renderer/features/count-sheets/typed-counts';

const line = (location: string, bin: string, sku: string) => ({ stockKeyId: 1, location, bin, sku });

test('numbers count up within the period and keep their length until a thousand', () => {
  expect([1, 42, 1000].map((place) => sheetNumber('2026-10', place))).toEqual(['CS-2026-10-001', 'CS-2026-10-042', 'CS-2026-10-1000']);
  expect(['CS-2026-10-042', 'CS-2026-10-1000', 'CS-2026-11-001', 'CS-2026-10-1', 'S-1'].map((number) => placeOfSheet('2026-10', number))).toEqual([42, 1000, undefined, undefined, undefined]);
});

test('a recount has the columns of its own counts', () => {
  expect(sheetHeader(2).filter((heading) => heading.startsWith('Count '))).toEqual(['Count 2', 'Count 3']);
  expect(sheetHeader(9).filter((heading) => heading.startsWith('Count '))).toEqual(['Count 9']);
});

test('people walk from bin to bin in the order of the shelf, and what has no bin comes last', () => {
  const lines = [line('B', '', 'X'), line('A', 'A-10', 'M'), line('A', '', 'B'), line('A', 'A-2', 'Z'), line('A', 'A-2', 'C')];
  expect(inWalkingOrder(lines).map(({ location, bin, sku }) => `${location} ${bin} ${sku}`)).toEqual(['A A-2 C', 'A A-2 Z', 'A A-10 M', 'A  B', 'B  X']);
});

test('every line stands on one sheet, no sheet is longer than asked for or of two locations', () => {
  const lines = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('', 'A-1', 'A-2'), fc.string({ maxLength: 3 })).map(([location, bin, sku]) => line(location, bin, sku)));
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 7 }), (all, longest) => {
      const sheets = asSheets(all, longest);
      expect(sheets.flat()).toEqual(inWalkingOrder(all));
      for (const sheet of sheets) {
        expect(sheet.length).toBeGreaterThan(0);
        expect(sheet.length).toBeLessThanOrEqual(longest);
        expect(new Set(sheet.map(({ location }) => location)).size).toBe(1);
      }
    }),
    { seed: 3 },
  );
});

test('a sheet stands where its counted lines put it', () => {
  const state = (linesCounted: number, isVoid = false) => sheetState({ isVoid, lines: 3, linesCounted });
  expect([state(0), state(2), state(3), state(0, true)]).toEqual(['issued', 'partly_back', 'back', 'void']);
});

test('line and sheet numbers are written as people write them', () => {
  expect(lineRanges([1, 2, 3, 5, 8, 9])).toBe('1-3, 5, 8, 9');
  expect(lineRanges([])).toBe('');
  expect(sheetRanges(['CS-2026-10-001', 'CS-2026-10-002', 'CS-2026-10-003', 'CS-2026-10-005', 'CS-2026-11-006'])).toBe('CS-2026-10-001 to CS-2026-10-003, CS-2026-10-005, CS-2026-11-006');
});

test('a report says what is wrong and nothing of what is right; a sheet that lies there untouched is told once', () => {
  const sheet = (number: string, change: Partial<SheetInFile> = {}): SheetInFile => ({
    number, problem: null, rows: 3, linesIssued: 3, linesWritten: 3, linesHeld: 0, notCounted: [], quarantined: [], missing: [], extra: [], ...change,
  });
  const report = {
    sheets: [
      sheet('CS-2026-10-001'), sheet('CS-2026-10-002', { linesWritten: 0, notCounted: [1, 2, 3] }),
      sheet('CS-2026-10-003', { linesWritten: 1, missing: [2], quarantined: [3], extra: ['9', ''] }), sheet('CS-2026-10-009', { problem: 'void', linesIssued: 0 }),
    ],
    sheetsMissing: ['CS-2026-10-002'],
  };
  expect(reportSentences(report)).toEqual([
    'CS-2026-10-009: was voided; 3 rows go to the quarantine.',
    'CS-2026-10-003: extra lines that were not issued: 9, without a number; lines in the quarantine: 3; lines missing in the file: 2.',
    'Nothing came back of 1 sheet: CS-2026-10-002.',
  ]);
  expect(reportSentences({ sheets: [sheet('CS-2026-10-001')], sheetsMissing: [] })).toEqual([]);
});

test('the form makes a choice of what was typed, or none', () => {
  expect(choiceOf({ ...FIRST_DRAFT, skus: ' MUG-1, MUG 2;\n', category: 'Kitchen', tier: 'A', linesPerSheet: ' 12 ' }, 4)).toEqual({
    periodId: 4, scope: 'in_use', locations: [], category: 'Kitchen', tier: 'A', skus: ['MUG-1', 'MUG 2'], recount: false, linesPerSheet: 12,
  });
  expect(choiceOf({ ...FIRST_DRAFT, scope: 'variance' }, 4)).toMatchObject({ recount: true });
  expect(['0', '501', '', 'ten', '-3', '1.5'].map(parseLinesPerSheet)).toEqual(Array.from({ length: 6 }, () => undefined));
  expect(choiceOf({ ...FIRST_DRAFT, linesPerSheet: '0' }, 4)).toBeUndefined();
});

test('typed figures go back and forth by what differs alone', () => {
  const before = { '1 1': 10_000, '2 1': 0, '3 1': 30_000 };
  const after = { '1 1': 10_000, '2 1': 20_000, '4 1': 40_000 };
  const back = changeBack(before, after);
  expect(back).toEqual({ '2 1': 0, '3 1': 30_000, '4 1': null });
  expect(withChange(after, back)).toEqual(before);
  expect(withChange(before, changeBack(after, before))).toEqual(after);
  expect(changeBack(after, after)).toEqual({});
});
