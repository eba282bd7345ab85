/**
 * Every layout that a profile reads: which profile is taken, what each row becomes, and that the rehearsal says it.
 */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { FORMAT_FILES, formatFile, goldenName, goldenPath, openFormatWorkbook, whatBecameOf } from '../support/formats';
import { contentOf, importFile, rehearse } from '../support/imports';

test('every profile but the plain ones has a file here', () => {
  const read = new Set(FORMAT_FILES.map(({ profileId }) => profileId));
  const others = BUILT_IN_PROFILES.map(({ id }) => id).filter((id) => !id.startsWith('plain-') && !id.startsWith('tieout-'));
  expect(others.filter((id) => !read.has(id))).toEqual([]);
});

describe.each(FORMAT_FILES.map((format) => [goldenName(format), format] as const))('%s', (_name, format) => {
  test('becomes what it must', async () => {
    const became = await whatBecameOf(await openFormatWorkbook(), format);
    expect(became['profile']).toBe(format.profileId);
    expect(became).toEqual(JSON.parse(fs.readFileSync(goldenPath(format), 'utf8')));
  });

  test('is rehearsed without a trace, and is then written as rehearsed', async () => {
    const fixture = await openFormatWorkbook();
    const before = contentOf(fixture);
    const rehearsal = await rehearse(fixture, formatFile(format.file), format.given);
    expect(contentOf(fixture)).toEqual(before);
    const result = await importFile(fixture, formatFile(format.file), format.given);
    expect(result.rehearsal).toEqual(rehearsal);
    expect(rehearsal.rowsAccepted + rehearsal.rowsQuarantined + rehearsal.rowsIgnored).toBe(rehearsal.rowsRead);
  });
});
