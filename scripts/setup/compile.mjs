/**
 * The build of the application into `dist/`, left out when the sources are those of the last build.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { at, root } from './paths.mjs';
import { runToEnd } from './processes.mjs';
import { say, secondsSince, SetupError } from './progress.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'vite.config.ts',
];
const STAMP = at('dist/.sources');
const OUTPUTS = ['dist/main/main.js', 'dist/main/cli.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'];

/** @param {string} place a file or a folder; @returns {string[]} its files, in a fixed order */
function filesBelow(place) {
  if (!fs.existsSync(place)) return [];
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}

/** One hash over the path and content of everything the build reads. */
function hashOfSources() {
  const hash = crypto.createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesBelow(at(source)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

const isCurrent = (/** @type {string} */ hash) =>
  fs.existsSync(STAMP) &&
  fs.readFileSync(STAMP, 'utf8') === hash &&
  OUTPUTS.every((output) => fs.existsSync(at(output)));

/** Makes the next build a real one. Development writes into `dist/` by itself. */
export const forgetBuild = () => fs.rmSync(STAMP, { force: true });

/**
 * Builds when the sources changed.
 * @param {{ always?: boolean }} [options]
 * @throws {SetupError} when the build fails
 */
export async function ensureBuild({ always = false } = {}) {
  const hash = hashOfSources();
  if (!always && isCurrent(hash)) return;
  const started = Date.now();
  forgetBuild();
  const code = await runToEnd(
    process.execPath,
    [at('node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (code !== 0) throw new SetupError(`the build ended with ${code}. Its messages are above.`);
  fs.writeFileSync(STAMP, hash);
  say(`built in ${secondsSince(started)}`);
}
