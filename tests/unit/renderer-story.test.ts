/** The pictures and words of a line's story. */
import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS, instantOfLocal } from '@shared/domain/instant';
import { bridgeGeometry } from '../../renderer/features/explain/detail/bridge-geometry';
import { dueDateText, dueInstantOf } from '../../renderer/features/explain/detail/due-date';
import { changesOf } from '../../renderer/features/explain/detail/history-words';
import { dayTicks, eventsOf, scaleOf, shareAt, spreadShares } from '../../renderer/features/explain/detail/timeline-layout';
import { directionWords } from '../../renderer/app/words';

const CUT_OFF = instantOfLocal(2026, 11, 1, 'America/Los_Angeles');

describe('the bridge', () => {
  test('each step begins where the one before ended, and the last ends at the other figure', () => {
    const { from, steps, to } = bridgeGeometry(480_000, [{ quantityScaled: 20_000 }, { quantityScaled: -10_000 }, { quantityScaled: 30_000 }]);
    const end = (bar: { start: number; width: number }) => bar.start + bar.width;
    expect(steps[0]!.start).toBeCloseTo(end(from), 12);
    expect(end(steps[1]!)).toBeCloseTo(end(steps[0]!), 12);
    expect(steps[2]!.start).toBeCloseTo(steps[1]!.start, 12);
    expect(end(to)).toBeCloseTo(end(steps[2]!), 12);
  });

  test('small steps between large figures cut the scale, and it says where it begins', () => {
    const { isCut, originScaled } = bridgeGeometry(5_000_000, [{ quantityScaled: -20_000 }]);
    expect(isCut).toBe(true);
    expect(originScaled).toBe(4_960_000);
  });

  test('steps that are large against the figures start from zero', () => {
    expect(bridgeGeometry(40_000, [{ quantityScaled: -30_000 }])).toMatchObject({ isCut: false, originScaled: 0, from: { start: 0, width: 1 } });
  });

  test('a negative figure stands left of zero', () => {
    const { from, to, originScaled } = bridgeGeometry(20_000, [{ quantityScaled: -50_000 }]);
    expect(originScaled).toBe(-30_000);
    expect(from.start).toBeCloseTo(0.6, 12);
    expect(to.start).toBe(0);
    expect(to.width).toBeCloseTo(0.6, 12);
  });

  test('no variance at all is a bridge of two equal figures', () => {
    expect(bridgeGeometry(0, [{ quantityScaled: 0 }])).toMatchObject({ from: { width: 0 }, to: { width: 0 } });
    expect(bridgeGeometry(50_000, [{ quantityScaled: 0 }])).toMatchObject({ isCut: false, from: { width: 1 }, to: { width: 1 } });
  });
});

const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
  what: 'posting', lane: 'erp', type: 'shipment', document: 'SO-1', line: '1', quantityScaled: 20_000, occurredInstant: CUT_OFF, postedInstant: CUT_OFF,
  isAfterCutOff: false, elsewhere: '', reference: '', reason: '', evidence: { importId: 1, file: 'movements.csv', row: 2 }, ...change,
});

describe('the timeline', () => {
  test('postings of one event by several systems are one event, and what happened first stands first', () => {
    const events = eventsOf([
      entry({ lane: 'erp', occurredInstant: CUT_OFF - 5 * HOUR_MS, postedInstant: CUT_OFF + 30 * HOUR_MS }),
      entry({ what: 'count', lane: 'count', type: null, document: 'A-1', occurredInstant: CUT_OFF - 4 * HOUR_MS }),
      entry({ lane: 'warehouse', occurredInstant: CUT_OFF - 5 * HOUR_MS, postedInstant: CUT_OFF - 5 * HOUR_MS }),
      entry({ type: 'order', lane: 'storefront', occurredInstant: CUT_OFF - 9 * HOUR_MS }),
    ]);
    expect(events.map((event) => [event.type, event.entries.map((each) => each.lane)])).toEqual([
      ['order', ['storefront']],
      ['shipment', ['erp', 'warehouse']],
      [null, ['count']],
    ]);
  });

  test('the window around the cut-off is always in the picture', () => {
    const scale = scaleOf([], CUT_OFF, 48);
    expect(shareAt(CUT_OFF - 48 * HOUR_MS, scale)).toBeGreaterThan(0);
    expect(shareAt(CUT_OFF + 48 * HOUR_MS, scale)).toBeLessThan(1);
    expect(shareAt(CUT_OFF, scale)).toBeCloseTo(0.5, 12);
  });

  test('what lies weeks before the cut-off does not squeeze the rest, and is counted', () => {
    const scale = scaleOf([entry({ postedInstant: CUT_OFF - 25 * 24 * HOUR_MS }), entry({})], CUT_OFF, 48);
    expect(scale.earlier).toBe(1);
    expect(scale.startInstant).toBeGreaterThan(CUT_OFF - 8 * 24 * HOUR_MS);
  });

  test('marks are pushed apart and stay inside the picture', () => {
    const spread = spreadShares([0.2, 0.21, 0.98, 0.99, 1], 0.05);
    spread.slice(1).forEach((share, index) => expect(share - spread[index]!).toBeGreaterThanOrEqual(0.05 - 1e-9));
    expect(spread.at(-1)).toBe(1);
    expect(spread[0]).toBe(0.2);
  });

  test('a mark before the cut-off stays before it however many there are', () => {
    const spread = spreadShares([0.48, 0.49, 0.495], 0.05, 0, 0.475);
    expect(Math.max(...spread)).toBeLessThanOrEqual(0.475);
    expect(spread[1]! - spread[0]!).toBeGreaterThanOrEqual(0.05 - 1e-9);
    expect(Math.min(...spreadShares([0.501, 0.502], 0.05, 0.525, 1))).toBe(0.525);
  });

  test('ticks stand at local midnights on both sides of a clock change', () => {
    const ticks = dayTicks({ startInstant: CUT_OFF - 30 * HOUR_MS, endInstant: CUT_OFF + 30 * HOUR_MS, earlier: 0 }, 'America/Los_Angeles');
    expect(ticks).toEqual([31, 1, 2].map((day) => instantOfLocal(2026, day === 31 ? 10 : 11, day, 'America/Los_Angeles')));
  });
});

describe('words', () => {
  test('a variance says which way it points', () => {
    expect(directionWords('count', -20_000)).toBe('2 fewer on the shelf than ERP');
    expect(directionWords('channel', 40_000)).toBe('4 more available in the storefront than the identity gives');
    expect(directionWords('ledger', 0)).toBe('no variance');
    expect(directionWords('ledger', null)).toBe('not every figure is known');
  });

  test('a change of a line is told field by field', () => {
    const detail = JSON.stringify({ before: { reason: null, owner: 'warehouse', dueInstant: null }, after: { reason: 'SHRINK', owner: 'warehouse', dueInstant: 5 } });
    expect(changesOf(detail, (instant) => `day ${instant}`)).toEqual([
      { field: 'reason', before: 'none', after: 'SHRINK' },
      { field: 'due date', before: 'none', after: 'day 5' },
    ]);
    expect(changesOf('not json', String)).toEqual([]);
  });

  test('a due date is the last second of its day in the workbook’s time zone', () => {
    const instant = dueInstantOf('2026-11-05', 'America/Los_Angeles');
    expect(instant).toBe(instantOfLocal(2026, 11, 6, 'America/Los_Angeles') - 1000);
    expect(dueDateText(instant!, 'America/Los_Angeles')).toBe('2026-11-05');
    expect(dueInstantOf('', 'UTC')).toBeNull();
    expect(dueInstantOf('soon', 'UTC')).toBeUndefined();
  });
});
