/** Every layout is recognised by the command line without a mapping, and its rehearsal writes nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../support/command-line';
import { FORMAT_FILES } from '../support/formats';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/formats');
const GIVEN = ['--period', '2026-10', '--as-of', '2026-10-31T23:00:00-07:00', '--location', 'Canal Street', '--json'];

interface Listed {
  readonly imports: readonly { readonly fileName: string; readonly profile: { readonly id: string }; readonly rowsRead: number; readonly importId: number | null }[];
}

test('each file names its profile', async () => {
  const tieout = commandLine();
  await tieout.run('new', 'close.tieout', '--currency', 'USD', '--time-zone', 'America/Los_Angeles');
  expect(await tieout.run('import', 'close.tieout', path.join(FOLDER, 'places.csv'), ...GIVEN)).toMatchObject({ exitCode: 0 });
  const before = fs.readFileSync(tieout.at('close.tieout'));
  const recognised = FORMAT_FILES.filter(({ given }) => given?.profileId === undefined);
  const { exitCode, stdout, stderr } = await tieout.run('import', 'close.tieout', ...recognised.map(({ file }) => path.join(FOLDER, file)), ...GIVEN, '--rehearse');
  expect([exitCode, stderr]).toEqual([1, '']);
  const listed = (JSON.parse(stdout) as Listed).imports;
  const profileOf = new Map(listed.map(({ fileName, profile }) => [fileName, profile.id]));
  expect(recognised.map(({ file }) => [file, profileOf.get(file)])).toEqual(recognised.map(({ file, profileId }) => [file, profileId]));
  expect(listed.every(({ rowsRead, importId }) => rowsRead > 0 && importId === null)).toBe(true);
  expect(fs.readFileSync(tieout.at('close.tieout')).equals(before)).toBe(true);
});
