/**
 * Chromium's sandbox on Linux: on for everybody but root, as whom Chromium refuses to run with it.
 *
 * It needs user namespaces with their capabilities, or a helper that belongs to root. Some distributions deny the former to
 * ordinary users (Ubuntu 24.04 through AppArmor), and a runtime unpacked by npm has no such helper; Electron would end at
 * once with a stack trace.
 */
import fs from 'node:fs';
import path from 'node:path';
import { isSuperuser, runQuietly } from './processes.mjs';
import { SetupError } from './progress.mjs';

const SET_USER_ID = 0o4000;

export const sandboxArguments = process.platform === 'linux' && isSuperuser ? ['--no-sandbox'] : [];

/** @param {string} helper */
function helperBelongsToRoot(helper) {
  const { uid, mode } = fs.statSync(helper);
  return uid === 0 && (mode & SET_USER_ID) !== 0;
}

/**
 * @param {import('./electron/runtime.mjs').Runtime} runtime
 * @throws {SetupError} with one line to copy, when the sandbox cannot start
 */
export async function requireSandbox(runtime) {
  if (process.platform !== 'linux' || isSuperuser) return;
  const helper = path.join(runtime.folder, 'chrome-sandbox');
  if (helperBelongsToRoot(helper)) return;
  const namespaces = await runQuietly('unshare', ['--user', '--map-root-user', '--pid', '--fork', 'true']);
  if (namespaces.code === 0) return;
  throw new SetupError(
    'this system denies user namespaces, which the sandbox of the window needs. To give it its helper instead:\n' +
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}
