/**
 * Pictures of the window, numbered in the order in which they are taken: in the light of the day, and on a tour in the
 * dark as well.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { TieoutWindow } from './electron';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Wide enough for the pane beside the grid, small enough to be read in the guide. */
export const PICTURE_SIZE = { width: 1440, height: 900 };

export class Pictures {
  readonly #tieout: TieoutWindow;
  readonly #folder: string;
  readonly #themes: readonly Theme[];
  #taken = 0;

  /** @param folder holds one folder of pictures per theme; what an earlier walk left there is cleared away */
  constructor(tieout: TieoutWindow, folder: string, themes: readonly Theme[]) {
    this.#tieout = tieout;
    this.#folder = folder;
    this.#themes = themes;
    for (const theme of THEMES) fs.rmSync(path.join(folder, theme), { recursive: true, force: true });
  }

  /** Makes the window's content as large as the pictures are to be. */
  async setSize({ width, height } = PICTURE_SIZE): Promise<void> {
    await this.#tieout.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height),
      { width, height },
    );
    await this.#tieout.page.waitForFunction((wanted) => window.innerWidth === wanted, width);
  }

  /** Saves `NN-name.png` once the screen stands still. @returns the file of each theme */
  async take(name: string): Promise<readonly { readonly theme: string; readonly file: string }[]> {
    this.#taken += 1;
    const fileName = `${String(this.#taken).padStart(2, '0')}-${name}.png`;
    const taken = this.#themes.map((theme) => ({ theme, file: path.join(this.#folder, theme, fileName) }));
    for (const { theme, file } of taken) {
      await showTheme(this.#tieout, theme);
      await this.#tieout.page.screenshot({ path: file, animations: 'disabled' });
    }
    if (this.#themes.length > 1) await showTheme(this.#tieout, 'light');
    return taken;
  }
}

/** As a person would choose the theme, so that the window's own frame and fields follow. */
export async function showTheme({ app, page }: TieoutWindow, theme: Theme): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
  await page.waitForFunction(
    (isDark) => matchMedia('(prefers-color-scheme: dark)').matches === isDark && document.fonts.status === 'loaded',
    theme === 'dark',
  );
  // Two frames: one that takes the theme up, one that has drawn it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}
