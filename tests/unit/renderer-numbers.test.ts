import { describe, expect, test } from 'vitest';
import { fractionLength, ghostTail } from '../../renderer/grid/alignment';
import { progressWords, spanWords } from '../../renderer/ui/progress';
import { groupDecimal, moneyText, percentText, quantityText, shareText, signedQuantityText } from '../../renderer/ui/number';

describe('figures as a person reads them', () => {
  test('thousands stand apart and the minus is a true one', () => {
    expect(groupDecimal('-1234567.50', 'en-US')).toBe('\u22121,234,567.50');
    expect(groupDecimal('999', 'en-US')).toBe('999');
    expect(groupDecimal('1000', 'en-US')).toBe('1,000');
  });

  test('the separators are the user’s', () => {
    expect(groupDecimal('1234567.5', 'de-DE')).toBe('1.234.567,5');
  });

  test('a figure past the exactness of floating point keeps every digit', () => {
    expect(groupDecimal('12345678901234567890.1234', 'en-US')).toBe('12,345,678,901,234,567,890.1234');
    expect(quantityText(Number.MAX_SAFE_INTEGER, 'en-US')).toBe('900,719,925,474.0991');
  });

  test('unknown is the word, zero is 0', () => {
    expect(quantityText(null)).toBe('unknown');
    expect(moneyText(null, 'USD')).toBe('unknown');
    expect(quantityText(0)).toBe('0');
    expect(signedQuantityText(0)).toBe('0');
  });

  test('money has all the digits of its currency', () => {
    expect(moneyText(-21240, 'USD', 'en-US')).toBe('\u2212212.40');
    expect(moneyText(1234, 'JPY', 'en-US')).toBe('1,234');
    expect(moneyText(1, 'KWD', 'en-US')).toBe('0.001');
  });

  test('a change shows its sign', () => {
    expect(signedQuantityText(40_000)).toBe('+4');
    expect(signedQuantityText(-25_000, 'en-US')).toBe('\u22122.5');
  });

  test('a share never reads as whole while something is left', () => {
    expect(shareText(99_999, 100_000, 'en-US')).toBe('99.9 %');
    expect(shareText(1, 1, 'en-US')).toBe('100.0 %');
    expect(shareText(0, 0)).toBe('unknown');
    expect([9999, 4479, 5, 0, 10_000].map((hundredths) => percentText(hundredths, 'en-US'))).toEqual(['99.9 %', '44.7 %', '0.0 %', '0.0 %', '100.0 %']);
    expect(percentText(null)).toBe('unknown');
  });
});

describe('decimals under decimals', () => {
  test('a whole figure gets room for the places of its column', () => {
    expect(ghostTail('48', 2, '.')).toBe('.00');
    expect(ghostTail('1,204.5', 2, '.')).toBe('0');
    expect(ghostTail('12.25', 2, '.')).toBe('');
    expect(ghostTail('48', 0, '.')).toBe('');
  });

  test('a grouping sign is no decimal sign', () => {
    expect(fractionLength('1.204', ',')).toBe(0);
    expect(fractionLength('1.204,5', ',')).toBe(1);
    expect(fractionLength('unknown', '.')).toBe(0);
  });
});

describe('the words beside a progress bar', () => {
  test('nothing is promised in the first two seconds', () => {
    expect(progressWords({ stage: 'Reading', done: 50, total: 100 }, 1999)).toBe('Reading');
  });

  test('then done, total, rate and time left', () => {
    expect(progressWords({ stage: 'Reading rows', done: 10_000, total: 40_000 }, 5000)).toBe(
      'Reading rows 10,000 of 40,000 · 2,000 per second · about 15 s left',
    );
  });

  test('without a total there is no time left', () => {
    expect(progressWords({ stage: 'Reading rows', done: 10_000, total: null }, 5000)).toBe('Reading rows 10,000 · 2,000 per second');
  });

  test('spans are said as a person says them', () => {
    expect([200, 59_400, 60_000, 80_000, 3_600_000, 7_500_000].map(spanWords)).toEqual(['1 s', '59 s', '1 min', '1 min 20 s', '1 h', '2 h 5 min']);
  });
});
