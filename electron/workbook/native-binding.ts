/**
 * Where SQLite's native binding lies, for runtimes that cannot load the one better-sqlite3 brings.
 *
 * better-sqlite3's prebuilt binding asks for Node-API 10: Node.js 22.14 and Electron 35 or later, which is all that is ever
 * released. Development and tests may run on an older Electron; the scripts make a binding for it and name it here.
 */
import path from 'node:path';

const SUFFICIENT_NODE_API = 10;
const ARCHIVE = `${path.sep}app.asar${path.sep}`;
const PACKAGED_BINDING = 'native/better-sqlite3-node-api-9.node';

/**
 * The file to hand to better-sqlite3 as its `nativeBinding` option.
 *
 * Works in the main process, in a utility process, in their workers and in plain Node.js: a package is recognised by where
 * this file lies, which asks nothing of Electron.
 * @returns undefined where better-sqlite3's own binding is right
 */
export function nativeBindingPath(): string | undefined {
  if (Number(process.versions.napi) >= SUFFICIENT_NODE_API) return undefined;
  const archive = import.meta.dirname.lastIndexOf(ARCHIVE);
  if (archive >= 0) return path.join(import.meta.dirname.slice(0, archive), PACKAGED_BINDING);
  return process.env.TIEOUT_SQLITE_BINDING;
}
