/**
 * `npm run gallery`: a picture of every screen in both themes, as small and as large as a window is used. Not part of the
 * test run: it is for a person to look at.
 */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchTieout, type TieoutWindow } from '../support/electron';
import { SCENES } from '../support/every-screen';
import { type GalleryPicture, writeGalleryPage } from '../support/gallery';
import { Pictures } from '../support/pictures';
import { Walk } from '../support/walk';
import { type WalkWorkbooks, walkWorkbooks } from '../support/walk-workbooks';

const SIZES = [{ width: 1280, height: 800 }, { width: 2560, height: 1440 }] as const;
const folder = process.env.TIEOUT_GALLERY_FOLDER!;
/** Only scenes whose names hold one of these words, where any are given. */
const wanted = (process.env.TIEOUT_GALLERY_SCENES ?? '').split(',').filter(Boolean);
const scenes = SCENES.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

test.describe.configure({ timeout: 600_000 });

let workbooks: WalkWorkbooks;
const taken: GalleryPicture[] = [];

test.beforeAll(async () => {
  workbooks = await walkWorkbooks();
});

for (const size of SIZES) {
  test(`every screen at ${size.width} x ${size.height}`, async () => {
    const words = `${size.width}x${size.height}`;
    const tieout: TieoutWindow = await launchTieout({ userDataFolder: workbooks.userDataFolder });
    const pictures = new Pictures(tieout, path.join(folder, words), ['light', 'dark']);
    await pictures.setSize(size);
    const walk = new Walk(tieout, workbooks);
    const missed: string[] = [];
    for (const scene of scenes) {
      try {
        await walk.to(scene);
        for (const { theme, file } of await pictures.take(scene.name)) taken.push({ name: scene.name, theme, size: words, file: path.relative(folder, file) });
      } catch (error) {
        // The other pictures are worth having without it.
        missed.push(`${scene.name}: ${String(error)}`);
        await walk.startOver();
      }
    }
    writeGalleryPage(folder, taken);
    // A window opens again where the last one ended; the next size begins at the start page.
    await walk.startOver();
    await tieout.close();
    expect(missed).toEqual([]);
  });
}
