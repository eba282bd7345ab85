/** The pictures and words of a line's story. */
import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS, instantOfLocal } from '@shared/domain/instant';
import { dueDateText, dueInstantOf } from '../../renderer/features/explain/detail/due-date';
import { changesOf } from '../../renderer/features/explain/detail/history-words';
import { eventsOf, scaleOf } from '../../renderer/features/explain/detail/timeline-layout';
import { directionWords, madeWith } from '../../renderer/app/words';

const CUT_OFF = instantOfLocal(2026, 11, 1, 'America/Los_Angeles');

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
    expect(scale.startInstant).toBeLessThan(CUT_OFF - 48 * HOUR_MS);
    expect(scale.endInstant).toBeGreaterThan(CUT_OFF + 48 * HOUR_MS);
    expect(CUT_OFF - scale.startInstant).toBeCloseTo(scale.endInstant - CUT_OFF, 3);
  });

  test('what lies weeks before the cut-off does not squeeze the rest', () => {
    const scale = scaleOf([entry({ postedInstant: CUT_OFF - 25 * 24 * HOUR_MS }), entry({})], CUT_OFF, 48);
    expect(scale.startInstant).toBeGreaterThan(CUT_OFF - 8 * 24 * HOUR_MS);
  });
});

describe('words', () => {
  test('the stamp of a reconciliation is told in words, and one of another shape as it is', () => {
    expect(madeWith('2026.11-2 rules 3')).toBe('rules version 3, engine 2026.11-2');
    expect(madeWith('by hand')).toBe('by hand');
  });

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
