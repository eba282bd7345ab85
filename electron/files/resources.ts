/**
 * Where the files that come with the program lie: beside the package's archive, or in the checkout.
 */
import path from 'node:path';

const ARCHIVE = `${path.sep}app.asar${path.sep}`;

/** The folder `resources`, for the built program, the packaged one and the sources alike. */
export function resourcesFolder(): string {
  const archive = import.meta.dirname.lastIndexOf(ARCHIVE);
  if (archive >= 0) return path.join(import.meta.dirname.slice(0, archive), 'resources');
  return path.resolve(import.meta.dirname, '..', '..', 'resources');
}
