/**
 * A display for the window: the one that is there, or a virtual one that lives as long as the script.
 */
import { spawn } from 'node:child_process';
import { SetupError } from './progress.mjs';

const SCREEN = '1920x1200';

/** Whether a window can be shown to a person. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/**
 * Starts Xvfb on a display number that it chooses itself, so that two runs never collide.
 * @param {string} [screen] its size in pixels, as 1920x1200
 * @returns {Promise<{ environment: NodeJS.ProcessEnv, close: () => void }>} environment: what a program needs to show
 *   its window there
 * @throws {SetupError} when Xvfb does not start
 */
export function openVirtualDisplay(screen = SCREEN) {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${screen}x24`, '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let number = '';
    let complaint = '';
    server.stderr?.on('data', (chunk) => (complaint += chunk));
    server.on('error', (error) => reject(new SetupError(`Xvfb did not start: ${error.message}`)));
    server.on('exit', (code) => reject(new SetupError(`Xvfb ended with ${code}: ${complaint.trim()}`)));
    server.stdio[3]?.on('data', (chunk) => {
      number += chunk;
      if (!number.includes('\n')) return;
      const close = () => void server.kill();
      process.once('exit', close);
      // Nothing of the server keeps this process alive.
      server.unref();
      for (const stream of [server.stderr, server.stdio[3]]) /** @type {import('node:net').Socket} */ (stream).unref();
      resolve({
        environment: { DISPLAY: `:${number.trim()}`, WAYLAND_DISPLAY: undefined, XDG_SESSION_TYPE: 'x11' },
        close,
      });
    });
  });
}
