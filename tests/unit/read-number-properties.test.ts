import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumberStyle } from '@shared/domain/import-profile';
import { readNumber } from '../../electron/files/profiles/read-number';

const STYLES: readonly NumberStyle[] = [
  { decimal: '.', thousands: 'none' }, { decimal: '.', thousands: ',' }, { decimal: ',', thousands: '.' }, { decimal: ',', thousands: 'none' },
];

/** The figure by exact arithmetic; undefined where it has more places than are kept. */
function exactly(sign: string, whole: string, fraction: string, places: number): bigint | undefined {
  const kept = fraction.replace(/0+$/, '');
  return kept.length > places ? undefined : BigInt(`${sign}${whole}${kept.padEnd(places, '0')}`);
}

test('a plain number reads as exact arithmetic has it, in every style and at every number of places', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', '-'), fc.stringMatching(/^\d{1,11}$/), fc.stringMatching(/^\d{0,8}$/), fc.constantFrom(...STYLES), fc.constantFrom(0, 2, 4, 6),
      (sign, whole, fraction, style, places) => {
        const text = `${sign}${whole}${fraction === '' ? '' : style.decimal + fraction}`;
        const expected = exactly(sign, whole, fraction, places);
        const reading = readNumber(text, style, places);
        if (expected === undefined || expected > Number.MAX_SAFE_INTEGER || expected < Number.MIN_SAFE_INTEGER) expect(reading, text).toMatchObject({ ok: false });
        else expect(reading.ok && Object.is(reading.scaled, Number(expected)), `${text}: ${JSON.stringify(reading)}`).toBe(true);
      },
    ),
    { numRuns: 2000, seed: 48 },
  );
});

test('a number in another style than the file\'s is read by its own rules, never by the quick ones', () => {
  const german: NumberStyle = { decimal: ',', thousands: '.' };
  expect(readNumber('1.234', german, 4)).toEqual({ ok: true, scaled: 12_340_000 });
  expect(readNumber('1.23', german, 4)).toMatchObject({ ok: false });
  expect(readNumber('1.2', { decimal: ',', thousands: 'none' }, 4)).toMatchObject({ ok: false });
});
