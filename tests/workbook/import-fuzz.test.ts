/**
 * Damaged files through the real import: 10,000 mutants of the sample files, each rehearsed on one workbook.
 *
 * Each ends in a refusal with a name or in rows that are all accounted for, and the workbook is as it was.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { IMPORT_FAILURES, type Rehearsal } from '@shared/domain/import';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { rehearseImport } from '../../electron/services/imports';
import { openTable, sourceFromBytes } from '../../electron/files/readers/table';
import { AS_OF, contentOf, importBasics, requestFor } from '../support/imports';
import { mutantOf, randomOf } from '../support/mutations';
import { openFixtureWorkbook, TIME_ZONE, type WorkbookFixture } from '../support/workbook-fixture';

interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every sample file that the tests have: one that is added is mutated too. */
const SAMPLES: readonly Sample[] = ['import', 'formats']
  .map((folder) => path.resolve(import.meta.dirname, '../fixtures', folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)))
  .filter((file) => /\.(csv|tsv|txt)$/.test(file))
  .sort()
  .map((file) => ({ name: path.basename(file), bytes: readFileSync(file) }));

interface Tally {
  accepted: number;
  quarantined: number;
  ignored: number;
  readonly refusals: Map<string, number>;
}

const FILLED_IN: ReadonlySet<string> = new Set(
  BUILT_IN_PROFILES.filter((profile) => profile.carriedDown || profile.linesNumberedWithin || profile.personalData).map(({ id }) => id),
);

const newTally = (): Tally => ({ accepted: 0, quarantined: 0, ignored: 0, refusals: new Map() });
const sum = (counts: readonly { readonly rows: number }[]) => counts.reduce((total, { rows }) => total + rows, 0);

/** What the file itself holds below the header that was found: counted apart from the import. */
async function rowsBelowHeader(bytes: Uint8Array, rehearsal: Rehearsal): Promise<ReadonlyMap<number, string>> {
  const table = await openTable(sourceFromBytes(bytes, rehearsal.fileName), { timeZone: TIME_ZONE });
  const rows = new Map<number, string>();
  for await (const batch of table.batches(rehearsal.sheet ?? undefined)) {
    for (const row of batch) if (row.rowNumber > rehearsal.headerRow) rows.set(row.rowNumber, row.raw);
  }
  return rows;
}

/** Rehearses a mutant and holds it against what must be true of any file. */
async function rehearseMutant(fixture: WorkbookFixture, name: string, bytes: Buffer, tally: Tally): Promise<void> {
  const request = requestFor(fixture, { name, text: new Uint8Array(bytes) }, { asOfInstant: AS_OF, locationCode: 'Pier 9' });
  const outcome = await rehearseImport(fixture.context, request);
  if (!outcome.ok) {
    expect(IMPORT_FAILURES).toContain(outcome.failure);
    expect(outcome.message.length).toBeGreaterThan(20);
    tally.refusals.set(outcome.failure, (tally.refusals.get(outcome.failure) ?? 0) + 1);
    return;
  }
  const rehearsal = outcome.value;
  const rows = await rowsBelowHeader(bytes, rehearsal);
  expect(rehearsal.rowsAccepted + rehearsal.rowsQuarantined + rehearsal.rowsIgnored).toBe(rows.size);
  expect(rehearsal.rowsRead).toBe(rows.size);
  expect(sum(rehearsal.ignoredByReason)).toBe(rehearsal.rowsIgnored);
  expect(sum(rehearsal.quarantinedByReason)).toBe(rehearsal.rowsQuarantined);
  expect(rehearsal.badRows.filter(({ rowNumber }) => !rows.has(rowNumber))).toEqual([]);
  // A row that hangs on the rows above it, or names people, is kept with the former and without the latter.
  if (!FILLED_IN.has(rehearsal.profile.id)) {
    expect(rehearsal.badRows.map(({ raw }) => raw)).toEqual(rehearsal.badRows.map(({ rowNumber }) => rows.get(rowNumber)));
  }
  tally.accepted += rehearsal.rowsAccepted;
  tally.quarantined += rehearsal.rowsQuarantined;
  tally.ignored += rehearsal.rowsIgnored;
}

/** Rehearses mutants one after the other; a failure names the mutant, so that it can be made again. */
async function rehearseAll(fixture: WorkbookFixture, count: number, mutantAt: (index: number) => { readonly name: string; readonly bytes: Buffer; readonly done: readonly string[] }): Promise<Tally> {
  const before = contentOf(fixture);
  const tally = newTally();
  for (let index = 0; index < count; index += 1) {
    const { name, bytes, done } = mutantAt(index);
    try {
      await rehearseMutant(fixture, name, bytes, tally);
    } catch (error) {
      throw new Error(`mutant ${index} of ${name}, ${done.join(', then ')}: ${(error as Error).message}`, { cause: error });
    }
  }
  expect(contentOf(fixture)).toEqual(before);
  return tally;
}

const MINUTES = 60_000;

test('10,000 mutants of the sample files are each refused by name or accounted for row by row', { timeout: 10 * MINUTES }, async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  expect(SAMPLES.length).toBeGreaterThan(8);
  const tally = await rehearseAll(fixture, 10_000, (index) => {
    const { name, bytes } = SAMPLES[index % SAMPLES.length]!;
    return { name, ...mutantOf(bytes, index) };
  });
  expect(Math.min(tally.accepted, tally.quarantined, tally.ignored)).toBeGreaterThan(1_000);
  expect([...tally.refusals.keys()].sort()).toEqual(
    expect.arrayContaining(['file_empty', 'file_unreadable', 'file_unrecognised', 'quote_not_closed']),
  );
});

/** The sample as a workbook of one sheet. */
async function asSpreadsheet({ name, bytes }: Sample): Promise<Sample> {
  const table = await openTable(sourceFromBytes(bytes, name), { timeZone: TIME_ZONE });
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Export');
  for await (const { cells } of table.rows()) sheet.addRow(cells.map((cell) => (/^-?\d{1,9}(\.\d{1,4})?$/.test(cell) ? Number(cell) : cell)));
  return { name: name.replace(/\.\w+$/, '.xlsx'), bytes: Buffer.from(new Uint8Array(await workbook.xlsx.writeBuffer())) };
}

/** Damage inside of a part, packed again, so that the archive's checksums hold. */
function mutatedInside(bytes: Buffer, seed: number) {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /\.(xml|rels)$/.test(name));
  const random = randomOf(seed);
  const likely = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'];
  const name = random() < 0.8 ? likely[Math.floor(random() * likely.length)]! : names[Math.floor(random() * names.length)]!;
  const mutant = mutantOf(Buffer.from(parts[name] ?? strToU8('')), seed);
  return { bytes: Buffer.from(zipSync({ ...parts, [name]: new Uint8Array(mutant.bytes) }, { level: 1 })), done: [...mutant.done, `in ${name}`] };
}

test('1,000 mutants of the samples as spreadsheets: half damaged as archives, half inside of their parts', { timeout: 10 * MINUTES }, async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const spreadsheets = await Promise.all(SAMPLES.map(asSpreadsheet));
  const tally = await rehearseAll(fixture, 1_000, (index) => {
    const { name, bytes } = spreadsheets[index % spreadsheets.length]!;
    return { name, ...(Math.floor(index / spreadsheets.length) % 2 === 0 ? mutantOf(bytes, index) : mutatedInside(bytes, index)) };
  });
  expect(Math.min(tally.accepted, tally.quarantined)).toBeGreaterThan(100);
  expect(tally.refusals.get('file_unreadable')).toBeGreaterThan(100);
});

test('1,000 mutants of the samples as gzip and ZIP: damaged as archives, or damaged and then packed', { timeout: 10 * MINUTES }, async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const tally = await rehearseAll(fixture, 1_000, (index) => {
    const { name, bytes } = SAMPLES[index % SAMPLES.length]!;
    const pack = (content: Buffer) => (index % 2 === 0 ? gzipSync(content) : Buffer.from(zipSync({ [name]: new Uint8Array(content) })));
    if (Math.floor(index / SAMPLES.length) % 2 === 0) return { name: `${name}, packed`, ...mutantOf(pack(bytes), index) };
    const mutant = mutantOf(bytes, index);
    return { name: `${name}, packed`, bytes: pack(mutant.bytes), done: [...mutant.done, 'then packed'] };
  });
  expect(Math.min(tally.accepted, tally.quarantined, tally.ignored)).toBeGreaterThan(100);
  expect(tally.refusals.get('file_unreadable')).toBeGreaterThan(100);
});
