import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseIdentifier } from '@shared/domain/identity-text';
import { ExactSums } from '../../electron/services/imports/loading/exact-sums';
import { NumberTable } from '../../electron/services/imports/loading/number-table';
import { fingerprintOf } from '../../electron/services/imports/loading/twins';
import { TextCodes } from '../../electron/services/imports/loading/text-codes';
import { TextTable } from '../../electron/services/imports/loading/text-table';

describe('a table of numbers', () => {
  const key = fc.oneof(fc.nat(50), fc.nat(5_000), fc.maxSafeNat());
  const value = fc.integer({ min: 1, max: 2 ** 31 - 1 });

  test('says of every key what a Map says, however often a key is set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 3_000 }), fc.array(key), (entries, others) => {
        const table = new NumberTable();
        const map = new Map<number, number>();
        for (const [each, given] of entries) {
          expect(table.get(each)).toBe(map.get(each) ?? 0);
          table.set(each, given);
          map.set(each, given);
        }
        for (const each of [...map.keys(), ...others]) expect(table.get(each)).toBe(map.get(each) ?? 0);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps a hundred thousand dense keys of several series apart', () => {
    const table = new NumberTable();
    const keys = Array.from({ length: 100_000 }, (_none, index) => (index % 4) * 2 ** 28 + (index >> 2));
    for (const [index, each] of keys.entries()) table.set(each, index + 1);
    expect(keys.filter((each, index) => table.get(each) !== index + 1)).toEqual([]);
    expect(table.get(4 * 2 ** 28)).toBe(0);
  });
});

test('a table of texts says of every text what a Map says', () => {
  const text = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ unit: 'binary' }), fc.nat(300).map((each) => `SKU-${each}`));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.integer({ min: 1, max: 2 ** 31 - 1 })), { maxLength: 1_500 }), fc.array(text), (entries, others) => {
      const table = new TextTable();
      const map = new Map(entries);
      for (const [each, given] of entries) table.set(each, given);
      for (const each of [...map.keys(), ...others]) expect(table.get(each)).toBe(map.get(each) ?? 0);
    }),
    { numRuns: 60 },
  );
});

test('texts are numbered as they come, and found by their bytes', () => {
  const text = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ unit: 'binary' }), fc.nat(2_000).map((each) => `SKU-${each}`));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3_000 }), (texts) => {
      const codes = new TextCodes();
      const numbers = new Map<string, number>();
      for (const each of texts) {
        const bytes = Buffer.from(`<${each}>`);
        const key = bytes.toString('latin1');
        expect(codes.find(bytes, 1, bytes.length - 1)).toBe(numbers.get(key) ?? 0);
        if (!numbers.has(key)) numbers.set(key, codes.add(bytes, 1, bytes.length - 1));
        expect(numbers.get(key)).toBeLessThanOrEqual(numbers.size);
      }
      expect([...numbers.values()]).toEqual(Array.from({ length: numbers.size }, (_none, index) => index + 1));
    }),
    { numRuns: 60 },
  );
});

test('a name of ASCII alone is compared as any other name is', () => {
  const ascii = fc.string({ unit: fc.constantFrom(...'aZ09 -_.:\t', "'", '"'), maxLength: 12 });
  // A joiner takes no room, and takes the name the long way.
  fc.assert(fc.property(ascii, (text) => void expect(normaliseIdentifier(text)).toBe(normaliseIdentifier(`\u200b${text}`))));
});

test('sums are those of bigints, past what a number holds exactly', () => {
  const figure = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 52, 1));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), figure), { maxLength: 200 }), (added) => {
      const sums = new ExactSums(4);
      for (const [index, each] of added) sums.add(index, each);
      for (const index of [0, 1, 2, 3]) {
        const own = added.filter(([at]) => at === index).map(([, each]) => BigInt(each));
        expect(sums.count(index)).toBe(own.length);
        expect(sums.of(index)).toBe(own.length === 0 ? undefined : own.reduce((sum, each) => sum + each, 0n));
      }
    }),
  );
});

test('a fingerprint is a whole number, the same for equal texts and another for texts that differ a little', () => {
  const rows = Array.from({ length: 50_000 }, (_none, index) => `erp,order,DOC-${index >> 1},1,SKU-${index % 977},Reno,${index % 9},${index}`);
  const printOf = (text: string) => {
    const bytes = Buffer.from(`##${text}##`);
    return fingerprintOf(bytes, 2, bytes.length - 2);
  };
  const prints = new Set(rows.map(printOf));
  expect(prints.size).toBe(rows.length);
  expect([...prints].every((print) => Number.isSafeInteger(print) && print >= 0)).toBe(true);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const bytes = Buffer.from(text);
    expect(printOf(text)).toBe(fingerprintOf(bytes, 0, bytes.length));
  }));
});
