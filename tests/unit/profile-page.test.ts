/**
 * Profiles as pages: nothing that a profile reads, counts as no data or asks for is left out of its page.
 */
import { describe, expect, test } from 'vitest';
import { profileOfMapping } from '@shared/domain/import-mapping';
import { ImportProfile } from '@shared/domain/import-profile';
import { pageOfProfile } from '@shared/domain/profile-page';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { holdsText } from '../../renderer/features/profiles/profile-search';

describe.each(BUILT_IN_PROFILES.map((profile) => [profile.id, profile] as const))('the page of %s', (_id, profile) => {
  const page = pageOfProfile(profile);
  const all = JSON.stringify(page);

  test('names every header, every comment, every kind of row that is no data and every record', () => {
    for (const { headers, and, comment } of profile.columns) {
      for (const header of headers) expect(page.columns.some((column) => column.headers.includes(header === '' ? 'no header' : `"${header}"`))).toBe(true);
      for (const further of and) expect(all).toContain(JSON.stringify(further.headers[0]).slice(1, -1));
      if (comment) expect(page.columns.some(({ how }) => how.includes(comment))).toBe(true);
    }
    expect([page.noData.length, page.records.length]).toEqual([profile.ignore.length, profile.records.length]);
    for (const { comment } of profile.ignore) if (comment) expect(page.noData.some((each) => each.includes(comment))).toBe(true);
  });

  test('is made of whole sentences', () => {
    for (const each of [page.recognised, ...page.noData, ...page.records]) expect(each).toMatch(/^[^a-z\s].*[.?!]$/s);
    expect(all).not.toMatch(/undefined|\[object/);
  });

  test('is found by its name and by each of its headers', () => {
    for (const text of [profile.name, ...profile.columns.flatMap(({ headers }) => headers)]) expect(holdsText(profile, text)).toBe(true);
    expect(holdsText(profile, 'no such word in any profile')).toBe(false);
  });
});

test('a mapping that a person made has a page as well', () => {
  const mapping = profileOfMapping({
    name: 'Shelf list', source: 'shelves', kind: 'snapshot', system: 'erp', numberStyle: { decimal: ',', thousands: '.' }, dateStyle: 'day_month_year',
    columns: [{ field: 'sku', header: 'Artikel', occurrence: 1 }, { field: 'on_hand', header: 'Bestand', occurrence: 2 }],
  });
  const page = pageOfProfile(ImportProfile.parse(mapping));
  expect(page.columns).toEqual([
    { field: 'SKU', headers: '"Artikel"', how: '' }, { field: 'On hand', headers: '"Bestand"', how: 'The 2nd column of that name.' },
  ]);
  expect(page.facts).toContainEqual({ name: 'Numbers', value: 'decimal comma' });
});
