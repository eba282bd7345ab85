/**
 * `npm run guide`: takes the tour and puts the pictures that the guide and the README name into `resources/guide/pictures/`.
 * `npm run guide -- --from FOLDER`: takes them from a folder of the tour's pictures instead.
 *
 * Pages name a picture by what it shows (`explain-mug-count.png`); the tour puts the step's number before it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { deflatedAgain } from './setup/png.mjs';
import { say, SetupError } from './setup/progress.mjs';
import { takeTour } from './testing/tour.mjs';

const guideFolder = at('resources/guide');
const pictureFolder = path.join(guideFolder, 'pictures');
const NAMED_PICTURE = /pictures\/([\w-]+)\.png/g;

/** @returns {string | undefined} the folder that --from names, as it was meant where it was typed */
function givenFolder() {
  const given = process.argv.slice(2);
  if (given.length === 0) return undefined;
  const [option, folder] = given;
  if (option !== '--from' || !folder || given.length > 2) throw new SetupError('known option: --from FOLDER.');
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
}

/** @returns {Map<string, string>} each picture that is named, and the page that names it first */
function namedPictures() {
  const pages = fs.readdirSync(guideFolder).filter((name) => name.endsWith('.html')).sort();
  const named = new Map();
  for (const page of [...pages.map((name) => path.join(guideFolder, name)), at('README.md')]) {
    for (const [, picture] of fs.readFileSync(page, 'utf8').matchAll(NAMED_PICTURE)) {
      if (!named.has(picture)) named.set(picture, path.basename(page));
    }
  }
  return named;
}

/** @param {string} folder @returns {Map<string, string>} the file of each picture by its name without the number */
function takenPictures(folder) {
  if (!fs.existsSync(folder)) throw new SetupError(`${folder} is not there.`);
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.png')).sort();
  return new Map(files.map((name) => [name.replace(/^\d+-/, '').replace(/\.png$/, ''), path.join(folder, name)]));
}

await enter(async () => {
  const given = givenFolder();
  if (given === undefined) {
    const code = await takeTour();
    if (code !== 0) return code;
  }
  const folder = given ?? at('out/light');
  const taken = takenPictures(folder);
  const named = namedPictures();
  const missing = [...named].filter(([picture]) => !taken.has(picture));
  if (missing.length > 0) {
    const list = missing.map(([picture, page]) => `${picture} (named by ${page})`).join(', ');
    throw new SetupError(`the tour takes no picture ${list}. It takes: ${[...taken.keys()].join(', ')}.`);
  }
  fs.rmSync(pictureFolder, { recursive: true, force: true });
  fs.mkdirSync(pictureFolder, { recursive: true });
  let byteLength = 0;
  for (const picture of [...named.keys()].sort()) {
    const bytes = deflatedAgain(fs.readFileSync(/** @type {string} */ (taken.get(picture))));
    fs.writeFileSync(path.join(pictureFolder, `${picture}.png`), bytes);
    byteLength += bytes.length;
  }
  say(`${named.size} pictures of the guide, ${Math.round(byteLength / 1000)} kB`);
  return 0;
});
