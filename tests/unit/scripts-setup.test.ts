/**
 * The rest of the set-up: whether packages are current, SQLite's binding for older runtimes, and the count of a test run.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packagesAreCurrent } from '../../scripts/setup/packages.mjs';
import { needsOwnBinding, renameImports } from '../../scripts/setup/sqlite-binding.mjs';
import { playwrightTally, sum, tallyOfRun, vitestTally } from '../../scripts/testing/tally.mjs';

const root = path.resolve(import.meta.dirname, '../..');

function projectWith(wanted: object, installed?: object): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-packages-'));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
  if (installed)
    fs.writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  return folder;
}

describe('packages are current', () => {
  const zod = { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } };

  test('when everything of the lock file is installed', () => {
    expect(packagesAreCurrent(projectWith(zod, zod))).toBe(true);
  });

  test('when only optional packages for other machines are missing', () => {
    const lock = { ...zod, 'node_modules/fsevents': { version: '2.3.3', optional: true } };
    expect(packagesAreCurrent(projectWith(lock, zod))).toBe(true);
  });

  test('but not when nothing was installed, or the installation did not finish', () => {
    expect(packagesAreCurrent(projectWith(zod))).toBe(false);
  });

  test('but not when a version or a hash differs, or a package is missing', () => {
    expect(
      packagesAreCurrent(projectWith(zod, { 'node_modules/zod': { version: '4.6.8', integrity: 'sha512-a' } })),
    ).toBe(false);
    expect(
      packagesAreCurrent(projectWith(zod, { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b' } })),
    ).toBe(false);
    expect(packagesAreCurrent(projectWith(zod, {}))).toBe(false);
  });
});

describe("SQLite's own binding", () => {
  const runtime = { kind: 'named', folder: '', executable: '' } as const;

  test('is needed before Electron 35 only', () => {
    expect(needsOwnBinding({ ...runtime, version: '33.2.1' })).toBe(true);
    expect(needsOwnBinding({ ...runtime, version: '35.0.0' })).toBe(false);
    expect(needsOwnBinding({ ...runtime, version: '45.4.1' })).toBe(false);
  });

  const prebuilt = fs.readFileSync(path.join(root, 'node_modules/better-sqlite3/prebuilds/linux-x64.node'));

  test('differs from the prebuilt one by one byte in each of three names', () => {
    const renamed = renameImports(prebuilt);
    const changed = [...renamed.keys()].filter((index) => renamed[index] !== prebuilt[index]);
    expect(changed).toHaveLength(3);
    expect(changed.every((index) => renamed[index] === '_'.charCodeAt(0))).toBe(true);
  });

  test('is not made of an addon that does not import what is replaced', () => {
    expect(() => renameImports(Buffer.from('\0napi_create_reference\0'))).toThrow(/napi_delete_reference/);
  });

  test('covers every function with a reference that the addon imports', () => {
    const othersWithReference = ['napi_reference_ref', 'napi_reference_unref'];
    expect(othersWithReference.filter((name) => prebuilt.includes(`\0${name}\0`))).toEqual([]);
  });
});

describe('the count of a test run', () => {
  test('adds up tests of both runners', () => {
    const unit = vitestTally({
      numPassedTests: 7,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [{}] }],
    });
    const window = playwrightTally({ stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 0 }, errors: [] });
    expect(sum([unit, window])).toEqual({ passed: 10, failed: 2 });
  });

  test('counts a file that does not load, a flaky test and one left out as failures', () => {
    expect(
      vitestTally({ numPassedTests: 0, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] })
        .failed,
    ).toBe(1);
    expect(playwrightTally({ stats: { expected: 0, unexpected: 0, flaky: 1, skipped: 2 }, errors: [{}] }).failed).toBe(
      4,
    );
  });

  test('counts a runner that fell over as a failure, whatever it reported', () => {
    const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-report-')), 'report.json');
    const passed = () => ({ passed: 5, failed: 0 });
    expect(tallyOfRun(report, passed, 0)).toEqual({ passed: 0, failed: 1 });
    fs.writeFileSync(report, '{}');
    expect(tallyOfRun(report, passed, 0)).toEqual({ passed: 5, failed: 0 });
    expect(tallyOfRun(report, passed, 1)).toEqual({ passed: 5, failed: 1 });
  });
});
