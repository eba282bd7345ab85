/**
 * SQLite's native binding for runtimes with an older Node-API: the stand-in. Current Electron and Node.js need none of this.
 *
 * `scripts/native/node-api-9.c` says what differs. It is compiled in well under a second, against no headers of Node.js.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { at, electronCacheFolder } from './paths.mjs';
import { runQuietly } from './processes.mjs';
import { SetupError } from './progress.mjs';

const SHIM_SOURCE = at('scripts/native/node-api-9.c');
const RENAMED = ['napi_create_reference', 'napi_delete_reference', 'napi_get_reference_value'];
/** The first Electron with Node-API 10, through Node.js 22.14. */
const FIRST_WITH_NODE_API_10 = 35;

export const compiler = process.env.CC ?? 'cc';

/** The addon's file name in a packaged application; `electron/workbook/native-binding.ts` looks for it there. */
export const BINDING_NAME = 'better-sqlite3-node-api-9.node';

/** What the prebuilt addon calls itself (its SONAME), hence what the shim, which is linked to it, looks for. */
const ADDON_NAME = 'better_sqlite3.node';

/** @param {import('./electron/runtime.mjs').Runtime} runtime */
export const needsOwnBinding = (runtime) => Number(runtime.version.split('.')[0]) < FIRST_WITH_NODE_API_10;

/** Named after what goes into it, so that a change of either is a new folder. */
function bindingFolder() {
  const { version } = JSON.parse(fs.readFileSync(at('node_modules/better-sqlite3/package.json'), 'utf8'));
  const shim = crypto.createHash('sha256').update(fs.readFileSync(SHIM_SOURCE)).digest('hex').slice(0, 12);
  return path.join(electronCacheFolder, `better-sqlite3-${version}-${shim}`);
}

/** @returns {string | undefined} the binding that was made earlier */
export function madeBinding() {
  const file = path.join(bindingFolder(), BINDING_NAME);
  return fs.existsSync(file) ? file : undefined;
}

/**
 * The prebuilt addon with the last letter of three imported names changed, so that the shim provides them.
 * @param {Buffer} addon
 * @returns {Buffer} a changed copy
 * @throws {Error} when the addon does not import one of them
 */
export function renameImports(addon) {
  const renamed = Buffer.from(addon);
  for (const name of RENAMED) {
    const start = renamed.indexOf(`\0${name}\0`);
    if (start < 0)
      throw new Error(`better-sqlite3 does not import ${name} any more: the shim has to be looked at again`);
    renamed.write('_', start + name.length);
  }
  return renamed;
}

/**
 * Makes the binding, or finds the one made earlier.
 * @returns {Promise<string>} the file to hand to better-sqlite3 as `nativeBinding`
 * @throws {SetupError} when the C compiler fails
 */
export async function ensureOwnBinding() {
  const earlier = madeBinding();
  if (earlier) return earlier;
  const folder = bindingFolder();
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const scratch = fs.mkdtempSync(`${folder}-`);
  try {
    const prebuilt = fs.readFileSync(
      at(`node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`),
    );
    fs.writeFileSync(path.join(scratch, ADDON_NAME), renameImports(prebuilt), { mode: 0o755 });
    const { code, output } = await runQuietly(compiler, [
      '-shared',
      '-fPIC',
      '-O2',
      '-Wall',
      '-o',
      path.join(scratch, BINDING_NAME),
      SHIM_SOURCE,
      '-Wl,--no-as-needed',
      '-Wl,--allow-shlib-undefined',
      '-Wl,-rpath,$ORIGIN',
      `-L${scratch}`,
      `-l:${ADDON_NAME}`,
    ]);
    if (code !== 0) throw new SetupError(`${compiler} could not compile ${SHIM_SOURCE}:\n${output.trim()}`);
    if (!fs.existsSync(folder)) fs.renameSync(scratch, folder);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return path.join(folder, BINDING_NAME);
}
