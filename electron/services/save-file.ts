/**
 * Files that people ask for, written whole or not at all.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { done, refused, type Outcome } from '@shared/domain/outcome';

/** Writes text or bytes beside the place first, then moves them there. */
export const saveFile = (filePath: string, content: string | Uint8Array): Outcome<{ readonly path: string }, 'file_unwritable'> => savePieces(filePath, [content]);

/** How many bytes are gathered before they are written. */
const BATCH_BYTES = 1 << 20;

/** As `saveFile`, for what is made piece by piece and does not fit into memory at once. */
export function savePieces(filePath: string, pieces: Iterable<string | Uint8Array>): Outcome<{ readonly path: string }, 'file_unwritable'> {
  const partial = `${filePath}.${randomBytes(6).toString('hex')}.partial`;
  try {
    fs.mkdirSync(path.dirname(path.resolve(filePath)), { recursive: true });
    writePieces(partial, pieces);
    fs.renameSync(partial, filePath);
    return done({ path: filePath });
  } catch (error) {
    // Where the folder itself is no folder, there is nothing to take away either.
    if (fs.existsSync(partial)) fs.rmSync(partial, { force: true });
    return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
}

function writePieces(filePath: string, pieces: Iterable<string | Uint8Array>): void {
  const file = fs.openSync(filePath, 'wx');
  try {
    let [batch, bytes]: [Uint8Array[], number] = [[], 0];
    for (const piece of pieces) {
      const content = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      batch.push(content);
      bytes += content.length;
      if (bytes < BATCH_BYTES) continue;
      fs.writeFileSync(file, Buffer.concat(batch));
      [batch, bytes] = [[], 0];
    }
    fs.writeFileSync(file, Buffer.concat(batch));
  } finally {
    fs.closeSync(file);
  }
}
