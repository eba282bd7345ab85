/**
 * Packs the application with electron-builder. What is the same everywhere stands in `electron-builder.yml`; added here is
 * what depends on the runtime of this machine.
 */
import fs from 'node:fs';
import path from 'node:path';
import { at, cacheFolder, releaseFolder, root } from '../setup/paths.mjs';
import { runToEnd } from '../setup/processes.mjs';
import { say, secondsSince, SetupError } from '../setup/progress.mjs';
import { releaseRefusal } from '../setup/electron/runtime.mjs';

/** @typedef {import('../setup/application.mjs').Application} Application */

/**
 * What the runtime adds to the configuration. A package on the stand-in says so in its version.
 * @param {Application} application
 * @returns {import('electron-builder').Configuration}
 */
export function configurationFor({ runtime, binding }) {
  const { version } = JSON.parse(fs.readFileSync(at('package.json'), 'utf8'));
  return {
    extends: 'electron-builder.yml',
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    extraMetadata: { version: runtime.kind === 'stand-in' ? `${version}-standin` : version },
    extraFiles: binding ? [{ from: path.dirname(binding), to: 'resources/native' }] : [],
  };
}

/** The folder and the executable that electron-builder leaves for this machine. */
function unpackedHere() {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin')
    return { folder: path.join(releaseFolder, `mac${arch}`), executable: 'Tieout.app/Contents/MacOS/Tieout' };
  if (process.platform === 'win32')
    return { folder: path.join(releaseFolder, `win${arch}-unpacked`), executable: 'Tieout.exe' };
  return { folder: path.join(releaseFolder, `linux${arch}-unpacked`), executable: 'tieout' };
}

/**
 * Makes the unpacked application for this machine.
 * @param {Application} application prepared, with a current build
 * @returns {Promise<{ folder: string, executable: string }>} absolute paths
 * @throws {SetupError} when electron-builder fails
 */
export async function packageForThisMachine(application) {
  const started = Date.now();
  await runElectronBuilder(application, ['--dir']);
  const { folder, executable } = unpackedHere();
  const { version, kind } = application.runtime;
  say(`packaged on Electron ${version} (${kind}) in ${secondsSince(started)}: ${path.relative(root, folder)}`);
  return { folder, executable: path.join(folder, executable) };
}

/**
 * Makes what is handed to people: the targets that `electron-builder.yml` lists for this platform.
 * @param {Application} application
 * @throws {SetupError} when the runtime must not be released
 */
export async function packageForRelease(application) {
  const refusal = releaseRefusal(application.runtime);
  if (refusal) throw new SetupError(refusal);
  await runElectronBuilder(application, []);
}

/**
 * Runs electron-builder in a process of its own: inside ours, its clean-up at the end would set our exit code to 0.
 * @param {Application} application
 * @param {readonly string[]} args
 */
async function runElectronBuilder(application, args) {
  const configuration = path.join(cacheFolder, 'electron-builder.json');
  fs.mkdirSync(cacheFolder, { recursive: true });
  fs.writeFileSync(configuration, JSON.stringify(configurationFor(application), null, 2));
  const code = await runToEnd(process.execPath, [
    at('node_modules/electron-builder/cli.js'),
    '--config',
    configuration,
    '--publish',
    'never',
    ...args,
  ]);
  if (code !== 0) throw new SetupError(`electron-builder ended with ${code}. Its messages are above.`);
}
