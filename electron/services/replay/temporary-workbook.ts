/**
 * A workbook that is there for one computation: in a folder of its own, which is gone afterwards, whatever happened.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWorkbookFile } from '../../workbook/open';
import type { SqliteWorkbook } from '../../workbook/workbook';

export interface TemporaryWorkbook {
  readonly workbook: SqliteWorkbook;
  readonly folder: string;
}

/** Files of this name in the folder for temporary files belong to a replay that runs, or that was ended by force. */
export const TEMPORARY_FOLDER = 'tieout-replay-';

/**
 * Runs `work` on an empty workbook of the present schema.
 *
 * @param now epoch milliseconds, for the lock beside the file
 */
export async function inTemporaryWorkbook<T>(now: number, work: (made: TemporaryWorkbook) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), TEMPORARY_FOLDER));
  try {
    const created = createWorkbookFile(path.join(folder, 'Replay.tieout'), { person: 'Tieout', now });
    if (!created.ok) throw new Error(created.message);
    try {
      // Nothing of it outlives the computation: a power cut may take all of it.
      created.value.workbook.database.pragma('synchronous = OFF');
      return await work({ workbook: created.value.workbook, folder });
    } finally {
      created.value.close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
