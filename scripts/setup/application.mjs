/**
 * Everything the application needs to start, in order: an Electron, the system's libraries, SQLite's binding, the build.
 */
import { root } from './paths.mjs';
import { ensureBuild } from './compile.mjs';
import { hasDisplay } from './display.mjs';
import { ensureElectron } from './electron/runtime.mjs';
import { requireSandbox, sandboxArguments } from './sandbox.mjs';
import { ensureOwnBinding, madeBinding, needsOwnBinding } from './sqlite-binding.mjs';
import { ensureSystemLibraries } from './system.mjs';

/**
 * @typedef {object} Application
 * @property {import('./electron/runtime.mjs').Runtime} runtime
 * @property {string | undefined} binding SQLite's own native binding, where the runtime needs one
 * @property {NodeJS.ProcessEnv} environment what a child needs so that it takes this runtime and binding
 * @property {string[]} args what the executable is started with, before the arguments of the person
 */

/**
 * @param {{ virtualDisplay?: boolean, build?: boolean }} [needs] virtualDisplay: Xvfb must be there (by default only where
 *   there is no display); build: whether `dist/` must be current (by default it must)
 * @returns {Promise<Application>}
 */
export async function prepareApplication({ virtualDisplay = !hasDisplay(), build = true } = {}) {
  const runtime = await ensureElectron();
  const ownBinding = needsOwnBinding(runtime);
  await ensureSystemLibraries({
    executable: runtime.executable,
    display: virtualDisplay && process.platform === 'linux',
    compiler: ownBinding && !madeBinding(),
  });
  await requireSandbox(runtime);
  const binding = ownBinding ? await ensureOwnBinding() : undefined;
  if (build) await ensureBuild();
  return {
    runtime,
    binding,
    environment: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, TIEOUT_SQLITE_BINDING: binding },
    args: [...sandboxArguments, root],
  };
}
