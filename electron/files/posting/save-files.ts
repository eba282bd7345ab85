/**
 * Several files that belong together, written all or none: every one beside its place first, then moved there.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { done, refused, type Outcome } from '@shared/domain/outcome';

export interface FileToSave {
  readonly path: string;
  readonly content: Uint8Array;
}

/** `book.csv` for a file alone; `book-1.csv`, `book-2.csv` for several. */
export function pathsFor(filePath: string, count: number): string[] {
  if (count === 1) return [filePath];
  const { dir, name, ext } = path.parse(filePath);
  return Array.from({ length: count }, (_, index) => path.join(dir, `${name}-${index + 1}${ext}`));
}

export function saveFiles(files: readonly FileToSave[]): Outcome<Record<string, never>, 'file_unwritable'> {
  const partials = files.map((file) => ({ ...file, partial: `${file.path}.${randomBytes(6).toString('hex')}.partial` }));
  let current = files[0]?.path ?? '';
  try {
    for (const { path: target, partial, content } of partials) {
      current = target;
      fs.mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
      fs.writeFileSync(partial, content);
      // A folder in the file's place would be found only when others were moved already.
      if (fs.existsSync(target) && fs.statSync(target).isDirectory()) throw new Error('a folder of that name is there');
    }
    for (const { path: target, partial } of partials) {
      current = target;
      fs.renameSync(partial, target);
    }
    return done({});
  } catch (error) {
    for (const { partial } of partials) if (fs.existsSync(partial)) fs.rmSync(partial, { force: true });
    return refused('file_unwritable', `${current} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
}
