/**
 * The project's own files, and what they import, for the tests that hold its shape.
 */
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', 'dist', 'out', 'release', 'test-results', '.git']);

/** @returns paths relative to the root, with forward slashes, in a fixed order */
export function filesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const relative = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(relative) : [relative];
    });
}

/** The files below several folders; a folder that is not there yet has none. */
export const sourceFiles = (folders: readonly string[], extension: RegExp): readonly string[] =>
  folders
    .filter((folder) => fs.existsSync(path.join(root, folder)))
    .flatMap((folder) => filesBelow(folder))
    .filter((file) => extension.test(file));

export const textOf = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

const STATIC_IMPORT = /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)?['"]([^'"\n]+)['"]/g;
const DYNAMIC_IMPORT = /\b(?:import|require)\(()\s*['"]([^'"\n]+)['"]/g;

export interface ImportedModule {
  /** What stands between the quotes. */
  readonly specifier: string;
  /** Whether nothing of it is left when the program runs. */
  readonly typesOnly: boolean;
}

/** Every import, export-from, dynamic import and require of a file. */
export const importsIn = (text: string): readonly ImportedModule[] =>
  [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ specifier: match[2]!, typesOnly: Boolean(match[1]) })),
  );

/**
 * What an import leads to.
 * @returns a path relative to the root for our own files, `node` for Node.js's modules, otherwise the package's name
 */
export function targetOf(file: string, specifier: string): { readonly ours: string } | { readonly package: string } {
  if (specifier.startsWith('.'))
    return { ours: path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)) };
  if (specifier.startsWith('@shared/')) return { ours: `shared/${specifier.slice('@shared/'.length)}` };
  if (specifier.startsWith('node:')) return { package: 'node' };
  return {
    package: specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  };
}
