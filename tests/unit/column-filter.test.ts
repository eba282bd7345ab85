/**
 * What people write into the filter row: read exactly, in their own decimal style, and written back as it was meant.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ColumnFilter, COMPARISONS, type FilterKind } from '@shared/domain/column-filter';
import { conditionText, type FilterSetting, readCondition } from '@shared/domain/column-filter-text';
import { instantOfLocal } from '@shared/domain/instant';
import { PLAIN_STYLE } from '@shared/domain/written-figure';

const OWNERS = [{ key: 'warehouse', title: 'Warehouse' }, { key: 'operations', title: 'Operations' }, { key: 'finance', title: 'Finance' }];
const ZONE = 'America/Los_Angeles';
const settingOf = (kind: FilterKind, more: Partial<FilterSetting> = {}): FilterSetting => ({
  kind, style: PLAIN_STYLE, currency: 'USD', timeZone: ZONE, entries: kind === 'choice' ? OWNERS : [], noun: 'owner', ...more,
});
const conditionOf = (text: string, kind: FilterKind, more?: Partial<FilterSetting>) => {
  const read = readCondition(text, settingOf(kind, more));
  if (!read.ok) throw new Error(read.why);
  return read.condition;
};
const whyNot = (text: string, kind: FilterKind, more?: Partial<FilterSetting>) => {
  const read = readCondition(text, settingOf(kind, more));
  return read.ok ? undefined : read.why;
};

describe('texts', () => {
  test.each([
    ['mug', { is: 'holds', text: 'mug' }], ['=MUG-1', { is: 'equals', text: 'MUG-1' }], ['! mug', { is: 'lacks', text: 'mug' }],
    ['!=mug', { is: 'differs', text: 'mug' }], ['=', { is: 'equals', text: '' }], ['!=', { is: 'differs', text: '' }],
  ])('%s', (text, condition) => expect(conditionOf(text, 'text')).toEqual({ kind: 'text', ...condition }));

  test('nothing written asks nothing, and a lone ! says what is missing', () => {
    expect(conditionOf('  ', 'text')).toBeUndefined();
    expect(whyNot('!', 'text')).toMatch(/^What is left out is missing\./);
  });
});

describe('figures', () => {
  test.each([
    ['10', 'quantity', { kind: 'figure', is: '=', figure: 100_000 }], ['>10', 'quantity', { kind: 'figure', is: '>', figure: 100_000 }],
    ['< -5', 'quantity', { kind: 'figure', is: '<', figure: -50_000 }], ['<>0', 'quantity', { kind: 'figure', is: '<>', figure: 0 }],
    ['!=0', 'quantity', { kind: 'figure', is: '<>', figure: 0 }], ['≥ .5', 'quantity', { kind: 'figure', is: '>=', figure: 5000 }],
    ['-10..10', 'quantity', { kind: 'span', least: -100_000, most: 100_000 }], ['\u221210 … 10', 'quantity', { kind: 'span', least: -100_000, most: 100_000 }],
    ['unknown', 'quantity', { kind: 'known', isKnown: false }], ['!unknown', 'money', { kind: 'known', isKnown: true }],
    ['<-100.25', 'money', { kind: 'figure', is: '<', figure: -10_025 }], ['>=4.125', 'cost', { kind: 'figure', is: '>=', figure: 4_125_000 }], ['>3', 'number', { kind: 'figure', is: '>', figure: 3 }],
  ] as const)('%s of a %s', (text, kind, condition) => expect(conditionOf(text, kind)).toEqual(condition));

  test('figures are in the user’s own style, and never guessed in another', () => {
    const german = { style: { decimal: ',', group: '.' } };
    const french = { style: { decimal: ',', group: '\u202f' } };
    expect(conditionOf('>1.234,5', 'quantity', german)).toEqual({ kind: 'figure', is: '>', figure: 12_345_000 });
    expect(conditionOf('>1 234,5', 'quantity', french)).toEqual({ kind: 'figure', is: '>', figure: 12_345_000 });
    expect(conditionOf('1,5..2', 'quantity', german)).toEqual({ kind: 'span', least: 15_000, most: 20_000 });
    expect(whyNot('>1.5', 'quantity', german)).toBe('“1.5” is no figure. Write it as 1234,5, without a unit.');
    expect(whyNot('>1,5', 'quantity', { style: { decimal: '.', group: ',' } })).toMatch(/^“1,5” is no figure\./);
    expect(conditionOf('>1,234', 'quantity', { style: { decimal: '.', group: ',' } })).toEqual({ kind: 'figure', is: '>', figure: 12_340_000 });
  });

  test('what cannot be meant says so', () => {
    expect(whyNot('>', 'quantity')).toBe('A figure is missing.');
    expect(whyNot('>ten', 'quantity')).toMatch(/^“ten” is no figure\./);
    expect(whyNot('10..-10', 'quantity')).toMatch(/^Nothing lies between 10 and -10\./);
    expect(whyNot('>0.00001', 'quantity')).toBe('These figures have at most 4 decimal places; this has 5.');
    expect(whyNot('>1.5', 'number')).toBe('These are whole numbers; this has 1.');
    expect(whyNot('>99999999999999', 'quantity')).toBe('The figure is too large.');
  });
});

describe('choices', () => {
  test('names, parts of names, several, none of them, and those that are empty', () => {
    expect(conditionOf('finance', 'choice')).toEqual({ kind: 'choice', isOneOf: true, keys: ['finance'] });
    expect(conditionOf('ware, fin', 'choice')).toEqual({ kind: 'choice', isOneOf: true, keys: ['warehouse', 'finance'] });
    expect(conditionOf('!ware; empty', 'choice')).toEqual({ kind: 'choice', isOneOf: false, keys: ['warehouse', null] });
    expect(conditionOf(',', 'choice')).toBeUndefined();
    expect(whyNot('nobody', 'choice')).toBe('“nobody” is no owner. Choose from the list, or write empty.');
    expect(whyNot('!', 'choice')).toBe('A name is missing after !.');
  });

  test('a name with a comma, or that means something, stands in quotes', () => {
    const entries = [{ key: 'a, b', title: 'a, b' }, { key: 'empty', title: 'empty' }, { key: 'a', title: 'a' }];
    const condition = conditionOf('"a, b", "empty"', 'choice', { entries });
    expect(condition).toEqual({ kind: 'choice', isOneOf: true, keys: ['a, b', 'empty'] });
    expect(conditionText(condition!, settingOf('choice', { entries }))).toBe('"a, b", "empty"');
  });
});

describe('days', () => {
  const at = (year: number, month: number, day: number) => instantOfLocal(year, month, day, ZONE);

  test('a day, a month, a year, before and after them, from one to another, empty', () => {
    expect(conditionOf('2026-10-03', 'day')).toEqual({ kind: 'day', is: '=', startInstant: at(2026, 10, 3), endInstant: at(2026, 10, 4) });
    expect(conditionOf('<2026-11', 'day')).toEqual({ kind: 'day', is: '<', startInstant: at(2026, 11, 1), endInstant: at(2026, 12, 1) });
    expect(conditionOf('>= 2026', 'day')).toEqual({ kind: 'day', is: '>=', startInstant: at(2026, 1, 1), endInstant: at(2027, 1, 1) });
    expect(conditionOf('2026-10-30..2026-11', 'day')).toEqual({ kind: 'day', is: '=', startInstant: at(2026, 10, 30), endInstant: at(2026, 12, 1) });
    expect(conditionOf('empty', 'day')).toEqual({ kind: 'known', isKnown: false });
    expect(whyNot('2026-02-30', 'day')).toBe('“2026-02-30” is no day. Write 2026-10-03, a month as 2026-11, or empty.');
    expect(whyNot('<', 'day')).toBe('A day is missing.');
  });

  test('the day on which the clocks change is an hour longer', () => {
    const day = conditionOf('2026-11-01', 'day');
    expect(day).toMatchObject({ endInstant: at(2026, 11, 1) + 25 * 3_600_000 });
    expect(conditionText(day!, settingOf('day'))).toBe('2026-11-01');
  });
});

test('a figure in brackets is below zero, as the lines show it where that is preferred', () => {
  const style = { decimal: '.', group: ',' };
  expect(conditionOf('(1,212.40)', 'money', { style })).toEqual(conditionOf('-1212.40', 'money'));
  expect(conditionOf('<(12)', 'quantity')).toEqual(conditionOf('<-12', 'quantity'));
  expect(conditionOf('(20)..10', 'quantity')).toEqual(conditionOf('-20..10', 'quantity'));
  expect(whyNot('-(12)', 'quantity')).toMatch(/is no figure/);
});

test('what is written of a condition reads as the same condition, in every style', () => {
  const styles = [PLAIN_STYLE, { decimal: ',', group: '.' }, { decimal: ',', group: '\u202f' }, { decimal: '.', group: ',' }];
  const figure = fc.integer({ min: -(2 ** 50), max: 2 ** 50 });
  const figures = fc.oneof(
    fc.record({ kind: fc.constant('figure' as const), is: fc.constantFrom(...COMPARISONS), figure }),
    fc.tuple(figure, figure).map(([left, right]) => ({ kind: 'span' as const, least: Math.min(left, right), most: Math.max(left, right) })),
    fc.boolean().map((isKnown) => ({ kind: 'known' as const, isKnown })),
  );
  fc.assert(fc.property(figures, fc.constantFrom('quantity', 'money', 'cost', 'number'), fc.constantFrom(...styles), (condition, kind, style) => {
    expect(conditionOf(conditionText(condition, settingOf(kind, { style })), kind, { style })).toEqual(condition);
  }));
  const days = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 800 }), fc.constantFrom(...COMPARISONS));
  fc.assert(fc.property(days, ([first, length, is]) => {
    const at = (day: number) => { const date = new Date(day * 86_400_000); return instantOfLocal(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), ZONE); };
    const condition = { kind: 'day' as const, is: length === 0 ? is : ('=' as const), startInstant: at(first), endInstant: at(first + length + 1) };
    expect(conditionOf(conditionText(condition, settingOf('day')), 'day')).toEqual(condition);
  }));
  const choices = fc.record({ kind: fc.constant('choice' as const), isOneOf: fc.boolean(), keys: fc.uniqueArray(fc.constantFrom('warehouse', 'operations', 'finance', null), { minLength: 1 }) });
  fc.assert(fc.property(choices, (condition) => {
    expect(conditionOf(conditionText(condition, settingOf('choice')), 'choice')).toEqual(condition);
  }));
});

test('a column is asked only what its kind knows', () => {
  expect(ColumnFilter.safeParse({ sku: { kind: 'text', is: 'holds', text: 'x' } }).success).toBe(true);
  expect(ColumnFilter.safeParse({ sku: { kind: 'figure', is: '=', figure: 1 } }).success).toBe(false);
  expect(ColumnFilter.safeParse({ stockKeyId: { kind: 'figure', is: '=', figure: 1 } }).success).toBe(false);
});
