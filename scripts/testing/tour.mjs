/**
 * The tour: the whole close on the sample company in the real window, with a picture of each step.
 */
import path from 'node:path';
import { prepareApplication } from '../setup/application.mjs';
import { at, root } from '../setup/paths.mjs';
import { say } from '../setup/progress.mjs';
import { runPlaywright } from './playwright.mjs';

/**
 * @param {string} [folder] where pictures, workbook and signed journal go
 * @returns {Promise<number>} 0 when every step did what it should
 */
export async function takeTour(folder = at('out')) {
  const application = await prepareApplication({ virtualDisplay: true });
  const code = await runPlaywright(application, ['--project=tour'], { TIEOUT_TOUR_FOLDER: folder });
  const shown = folder.startsWith(root) ? path.relative(root, folder) : folder;
  say(code === 0 ? `the tour is done: pictures, workbook and signed journal are in ${shown}/` : `the tour ended with ${code}`);
  return code;
}
