/**
 * `npm test`: types, unit tests, the build, the window end to end, the packaged application. Its last line is the count.
 *
 *   npm test -- --unit [FILE...]     types and vitest only          npm test -- -t PATTERN   tests of that name only
 *   npm test -- --e2e [FILE...]      the window and the package only
 */
import fs from 'node:fs';
import path from 'node:path';
import { prepareApplication } from './setup/application.mjs';
import { enter } from './setup/enter.mjs';
import { at, reportFolder } from './setup/paths.mjs';
import { runToEnd } from './setup/processes.mjs';
import { say, secondsSince, SetupError } from './setup/progress.mjs';
import { packageForThisMachine } from './packaging/package.mjs';
import { runPlaywright } from './testing/playwright.mjs';
import { playwrightTally, sum, tallyOfRun, vitestTally } from './testing/tally.mjs';

/** @typedef {import('./testing/tally.mjs').Tally} Tally */

/** @param {readonly string[]} args */
function parseArguments(args) {
  const options = {
    unit: true,
    window: true,
    pattern: /** @type {string | undefined} */ (undefined),
    files: /** @type {string[]} */ ([]),
  };
  for (let index = 0; index < args.length; index += 1) {
    const argument = String(args[index]);
    if (argument === '--unit') options.window = false;
    else if (argument === '--e2e') options.unit = false;
    else if (argument === '-t') options.pattern = args[(index += 1)];
    else if (argument.startsWith('-'))
      throw new SetupError(`unknown option ${argument}. Known: --unit, --e2e, -t PATTERN.`);
    else options.files.push(argument);
  }
  if (!options.unit && !options.window) throw new SetupError('--unit and --e2e exclude each other.');
  return options;
}

/** @returns {Promise<Tally>} one failure when a type does not hold, otherwise nothing to count */
async function checkTypes() {
  const code = await runToEnd(process.execPath, [at('node_modules/typescript/bin/tsc'), '-b']);
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

/** @param {ReturnType<typeof parseArguments>} options @returns {Promise<Tally>} */
async function runUnitTests(options) {
  const report = path.join(reportFolder, 'unit.json');
  fs.rmSync(report, { force: true });
  const filter = options.pattern === undefined ? [] : ['-t', options.pattern, '--passWithNoTests'];
  const code = await runToEnd(process.execPath, [
    at('node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filter,
    ...options.files,
  ]);
  return tallyOfRun(report, vitestTally, code);
}

/**
 * Fetches and compiles what the window needs while the unit tests compute, but for the build, which they make for themselves.
 * What fails is tried again, and told, when the window's turn comes.
 */
const readyBeside = () => prepareApplication({ virtualDisplay: true, build: false }).then(() => undefined, () => undefined);

/** @param {ReturnType<typeof parseArguments>} options @returns {Promise<Tally>} */
async function runWindowTests(options) {
  const application = await prepareApplication({ virtualDisplay: true });
  const packaged = await packageForThisMachine(application);
  const report = path.join(reportFolder, 'window.json');
  fs.rmSync(report, { force: true });
  const filter = options.pattern === undefined ? [] : ['--grep', options.pattern, '--pass-with-no-tests'];
  const code = await runPlaywright(application, [...filter, ...options.files], {
    TIEOUT_PACKAGED: packaged.executable,
    TIEOUT_REPORT: report,
  });
  return tallyOfRun(report, playwrightTally, code);
}

/**
 * A part that cannot even start counts as one failure, and the next part still runs.
 * @param {string} name
 * @param {() => Promise<Tally>} part
 * @returns {Promise<Tally>}
 */
async function counted(name, part) {
  const started = Date.now();
  try {
    const tally = await part();
    say(`${name}: ${tally.failed === 0 ? 'passed' : 'FAILED'} in ${secondsSince(started)}`);
    return tally;
  } catch (error) {
    say(
      `${name}: ${error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error)}`,
    );
    return { passed: 0, failed: 1 };
  }
}

await enter(async () => {
  const options = parseArguments(process.argv.slice(2));
  fs.mkdirSync(reportFolder, { recursive: true });
  const tallies = [];
  const readied = options.unit && options.window ? readyBeside() : undefined;
  if (options.unit) {
    tallies.push(await counted('types', checkTypes));
    tallies.push(await counted('unit tests', () => runUnitTests(options)));
  }
  await readied;
  if (options.window) tallies.push(await counted('window tests', () => runWindowTests(options)));
  const { passed, failed } = sum(tallies);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
