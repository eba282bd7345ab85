/**
 * `npm run gallery`: a picture of every screen in light and dark, at 1280 x 800 and 2560 x 1440, and a page that shows them
 * side by side, under `out/gallery`.
 *
 *   npm run gallery -- WORD...     only screens whose names hold one of the words
 */
import fs from 'node:fs';
import path from 'node:path';
import { prepareApplication } from './setup/application.mjs';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { say } from './setup/progress.mjs';
import { runPlaywright } from './testing/playwright.mjs';

/** Larger than the largest picture, so that no window is cut to the display. */
const SCREEN = '2800x1700';

await enter(async () => {
  const folder = at('out/gallery');
  fs.mkdirSync(folder, { recursive: true });
  const application = await prepareApplication({ virtualDisplay: true });
  const words = process.argv.slice(2).join(',');
  const environment = { TIEOUT_GALLERY_FOLDER: folder, TIEOUT_GALLERY_SCENES: words };
  const code = await runPlaywright(application, ['--project=gallery'], environment, SCREEN);
  say(code === 0 ? `the pictures are in ${path.join(folder, 'index.html')}` : `the gallery ended with ${code}`);
  return code;
});
