/**
 * The walk through the window that comes to every scene of `every-screen.ts`: which workbook and month stand open, and the ways
 * that several scenes begin with.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { TieoutWindow } from './electron';
import { GridHand } from './grid-hand';
import { ImportLifeScreen } from './import-life-screen';
import { OverviewScreen } from './overview-screen';
import type { Stand, WalkWorkbooks } from './walk-workbooks';
import { WorkbookScreens } from './window';

export interface Scene {
  /** As its picture is named. */
  readonly name: string;
  /** The workbook it is looked at in; none: no workbook is open. */
  readonly stand: Stand | 'none';
  /** The month; October unless given. */
  readonly month?: 'September 2026' | 'October 2026';
  readonly arrive: (walk: Walk) => Promise<void>;
  /** What closes it, where the next scene cannot simply be gone to. */
  readonly leave?: (walk: Walk) => Promise<void>;
  /** Lies over a screen and goes away when the keyboard leaves it. */
  readonly isOverlay?: boolean;
  /** Has the controls and colours of another scene: neither the keyboard's round nor the dark theme is checked again. */
  readonly sameControls?: boolean;
  /** Shows nothing that another scene does not show too: looked at, and not checked again. */
  readonly pictureOnly?: boolean;
}

export const MUG = { sku: 'MUG-BLU-11', location: 'Portland' };
/** One window, and where in the list it stands. */
export class Walk {
  readonly page: Page;
  readonly window: WorkbookScreens;
  readonly life: ImportLifeScreen;
  readonly overview: OverviewScreen;
  readonly hand: GridHand;
  #stand: Stand | 'none' = 'none';
  #scene: Scene | undefined;

  constructor(
    readonly tieout: TieoutWindow,
    readonly workbooks: WalkWorkbooks,
  ) {
    this.page = tieout.page;
    this.window = new WorkbookScreens(this.page);
    this.life = new ImportLifeScreen(this.page);
    this.overview = new OverviewScreen(this.page);
    this.hand = new GridHand(this.page);
  }

  async to(scene: Scene): Promise<void> {
    await this.#scene?.leave?.(this);
    this.#scene = undefined;
    if (scene.stand !== this.#stand) await this.#open(scene.stand);
    if (scene.stand !== 'none' && scene.stand !== 'empty') await this.#choose(scene.month ?? 'October 2026');
    await scene.arrive(this);
    this.#scene = scene;
    await this.quiet();
  }

  /** Goes back to the start, whatever stands in the way: the next scene is come to from there. */
  async startOver(): Promise<void> {
    this.#scene = undefined;
    for (let press = 0; press < 3; press += 1) await this.page.keyboard.press('Escape');
    await this.#open('none');
  }

  async #open(stand: Stand | 'none'): Promise<void> {
    if (stand === 'none') {
      await this.page.keyboard.press('Control+W');
      await expect(this.page.getByRole('region', { name: 'Begin' })).toBeVisible();
    } else {
      await this.tieout.answerOpenDialogs([this.workbooks.paths[stand]]);
      await this.page.keyboard.press('Control+O');
      await expect(this.page.locator(`[title="${this.workbooks.paths[stand]}"]`)).toBeVisible({ timeout: 20_000 });
    }
    this.#stand = stand;
  }

  async #choose(month: string): Promise<void> {
    const button = this.page.getByTestId('period-select');
    await expect(button).toBeVisible();
    if (!(await button.innerText()).includes(month)) await this.window.choosePeriod(month);
  }

  /** Waits until nothing is read or drawn anew. */
  async quiet(): Promise<void> {
    await this.page.waitForFunction(() => document.fonts.status === 'loaded' && document.querySelector('[data-loading="true"], .ag-row-loading') === null);
    await this.page.evaluate(async () => {
      for (let still = 0, before = ''; still < 2; ) {
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20)));
        const now = document.body.innerHTML;
        still = now === before ? still + 1 : 0;
        before = now;
      }
    });
  }

  readonly button = (name: string | RegExp): Locator => this.page.getByRole('button', { name });
  readonly tab = (name: string | RegExp): Locator => this.page.getByRole('tab', { name });
  readonly option = (name: string | RegExp): Locator => this.page.getByRole('option', { name });

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async tool(words: string, screen = words): Promise<void> {
    await this.window.palette.run(words);
    await expect(this.window.screen(screen)).toBeVisible();
  }

  /** Finds the mug and shows its story; it is open in October and cleared in September. */
  async mug(): Promise<void> {
    await this.window.goByKeys('Reconcile');
    await this.window.goByKeys('Explain');
    // Typed again where the screen, just painted, did not hear it yet.
    await expect(async () => {
      await this.window.explain.find.fill('');
      await this.window.explain.find.fill(MUG.sku);
      await expect(this.window.explain.shown).toContainText('rows 4 of', { timeout: 3_000 });
    }).toPass({ timeout: 20_000 });
    // Where the grid was left at its far end, the location is not drawn.
    await this.window.explain.cell(0, 'sku').click();
    await this.press('ArrowRight');
    await this.window.explain.show(MUG);
  }

  async queueSample(): Promise<void> {
    await this.window.goByKeys('Import');
    if ((await this.window.import.queue.count()) > 0) return;
    await this.window.import.useSampleFiles('October').click();
    await expect(this.window.import.writeAll).toHaveText(/^Write \d+ files/, { timeout: 60_000 });
  }

  async showImport(fileName: string): Promise<void> {
    await this.window.goByKeys('Reconcile');
    await this.window.goByKeys('Import');
    await this.life.open(fileName);
  }

  async report(name: string): Promise<void> {
    await this.press('Control+Shift+R');
    await this.option(new RegExp(`^${name}`)).click();
    await expect(this.option(new RegExp(`^${name}`))).toHaveAttribute('aria-selected', 'true');
    await expect(this.page.getByTestId('report').or(this.window.screen('Reports').getByRole('alert')).or(this.window.screen('Reports').getByRole('button', { name: /^Go to / }))).not.toHaveCount(0);
  }

  async rules(tab: RegExp): Promise<void> {
    await this.tool('Rules');
    await this.page.getByRole('tablist', { name: 'Rules' }).getByRole('tab', { name: tab }).click();
  }
}

export const escape = (walk: Walk): Promise<void> => walk.press('Escape');
