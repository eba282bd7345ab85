/**
 * `npm start [-- FILE.tieout]`: opens the application; where there is no display, walks the close in it instead.
 * `npm start -- --tour` takes the walk in any case, on a display of its own.
 */
import path from 'node:path';
import { prepareApplication } from './setup/application.mjs';
import { hasDisplay } from './setup/display.mjs';
import { enter } from './setup/enter.mjs';
import { runToEnd } from './setup/processes.mjs';
import { say, SetupError } from './setup/progress.mjs';
import { takeTour } from './testing/tour.mjs';

/** npm runs scripts in the project's root; a file is meant from where the person stands. */
const fromWhereTyped = (/** @type {string} */ argument) =>
  argument.startsWith('-') ? argument : path.resolve(process.env.INIT_CWD ?? process.cwd(), argument);

await enter(async () => {
  const given = process.argv.slice(2);
  const files = given.filter((argument) => argument !== '--tour').map(fromWhereTyped);
  if (given.includes('--tour')) return takeTour();
  if (!hasDisplay() && files.length > 0) {
    throw new SetupError(
      `no display here: ${files.join(' ')} cannot be shown. Without arguments, npm start takes a tour.`,
    );
  }
  if (!hasDisplay()) {
    say('no display here: the application runs on a virtual one and walks through a close');
    return takeTour();
  }
  const application = await prepareApplication();
  return runToEnd(application.runtime.executable, [...application.args, ...files], { env: application.environment });
});
