/** Writes a small text file whole, or not at all. */
import fs from 'node:fs';
import path from 'node:path';
import { done, type Outcome, refused } from '@shared/domain/outcome';

export function writeOut<More extends object>(filePath: string, content: string, more: More): Outcome<{ readonly path: string } & More, 'file_unwritable'> {
  const partial = `${filePath}.partial`;
  try {
    fs.mkdirSync(path.dirname(path.resolve(filePath)), { recursive: true });
    fs.writeFileSync(partial, content);
    fs.renameSync(partial, filePath);
  } catch (error) {
    return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
  return done({ path: filePath, ...more });
}
