/**
 * Who has a workbook open for writing: a small file beside it, made at opening and removed at closing.
 *
 * SQLite guards single statements; this guards the whole session, and says to the second opener who holds the file.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const Holder = z.object({ pid: z.int(), host: z.string(), person: z.string(), openedInstant: z.int() });
export type Holder = z.infer<typeof Holder>;

export type LockResult =
  | { readonly held: true; readonly release: () => void }
  | { readonly held: false; readonly holder: Holder | undefined; readonly message: string };

const lockPathFor = (workbookPath: string) =>
  path.join(path.dirname(workbookPath), `.~${path.basename(workbookPath)}.lock`);

function readHolder(lockPath: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(fs.readFileSync(lockPath, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A holder on this machine whose process is gone left its lock behind; of another machine nothing can be known. */
function isAbandoned(holder: Holder | undefined): boolean {
  if (!holder || holder.host !== os.hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Nobody holds the workbook, or only somebody who is gone. */
export function isFreeToLock(workbookPath: string): boolean {
  const lockPath = lockPathFor(workbookPath);
  return !fs.existsSync(lockPath) || isAbandoned(readHolder(lockPath));
}

/**
 * Takes the lock on a workbook, or says who has it.
 *
 * @param person the name shown to whoever comes second
 */
export function lockWorkbookFile(workbookPath: string, person: string, openedInstant: number): LockResult {
  const lockPath = lockPathFor(workbookPath);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const holder: Holder = { pid: process.pid, host: os.hostname(), person, openedInstant };
      fs.writeFileSync(lockPath, JSON.stringify(holder), { flag: 'wx' });
      return {
        held: true,
        release: () => {
          const current = readHolder(lockPath);
          if (current?.pid === process.pid && current.host === os.hostname()) fs.rmSync(lockPath, { force: true });
        },
      };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EEXIST') {
        return { held: false, holder: undefined, message: `The folder of ${path.basename(workbookPath)} cannot be written (${code}).` };
      }
      const holder = readHolder(lockPath);
      if (!isAbandoned(holder)) {
        const who = holder
          ? `${holder.person} on ${holder.host} since ${new Date(holder.openedInstant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
          : 'another program';
        return { held: false, holder, message: `${path.basename(workbookPath)} is open elsewhere: ${who}.` };
      }
      fs.rmSync(lockPath, { force: true });
    }
  }
  return { held: false, holder: undefined, message: `${path.basename(workbookPath)} is being opened by another program.` };
}
