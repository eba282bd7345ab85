/**
 * Files that people ask for, written whole or not at all.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { done, refused, type Outcome } from '@shared/domain/outcome';

/** Writes text or bytes beside the place first, then moves them there. */
export function saveFile(filePath: string, content: string | Uint8Array): Outcome<{ readonly path: string }, 'file_unwritable'> {
  const partial = `${filePath}.${randomBytes(6).toString('hex')}.partial`;
  try {
    fs.mkdirSync(path.dirname(path.resolve(filePath)), { recursive: true });
    fs.writeFileSync(partial, content);
    fs.renameSync(partial, filePath);
    return done({ path: filePath });
  } catch (error) {
    // Where the folder itself is no folder, there is nothing to take away either.
    if (fs.existsSync(partial)) fs.rmSync(partial, { force: true });
    return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
}
