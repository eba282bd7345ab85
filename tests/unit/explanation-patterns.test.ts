import { expect, test } from 'vitest';
import { explainLine } from '@shared/domain/explanation/explain';
import type { CountedRow, LineCase } from '@shared/domain/explanation/line-case';
import { isSlipped, isTransposed } from '@shared/domain/explanation/patterns/keying-error';
import { suggestTwins, type CountResidual } from '@shared/domain/explanation/patterns/twins';
import { at, CUP, lineOf, PORTLAND, posting, RENO, units } from '../support/engine-line';

const row = (counted: number, sheet = 'S-1', line = '1'): CountedRow => ({
  importId: 3,
  rowNumber: 2,
  sheet,
  line,
  bin: '',
  countedScaled: units(counted),
  countedInstant: at('10-31 22:00'),
});

/** The suggested causes for a count residual. */
function suggested(count: number, facts: Partial<LineCase>): readonly string[] {
  const variance = explainLine(
    lineOf({ ...facts, variances: { count: units(count), channel: null, ledger: null } }),
  )[0]!;
  expect(variance.residualScaled, 'a suggestion leaves the residual as it is').toBe(units(count));
  expect(variance.components.every((component) => component.suggested)).toBe(true);
  return variance.components.map((component) => component.cause);
}

test('keying_error: 124 for 142 and 18 for 118 look like typing, 140 for 142 does not', () => {
  expect(suggested(-18, { counted: [row(124)] })).toEqual(['keying_error']);
  expect(suggested(-100, { counted: [row(18)] })).toEqual(['keying_error']);
  expect(suggested(-2, { counted: [row(140)] })).toEqual([]);
});

test('keying_error: one row of several may be the wrong one', () => {
  expect(suggested(-18, { counted: [row(50), row(124, 'S-1', '2')] })).toEqual(['keying_error']);
});

test('digits are transposed when two neighbours changed places, and slipped when one came or went', () => {
  expect(isTransposed('124', '142')).toBe(true);
  expect(isTransposed('124', '421')).toBe(false);
  expect(isTransposed('124', '124')).toBe(false);
  expect(isSlipped('120', '12')).toBe(true);
  expect(isSlipped('10', '0')).toBe(false);
  expect(isSlipped('36', '3')).toBe(false);
  expect(isSlipped('1118', '18')).toBe(false);
});

test('unit_count_error: three cases of twelve written as 3', () => {
  expect(suggested(-33, { packSizeScaled: units(12), counted: [row(3)] })).toEqual(['unit_count_error']);
});

test('unit_count_error: a pack of one is no pack', () => {
  expect(suggested(-3, { packSizeScaled: units(1), counted: [row(5)] })).toEqual([]);
});

test('double_count: the same 24 stand on two sheets and are 24 too many', () => {
  expect(suggested(24, { counted: [row(24), row(24, 'S-2')] })).toEqual(['double_count']);
  expect(suggested(-24, { counted: [row(24), row(24, 'S-2')] })).toEqual([]);
});

test('sign_flip: an adjustment of +3 that should have been -3 leaves six too few', () => {
  const postings = [posting('erp', 'adjustment', 'AD-1', 3, '10-12 10:00')];
  expect(suggested(-6, { postings })).toEqual(['sign_flip']);
  expect(suggested(6, { postings })).toEqual([]);
});

test('recurring: the same residual stood here in the period before', () => {
  const previous = { code: '2026-09', ageDays: 0, residuals: { count: units(-3), channel: null, ledger: null } };
  expect(suggested(-3, { previous })).toEqual(['recurring']);
  expect(suggested(-4, { previous })).toEqual([]);
});

test('two patterns that fit are both shown', () => {
  const previous = { code: '2026-09', ageDays: 0, residuals: { count: units(-18), channel: null, ledger: null } };
  expect(suggested(-18, { previous, counted: [row(124)] })).toEqual(['keying_error', 'recurring']);
});

const residual = (name: typeof PORTLAND, quantity: number, category: string | null = null): CountResidual => ({
  ...name,
  category,
  residualScaled: units(quantity),
});
const twinsOf = (residuals: readonly CountResidual[]) =>
  [...suggestTwins(residuals)]
    .flatMap(([key, components]) => components.map(({ cause, twinStockKeyId }) => `${key} ${cause} ${twinStockKeyId}`))
    .sort();

test('item_swap: three mugs too few and three cups too many in one location name each other', () => {
  expect(twinsOf([residual(PORTLAND, -3), residual(CUP, 3)])).toEqual(['1 item_swap 3', '3 item_swap 1']);
});

test('item_swap: two candidates of the same size say nothing, unless the category tells them apart', () => {
  const third = { stockKeyId: 9, itemId: 9, sku: 'TEE', locationId: 1, location: 'Portland' };
  expect(twinsOf([residual(PORTLAND, -3), residual(CUP, 3), residual(third, 3)])).toEqual([]);
  expect(
    twinsOf([residual(PORTLAND, -3, 'Kitchen'), residual(CUP, 3, 'Kitchen'), residual(third, 3, 'Apparel')]),
  ).toEqual(['1 item_swap 3', '3 item_swap 1']);
});

test('unrecorded_transfer: five mugs too few here and five too many there', () => {
  expect(twinsOf([residual(PORTLAND, -5), residual(RENO, 5)])).toEqual([
    '1 unrecorded_transfer 2',
    '2 unrecorded_transfer 1',
  ]);
});

test('residuals of the same sign are no twins', () => {
  expect(twinsOf([residual(PORTLAND, 3), residual(CUP, 3)])).toEqual([]);
});
