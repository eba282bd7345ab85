/**
 * The tour: the whole close on the sample company in the real window, with a picture of each step under `out/`.
 */
import { prepareApplication } from '../setup/application.mjs';
import { at } from '../setup/paths.mjs';
import { say } from '../setup/progress.mjs';
import { runPlaywright } from './playwright.mjs';

/** @returns {Promise<number>} 0 when every step did what it should */
export async function takeTour() {
  const application = await prepareApplication({ virtualDisplay: true });
  const code = await runPlaywright(application, ['--project=tour'], { TIEOUT_TOUR_FOLDER: at('out') });
  say(code === 0 ? 'the tour is done: pictures and the signed journal are in out/' : `the tour ended with ${code}`);
  return code;
}
