/**
 * Every screen of the window and every state of it that a person can meet: one list, walked by the run that checks them and
 * by the one that takes their pictures.
 *
 * A scene can be come to from any other; it is left as it was found, so that the list may be walked in any order.
 */
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { dropFiles } from './drop';
import type { TieoutWindow } from './electron';
import { ImportLifeScreen } from './import-life-screen';
import { OverviewScreen } from './overview-screen';
import { sampleFolder } from './sample-close';
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

const MUG = { sku: 'MUG-BLU-11', location: 'Portland' };
const REPORTS = ['Reconciled inventory', 'Exceptions', 'Adjustments', 'Count accuracy', 'Roll-forward', 'Proof of quantity', 'Change', 'Repeat offenders'] as const;

/** One window, and where in the list it stands. */
export class Walk {
  readonly page: Page;
  readonly window: WorkbookScreens;
  readonly life: ImportLifeScreen;
  readonly overview: OverviewScreen;
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

const step = (name: Parameters<WorkbookScreens['goByKeys']>[0]) => (walk: Walk) => walk.window.goByKeys(name);
const escape = (walk: Walk) => walk.press('Escape');

const START: readonly Scene[] = [
  { name: 'start', stand: 'none', arrive: ({ page }) => expect(page.getByRole('region', { name: 'Begin' })).toBeVisible() },
  {
    name: 'start-refused', stand: 'none',
    arrive: async ({ tieout, page, window }) => {
      await dropFiles(tieout.app, page, [path.join(sampleFolder, 'manifest.json')]);
      await expect(window.start.refusal).toBeVisible();
    },
  },
  {
    name: 'start-new-workbook', stand: 'none',
    arrive: ({ window }) => window.start.choice(/^Start a new workbook/).click(),
    leave: ({ window }) => window.start.choice(/^Start a new workbook/).click(),
  },
  { name: 'first-period', stand: 'empty', arrive: ({ page }) => expect(page.getByRole('form', { name: 'New period' })).toBeVisible() },
];

/** What the steps say before anything was imported. */
const BEGUN: readonly Scene[] = [
  { name: 'import-begun', stand: 'begun', arrive: step('Import') },
  { name: 'map-nothing-waits', stand: 'begun', arrive: step('Map') },
  { name: 'reconcile-nothing-yet', stand: 'begun', arrive: step('Reconcile') },
  { name: 'explain-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Explain') },
  { name: 'approve-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Approve') },
  { name: 'journal-nothing-yet', stand: 'begun', sameControls: true, arrive: step('Journal') },
  { name: 'lock-not-ready', stand: 'begun', arrive: step('Lock') },
  { name: 'overview-nothing-yet', stand: 'begun', sameControls: true, arrive: ({ overview }) => overview.open() },
  { name: 'reports-nothing-yet', stand: 'begun', sameControls: true, arrive: (walk) => walk.report('Reconciled inventory') },
  { name: 'count-sheets-none', stand: 'begun', arrive: (walk) => walk.tool('Count sheets') },
  {
    name: 'new-period', stand: 'begun',
    arrive: async ({ window, page }) => {
      await window.palette.run('New period');
      await expect(page.getByRole('form', { name: 'New period' })).toBeVisible();
    },
    leave: ({ page }) => page.getByRole('form', { name: 'New period' }).getByRole('button', { name: 'Cancel' }).click(),
  },
  {
    name: 'rehearsal', stand: 'begun',
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('shopify-inventory-2026-10.csv');
    },
  },
  {
    name: 'rehearsal-bad-rows', stand: 'begun', sameControls: true,
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('shopify-inventory-2026-10.csv');
      await walk.window.import.part('Bad rows').click();
      await expect(walk.window.import.badRows).toBeVisible();
    },
  },
  {
    name: 'rehearsal-columns', stand: 'begun', sameControls: true,
    arrive: async (walk) => {
      await walk.queueSample();
      await walk.window.import.show('count-full-2026-10.csv');
      await walk.window.import.part('Columns').click();
    },
  },
  {
    name: 'import-mapping', stand: 'begun',
    arrive: async (walk) => {
      await walk.queueSample();
      const { app } = walk.tieout;
      await dropFiles(app, walk.page, [path.join(walk.workbooks.folder, 'counted by hand.csv')]);
      await walk.window.import.file('counted by hand.csv').click();
      await expect(walk.window.import.mapping).toBeVisible();
    },
  },
];

const LOCKED: readonly Scene[] = [
  { name: 'import-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Import') },
  { name: 'map-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Map') },
  { name: 'reconcile-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Reconcile') },
  { name: 'explain-exceptions-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Explain') },
  { name: 'explain-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: (walk) => walk.mug() },
  { name: 'approve-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Approve') },
  {
    name: 'journal-signed', stand: 'begun', month: 'September 2026',
    arrive: async (walk) => {
      await walk.window.goByKeys('Journal');
      await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).first().click();
    },
  },
  { name: 'lock-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: step('Lock') },
  {
    name: 'verification', stand: 'begun', month: 'September 2026',
    arrive: async ({ window }) => {
      await window.palette.run('Verify this workbook');
      await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
    },
  },
  { name: 'overview-locked', stand: 'begun', month: 'September 2026', arrive: ({ overview }) => overview.open(), pictureOnly: true },
  { name: 'rules-locked', stand: 'begun', sameControls: true, month: 'September 2026', arrive: (walk) => walk.rules(/^Tolerances/) },
  { name: 'count-sheets-locked', stand: 'begun', month: 'September 2026', arrive: (walk) => walk.tool('Count sheets'), pictureOnly: true },
];

const WORK: readonly Scene[] = [
  { name: 'import-written', stand: 'reconciled', arrive: async (walk) => { await walk.window.goByKeys('Reconcile'); await walk.window.goByKeys('Import'); } },
  { name: 'import-evidence', stand: 'reconciled', arrive: (walk) => walk.showImport('netsuite-items-2026-10.csv') },
  {
    name: 'import-undo', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.showImport('count-full-2026-10.csv');
      await walk.tab('Undo').click();
      await expect(walk.life.undoPreview).toContainText('leave the figures');
    },
  },
  { name: 'map', stand: 'reconciled', arrive: step('Map') },
  {
    name: 'map-correct', stand: 'reconciled',
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.groups.last().click();
      await window.map.way(/^Correct/).click();
    },
  },
  {
    name: 'map-ignore', stand: 'reconciled', sameControls: true,
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.groups.last().click();
      await window.map.way(/^Ignore/).click();
    },
  },
  ...(['Suggestions', 'Settled', 'Names'] as const).map((view): Scene => ({
    name: `map-${view.toLowerCase()}`, stand: 'reconciled',
    arrive: async ({ window }) => {
      await window.goByKeys('Map');
      await window.map.view(view).click();
    },
  })),
  { name: 'reconcile', stand: 'reconciled', arrive: step('Reconcile') },
  { name: 'explain', stand: 'reconciled', sameControls: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.window.explain.cell(0, 'sku').click(); } },
  { name: 'explain-mug', stand: 'reconciled', arrive: (walk) => walk.mug() },
  {
    name: 'explain-timeline', stand: 'reconciled', pictureOnly: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.section('Timeline').evaluate((timeline) => timeline.scrollIntoView());
    },
  },
  {
    name: 'explain-history', stand: 'reconciled', pictureOnly: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.detail.locator('[data-pane-body]').evaluate((body) => body.scrollTo(0, body.scrollHeight));
    },
  },
  {
    name: 'explain-original-row', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.section('Positions').getByRole('button', { name: /of count-full/ }).click();
      await expect(walk.page.getByTestId('original-row')).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'explain-editing', stand: 'reconciled', isOverlay: true,
    arrive: async (walk) => {
      await walk.mug();
      await walk.window.explain.moveToColumn('reasonCode');
      await walk.page.keyboard.type('re');
      await expect(walk.option(/^ALN-REFUND/)).toBeVisible();
    },
    leave: (walk) => walk.press('Escape', 'Escape'),
  },
  {
    name: 'explain-find', stand: 'reconciled', sameControls: true,
    arrive: async (walk) => {
      await walk.window.goByKeys('Explain');
      await walk.window.explain.cell(0, 'sku').click();
      await walk.press('F3');
      await walk.page.keyboard.type('mug');
      await walk.press('Enter');
      await expect(walk.page.getByTestId('find-told')).not.toHaveText('');
    },
    leave: async (walk) => {
      await walk.page.getByRole('textbox', { name: 'Find in the grid' }).focus();
      await walk.press('Escape');
    },
  },
  { name: 'explain-columns-menu', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.page.getByTestId('columns-menu').click(); }, leave: escape },
  { name: 'overview', stand: 'reconciled', arrive: ({ overview }) => overview.open() },
  {
    name: 'overview-as-tables', stand: 'reconciled', sameControls: true,
    arrive: async ({ overview, page }) => {
      await overview.open();
      // A button that was pressed has another name: the first of those left is always the next.
      const left = page.getByRole('button', { name: / as a table$/ });
      for (let count = await left.count(); count > 0; count -= 1) await left.first().click();
    },
    leave: async ({ page }) => {
      const left = page.getByRole('button', { name: / as a picture$/ });
      for (let count = await left.count(); count > 0; count -= 1) await left.first().click();
    },
  },
  ...REPORTS.map((name, index): Scene => ({ name: `report-${name.toLowerCase().replaceAll(' ', '-')}`, stand: 'reconciled', arrive: (walk) => walk.report(name), pictureOnly: index > 1 })),
  { name: 'rules-tolerances', stand: 'reconciled', arrive: (walk) => walk.rules(/^Tolerances/) },
  { name: 'rules-risk-windows', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Risk windows/) },
  { name: 'rules-source-of-truth', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Source of truth/) },
  { name: 'rules-routing', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^Routing/) },
  { name: 'rules-due', stand: 'reconciled', arrive: (walk) => walk.rules(/^Due dates/) },
  { name: 'rules-history', stand: 'reconciled', sameControls: true, arrive: (walk) => walk.rules(/^History/) },
  {
    name: 'count-sheets-new', stand: 'reconciled',
    arrive: async ({ page }) => {
      await page.keyboard.press('Control+Shift+N');
      await expect(page.getByRole('form', { name: 'New count sheet' })).toBeVisible();
    },
  },
  { name: 'profiles', stand: 'reconciled', arrive: (walk) => walk.tool('Import profiles') },
  { name: 'audit', stand: 'reconciled', arrive: async (walk) => { await walk.press('Control+8'); await walk.window.audit.events.getByRole('row').nth(1).click(); } },
  { name: 'people', stand: 'reconciled', arrive: async (walk) => { await walk.press('Control+9'); await expect(walk.window.people.table).toBeVisible(); } },
  {
    name: 'people-new-identity', stand: 'reconciled',
    arrive: async (walk) => {
      await walk.press('Control+9');
      await walk.button('New identity').click();
    },
    leave: (walk) => walk.button('Cancel').click(),
  },
  { name: 'approve-not-ready', stand: 'reconciled', arrive: step('Approve') },
  { name: 'journal-draft-nothing', stand: 'reconciled', arrive: step('Journal') },
  { name: 'lock-questions', stand: 'reconciled', sameControls: true, arrive: step('Lock') },
];

const OVERLAYS: readonly Scene[] = [
  { name: 'palette', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.goByKeys('Explain'); await walk.window.palette.open(); }, leave: escape },
  { name: 'palette-nothing-found', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.window.palette.open(); await walk.page.keyboard.type('depreciation'); }, leave: escape },
  { name: 'cheat-sheet', stand: 'reconciled', isOverlay: true, arrive: async (walk) => { await walk.press('Shift+?'); await expect(walk.page.getByTestId('cheat-sheet')).toBeVisible(); }, leave: escape },
  { name: 'period-menu', stand: 'reconciled', isOverlay: true, arrive: (walk) => walk.page.getByTestId('period-select').click(), leave: escape },
  { name: 'person-menu', stand: 'reconciled', isOverlay: true, arrive: (walk) => walk.button(/^Working as /).click(), leave: escape },
];

const SIGNING: readonly Scene[] = [
  { name: 'explain-tagged', stand: 'prepared', sameControls: true, arrive: (walk) => walk.mug() },
  { name: 'journal-prepared', stand: 'prepared', arrive: async (walk) => { await walk.window.goByKeys('Journal'); await walk.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: /^ADJ/ }).click(); } },
  { name: 'approve', stand: 'prepared', arrive: step('Approve') },
  { name: 'lock', stand: 'prepared', arrive: step('Lock') },
  { name: 'read-only-import', stand: 'held', arrive: step('Import') },
  { name: 'read-only-map', stand: 'held', sameControls: true, arrive: step('Map') },
  { name: 'read-only-explain', stand: 'held', sameControls: true, arrive: (walk) => walk.mug() },
  { name: 'read-only-people', stand: 'held', arrive: async (walk) => { await walk.press('Control+9'); await expect(walk.window.people.table).toBeVisible(); }, pictureOnly: true },
  { name: 'start-recent', stand: 'none', sameControls: true, arrive: ({ window }) => expect(window.start.recent.first()).toBeVisible() },
];

export const SCENES: readonly Scene[] = [...START, ...BEGUN, ...LOCKED, ...WORK, ...OVERLAYS, ...SIGNING];
