/**
 * Electron's fuses: switches burnt into the executable behind a marker, readable without starting it.
 *
 * Packaging sets them through electron-builder. This module is for the development runtime and for looking at what was set.
 * Layout: electronjs.org/docs/latest/tutorial/fuses, "How do I flip fuses?".
 */
import fs from 'node:fs';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const ON = 0x31;
const OFF = 0x30;

/** In the order of the fuse wire, version 1. */
const FUSES = /** @type {const} */ ([
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]);

/** @typedef {typeof FUSES[number]} FuseName */

/** @param {Buffer} executable */
function wireOf(executable) {
  const at = executable.indexOf(SENTINEL);
  if (at < 0) throw new Error('no fuse wire: this is not an Electron executable');
  const version = executable[at + SENTINEL.length];
  const length = executable[at + SENTINEL.length + 1] ?? 0;
  if (version !== 1) throw new Error(`fuse wire version ${version} is not known here`);
  return { start: at + SENTINEL.length + 2, length };
}

/**
 * @param {string} file an Electron executable
 * @returns {Partial<Record<FuseName, boolean>>} the fuses that this executable has
 */
export function readFuses(file) {
  const executable = fs.readFileSync(file);
  const { start, length } = wireOf(executable);
  const present = FUSES.map((name, index) => /** @type {const} */ ([name, executable[start + index]])).slice(0, length);
  return Object.fromEntries(
    present.filter(([, state]) => state === ON || state === OFF).map(([name, state]) => [name, state === ON]),
  );
}

/**
 * @param {string} file an Electron executable, changed in place
 * @param {Partial<Record<FuseName, boolean>>} changes
 * @throws {Error} when the executable has no such fuse
 */
export function writeFuses(file, changes) {
  const { start, length } = wireOf(fs.readFileSync(file));
  const handle = fs.openSync(file, 'r+');
  try {
    for (const [name, on] of Object.entries(changes)) {
      const index = FUSES.indexOf(/** @type {FuseName} */ (name));
      if (index < 0 || index >= length) throw new Error(`this executable has no fuse ${name}`);
      fs.writeSync(handle, Buffer.from([on ? ON : OFF]), 0, 1, start + index);
    }
  } finally {
    fs.closeSync(handle);
  }
}
