/**
 * `npm run guide`: takes the tour and makes the pictures of the user guide and the README anew from it.
 *
 * The pages say which they show; what no page shows is not kept.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { smallerPng } from './guide/png.mjs';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { say, SetupError } from './setup/progress.mjs';
import { takeTour } from './testing/tour.mjs';

const guideFolder = at('resources/guide');
const picturesFolder = path.join(guideFolder, 'pictures');
const KILOBYTE = 1000;

/** @returns {string[]} pictures that the pages show, as `light/import.png` */
function shownPictures() {
  const pages = fs.readdirSync(guideFolder).filter((name) => name.endsWith('.html'));
  const texts = [...pages.map((page) => path.join(guideFolder, page)), at('README.md')].map((file) => fs.readFileSync(file, 'utf8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/pictures\/((?:light|dark)\/[\w-]+\.png)/g)].map((match) => String(match[1]))))];
}

/** @param {string} tourFolder @param {string} picture `light/import.png` @returns {string} the tour's own file, `light/02-import.png` */
function pictureOfTour(tourFolder, picture) {
  const [theme, name] = /** @type {[string, string]} */ (picture.split('/'));
  const found = fs.readdirSync(path.join(tourFolder, theme)).find((file) => file.replace(/^\d+-/, '') === name);
  if (!found) throw new SetupError(`a page of the guide shows ${picture}, but the tour takes no such picture.`);
  return path.join(tourFolder, theme, found);
}

await enter(async () => {
  // The folder's name is seen in some of the pictures.
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'close-'));
  const tourFolder = path.join(parent, 'October close');
  try {
    const code = await takeTour(tourFolder);
    if (code !== 0) return code;
    const made = shownPictures().map((picture) => ({ picture, content: smallerPng(fs.readFileSync(pictureOfTour(tourFolder, picture))) }));
    fs.rmSync(picturesFolder, { recursive: true, force: true });
    for (const { picture, content } of made) {
      fs.mkdirSync(path.dirname(path.join(picturesFolder, picture)), { recursive: true });
      fs.writeFileSync(path.join(picturesFolder, picture), content);
    }
    const total = made.reduce((sum, { content }) => sum + content.length, 0);
    say(`${made.length} pictures of the guide are made anew, ${Math.round(total / KILOBYTE)} kB`);
    return 0;
  } finally {
    fs.rmSync(parent, { recursive: true, force: true });
  }
});
