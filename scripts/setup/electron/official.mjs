/**
 * The official Electron: the binary that the `electron` package downloads from its publisher.
 */
import fs from 'node:fs';
import path from 'node:path';
import { at } from '../paths.mjs';
import { runQuietly } from '../processes.mjs';
import { say } from '../progress.mjs';

const PROBE = 'https://github.com/electron/electron/releases';
const PROBE_LIMIT_MS = 5_000;
const packageFolder = at('node_modules/electron');

export const executableName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron';

/** @returns {string} the version that package.json pins, without a leading v */
export const pinnedVersion = () =>
  JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;

/**
 * @param {string} folder an unpacked Electron
 * @returns {string | undefined} its version, without a leading v
 */
export function versionIn(folder) {
  const file = path.join(folder, 'version');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}

/** @returns {string | undefined} the folder of the downloaded binary, when it is whole and of the pinned version */
export function installedOfficial() {
  const folder = path.join(packageFolder, 'dist');
  const whole = versionIn(folder) === pinnedVersion() && fs.existsSync(path.join(folder, executableName));
  return whole ? folder : undefined;
}

/** A mirror or a proxy may answer where the publisher does not; then the download itself is the probe. */
const hasOwnRoute = () =>
  [process.env.ELECTRON_MIRROR, process.env.npm_config_electron_mirror, process.env.ELECTRON_GET_USE_PROXY].some(
    Boolean,
  );

/** Seconds instead of minutes on a network that blocks the publisher. */
async function publisherAnswers() {
  try {
    await fetch(PROBE, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Downloads the official binary.
 * @returns {Promise<string | undefined>} its folder, or undefined when it cannot be had
 */
export async function downloadOfficial() {
  if (!hasOwnRoute() && !(await publisherAnswers())) {
    say('the official Electron download (github.com) is out of reach');
    return undefined;
  }
  say(`downloading Electron ${pinnedVersion()}`);
  const { code, output } = await runQuietly(process.execPath, [path.join(packageFolder, 'install.js')]);
  if (code !== 0) say(`the official Electron download failed: ${output.trim().split('\n').at(-1)}`);
  return installedOfficial();
}
