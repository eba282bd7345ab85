/**
 * Counts what passed and what failed, from the reports that vitest and Playwright write.
 *
 * A report that is missing or unreadable counts as one failure: a runner that fell over must never look like success.
 */
import fs from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Tally */

/** @type {Tally} */
const FELL_OVER = { passed: 0, failed: 1 };

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export const sum = (tallies) =>
  tallies.reduce((total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }), {
    passed: 0,
    failed: 0,
  });

/**
 * @param {any} report vitest's JSON report
 * @returns {Tally} a file that did not load counts as one failure
 */
export function vitestTally(report) {
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults;
  const notLoaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded };
}

/**
 * @param {any} report Playwright's JSON report
 * @returns {Tally} a test that passed only when repeated counts as failed, and so does one that was left out by a failure
 */
export function playwrightTally(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped + report.errors.length };
}

/**
 * The tally of one runner, held against the exit code it ended with.
 *
 * @param {string} reportFile
 * @param {(report: unknown) => Tally} tallyOf
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfRun(reportFile, tallyOf, exitCode) {
  let tally = FELL_OVER;
  try {
    tally = tallyOf(JSON.parse(fs.readFileSync(reportFile, 'utf8')));
  } catch {
    // No report that can be read: the runner fell over.
  }
  return exitCode !== 0 && tally.failed === 0 ? sum([tally, FELL_OVER]) : tally;
}
