/**
 * A workbook that is there for one computation: in a folder of its own, which is gone afterwards, whatever happened. What a process left
 * behind that was ended by force goes with the next computation: it holds the company's figures.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWorkbookFile, isFreeToOpen } from '../../workbook/open';
import type { SqliteWorkbook } from '../../workbook/workbook';

export interface TemporaryWorkbook {
  readonly workbook: SqliteWorkbook;
  readonly folder: string;
}

/** How the folder's name begins, among the temporary files. */
export const TEMPORARY_FOLDER = 'tieout-replay-';
const WORKBOOK = 'Replay.tieout';

/** Removes folders whose workbook nobody holds. One that is just being made has a lock before it has a workbook. */
function removeAbandoned(): void {
  for (const name of fs.readdirSync(os.tmpdir()).filter((each) => each.startsWith(TEMPORARY_FOLDER))) {
    const file = path.join(os.tmpdir(), name, WORKBOOK);
    if (fs.existsSync(file) && isFreeToOpen(file)) fs.rmSync(path.dirname(file), { recursive: true, force: true });
  }
}

/**
 * Runs `work` on an empty workbook of the present schema.
 *
 * @param now epoch milliseconds, for the lock beside the file
 */
export async function inTemporaryWorkbook<T>(now: number, work: (made: TemporaryWorkbook) => Promise<T>): Promise<T> {
  removeAbandoned();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), TEMPORARY_FOLDER));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  // Ended from outside while it computes, it has no other moment.
  process.once('exit', remove);
  try {
    const created = createWorkbookFile(path.join(folder, WORKBOOK), { person: 'Tieout', now });
    if (!created.ok) throw new Error(created.message);
    try {
      // Nothing of it outlives the computation: a power cut may take all of it.
      created.value.workbook.database.pragma('synchronous = OFF');
      return await work({ workbook: created.value.workbook, folder });
    } finally {
      created.value.close();
    }
  } finally {
    process.off('exit', remove);
    remove();
  }
}
