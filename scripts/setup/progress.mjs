/**
 * What the scripts say while they work: short lines on stderr, so that stdout stays free for the program that is run.
 */

/** @param {string} message one line */
export function say(message) {
  process.stderr.write(`tieout: ${message}\n`);
}

/** A refusal that the person can act on. It is shown as its message alone; every other error is a bug and keeps its stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * Runs a script's body and sets the exit code: what the body returns, or 1 after a refusal.
 * @param {() => Promise<number | void>} body
 */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetupError) say(error.message);
    else console.error(error);
  }
}

/**
 * Seconds since an instant, for a progress line.
 * @param {number} startedInstant epoch milliseconds
 */
export const secondsSince = (startedInstant) => `${((Date.now() - startedInstant) / 1000).toFixed(1)} s`;
