/**
 * The grid's model: ranges, moves, fills, pastes and sums, without a window.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workOut } from '../../renderer/grid/model/arithmetic';
import { fillByHandle, filledFrom, fillDown, fillRight, pasteTarget } from '../../renderer/grid/model/blocks';
import {
  addRange, boxesOf, boxOf, type CellBox, cellsIn, columnSpansOf, copiedShapeOf, extendTo, type GridShape, isInBox, keptWithin, mergeSpans, rowsIn, rowSpansOf,
  selectAll, selectCell, selectRange, shifted, wholeColumns, wholeRows,
} from '../../renderer/grid/model/cell-range';
import { byRow, type EditableColumn, notTaken, planEdits, taken } from '../../renderer/grid/model/edits';
import { addSums, averageOf, NO_FIGURES, sumsOf } from '../../renderer/grid/model/exact-sums';
import { Freshness } from '../../renderer/grid/model/freshness';
import { edgeOfData, moveFor, nextCell, placeAfter } from '../../renderer/grid/model/moves';

const COLUMNS = ['a', 'b', 'c', 'd', 'e'];
const shape: GridShape = { rows: 1_000_000, columns: COLUMNS };
const at = (row: number, column: string) => ({ row, column });
const box = (top: number, bottom: number, left: number, right: number): CellBox => ({ top, bottom, left, right });

describe('ranges', () => {
  test('a range is the rectangle of its corners, whichever way it was drawn', () => {
    const drawn = extendTo(selectCell(at(900_000, 'd')), at(12, 'b'));
    expect(boxesOf(drawn, shape)).toEqual([box(12, 900_000, 1, 3)]);
    expect(cellsIn(drawn, shape)).toBe(899_989 * 3);
    expect(drawn.active).toEqual(at(900_000, 'd'));
  });

  test('several ranges count a cell once, however many hold it', () => {
    const two = extendTo(addRange(extendTo(selectCell(at(0, 'a')), at(9, 'c')), { anchor: at(5, 'b'), extent: at(5, 'b') }), at(14, 'd'));
    expect(cellsIn(two, shape)).toBe(30 + 30 - 10);
    expect(columnSpansOf(two, shape)).toEqual(new Map([['a', [{ from: 0, to: 9 }]], ['b', [{ from: 0, to: 14 }]], ['c', [{ from: 0, to: 14 }]], ['d', [{ from: 5, to: 14 }]]]));
    expect(rowSpansOf(two, shape)).toEqual([{ from: 0, to: 14 }]);
  });

  test('whole rows, whole columns and everything stay whole when rows and columns come and go', () => {
    const wider: GridShape = { rows: 20, columns: ['z', ...COLUMNS] };
    expect(boxOf(wholeRows(3, 4, shape), wider)).toEqual(box(3, 4, 0, 5));
    expect(boxOf(wholeColumns('b', 'c', shape), wider)).toEqual(box(0, 19, 2, 3));
    expect(boxesOf(selectAll(at(7, 'c'), shape), wider)).toEqual([box(0, 19, 0, 5)]);
    expect(selectAll(at(7, 'c'), shape).active).toEqual(at(7, 'c'));
  });

  test('a range keeps its columns when they are moved, and what is left of it when one is hidden', () => {
    const range = { anchor: at(0, 'b'), extent: at(0, 'd') };
    expect(boxOf(range, { rows: 1, columns: ['d', 'a', 'b'] })).toEqual(box(0, 0, 0, 2));
    expect(boxOf(range, { rows: 1, columns: ['a', 'd'] })).toEqual(box(0, 0, 1, 1));
    expect(boxOf(range, { rows: 1, columns: ['a'] })).toBeUndefined();
  });

  test('fewer rows bring a selection back inside; no rows end it', () => {
    const selection = selectRange({ anchor: at(90, 'b'), extent: at(99, 'c') });
    expect(keptWithin(selection, { rows: 95, columns: COLUMNS })!.ranges).toEqual([{ anchor: at(90, 'b'), extent: at(94, 'c') }]);
    expect(keptWithin(selection, { rows: 0, columns: COLUMNS })).toBeUndefined();
    expect(shifted(selection, -5, shape)!.active).toEqual(at(85, 'b'));
  });

  test('ranges that line up are copied as one block, others are not', () => {
    const rowsApart = addRange(selectRange({ anchor: at(0, 'a'), extent: at(1, 'b') }), { anchor: at(5, 'a'), extent: at(6, 'b') });
    expect(copiedShapeOf(rowsApart, shape)).toEqual({ spans: [{ from: 0, to: 1 }, { from: 5, to: 6 }], columns: ['a', 'b'] });
    const columnsApart = addRange(selectRange({ anchor: at(0, 'a'), extent: at(1, 'a') }), { anchor: at(0, 'd'), extent: at(1, 'd') });
    expect(copiedShapeOf(columnsApart, shape)).toEqual({ spans: [{ from: 0, to: 1 }], columns: ['a', 'd'] });
    const stairs = addRange(selectCell(at(0, 'a')), { anchor: at(1, 'b'), extent: at(1, 'b') });
    expect(copiedShapeOf(stairs, shape)).toBeUndefined();
  });

  test('merged spans hold exactly the rows of the spans they were made of', () => {
    const span = fc.tuple(fc.nat(40), fc.nat(10)).map(([from, more]) => ({ from, to: from + more }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const rows = new Set(spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_none, step) => from + step)));
        const merged = mergeSpans(spans);
        expect(rowsIn(merged)).toBe(rows.size);
        merged.slice(1).forEach((each, place) => expect(each.from).toBeGreaterThan(merged[place]!.to + 1));
      }),
    );
  });

  test('cells of any ranges are counted as a list of them would be', () => {
    const small: GridShape = { rows: 8, columns: COLUMNS };
    const place = fc.record({ row: fc.nat(7), column: fc.constantFrom(...COLUMNS) });
    fc.assert(
      fc.property(fc.array(fc.record({ anchor: place, extent: place }), { minLength: 1, maxLength: 4 }), (ranges) => {
        const selection = { ranges, active: ranges[0]!.anchor };
        const cells = new Set(boxesOf(selection, small).flatMap((each) => Array.from({ length: 40 }, (_none, cell) => cell).filter((cell) => isInBox(each, cell % 8, Math.floor(cell / 8)))));
        expect(cellsIn(selection, small)).toBe(cells.size);
      }),
    );
  });
});

describe('moves', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  const filled = { shape, page: { rows: 30, columns: 4 }, isEmpty: () => false };
  const go = (key: string, from: { row: number; column: string }, held = {}) => {
    const reached = placeAfter(from, moveFor(press(key, held))!, filled);
    return 'place' in reached ? [reached.place.row, reached.place.column] : reached;
  };

  test('arrows, pages and ends go where they go in a spreadsheet', () => {
    expect(go('ArrowDown', at(5, 'b'))).toEqual([6, 'b']);
    expect(go('ArrowLeft', at(5, 'a'))).toEqual([5, 'a']);
    expect(go('PageDown', at(999_990, 'b'))).toEqual([999_999, 'b']);
    expect(go('PageUp', at(100, 'b'))).toEqual([70, 'b']);
    expect(go('PageDown', at(0, 'a'), { altKey: true })).toEqual([0, 'e']);
    expect(go('Home', at(9, 'd'))).toEqual([9, 'a']);
    expect(go('End', at(9, 'b'))).toEqual([9, 'e']);
    expect(go('Home', at(9, 'd'), { ctrlKey: true })).toEqual([0, 'a']);
    expect(go('End', at(9, 'd'), { ctrlKey: true })).toEqual([999_999, 'e']);
    expect(moveFor(press('ArrowDown', { altKey: true }))).toBeUndefined();
    expect(moveFor(press('x'))).toBeUndefined();
  });

  test('Ctrl+arrow goes to the last filled cell, from there to the next filled one, and at last to the end', () => {
    const filledPlaces = new Set([0, 1, 2, 6, 7]);
    const edge = (from: number, step: 1 | -1) => edgeOfData(from, step, 10, (place) => !filledPlaces.has(place));
    expect([edge(0, 1), edge(2, 1), edge(3, 1), edge(6, 1), edge(7, 1), edge(9, 1)]).toEqual([2, 6, 6, 7, 9, 9].map((place) => ({ at: place })));
    expect([edge(9, -1), edge(6, -1), edge(2, -1)]).toEqual([7, 2, 0].map((place) => ({ at: place })));
  });

  test('where the data ends in rows that are not loaded is asked for, never guessed', () => {
    const reached = placeAfter(at(5, 'b'), { to: 'edge', direction: 'down' }, { ...filled, isEmpty: ({ row }) => (row < 200 ? false : undefined) });
    expect(reached).toEqual({ needs: 200 });
  });

  test('Enter and Tab go round inside the range and then into the next one', () => {
    const selection = addRange(selectRange({ anchor: at(8, 'e'), extent: at(8, 'e') }), { anchor: at(0, 'a'), extent: at(1, 'b') });
    const steps = (by: 'row' | 'column', step: 1 | -1) => {
      let current = selection;
      return Array.from({ length: 5 }, () => {
        const next = nextCell(current, shape, by, step);
        current = { ...current, active: next.place };
        return `${next.place.column}${next.place.row}`;
      });
    };
    expect(steps('row', 1)).toEqual(['a1', 'b0', 'b1', 'e8', 'a0']);
    expect(steps('column', 1)).toEqual(['b0', 'a1', 'b1', 'e8', 'a0']);
    expect(steps('column', -1)).toEqual(['e8', 'b1', 'a1', 'b0', 'a0']);
  });

  test('without a range Tab goes from the end of a row to the next', () => {
    expect(nextCell(selectCell(at(3, 'e')), shape, 'column', 1)).toEqual({ place: at(4, 'a'), staysInRange: false });
    expect(nextCell(selectCell(at(0, 'a')), shape, 'column', -1)).toEqual({ place: at(0, 'a'), staysInRange: false });
    expect(nextCell(selectCell(at(3, 'b')), shape, 'row', 1)).toEqual({ place: at(4, 'b'), staysInRange: false });
  });
});

describe('blocks', () => {
  const block = [['1', '2'], ['3', '4']];
  const pasted = (onto: CellBox, rows = 100, columns = 5) => {
    const target = pasteTarget(block, onto, rows, columns);
    const texts = Array.from({ length: target.box.bottom - target.box.top + 1 }, (_row, row) =>
      Array.from({ length: target.box.right - target.box.left + 1 }, (_column, column) => target.textAt(target.box.top + row, target.box.left + column)).join(''));
    return { ...target, texts };
  };

  test('a block goes from the first cell on, or several times where the range is a multiple of it', () => {
    expect(pasted(box(5, 5, 1, 1)).texts).toEqual(['12', '34']);
    expect(pasted(box(0, 3, 0, 3)).texts).toEqual(['1212', '3434', '1212', '3434']);
    expect(pasted(box(0, 2, 0, 2)).texts).toEqual(['12', '34']);
  });

  test('what has no cells is counted', () => {
    const { texts, rowsOutside, columnsOutside } = pasted(box(99, 99, 4, 4));
    expect({ texts, rowsOutside, columnsOutside }).toEqual({ texts: ['1'], rowsOutside: 1, columnsOutside: 1 });
  });

  test('filling repeats the first row or column, or what stands before a single one', () => {
    expect(fillDown(box(3, 9, 1, 2))).toEqual({ from: box(3, 3, 1, 2), onto: box(4, 9, 1, 2) });
    expect(fillDown(box(3, 3, 1, 2))).toEqual({ from: box(2, 2, 1, 2), onto: box(3, 3, 1, 2) });
    expect(fillDown(box(0, 0, 1, 1))).toBeUndefined();
    expect(fillRight(box(3, 9, 1, 2))).toEqual({ from: box(3, 9, 1, 1), onto: box(3, 9, 2, 2) });
    expect(fillRight(box(3, 9, 0, 0))).toBeUndefined();
  });

  test('the fill handle goes along one way and repeats the range from its own end', () => {
    const from = box(10, 11, 2, 2);
    expect(fillByHandle(from, 10, 2)).toBeUndefined();
    const down = fillByHandle(from, 15, 3)!;
    expect(down.onto).toEqual(box(12, 15, 2, 2));
    expect([12, 13, 14, 15].map((row) => filledFrom(down, row, 2).row)).toEqual([10, 11, 10, 11]);
    const up = fillByHandle(from, 7, 2)!;
    expect([9, 8, 7].map((row) => filledFrom(up, row, 2).row)).toEqual([11, 10, 11]);
    expect(fillByHandle(from, 10, 4)!.onto).toEqual(box(10, 11, 3, 4));
    expect(fillByHandle(from, 11, 0)!.onto).toEqual(box(10, 11, 0, 1));
  });
});

describe('edits', () => {
  interface Line { readonly name: string; readonly code: string | null; readonly isLocked?: boolean }
  const code: EditableColumn<Line> = {
    id: 'code', title: 'Code',
    whyFixed: (row) => (row.isLocked ? 'Approved.' : undefined),
    value: (row) => row.code,
    take: (text) => (text === '' ? taken(null) : /^[A-Z]+$/.test(text) ? taken(text) : notTaken(`There is no code ${text}.`)),
  };
  const columns = new Map([['code', code]]);
  const lines: Line[] = [{ name: 'one', code: null }, { name: 'two', code: 'ABC' }, { name: 'three', code: 'X', isLocked: true }];
  const wanted = (text: string) => lines.map((data, row) => ({ row, column: 'code', data, text }));

  test('a plan tells what changes, what holds it already and what is refused, before anything is written', () => {
    const plan = planEdits(wanted('ABC'), columns);
    expect(plan.edits).toEqual([{ row: lines[0], column: 'code', before: null, after: 'ABC' }]);
    expect(plan.unchanged).toBe(1);
    expect(plan.refused).toEqual([{ row: 2, column: 'code', text: 'ABC', why: 'Approved.' }]);
  });

  test('a text that the column does not take is refused with its reason, and so is a computed column', () => {
    expect(planEdits(wanted('12'), columns).refused.map(({ why }) => why)).toEqual(['There is no code 12.', 'There is no code 12.', 'Approved.']);
    expect(planEdits([{ row: 0, column: 'sum', data: lines[0]!, text: '1' }], columns).refused[0]!.why).toBe('This column is computed.');
  });

  test('edits of a row are saved together', () => {
    const edit = (row: Line, column: string) => ({ row, column, before: null, after: 'X' });
    const [one, two] = lines as [Line, Line];
    expect(byRow([edit(one, 'code'), edit(two, 'code'), edit(one, 'owner')]).map(({ row, edits }) => [row.name, edits.map(({ column }) => column)])).toEqual([['one', ['code', 'owner']], ['two', ['code']]]);
  });
});

describe('arithmetic', () => {
  const result = (text: string, decimal = '.', group = ',') => {
    const worked = workOut(text, 4, { decimal, group });
    return worked.ok ? worked.scaled : worked.why;
  };

  test('sums are worked out exactly, in the order of arithmetic', () => {
    expect(['12*4+3', '2+3*4', '(2+3)*4', '-3', '1.5*3', '0.1+0.2', '7/2', '1/3*3', ' 12 − 2 ', '.5', '5.'].map((text) => result(text))).toEqual([
      510_000, 140_000, 200_000, -30_000, 45_000, 3_000, 35_000, 10_000, 100_000, 5_000, 50_000,
    ]);
    expect(result('1,5*2', ',', '.')).toBe(30_000);
    // A thousand and two hundred there; read with a point it would be a thousandth of that.
    expect(result('1.200', ',', '.')).toBe('“.200” is no part of a sum. Use figures, + − * / and brackets.');
  });

  test('a figure alone in brackets is below zero, as accounts and spreadsheets write it; in a sum brackets only say what comes first', () => {
    expect(['(12)', ' ( 12.5 ) ', '(.5)', '(0)', '(1,200)', '(12,345,678.25)'].map((text) => result(text))).toEqual([-120_000, -125_000, -5_000, 0, -12_000_000, -123_456_782_500]);
    expect(['(4+2)*3', '(12)*1', '-(12)', '(-12)', '((12))', '2*(3)'].map((text) => result(text))).toEqual([180_000, 120_000, -120_000, -120_000, 120_000, 60_000]);
    expect(['(12,5)', '(1.200)', '(1.200,5)'].map((text) => result(text, ',', '.'))).toEqual([-125_000, -12_000_000, -12_005_000]);
    expect(result('(1\u00a0200,5)', ',', '\u202f')).toBe(-12_005_000);
    expect(['(1,20)', '(12', '()', '(12) kg', '(9999999999999)'].map((text) => result(text))).toEqual([
      'A bracket is not closed.', 'A bracket is not closed.', 'A figure is missing before “)”.', '“kg” is no part of a sum. Use figures, + − * / and brackets.', 'The result is too large to be kept exactly.',
    ]);
  });

  test('what is no sum, would be rounded or is too large is refused with the reason', () => {
    expect(['12/7', '1/0', '3+', '(1+2', '12 kg', '1,000', '', '9999999999999'].map((text) => result(text))).toEqual([
      'The result has more than 4 decimal places. Nothing is rounded here.', 'Nothing can be divided by 0.', 'A figure is missing at the end.', 'A bracket is not closed.',
      '“kg” is no part of a sum. Use figures, + − * / and brackets.', '“,000” is no part of a sum. Use figures, + − * / and brackets.', 'A figure is missing at the end.',
      'The result is too large to be kept exactly.',
    ]);
  });

  test('sums of whole numbers agree with big integers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('+', '-'), fc.nat(1_000_000)), { minLength: 1, maxLength: 12 }), (terms) => {
        const text = terms.map(([sign, figure]) => `${sign}${figure}`).join('');
        const expected = terms.reduce((sum, [sign, figure]) => sum + (sign === '+' ? BigInt(figure) : -BigInt(figure)), 0n);
        expect(result(text)).toBe(Number(expected) * 10_000);
      }),
    );
  });
});

describe('figures of a selection', () => {
  test('sum, least and most are exact beyond what a number holds; unknown figures are counted and not added', () => {
    const large = Number.MAX_SAFE_INTEGER;
    const sums = sumsOf([large, large, null, -5, 0]);
    expect(sums).toEqual({ count: 4, unknown: 1, sum: 2n * BigInt(large) - 5n, least: -5n, most: BigInt(large) });
    expect(addSums(sums, NO_FIGURES)).toEqual(sums);
  });

  test('an average is rounded once, half to even; without figures there is none', () => {
    expect(averageOf(sumsOf([1, 2]), 0)).toBe(2n);
    expect(averageOf(sumsOf([2, 3]), 0)).toBe(2n);
    expect(averageOf(sumsOf([-1, -1, -2]), 2)).toBe(-133n);
    expect(averageOf(sumsOf([null]), 2)).toBeUndefined();
  });
});

describe('rows that are loaded', () => {
  const read = (freshness: Freshness, ...pages: number[]) => pages.forEach((page) => freshness.asked(page * 200)());

  test('are as they were read until something changes, and again once each of their pages has come', () => {
    const freshness = new Freshness(200);
    read(freshness, 0, 1, 2);
    expect(freshness.isFresh({ from: 0, to: 599 })).toBe(true);
    freshness.outdate();
    expect(freshness.isFresh({ from: 0, to: 0 })).toBe(false);
    read(freshness, 0, 1);
    expect([freshness.isFresh({ from: 0, to: 399 }), freshness.isFresh({ from: 399, to: 400 })]).toEqual([true, false]);
  });

  test('a page that was asked for before the change does not tell of it, also where it comes after the one that does', () => {
    const freshness = new Freshness(200);
    const hasCome = freshness.asked(0);
    freshness.outdate();
    expect(hasCome()).toBe(false);
    expect(freshness.isFresh({ from: 0, to: 10 })).toBe(false);
    const late = freshness.asked(0);
    freshness.outdate();
    expect(freshness.asked(0)()).toBe(true);
    expect(late()).toBe(false);
    expect(freshness.isFresh({ from: 0, to: 10 })).toBe(true);
  });
});
