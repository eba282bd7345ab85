/**
 * Real workbook files for tests, in a folder of their own that is removed afterwards.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type ServiceContext, silentJob } from '../../electron/services/context';
import { createWorkbook } from '../../electron/services/workbooks';
import { attachToWorkbookFile, type OpenedWorkbook } from '../../electron/workbook/open';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';

/** Noon UTC on the third of November 2026: the time at which a controller closes October. */
export const NOW = Date.UTC(2026, 10, 3, 12);
export const PERSON = { name: 'Ana Reyes', email: 'ana@harborpine.example' };

/** When to clean up: after the test, or after all of a group with vitest's `afterAll`. */
export type WhenFinished = (clean: () => void) => void;

/** A folder that lasts as long as the test. */
export function temporaryFolder(whenFinished: WhenFinished = onTestFinished): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-test-'));
  whenFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a workbook in US dollars and Los Angeles time, as a person does; closed when the test ends. */
export function makeWorkbook(filePath = path.join(temporaryFolder(), 'Test.tieout'), whenFinished: WhenFinished = onTestFinished): OpenedWorkbook {
  const created = createWorkbook(filePath, { company: 'Test Company', currency: 'USD', timeZone: 'America/Los_Angeles' }, PERSON, NOW);
  if (!created.ok) throw new Error(created.message);
  whenFinished(() => created.value.close());
  return created.value;
}

let newWorkbookBytes: Buffer | undefined;

/**
 * A copy of such a workbook, for tests of what is done with one: making it runs every migration, which would be most of what a small
 * test costs. All copies have the same identifier; it is opened without a lock file.
 */
export function newWorkbook(filePath = path.join(temporaryFolder(), 'Test.tieout'), whenFinished: WhenFinished = onTestFinished): OpenedWorkbook {
  if (newWorkbookBytes === undefined) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-new-'));
    const made = path.join(folder, 'New.tieout');
    makeWorkbook(made, () => undefined).close();
    newWorkbookBytes = fs.readFileSync(made);
    fs.rmSync(folder, { recursive: true, force: true });
  }
  fs.writeFileSync(filePath, newWorkbookBytes, { flag: 'wx' });
  const opened = attachToWorkbookFile(filePath, false);
  whenFinished(() => opened.close());
  return opened;
}

/** What services are handed in tests: a person, and a clock that moves a second with each reading. */
export function contextOf(workbook: SqliteWorkbook): ServiceContext {
  let now = NOW;
  return { workbook, actor: PERSON, now: () => (now += 1000), job: silentJob };
}
