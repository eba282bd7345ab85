/**
 * The grid in words: what a person hears of the cells that are chosen, and how a name is taken from a column's list.
 */
import { describe, expect, test } from 'vitest';
import { conditionsOf, filterRule, type FilterWorld, textsOf } from '../../renderer/features/explain/column-filters';
import { addRange, type GridShape, selectAll, selectCell, selectRange, wholeColumns, wholeRows } from '../../renderer/grid/model/cell-range';
import { rangeWords } from '../../renderer/grid/model/spoken';

const shape: GridShape = { rows: 20_000, columns: ['sku', 'erp', 'store', 'due'] };
const titles: Readonly<Record<string, string>> = { sku: 'SKU', erp: 'ERP', store: 'Store', due: 'Due' };
const at = (row: number, column: string) => ({ row, column });
const heard = (selection: Parameters<typeof rangeWords>[0]['selection'], sums: readonly string[] = [], rowName = '') =>
  rangeWords({ selection, shape, rowName, titleOf: (column) => titles[column]!, countText: (count) => count.toLocaleString('en') }, sums);

test('a range is said by its corners, its cells and what they come to', () => {
  expect(heard(selectRange({ anchor: at(11, 'due'), extent: at(2, 'erp') }), ['sum −14'])).toBe('ERP row 3 to Due row 12, 30 cells, sum −14');
  expect(heard(selectRange({ anchor: at(2, 'erp'), extent: at(11, 'erp') }))).toBe('ERP, rows 3 to 12, 10 cells');
  expect(heard(selectRange({ anchor: at(2, 'erp'), extent: at(2, 'due') }))).toBe('ERP to Due, row 3, 3 cells');
});

test('rows, columns, everything and several ranges are said as what they are; one cell is read for itself', () => {
  expect(heard(selectRange(wholeRows(2, 4, shape)))).toBe('Rows 3 to 5, 12 cells');
  expect(heard(selectRange(wholeColumns('erp', 'erp', shape)))).toBe('Column ERP, 20,000 cells');
  expect(heard(selectRange(wholeColumns('erp', 'due', shape)))).toBe('Columns ERP to Due, 60,000 cells');
  expect(heard(selectAll(at(0, 'sku'), shape))).toBe('Every cell, 80,000 cells');
  expect(heard(addRange(selectCell(at(0, 'sku')), { anchor: at(5, 'erp'), extent: at(6, 'erp') }))).toBe('2 ranges, 3 cells');
  expect(heard(selectCell(at(0, 'sku')))).toBe('');
});

test('the row of a single cell is named, that of a range is not', () => {
  expect(heard(selectCell(at(0, 'erp')), [], 'MUG-BLU-11 at Portland')).toBe('MUG-BLU-11 at Portland');
  expect(heard(selectRange({ anchor: at(0, 'erp'), extent: at(0, 'due') }), [], 'MUG-BLU-11 at Portland')).toBe('ERP to Due, row 1, 3 cells');
});

describe('the list beneath a filter of choices', () => {
  const world: FilterWorld = { currency: 'USD', timeZone: 'UTC', reasonCodes: [], locations: ['Portland', 'Reno', 'Port, old'], style: { decimal: '.', group: ',' } };
  const { choices, whyNot } = filterRule('location', world);
  const fitting = (text: string) => choices!.fitting(text).map(({ title, isChosen }) => `${title}${isChosen ? ' ✓' : ''}`);

  test('shows what fits the word that is being written, and what is chosen', () => {
    expect(fitting('')).toEqual(['Portland', 'Reno', 'Port, old']);
    expect(fitting('port')).toEqual(['Portland', 'Port, old']);
    expect(fitting('Reno, ')).toEqual(['Portland', 'Reno ✓', 'Port, old']);
    expect(fitting('Reno, lan')).toEqual(['Portland']);
    expect(whyNot('Paris')).toBe('“Paris” is no location. Choose from the list, or write empty.');
  });

  test('takes a name in the place of its beginning, and leaves it out again', () => {
    expect(choices!.toggled('Reno, port', 'Portland')).toBe('Reno, Portland');
    expect(choices!.toggled('Reno, Portland', 'Reno')).toBe('Portland');
    expect(choices!.toggled('!Reno', 'Port, old')).toBe('!Reno, "Port, old"');
    expect(choices!.toggled('Reno', 'Reno')).toBe('');
  });

  test('what is written is what is asked, and a mistake asks nothing', () => {
    const texts = { location: '!Reno', erpAtCutOffScaled: '>1,000', sku: '!' };
    const conditions = conditionsOf(texts, world);
    expect(conditions).toEqual({ erpAtCutOffScaled: { kind: 'figure', is: '>', figure: 10_000_000 }, location: { kind: 'choice', isOneOf: false, keys: ['Reno'] } });
    expect(textsOf(conditions, world)).toEqual({ erpAtCutOffScaled: '>1000', location: '!Reno' });
  });
});
