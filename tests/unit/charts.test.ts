/** The geometry of the charts, and the tables behind them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, instantOfLocal } from '@shared/domain/instant';
import { tableAsCsv, tableAsText } from '../../renderer/charts/chart-table';
import { niceEnd, partSpans } from '../../renderer/charts/geometry/bars';
import { lanePlaces, shownStretch, spreadShares, viewOf, withinWhole } from '../../renderer/charts/geometry/lanes';
import { powersAround, spreadPoints, wholeTicks } from '../../renderer/charts/geometry/points';
import { timeTicks } from '../../renderer/charts/geometry/time-ticks';
import { foldSteps, waterfallGeometry } from '../../renderer/charts/geometry/waterfall';
import { legendPlaces } from '../../renderer/charts/geometry/legend';
import { fittedText } from '../../renderer/charts/measure-text';

describe('a waterfall', () => {
  test('begins each step where the one before ended, and ends the last at the other figure', () => {
    const { from, steps, to, levels } = waterfallGeometry(480_000, [20_000, -10_000, 30_000]);
    const end = (bar: { start: number; width: number }) => bar.start + bar.width;
    expect(steps[0]!.start).toBeCloseTo(end(from), 12);
    expect(end(steps[1]!)).toBeCloseTo(end(steps[0]!), 12);
    expect(steps[2]!.start).toBeCloseTo(steps[1]!.start, 12);
    expect(end(to)).toBeCloseTo(end(steps[2]!), 12);
    expect(levels.at(-1)).toBeCloseTo(end(to), 12);
  });

  test('cuts the scale for small steps between large figures, and says where it begins', () => {
    expect(waterfallGeometry(5_000_000, [-20_000])).toMatchObject({ isCut: true, origin: 4_960_000 });
  });

  test('starts from zero where the steps are large against the figures', () => {
    expect(waterfallGeometry(40_000, [-30_000])).toMatchObject({ isCut: false, origin: 0, from: { start: 0, width: 1 } });
  });

  test('puts a negative figure left of zero', () => {
    const { from, to, origin } = waterfallGeometry(20_000, [-50_000]);
    expect(origin).toBe(-30_000);
    expect(from.start).toBeCloseTo(0.6, 12);
    expect(to.start).toBe(0);
    expect(to.width).toBeCloseTo(0.6, 12);
  });

  test('of no difference at all is two equal figures', () => {
    expect(waterfallGeometry(0, [0])).toMatchObject({ from: { width: 0 }, to: { width: 0 } });
    expect(waterfallGeometry(50_000, [0])).toMatchObject({ isCut: false, from: { width: 1 }, to: { width: 1 } });
  });

  test('keeps every bar inside the picture, whatever the steps', () => {
    const scaled = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(scaled, fc.array(scaled, { maxLength: 40 }), (from, steps) => {
        const geometry = waterfallGeometry(from, steps);
        for (const bar of [geometry.from, ...geometry.steps, geometry.to]) {
          expect(bar.start).toBeGreaterThanOrEqual(-1e-9);
          expect(bar.start + bar.width).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  test('of very many steps keeps the largest and adds up the others, and loses nothing', () => {
    const steps = [5, -1, 200, 3, -90, 2].map((value) => ({ value }));
    const { shown, rest } = foldSteps(steps, 3);
    expect(shown).toEqual([{ value: 200 }, { value: -90 }]);
    expect(rest).toEqual({ value: 9, count: 4 });
    expect(foldSteps(steps, 6)).toEqual({ shown: steps, rest: undefined });
  });
});

describe('parts of a bar', () => {
  test('stand side by side and together are as long as the bar', () => {
    const spans = partSpans([{ value: 30 }, { value: 50 }, { value: 20 }], 100, 400);
    expect(spans.map(({ start }) => start)).toEqual([0, 0.3, 0.8]);
    expect(spans.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1, 12);
  });

  test('are seen even where they are a millionth of it, and the bar keeps its length', () => {
    const spans = partSpans([{ value: 1 }, { value: 999_999 }], 1_000_000, 300);
    expect(spans[0]!.width * 300).toBeCloseTo(3, 9);
    expect(spans[0]!.width + spans[1]!.width).toBeCloseTo(1, 9);
  });

  test('of nothing have no width', () => {
    expect(partSpans([{ value: 0 }, { value: 0 }], 0, 300)).toEqual([{ start: 0, width: 0 }, { start: 0, width: 0 }]);
    expect(partSpans([{ value: 0 }, { value: 5 }], 5, 300)[0]!.width).toBe(0);
  });

  test('never overlap, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 8 }), (values) => {
        const spans = partSpans(values.map((value) => ({ value })), values.reduce((sum, value) => sum + value, 0), 500);
        spans.slice(1).forEach((span, index) => expect(span.start).toBeCloseTo(spans[index]!.start + spans[index]!.width, 9));
      }),
    );
  });
});

test('a scale ends at a round figure that is not less than the largest', () => {
  expect([0, 1, 7, 31, 99, 101, 2_400].map(niceEnd)).toEqual([1, 1, 10, 50, 100, 200, 2_500]);
});

const HOUR = (hours: number) => hours * HOUR_MS;
const WHOLE = { startInstant: 0, endInstant: HOUR(100) };

describe('zoomed lanes', () => {
  test('show the stretch that a view was made for', () => {
    const shown = { startInstant: HOUR(40), endInstant: HOUR(60) };
    expect(viewOf(shown, WHOLE)).toEqual({ scaleX: 5, translateX: -2 });
    expect(shownStretch(viewOf(shown, WHOLE), WHOLE)).toEqual(shown);
  });

  test('are never moved beside the whole, nor further out than all of it, nor closer than the closest view', () => {
    const before = { scaleX: 5, translateX: -2 };
    expect(withinWhole({ scaleX: 5, translateX: 3 }, before, 50)).toEqual({ scaleX: 5, translateX: 0 });
    expect(withinWhole({ scaleX: 5, translateX: -9 }, before, 50)).toEqual({ scaleX: 5, translateX: -4 });
    expect(withinWhole({ scaleX: 0.4, translateX: 0.2 }, before, 50)).toEqual({ scaleX: 1, translateX: 0 });
    expect(withinWhole({ scaleX: 60, translateX: -30 }, before, 50)).toBe(before);
  });

  test('push marks apart and keep them inside the picture', () => {
    const spread = spreadShares([0.2, 0.21, 0.98, 0.99, 1], 0.05);
    spread.slice(1).forEach((share, index) => expect(share - spread[index]!).toBeGreaterThanOrEqual(0.05 - 1e-9));
    expect(spread.at(-1)).toBe(1);
    expect(spread[0]).toBe(0.2);
  });

  test('keep a mark on its side of the cut however many there are', () => {
    const instants = [47, 48, 49, 49.5, 50.5, 51].map(HOUR);
    const { shares } = lanePlaces(instants, WHOLE, HOUR(50), 0.05);
    expect(Math.max(...shares.slice(0, 4).map((share) => share!))).toBeLessThanOrEqual(0.475 + 1e-9);
    expect(Math.min(...shares.slice(4).map((share) => share!))).toBeGreaterThanOrEqual(0.525 - 1e-9);
  });

  test('say how many marks lie outside of what is shown', () => {
    const { shares, before, after } = lanePlaces([HOUR(1), HOUR(45), HOUR(80), HOUR(90)], { startInstant: HOUR(40), endInstant: HOUR(60) }, HOUR(50), 0.05);
    expect({ before, after }).toEqual({ before: 1, after: 2 });
    expect(shares.map((share) => share === undefined)).toEqual([true, false, true, true]);
  });
});

describe('a time axis', () => {
  const CUT_OFF = instantOfLocal(2026, 11, 1, 'America/Los_Angeles');
  const midnight = (month: number, day: number) => instantOfLocal(2026, month, day, 'America/Los_Angeles');

  test('stands at local midnights on both sides of a clock change', () => {
    const ticks = timeTicks({ startInstant: CUT_OFF - HOUR(30), endInstant: CUT_OFF + HOUR(30) }, 'America/Los_Angeles', 3);
    expect(ticks.map(({ instant }) => instant)).toEqual([midnight(10, 31), midnight(11, 1), midnight(11, 2)]);
  });

  test('tells hours where there is room, by the wall clock', () => {
    const ticks = timeTicks({ startInstant: CUT_OFF, endInstant: CUT_OFF + HOUR(24) }, 'America/Los_Angeles', 5);
    expect(ticks.map(({ isDay }) => isDay)).toEqual([true, false, false, false]);
    // The clocks went back at two: six in the morning is seven hours after midnight.
    expect(ticks.map(({ instant }) => (instant - CUT_OFF) / HOUR_MS)).toEqual([0, 7, 13, 19]);
  });

  test('has no more marks than there is room for over months', () => {
    expect(timeTicks({ startInstant: CUT_OFF - HOUR(24 * 60), endInstant: CUT_OFF }, 'America/Los_Angeles', 6).length).toBeLessThanOrEqual(7);
  });
});

describe('a map of points', () => {
  test('spans the powers of ten around the sizes', () => {
    expect(powersAround([42, 7_000])).toEqual([10, 100, 1_000, 10_000]);
    expect(powersAround([100])).toEqual([100, 1_000]);
    expect(powersAround([])).toEqual([1, 10]);
  });

  test('counts age in whole days', () => {
    expect(wholeTicks(45, 5)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(wholeTicks(1, 5)).toEqual([0, 1]);
  });

  test('moves points of one spot apart', () => {
    const places = spreadPoints([{ x: 10, y: 10 }, { x: 10, y: 10 }, { x: 10, y: 80 }], 11, 300);
    expect(places).toEqual([{ x: 10, y: 10 }, { x: 21, y: 10 }, { x: 10, y: 80 }]);
  });
});

test('a legend goes on in the next row where its words have no room', () => {
  const entries = ['Timing', 'Alignment', 'Physical'].map((label) => ({ tone: 'timing' as const, label }));
  expect(legendPlaces(entries, 130, () => 40).map(({ y }) => y)).toEqual([0, 0, 18]);
});

test('a label that does not fit ends with an ellipsis', () => {
  expect(fittedText('Refund put back on sale', 60, (text) => text.length * 6)).toBe('Refund pu…');
  expect(fittedText('Swap', 60, (text) => text.length * 6)).toBe('Swap');
});

describe('the table behind a chart', () => {
  const table = {
    columns: [{ title: 'Cause' }, { title: 'Units', align: 'end' as const }],
    rows: [{ key: '1', cells: ['=HYPERLINK("x")', { text: '−1,234,567.5', plain: '-1234567.5' }] }],
  };

  test('is saved with exact plain figures, and a text stays a text', () => {
    expect(tableAsCsv(table)).toBe('\ufeffCause,Units\r\n"\'=HYPERLINK(""x"")",-1234567.5\r\n');
  });

  test('is copied as spreadsheets take it', () => {
    expect(tableAsText(table)).toBe('Cause\tUnits\n=HYPERLINK("x")\t-1234567.5');
  });
});
