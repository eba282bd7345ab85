import { describe, expect, test } from 'vitest';
import { formatInstant, HOUR_MS, parseInstant, periodBounds, previousPeriodCode } from '@shared/domain/instant';

describe('instants', () => {
  test('an ISO instant with offset is read and written in its zone', () => {
    const instant = parseInstant('2026-10-31T22:30:00-07:00')!;
    expect(instant).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(formatInstant(instant, 'America/Los_Angeles')).toBe('2026-10-31T22:30:00-07:00');
    expect(formatInstant(instant, 'Asia/Kolkata')).toBe('2026-11-01T11:00:00+05:30');
  });

  test.each(['2026-11-31T00:00:00Z', '2026-02-29T00:00:00Z', '2026-10-31', '2026-10-31T22:30:00', '2026-10-31T25:00:00Z', '31/10/2026'])(
    'refuses %s',
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );

  test('a month ends where the next begins, in the zone of the workbook', () => {
    const bounds = periodBounds('2026-10', 'America/Los_Angeles');
    expect(formatInstant(bounds.startInstant, 'America/Los_Angeles')).toBe('2026-10-01T00:00:00-07:00');
    expect(formatInstant(bounds.cutOffInstant, 'America/Los_Angeles')).toBe('2026-11-01T00:00:00-07:00');
  });

  test('a month in which the clocks go back has an hour more', () => {
    const november = periodBounds('2026-11', 'America/Los_Angeles');
    expect((november.cutOffInstant - november.startInstant) / HOUR_MS).toBe(30 * 24 + 1);
    const march = periodBounds('2026-03', 'Europe/Berlin');
    expect((march.cutOffInstant - march.startInstant) / HOUR_MS).toBe(31 * 24 - 1);
  });

  test('the month before January is December', () => {
    expect(previousPeriodCode('2026-01')).toBe('2025-12');
    expect(previousPeriodCode('2026-10')).toBe('2026-09');
  });
});
