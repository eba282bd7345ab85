/**
 * The npm packages: installed exactly as package-lock.json says, and only when they are not.
 *
 * Nothing is stamped: npm leaves its own record of what it installed, and that is compared with the lock file.
 */
import fs from 'node:fs';
import path from 'node:path';
import { at, root } from './paths.mjs';
import { programInPath, runToEnd } from './processes.mjs';
import { say, secondsSince, SetupError } from './progress.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(file) {
  if (!fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
}

/**
 * Whether the installed packages are those of the lock file. Optional packages may be missing: they are for other machines.
 * @param {string} folder the folder that holds package-lock.json
 */
export function packagesAreCurrent(folder) {
  const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
  const installed = lockedPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([place, locked]) => {
    if (place === '') return true;
    const found = installed[place];
    if (!found) return locked.optional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

/** The Node.js that the `node` package brings, or undefined while it is not there. */
export function carriedNode() {
  return ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe'].map((file) => at(file)).find(fs.existsSync);
}

/**
 * The npm that started this script, run by the Node.js that runs it: it outlives the node_modules it replaces.
 * @returns {{ command: string, args: string[] }}
 */
function npm() {
  const entry = (process.env.npm_execpath ?? '').replace(/npx-cli\.js$/, 'npm-cli.js');
  if (entry.endsWith('npm-cli.js') && fs.existsSync(entry)) {
    return { command: process.env.npm_node_execpath ?? process.execPath, args: [entry] };
  }
  if (!programInPath('npm') && process.platform !== 'win32')
    throw new SetupError('npm is not in PATH. Install Node.js with npm.');
  return { command: 'npm', args: [] };
}

/**
 * Runs npm. Only its complaints are shown: standard output belongs to the program that is being started.
 * @param {readonly string[]} args
 * @returns {Promise<number>} npm's exit code
 */
export function runNpm(args) {
  const { command, args: first } = npm();
  const shell = process.platform === 'win32' && command === 'npm';
  return runToEnd(command, [...first, ...args, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'], shell });
}

/**
 * Installs the packages when they differ from the lock file, and Node.js 24 with them.
 *
 * Install scripts stay off: npm before version 11 does not know `allowScripts` and would compile better-sqlite3,
 * which carries a prebuilt binary. The only script that is needed, the one of `node`, is run by name.
 * @throws {SetupError} when npm fails
 */
export async function ensurePackages() {
  const started = Date.now();
  if (!packagesAreCurrent(root)) {
    say('installing packages');
    const code = await runNpm([
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
    ]);
    if (code !== 0) throw new SetupError(`npm ci ended with ${code}. Its messages are above.`);
  }
  if (!carriedNode()) {
    const code = await runNpm(['rebuild', 'node', '--ignore-scripts=false']);
    if (code !== 0 || !carriedNode())
      throw new SetupError(`npm rebuild node ended with ${code}. Its messages are above.`);
    say(`packages installed in ${secondsSince(started)}`);
  }
}
