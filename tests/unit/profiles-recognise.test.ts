import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { profileOfMapping } from '@shared/domain/import-mapping';
import { ImportProfile } from '@shared/domain/import-profile';
import { QUANTITY_STATES } from '@shared/domain/states';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { isOneCellPerField } from '../../electron/files/profiles/header';
import { guessHeader, matchHeader, recognise } from '../../electron/files/profiles/recognise';
import type { SourceRow } from '../../electron/files/readers/limits';

const PROFILE_FOLDER = path.resolve(import.meta.dirname, '../../resources/profiles');
const rowsOf = (...lines: string[]): SourceRow[] =>
  lines.map((line, index) => ({ rowNumber: index + 1, cells: line.split(','), raw: line }));
const profile = (id: string) => BUILT_IN_PROFILES.find((each) => each.id === id)!;

function found(...lines: string[]) {
  const recognition = recognise(BUILT_IN_PROFILES, rowsOf(...lines));
  return recognition.found ? recognition.match.profile.id : recognition;
}

test('every profile in resources is loaded, and none is written twice', () => {
  const files = readdirSync(PROFILE_FOLDER).filter((name) => name.endsWith('.json'));
  for (const name of files) {
    const written = JSON.parse(readFileSync(path.join(PROFILE_FOLDER, name), 'utf8')) as { id: string };
    expect(name).toBe(`${written.id}.json`);
  }
  expect(BUILT_IN_PROFILES.map(({ id }) => `${id}.json`).sort()).toEqual(files.sort());
});

test('each snapshot profile says of every state whether it holds it or not', () => {
  for (const { id, kind, statesHeld, statesUnknown } of BUILT_IN_PROFILES.filter((each) => each.kind === 'snapshot')) {
    expect([kind, ...[...statesHeld, ...statesUnknown].sort()], id).toEqual(['snapshot', ...[...QUANTITY_STATES].sort()]);
  }
});

test('each file goes to the profile whose columns it has', () => {
  expect(found('system,sku,location,as_of,on_hand,unit_cost')).toBe('plain-snapshot');
  expect(found('system,type,document,sku,location,quantity,occurred_at,posted_at')).toBe('plain-movements');
  expect(found('sku,location,counted,counted_at')).toBe('plain-count');
  expect(found('sku,name,barcode,tier')).toBe('plain-items');
  expect(found('period,account,name,debit,credit,currency')).toBe('plain-trial-balance');
  expect(found('sku,location,reason,owner,note,due')).toBe('plain-tags');
  expect(found('SKU,Location,Incoming,Unavailable,Committed,Available,On hand')).toBe('shopify-inventory-2022');
});

test('a journal is not taken for a trial balance', () => {
  expect(found('External ID,Date,Posting Period,Account,Debit,Credit,Memo')).toBe('netsuite-journal');
  expect(found('period,account,debit,credit,date')).toEqual({ found: false, refusal: undefined });
});

test('the header row is found below title lines, and the answer says where and why', () => {
  const recognition = recognise(
    BUILT_IN_PROFILES,
    rowsOf('Example Inc.', 'Positions', '', ' Name ,INVENTORY\u00a0LOCATION,Location On Hand', 'A,North,1'),
  );
  expect(recognition).toMatchObject({ found: true, match: { headerRow: 4 } });
  expect(recognition.found && recognition.why).toBe('Row 4 names 3 of the 9 columns of NetSuite item search; no other profile fits.');
});

test('the header is not looked for beyond the rows the profile names', () => {
  const titles = Array.from({ length: 30 }, () => 'title');
  expect(recognise(BUILT_IN_PROFILES, rowsOf(...titles, 'sku,location,counted,counted_at')).found).toBe(false);
  expect(recognise(BUILT_IN_PROFILES, rowsOf(...titles.slice(1), 'sku,location,counted,counted_at')).found).toBe(true);
});

test('where several profiles fit, the one with more matched columns wins and the others are named', () => {
  const recognition = recognise(BUILT_IN_PROFILES, rowsOf('sku,location,reason,owner,note,due,counted_at,name'));
  expect(recognition).toMatchObject({ found: true, match: { profile: { id: 'plain-tags' } } });
  const both = recognise([...BUILT_IN_PROFILES, { ...profile('plain-tags'), id: 'own-tags', name: 'Own tags' }], rowsOf('sku,location,reason'), new Set(['own-tags']));
  expect(both).toMatchObject({ found: true, match: { profile: { id: 'own-tags' } } });
  expect(both.found && both.why).toContain('also fitting, with fewer columns or demands: Plain tags (3).');
});

test('a column that stands twice is taken by its place', () => {
  const match = matchHeader(profile('netsuite-item-search'), rowsOf('Name,Inventory Location,Name,Location On Hand'))!;
  expect(match.matched.map(({ index, column }) => [column.field, index])).toEqual([['sku', 0], ['location', 1], ['on_hand', 3]]);
});

test('a NetSuite search with only the all-location totals is refused with what to do', () => {
  const recognition = recognise(BUILT_IN_PROFILES, rowsOf('Internal ID,Name,Inventory Location,On Hand,Available'));
  expect(recognition).toMatchObject({ found: false });
  expect(!recognition.found && recognition.refusal).toContain('Add Location On Hand');
});

test('only the Location family is used where both families are there', () => {
  const match = matchHeader(profile('netsuite-item-search'), rowsOf('Name,Inventory Location,On Hand,Location On Hand,Available'))!;
  expect(match.matched.map(({ header }) => header)).toEqual(['Name', 'Inventory Location', 'Location On Hand']);
});

test('the header of an unknown file is the row with the most texts', () => {
  expect(guessHeader(rowsOf('Report of stock', 'Artikel,Lager,Bestand,Preis', 'A,Nord,12,1.50'))?.rowNumber).toBe(2);
});

test('a mapping becomes a profile that recognises the same header again', () => {
  const written = profileOfMapping({
    name: 'Depot 7: weekly',
    source: 'depot',
    kind: 'snapshot',
    system: 'warehouse',
    columns: [
      { field: 'sku', header: 'Artikel', occurrence: 1 },
      { field: 'location', header: 'Lager', occurrence: 1 },
      { field: 'on_hand', header: 'Bestand', occurrence: 2 },
    ],
    numberStyle: { decimal: ',', thousands: '.' },
    dateStyle: 'iso_local',
  });
  const parsed = ImportProfile.parse(written);
  expect(parsed.id).toBe('mapped-depot-7-weekly');
  expect(parsed.createsItems).toBe('never');
  const match = matchHeader(parsed, rowsOf('Artikel,Bestand,Lager,Bestand'));
  expect(match?.matched.map(({ index }) => index)).toEqual([0, 2, 3]);
});

test('two mappings with names beyond ASCII stay two profiles', () => {
  const idOf = (name: string) =>
    profileOfMapping({
      name, source: 's', kind: 'count', system: null, numberStyle: { decimal: '.', thousands: 'none' }, dateStyle: 'iso',
      columns: [{ field: 'sku', header: 'A', occurrence: 1 }],
    }).id;
  expect([idOf('Entrep\u00f4t Nord'), idOf('\u5009\u5eab'), idOf('\u5009')]).toEqual(['mapped-entrepot-nord', 'mapped-u5009u5eab', 'mapped-u5009']);
});

test('a profile that could not work is refused when it is read', () => {
  const broken = { ...profile('plain-count'), columns: profile('plain-count').columns.filter(({ field }) => field !== 'counted_at') };
  expect(ImportProfile.safeParse(broken).success).toBe(false);
  const foreign = { ...profile('plain-count'), columns: [...profile('plain-count').columns, { ...profile('plain-tags').columns[2]!, field: 'debit' }] };
  expect(ImportProfile.safeParse(foreign).success).toBe(false);
});

test('only a profile whose rows are one record of single cells may be read by a quicker way', () => {
  const plain = (id: string, header: string) => isOneCellPerField(matchHeader(profile(id), rowsOf(header))!);
  expect(plain('plain-snapshot', 'system,sku,location,as_of,on_hand')).toBe(true);
  expect(plain('netsuite-item-search', 'Name,Inventory Location,Location On Hand')).toBe(true);
  expect(plain('shopify-orders', 'Name,Created at,Lineitem quantity,Lineitem sku')).toBe(false);
  expect(plain('sap-mb52', 'Material,Plant,Storage Location,Unrestricted')).toBe(false);
  expect(plain('shopify-inventory', 'SKU,Location,Available (not editable),On hand (current),Incoming (not editable)')).toBe(false);
});
