/**
 * Runs Playwright's projects against the real window, on virtual displays of their own.
 */
import os from 'node:os';
import { openVirtualDisplay } from '../setup/display.mjs';
import { at } from '../setup/paths.mjs';
import { runToEnd } from '../setup/processes.mjs';

/** More would share a processor, and wait for each other longer than a test waits for a window. */
const WINDOWS_AT_ONCE_MOST = 2;

/**
 * Own displays even where there is one: windows of a known size, and nobody's desktop disturbed. One for each worker, so that none takes
 * the focus or the clipboard of another. None outside of Linux, where the windows stand on the desktop, one at a time.
 * @param {boolean} isOneWalk one window after the other, on one display
 * @param {string} [screen] its size in pixels
 */
function openDisplays(isOneWalk, screen) {
  if (process.platform !== 'linux') return Promise.resolve([]);
  const count = isOneWalk ? 1 : Math.min(WINDOWS_AT_ONCE_MOST, os.availableParallelism());
  return Promise.all(Array.from({ length: count }, () => openVirtualDisplay(screen)));
}

/**
 * @param {import('../setup/application.mjs').Application} application
 * @param {readonly string[]} args for `playwright test`
 * @param {NodeJS.ProcessEnv} [environment] added for the tests
 * @param {string} [screen] the virtual display's size in pixels, as 1920x1200
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runPlaywright(application, args, environment = {}, screen = undefined) {
  const displays = await openDisplays(environment.TIEOUT_TOUR_FOLDER !== undefined || screen !== undefined, screen);
  const names = displays.map((display) => display.environment.DISPLAY).join(' ');
  try {
    return await runToEnd(process.execPath, [at('node_modules/@playwright/test/cli.js'), 'test', ...args], {
      env: { ...application.environment, ...displays[0]?.environment, ...(names ? { TIEOUT_DISPLAYS: names } : {}), ...environment },
    });
  } finally {
    for (const display of displays) display.close();
  }
}
