import { describe, expect, test } from 'vitest';
import { differsInFigure, normaliseIdentifier, oneChange } from '@shared/domain/identity-text';
import { SuggestionFinder, type KnownEntry, type UnknownName } from '@shared/domain/suggestions';
import { partsOfUnknownUnit, toBaseQuantity, toBaseUnitCost, unitOf, unknownUnitSubject } from '@shared/domain/units';

const item = (code: string, name = '', barcode: string | null = null): KnownEntry => ({ kind: 'item', code, name, barcode });
const place = (code: string, name = ''): KnownEntry => ({ kind: 'location', code, name, barcode: null });
const unknown = (text: string, about: Partial<UnknownName> = {}): UnknownName => ({
  key: text, kind: 'item', text, names: [], barcodes: [], heldByOtherPaths: [], ...about,
});

/** The reason and the code of each suggestion for one name. */
function suggested(name: UnknownName, ...entries: KnownEntry[]): (readonly [string, string])[] {
  const finder = new SuggestionFinder([name]);
  for (const entry of entries) finder.offer(entry);
  return (finder.found().get(name.key) ?? []).map(({ reason, code }) => [reason, code]);
}

describe('what is suggested, and why', () => {
  test.each([
    ['the row gives the barcode of an item', unknown('blue mug', { barcodes: ['0790123456785'] }), item('MUG-BLU-11', '', '0790123456785'), 'same_barcode'],
    ['the name is itself the barcode', unknown('0790123456785'), item('MUG-BLU-11', '', '0790123456785'), 'same_barcode'],
    ['a twelve-figure barcode is a thirteen-figure one without its zero', unknown('x', { barcodes: ['790123456785'] }), item('MUG', '', '0790123456785'), 'same_barcode'],
    ['leading zeros differ', unknown('417-V'), item('00417-V'), 'leading_zeros'],
    ['separators differ', unknown('MUG BLU.11'), item('MUG-BLU-11'), 'without_separators'],
    ['the path ends in the code', unknown('MUGS/MUG-BLU-11'), item('MUG-BLU-11'), 'parent_part'],
    ['the name is that of one item', unknown('Blue Mug, 11 oz'), item('MUG-BLU-11', 'Blue mug, 11 oz'), 'same_name'],
    ['the row gives the name of one item', unknown('8841', { names: ['Blue mug, 11 oz'] }), item('MUG-BLU-11', 'Blue mug, 11 oz'), 'same_name'],
    ['a character is replaced', unknown('MUG-BLU-1l'), item('MUG-BLU-11'), 'one_character'],
    ['a character is left out', unknown('MUG-BL-11'), item('MUG-BLU-11'), 'one_character'],
    ['a character is too many', unknown('MUGG-BLU-11'), item('MUG-BLU-11'), 'one_character'],
    ['two neighbours changed places', unknown('MUG-BUL-11'), item('MUG-BLU-11'), 'one_character'],
  ])('%s', (_, name, entry, reason) => {
    expect(suggested(name, entry, item('TRAY-ASH', 'Ash tray', '0790999999994'))).toEqual([[reason, entry.code]]);
  });

  test('a location is met by its code and by its name', () => {
    expect(suggested(unknown('Portlnad', { kind: 'location' }), place('PDX', 'Portland'))).toEqual([['one_character', 'PDX']]);
    expect(suggested(unknown('Main Street: Returns', { kind: 'location' }), place('Returns'))).toEqual([['parent_part', 'Returns']]);
  });

  test('each entry is suggested once, for the reason that says most', () => {
    const name = unknown('MUG BLU 11', { barcodes: ['0790123456785'], names: ['Blue mug'] });
    expect(suggested(name, item('MUG-BLU-11', 'Blue mug', '0790123456785'))).toEqual([['same_barcode', 'MUG-BLU-11']]);
  });

  test('two reasons that point to two items are both told, the stronger first', () => {
    const name = unknown('MUG-BLU-1l', { barcodes: ['0790123456785'] });
    expect(suggested(name, item('MUG-BLU-11'), item('TRAY', '', '0790123456785'))).toEqual([['same_barcode', 'TRAY'], ['one_character', 'MUG-BLU-11']]);
  });

  test('the sentence names both sides', () => {
    const finder = new SuggestionFinder([unknown('417-V')]);
    finder.offer(item('00417-V', 'Vase'));
    expect(finder.found().get('417-V')).toEqual([
      { code: '00417-V', name: 'Vase', reason: 'leading_zeros', sentence: '"417-V" and 00417-V differ in leading zeros only.' },
    ]);
  });
});

describe('what is too little to suggest anything', () => {
  test.each([
    ['two characters differ', unknown('MUG-RED-11'), [item('MUG-BLU-11')]],
    ['a character is moved over another', unknown('UMG-BLU-1'), [item('MUG-BLU-11')]],
    ['several codes are one character away', unknown('MUG-BLU-1'), [item('MUG-BLU-11'), item('MUG-BLU-12')]],
    ['a code of three characters', unknown('AB1'), [item('AB2')]],
    ['two items share the barcode', unknown('x1', { barcodes: ['0790123456785'] }), [item('A', '', '0790123456785'), item('B', '', '0790123456785')]],
    ['the rows give two barcodes', unknown('x1', { barcodes: ['0790123456785', '0790123456792'] }), [item('A', '', '0790123456785')]],
    ['a number that is no barcode', unknown('x1', { barcodes: ['4711'] }), [item('A', '', '4711')]],
    ['two items share the name', unknown('Blue mug'), [item('A', 'Blue mug'), item('B', 'Blue mug')]],
    ['a name of three letters', unknown('Mug'), [item('A', 'Mug')]],
    ['the name of the other kind', unknown('Portland'), [place('PDX', 'Portland')]],
    ['two codes differ in leading zeros', unknown('417'), [item('0417'), item('00417')]],
    ['nothing but zeros', unknown('000'), [item('0')]],
    ['the source has another path for the code', unknown('West : Returns', { kind: 'location', heldByOtherPaths: ['Returns'] }), [place('Returns')]],
    ['the code within another, not at its end', unknown('MUG-BLU-11 : Lid'), [item('MUG-BLU-11')]],
    ['both are empty of letters', unknown('---'), [item('...')]],
  ])('%s', (_, name, entries) => {
    expect(suggested(name, ...entries)).toEqual([]);
  });
});

test('every name among many thousands is found without being compared with each item', () => {
  const codes = Array.from({ length: 20_000 }, (_, index) => `SKU-${(index * 7919).toString(36).padStart(6, 'z')}-Q`);
  const finder = new SuggestionFinder(codes.slice(0, 5_000).map((code) => unknown(code.replaceAll('-', ' '))));
  for (const code of codes) finder.offer(item(code));
  const found = finder.found();
  expect(found.size).toBe(5_000);
  expect([...found.values()].every((each) => each.length === 1 && each[0]!.reason === 'without_separators')).toBe(true);
});

test.each([
  ['ABC', 'ABC', undefined], ['ABC', 'ABCD', 'added'], ['ABCD', 'ABC', 'removed'], ['ABC', 'AXC', 'replaced'], ['ABC', 'ACB', 'transposed'],
  ['ABC', 'BCA', undefined], ['AAB', 'AB', 'removed'], ['', 'A', 'added'], ['AB', 'CD', undefined], ['héllo', 'hello', 'replaced'],
] as const)('from %s to %s: %s', (one, other, change) => {
  expect(oneChange(one, other)).toBe(change);
});

test('one figure for another is told apart from a letter for a figure', () => {
  expect(differsInFigure('mug-11', 'mug-12')).toBe(true);
  expect(differsInFigure('mug-1l', 'mug-11')).toBe(false);
  expect(differsInFigure('mug-11', 'mug-1')).toBe(false);
});

test('case, spaces and the ways of Unicode make no difference; leading zeros and letters do', () => {
  const same = ['Blue  Mug\u201311', ' blue mug-11', 'BLUE\u00a0MUG\u221211', 'Blue Mug\u200b-11', '\uff22lue Mug-11'];
  expect(new Set(same.map(normaliseIdentifier))).toEqual(new Set(['blue mug-11']));
  expect(normaliseIdentifier('0417')).not.toBe(normaliseIdentifier('417'));
  expect(normaliseIdentifier('e\u0301')).toBe(normaliseIdentifier('\u00e9'));
});

describe('units', () => {
  test('words of the same unit', () => {
    expect(['EA', 'each', 'pcs', 'Nos', 'ea.', 'C62'].map(unitOf)).toEqual(Array(6).fill('each'));
    expect(['CS', 'Cases', 'ctn'].map(unitOf)).toEqual(['case', 'case', 'ctn']);
  });

  test('a quantity converts exactly or not at all', () => {
    expect(toBaseQuantity(15_000, 120_000)).toBe(180_000);
    expect(toBaseQuantity(-20_000, 120_000)).toBe(-240_000);
    expect(toBaseQuantity(3_333, 5_000)).toBeUndefined();
  });

  test('a unit cost is divided half-even to six places', () => {
    expect(toBaseUnitCost(49_500_000, 120_000)).toBe(4_125_000);
    expect(toBaseUnitCost(1, 20_000)).toBe(0);
    expect(toBaseUnitCost(3, 20_000)).toBe(2);
  });

  test('what waits for a unit names unit and item, whatever either is called', () => {
    expect(partsOfUnknownUnit(unknownUnitSubject('Case of 12', 'Bottle of water'))).toEqual({ unit: 'Case of 12', sku: 'Bottle of water' });
    expect(partsOfUnknownUnit('RUG-200')).toBeUndefined();
  });
});
