/** How dates and numbers are written is told by the whole column, or asked for. */
import { expect, test } from 'vitest';
import { DateEvidence, NumberEvidence } from '../../electron/files/profiles/styles';
import { readCalendarDate, readInstant } from '../../electron/files/profiles/read-date';
import { zoneClock } from '../../electron/files/profiles/zones';
import { WallClock } from '../../electron/files/wall-clock';

const datesOf = (...texts: string[]) => {
  const evidence = new DateEvidence();
  for (const text of texts) evidence.take(text);
  return evidence.decided();
};
const numbersOf = (...texts: string[]) => {
  const evidence = new NumberEvidence();
  for (const text of texts) evidence.take(text);
  return evidence.decided();
};

test.each([
  ['the last of many tells the order of all', ['03/04/2026', '05/06/2026', '31/10/2026'], 'day_month_year'],
  ['and so for the month', ['03/04/2026', '10/31/2026 05:12PM'], 'month_day_year'],
  ['none tells', ['03/04/2026', '05/06/2026'], 'open'],
  ['two tell against one another', ['31/10/2026', '10/31/2026'], 'both'],
  ['what reads the same both ways need not be asked for', ['05/05/2026', '06.06.2026'], 'month_day_year'],
  ['a month by its name tells itself', ['31-Oct-2026', 'Oct 1, 2026', ''], 'month_day_year'],
] as const)('dates: %s', (_words, texts, decided) => {
  expect(datesOf(...texts)).toBe(decided);
});

test.each([
  ['a fraction tells', ['1,200', '210.00'], { decimal: '.', thousands: ',' }],
  ['and so does a decimal comma', ['1.200', '210,00'], { decimal: ',', thousands: '.' }],
  ['both signs in one figure tell', ['1.200,000'], { decimal: ',', thousands: '.' }],
  ['a repeated sign groups', ['1,200,000', '1,200'], { decimal: '.', thousands: ',' }],
  ['a figure that may be grouped or not is open', ['1,200', '75', '2-'], 'open'],
  ['nothing is grouped behind a leading zero', ['0,125'], { decimal: ',', thousands: '.' }],
  ['two tell against one another', ['1.5', '1,5'], 'both'],
  ['whole numbers read the same in every style', ['50', '(7)', "'-1", ''], { decimal: '.', thousands: ',' }],
  ['spaces group', ['12\u202f345,5'], { decimal: ',', thousands: ' ' }],
  ['apostrophes group', ["12'345.5"], { decimal: '.', thousands: "'" }],
  ['a currency makes no difference', ['USD 4.20', '$1,020.50', '4.20 \u20ac'], { decimal: '.', thousands: ',' }],
  ['a trailing minus makes no difference', ['6.66-', '1,200.000'], { decimal: '.', thousands: ',' }],
] as const)('numbers: %s', (_words, texts, decided) => {
  expect(numbersOf(...texts)).toEqual(decided);
});

const clock = new WallClock('America/Los_Angeles');

test.each(['31-Oct-2026', '31 October 2026', 'Oct 31, 2026', 'October 31 2026', '31 oct 2026'])('%s is one day in every order', (text) => {
  for (const style of ['month_day_year', 'day_month_year', 'iso_local'] as const) {
    expect(readInstant(text, style, clock, true)).toEqual({ ok: true, instant: Date.UTC(2026, 9, 31, 7) });
    expect(readCalendarDate(text, style)).toBe('2026-10-31');
  }
  expect(readInstant(text, 'iso', clock, true)).toMatchObject({ ok: false });
});

test.each(['31-Foo-2026', '31-Ma-2026', '31-Jun-2026', '2026-02-30'])('%s is no date', (text) => {
  expect(readCalendarDate(text, 'month_day_year')).toBeUndefined();
});

test('a position of a day stands at its end where the profile says so', () => {
  expect(readInstant('10/31/2026', 'month_day_year', clock, true, true)).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 7) });
  expect(readInstant('10/31/2026 10:30 PM', 'month_day_year', clock, true, true)).toEqual({ ok: true, instant: Date.UTC(2026, 10, 1, 5, 30) });
});

test.each([
  ['CEST', -2], ['edt', 4], ['UTC', 0], ['GMT+5:30', -5.5], ['UTC-3', 3], ['Europe/Paris', -1],
] as const)('zone %s is known', (zone, hours) => {
  expect(zoneClock(zone)?.instantAt(Date.UTC(2026, 11, 1, 12))).toBe(Date.UTC(2026, 11, 1, 12) + hours * 3_600_000);
});

test.each(['XYZ', 'IST', 'CST', 'Nowhere/City'])('zone %s is not guessed', (zone) => {
  expect(zoneClock(zone)).toBeUndefined();
});
