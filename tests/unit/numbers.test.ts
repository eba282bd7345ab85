import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecimalOverflow, divideHalfEven, formatDecimal, parseDecimal, toSafeInteger } from '@shared/domain/decimal';
import { exactValue, formatAmount, minorDigits, parseAmount, roundingDifference, roundParts, roundToMinor } from '@shared/domain/money';
import { addQuantities, formatQuantity, parseQuantity } from '@shared/domain/quantity';

describe('exact decimals', () => {
  test('every scaled integer survives being written and read', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (scaled, places) => {
        expect(parseDecimal(formatDecimal(scaled, places), places)).toBe(scaled === 0 ? 0 : scaled);
      }),
    );
  });

  test.each([
    ['12.5', 125_000], ['-0.0001', -1], ['.25', 2500], ['+3', 30_000], ['7.', 70_000], ['0012', 120_000], ['-0', 0],
  ])('reads %s', (text, scaled) => {
    expect(parseQuantity(text)).toBe(scaled);
  });

  test.each(['', '.', '1,200', '1e3', '12.00001', ' 5', '5 ', '--1', '99999999999999', 'NaN', '0x10'])('refuses "%s"', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  test('drops trailing zeros of a fraction and nothing else', () => {
    expect([1_250_000, 100, -30_000, 0].map((scaled) => formatQuantity(scaled))).toEqual(['125', '0.01', '-3', '0']);
  });

  test('rounds halves to even', () => {
    expect([5n, 15n, 25n, -5n, -15n, 14n, 16n].map((value) => divideHalfEven(value, 10n))).toEqual([0n, 2n, 2n, 0n, -2n, 1n, 2n]);
  });

  test('a sum that is no longer exact throws and does not wrap', () => {
    expect(() => addQuantities(Number.MAX_SAFE_INTEGER, 1)).toThrow(DecimalOverflow);
    expect(() => toSafeInteger(2n ** 53n)).toThrow(DecimalOverflow);
  });
});

describe('money', () => {
  test('knows how many digits a currency has', () => {
    expect(['USD', 'EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 2, 0, 3]);
  });

  test('writes all digits of the currency and reads them again', () => {
    expect(formatAmount(-825, 'USD')).toBe('-8.25');
    expect(formatAmount(500, 'JPY')).toBe('500');
    expect(parseAmount('-8.25', 'USD')).toBe(-825);
    expect(parseAmount('8.255', 'USD')).toBeUndefined();
  });

  test('values two units at 4.125 as 8.25 exactly', () => {
    const exact = exactValue(-20_000, 4_125_000);
    expect(roundToMinor(exact, 'USD')).toBe(-825);
    expect(roundingDifference(exact, -825, 'USD')).toBe(0n);
  });

  test('rounded parts add up to the rounded whole', () => {
    expect(roundParts([exactValue(-10_000, 4_125_000), exactValue(-10_000, 4_125_000), 0n], 'USD')).toEqual([-412, -413, 0]);
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 15n), 10n ** 15n), { minLength: 1 }), (parts) => {
        const whole = roundToMinor(parts.reduce((sum, part) => sum + part, 0n), 'USD');
        expect(roundParts(parts, 'USD').reduce((sum, part) => sum + part, 0)).toBe(whole);
      }),
    );
  });

  test('rounding and its difference give the exact value back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 1e9 }), (quantityScaled, unitCostScaled) => {
        const exact = exactValue(quantityScaled, unitCostScaled);
        const amountMinor = roundToMinor(exact, 'USD');
        expect(BigInt(amountMinor) * 10n ** 8n - roundingDifference(exact, amountMinor, 'USD')).toBe(exact);
      }),
    );
  });
});
