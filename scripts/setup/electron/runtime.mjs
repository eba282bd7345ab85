/**
 * Which Electron runs the application: one that was named, the official one, or the stand-in.
 */
import path from 'node:path';
import { SetupError } from '../progress.mjs';
import { downloadOfficial, executableName, installedOfficial, pinnedVersion, versionIn } from './official.mjs';
import { ensureStandIn, installedStandIn, isStandIn } from './stand-in.mjs';

/**
 * @typedef {object} Runtime
 * @property {'official' | 'stand-in' | 'named'} kind
 * @property {string} folder the unpacked runtime
 * @property {string} executable
 * @property {string} version without a leading v
 */

/**
 * @param {string} folder
 * @param {'official' | 'named'} kind
 * @returns {Runtime}
 */
function runtimeIn(folder, kind) {
  const version = versionIn(folder);
  if (!version) throw new SetupError(`${folder} holds no Electron: there is no file named version in it.`);
  return {
    kind: isStandIn(folder) ? 'stand-in' : kind,
    folder,
    executable: path.join(folder, executableName),
    version,
  };
}

/**
 * Finds an Electron, downloading one when there is none. Once the stand-in is there the download is not tried again.
 * TIEOUT_ELECTRON=official or =stand-in asks for one kind; ELECTRON_OVERRIDE_DIST_PATH names a folder.
 *
 * @returns {Promise<Runtime>}
 * @throws {SetupError} when none can be had
 */
export async function ensureElectron() {
  const wanted = process.env.TIEOUT_ELECTRON ?? '';
  if (!['', 'official', 'stand-in'].includes(wanted)) {
    throw new SetupError(`TIEOUT_ELECTRON is "${wanted}"; it can be official or stand-in.`);
  }
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return runtimeIn(path.resolve(named), 'named');
  if (wanted !== 'stand-in') {
    const official =
      installedOfficial() ?? (wanted === '' && installedStandIn() ? undefined : await downloadOfficial());
    if (official) return runtimeIn(official, 'official');
    if (wanted === 'official')
      throw new SetupError('the official Electron cannot be had, and TIEOUT_ELECTRON allows no other.');
  }
  return runtimeIn(await ensureStandIn(), 'official');
}

/**
 * Why a runtime must not go into a release.
 * @param {Runtime} runtime
 * @param {string} [pinned] the version that package.json pins
 * @returns {string | undefined} undefined when it may
 */
export function releaseRefusal(runtime, pinned = pinnedVersion()) {
  if (runtime.kind === 'stand-in') {
    return (
      `a release cannot be built on the stand-in Electron ${runtime.version}: ` +
      'it is out of support and only for development and tests. ' +
      `Run again where the official Electron ${pinned} can be downloaded.`
    );
  }
  if (runtime.version !== pinned) {
    return `a release is built on Electron ${pinned}, which package.json pins; ${runtime.folder} holds ${runtime.version}.`;
  }
  return undefined;
}
