import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal } from '@shared/domain/decimal';
import { readDueDate, readInstant } from '../../electron/files/profiles/read-date';
import { readNumber } from '../../electron/files/profiles/read-number';
import { hasLostDigits } from '../../electron/files/profiles/read-row';
import { WallClock } from '../../electron/files/wall-clock';

const POINT = { decimal: '.', thousands: ',' } as const;
const COMMA = { decimal: ',', thousands: '.' } as const;

test.each([
  ['12', POINT, 120_000],
  ['-12.5', POINT, -125_000],
  ['1,234,567.8901', POINT, 12_345_678_901],
  ['1.234,5', COMMA, 12_345_000],
  ['2-', POINT, -20_000],
  ['(1,200)', POINT, -12_000_000],
  ["'-1", POINT, -10_000],
  ["'48", POINT, 480_000],
  ['\u22123', POINT, -30_000],
  ['\u00a07\u00a0', POINT, 70_000],
  ['48.00000', POINT, 480_000],
  ['.5', POINT, 5_000],
  ["12'345", { decimal: '.', thousands: "'" }, 123_450_000],
  ['12\u202f345,5', { decimal: ',', thousands: ' ' }, 123_455_000],
] as const)('%s is read exactly', (text, style, scaled) => {
  expect(readNumber(text, style, 4)).toEqual({ ok: true, scaled });
});

test.each([
  ['12,34', POINT, 'is no number'],
  ['1,2', POINT, 'is no number'],
  ['1.2.3', POINT, 'is no number'],
  ['twelve', POINT, 'is no number'],
  ['1E5', POINT, 'is no number'],
  ['', POINT, 'is no number'],
  ['-', POINT, 'is no number'],
  ['(-5)', POINT, 'has two signs'],
  ['-5-', POINT, 'has two signs'],
  ['$5', POINT, 'is no number'],
  ['1.00001', POINT, 'has more than 4 decimal places'],
  ['99999999999999999', POINT, 'is too large'],
  ['1,234', { decimal: '.', thousands: 'none' }, 'is no number'],
] as const)('%s is not taken for a number', (text, style, why) => {
  expect(readNumber(text, style, 4)).toEqual({ ok: false, why });
});

test.each([
  ['USD 4.20', 4_200_000],
  ['$1,020.50', 1_020_500_000],
  ['4.20 \u20ac', 4_200_000],
  ['-$3', -3_000_000],
  ['($3)', -3_000_000],
])('money may carry its currency: %s', (text, scaled) => {
  expect(readNumber(text, POINT, 6, 'quarantine', true)).toEqual({ ok: true, scaled });
});

test('an average cost with more places than are kept is rounded half-even where the profile says so', () => {
  expect(readNumber('1.0000005', POINT, 6, 'round')).toEqual({ ok: true, scaled: 1_000_000 });
  expect(readNumber('1.0000015', POINT, 6, 'round')).toEqual({ ok: true, scaled: 1_000_002 });
  expect(readNumber('-1.00000151', POINT, 6, 'round')).toEqual({ ok: true, scaled: -1_000_002 });
});

test('every exact decimal that is written out is read back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), (scaled) => {
      const text = formatDecimal(scaled, 4);
      const [whole = '', fraction] = text.split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '');
      expect(readNumber(text, POINT, 4)).toEqual({ ok: true, scaled });
      expect(readNumber(grouped, POINT, 4)).toEqual({ ok: true, scaled });
    }),
    { seed: 7 },
  );
});

const clock = new WallClock('America/Los_Angeles');
const at = (text: string, style: Parameters<typeof readInstant>[1], dateMaySuffice = true) => readInstant(text, style, clock, dateMaySuffice);

test('an instant with its offset is read in every style', () => {
  for (const style of ['iso', 'iso_local', 'month_day_year'] as const) {
    expect(at('2026-10-31T22:30:00-07:00', style)).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 5, 30) });
  }
});

test('the plain formats demand an offset; other styles read the wall clock', () => {
  expect(at('2026-10-31T22:30:00', 'iso')).toMatchObject({ ok: false });
  expect(at('2026-10-31 22:30', 'iso_local')).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 5, 30) });
  expect(at('10/31/2026 10:30 PM', 'month_day_year')).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 5, 30) });
  expect(at('31.10.2026 22:30:00', 'day_month_year')).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 5, 30) });
});

test('day and month are never swapped to make a date fit', () => {
  expect(at('31/10/2026', 'month_day_year')).toMatchObject({ ok: false });
  expect(at('10/31/2026', 'day_month_year')).toMatchObject({ ok: false });
  expect(at('02/30/2026', 'month_day_year')).toMatchObject({ ok: false });
});

test('a position needs a time of day', () => {
  expect(at('2026-10-31', 'iso_local', false)).toEqual({ ok: false, why: 'has no time of day' });
  expect(at('2026-10-31', 'iso_local')).toEqual({ ok: true, instant: Date.UTC(2026, 9, 31, 7) });
});

test('a due date lasts until the end of its day', () => {
  expect(readDueDate('2026-11-05', 'iso', clock)).toEqual({ ok: true, instant: Date.UTC(2026, 10, 6, 7, 59, 59) });
});

test('the hour that a clock change leaves out or repeats does not stop the reading', () => {
  expect(at('2026-03-08 02:30', 'iso_local')).toMatchObject({ ok: true });
  expect(at('2026-11-01 01:30', 'iso_local')).toMatchObject({ ok: true });
});

test.each([
  ['4.00001E+12', true],
  ['4,00001E+12', true],
  ['1E+15', true],
  ['12E4', false],
  ['E+12', false],
  ['0012345', false],
])('identifier %s with lost digits: %s', (identifier, lost) => {
  expect(hasLostDigits(identifier)).toBe(lost);
});
