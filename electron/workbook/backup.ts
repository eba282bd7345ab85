/**
 * Verified copies of a workbook: copied page by page while it stays usable, then opened, checked and compared.
 */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { chainHead } from './audit';
import { nativeBindingPath } from './native-binding';
import { SqliteWorkbook } from './workbook';

/**
 * Copies the workbook to `targetPath` and verifies the copy: integrity, and the same head of the audit trail.
 * A target that exists is replaced only by a copy that was found good.
 */
export async function backUpWorkbook(workbook: SqliteWorkbook, targetPath: string): Promise<Outcome<{ readonly path: string }, 'file_unwritable' | 'backup_failed'>> {
  const partial = `${targetPath}.partial`;
  const nativeBinding = nativeBindingPath();
  try {
    fs.rmSync(partial, { force: true });
    await workbook.database.backup(partial);
    const copy = new Database(partial, nativeBinding ? { nativeBinding } : {});
    try {
      copy.pragma('journal_mode = DELETE');
      const finding = copy.pragma('integrity_check(1)', { simple: true });
      if (finding !== 'ok') return refused('backup_failed', `The copy did not verify: ${String(finding)}. Check the disk.`);
      const hasTrail = copy.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'audit_events'`).get() !== undefined;
      if (hasTrail && chainHead(new SqliteWorkbook(copy, partial)).hash !== chainHead(workbook).hash) {
        return refused('backup_failed', 'The workbook changed while it was being copied. Back up again.');
      }
    } finally {
      copy.close();
    }
    fs.renameSync(partial, targetPath);
    return done({ path: targetPath });
  } catch (error) {
    return refused('file_unwritable', `${path.basename(targetPath)} cannot be written: ${(error as Error).message}.`);
  } finally {
    fs.rmSync(partial, { force: true });
  }
}

/**
 * Writes a compact copy (`VACUUM INTO`) to a path where nothing is yet, and verifies it: integrity, and the same head of the
 * trail. The workbook itself is only read.
 */
export function copyCompact(workbook: SqliteWorkbook, targetPath: string): Outcome<{ readonly path: string }, 'backup_failed'> {
  workbook.database.prepare('VACUUM INTO ?').run(targetPath);
  const nativeBinding = nativeBindingPath();
  const copy = new Database(targetPath, { readonly: true, ...(nativeBinding ? { nativeBinding } : {}) });
  try {
    const finding = copy.pragma('integrity_check(1)', { simple: true });
    if (finding !== 'ok') return refused('backup_failed', `The copy did not verify: ${String(finding)}. Check the disk.`);
    if (chainHead(new SqliteWorkbook(copy, targetPath)).hash !== chainHead(workbook).hash) return refused('backup_failed', 'The workbook changed while it was being copied. Make the pack again.');
    return done({ path: targetPath });
  } finally {
    copy.close();
  }
}
