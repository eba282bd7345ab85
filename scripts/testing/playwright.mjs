/**
 * Runs Playwright's projects against the real window, on a virtual display of their own.
 */
import { openVirtualDisplay } from '../setup/display.mjs';
import { at } from '../setup/paths.mjs';
import { runToEnd } from '../setup/processes.mjs';

/**
 * @param {import('../setup/application.mjs').Application} application
 * @param {readonly string[]} args for `playwright test`
 * @param {NodeJS.ProcessEnv} [environment] added for the tests
 * @param {string} [screen] the virtual display's size in pixels, as 1920x1200
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runPlaywright(application, args, environment = {}, screen = undefined) {
  // Own display even where there is one: windows of a known size, and nobody's desktop disturbed.
  const display = process.platform === 'linux' ? await openVirtualDisplay(screen) : undefined;
  try {
    return await runToEnd(process.execPath, [at('node_modules/@playwright/test/cli.js'), 'test', ...args], {
      env: { ...application.environment, ...display?.environment, ...environment },
    });
  } finally {
    display?.close();
  }
}
