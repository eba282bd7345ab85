/**
 * Workbooks for tests of the window, made by the command line; each test gets copies of its own.
 */
import fs from 'node:fs';
import path from 'node:path';
import { runTieout } from './command-beside-window';
import { temporaryFolder } from './electron';

export interface PreparedWorkbook {
  readonly workbookPath: string;
  /** Holds the identities of the workbook's people; for `launchTieout`. */
  readonly userDataFolder: string;
}

async function make(args: readonly string[]): Promise<string> {
  const folder = temporaryFolder('template');
  const { exitCode, stderr } = await runTieout(path.join(folder, 'user'), ['new', path.join(folder, 'Harbor & Pine.tieout'), ...args]);
  if (exitCode !== 0) throw new Error(`the workbook was not made:\n${stderr}`);
  return folder;
}

const made = new Map<string, Promise<string>>();

/** Made once for all files of a run, because the sample company takes seconds. */
async function copyOf(args: readonly string[]): Promise<PreparedWorkbook> {
  const key = args.join(' ');
  if (!made.has(key)) made.set(key, make(args));
  const folder = temporaryFolder('workbook');
  fs.cpSync(await made.get(key)!, folder, { recursive: true });
  return { workbookPath: path.join(folder, 'Harbor & Pine.tieout'), userDataFolder: path.join(folder, 'user') };
}

/** The sample company: September closed and locked, October open and empty. */
export const sampleWorkbook = (): Promise<PreparedWorkbook> => copyOf(['--sample']);

/** A workbook without any period. */
export const emptyWorkbook = (): Promise<PreparedWorkbook> => copyOf(['--currency', 'USD', '--time-zone', 'America/Los_Angeles']);
