/**
 * System libraries on Linux: what Electron, the virtual display and the C compiler need from the distribution.
 *
 * Looked at before every run, which takes some milliseconds; installed only when something is missing and the user is
 * root on Debian or Ubuntu. Everybody else gets one line to copy.
 */
import fs from 'node:fs';
import { isSuperuser, programInPath, runQuietly } from './processes.mjs';
import { say, secondsSince, SetupError } from './progress.mjs';
import { compiler } from './sqlite-binding.mjs';

const NAMES_SHOWN_MAX = 6;
const RUNTIME_PACKAGES = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2'];
const DISPLAY_PACKAGES = ['xvfb'];
const COMPILER_PACKAGES = ['gcc', 'libc6-dev'];
/** Debian 13 and Ubuntu 24.04 renamed these when time became 64 bits wide. */
const RENAMED_PACKAGES = { 'libgtk-3-0': 'libgtk-3-0t64', libasound2: 'libasound2t64' };

/**
 * @typedef {object} Missing
 * @property {string[]} what names for people: libraries and programs
 * @property {string[]} packages their Debian packages
 */

/** @param {string} executable */
async function missingLibraries(executable) {
  const { output } = await runQuietly('ldd', [executable]);
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]));
}

/**
 * @param {{ executable?: string | undefined, display: boolean, compiler: boolean }} needs
 *   executable: an Electron that is to run
 * @returns {Promise<Missing>}
 */
export async function missingFromSystem(needs) {
  /** @type {Missing} */
  const missing = { what: [], packages: [] };
  const libraries = needs.executable ? await missingLibraries(needs.executable) : [];
  if (libraries.length > 0) {
    missing.what.push(...libraries);
    missing.packages.push(...RUNTIME_PACKAGES);
  }
  if (needs.display && !programInPath('Xvfb')) {
    missing.what.push('Xvfb');
    missing.packages.push(...DISPLAY_PACKAGES);
  }
  if (needs.compiler && !programInPath(compiler) && !fs.existsSync(compiler)) {
    missing.what.push(compiler);
    missing.packages.push(...COMPILER_PACKAGES);
  }
  return missing;
}

/** @param {readonly string[]} names as Debian 12 has them */
async function namesOfThisRelease(names) {
  const renamed = Object.values(RENAMED_PACKAGES);
  const { output } = await runQuietly('apt-cache', ['pkgnames', 'lib']);
  const known = new Set(output.split('\n').filter((name) => renamed.includes(name)));
  return names.map((name) => {
    const other = RENAMED_PACKAGES[/** @type {keyof typeof RENAMED_PACKAGES} */ (name)];
    return other && known.has(other) ? other : name;
  });
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
async function runInstaller(command, args) {
  const { code, output } = await runQuietly(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (code !== 0) throw new SetupError(`${command} ${args.join(' ')} ended with ${code}:\n${output.trim()}`);
}

/** @param {readonly string[]} names */
const inShort = (names) =>
  (names.length <= NAMES_SHOWN_MAX
    ? names
    : [...names.slice(0, NAMES_SHOWN_MAX), `${names.length - NAMES_SHOWN_MAX} more`]
  ).join(', ');

/**
 * Installs what is missing, or says how.
 * @param {Parameters<typeof missingFromSystem>[0]} needs
 * @throws {SetupError} with one line to copy, when this user or this distribution cannot install
 */
export async function ensureSystemLibraries(needs) {
  if (process.platform !== 'linux') return;
  const missing = await missingFromSystem(needs);
  if (missing.packages.length === 0) return;
  if (!programInPath('apt-get')) {
    throw new SetupError(`missing on this system: ${missing.what.join(', ')}. Install them with its package manager.`);
  }
  if (!isSuperuser) {
    const packages = await namesOfThisRelease(missing.packages);
    throw new SetupError(
      `missing on this system: ${inShort(missing.what)}. To install them:\n` +
        `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    );
  }
  const started = Date.now();
  say(`installing system libraries (missing: ${inShort(missing.what)})`);
  // Finishes an installation that was cut short; otherwise it does nothing.
  await runInstaller('dpkg', ['--configure', '-a']);
  await runInstaller('apt-get', ['update', '-q']);
  await runInstaller('apt-get', [
    'install',
    '-q',
    '-y',
    '--no-install-recommends',
    ...(await namesOfThisRelease(missing.packages)),
  ]);
  const still = await missingFromSystem(needs);
  if (still.what.length > 0) throw new SetupError(`still missing after the installation: ${still.what.join(', ')}`);
  say(`system libraries installed in ${secondsSince(started)}`);
}
