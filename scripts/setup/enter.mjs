/**
 * The first thing every script does: packages in place, then the same script again under the Node.js that they bring,
 * so that the project behaves alike whatever Node.js the host has. Needs nothing but Node.js 20.
 */
import fs from 'node:fs';
import { carriedNode, ensurePackages } from './packages.mjs';
import { runToEnd } from './processes.mjs';
import { runScript } from './progress.mjs';

/**
 * Runs a script's body under the project's own Node.js and sets the exit code.
 * @param {() => Promise<number | void>} body runs once, with all packages installed
 */
export function enter(body) {
  return runScript(async () => {
    await ensurePackages();
    const node = /** @type {string} */ (carriedNode());
    if (fs.realpathSync(process.execPath) === fs.realpathSync(node)) return body();
    return runToEnd(node, process.argv.slice(1), { cwd: process.cwd() });
  });
}
