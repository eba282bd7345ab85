/**
 * Where things lie in this folder. No other script spells out a path of its own.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * An absolute path inside the project.
 * @param {...string} parts path segments below the project's root
 */
export const at = (...parts) => path.join(root, ...parts);

/** Goes with node_modules, so that a fresh install starts from nothing. */
export const cacheFolder = at('node_modules/.cache/tieout');

/** The Electron stand-in is large; TIEOUT_ELECTRON_CACHE keeps it outside, shared by several clones. */
export const electronCacheFolder = process.env.TIEOUT_ELECTRON_CACHE
  ? path.resolve(process.env.TIEOUT_ELECTRON_CACHE)
  : cacheFolder;

export const releaseFolder = at('release');
export const reportFolder = at('test-results');
