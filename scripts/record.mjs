/**
 * `npm run record`: the month of a million lines in the real window, step by step, with pictures and times in `out/record`.
 *
 * Needs LibreOffice Calc (`soffice`) for the way of a copied range through another program's import and back. TIEOUT_RECORD_LINES
 * takes fewer lines; TIEOUT_RECORD_MONTH a workbook that was made before with as many.
 */
import { prepareApplication } from './setup/application.mjs';
import { enter } from './setup/enter.mjs';
import { runPlaywright } from './testing/playwright.mjs';
import { at } from './setup/paths.mjs';

await enter(async () => {
  const application = await prepareApplication({ virtualDisplay: true });
  return runPlaywright(application, process.argv.slice(2), { TIEOUT_RECORD_FOLDER: at('out/record') });
});
