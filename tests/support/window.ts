/**
 * The window as a person meets it: the frame and one object per screen, found by role and name.
 *
 * They move and read; what should be seen is for the tests to say. The step Explain has a file of its own.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { ExplainScreen } from './explain-screen';
import { ImportScreen } from './import-screen';
import { MapScreen } from './map-screen';
import { figureIn, startingWith } from './texts';

export const STEPS = ['Import', 'Map', 'Reconcile', 'Explain', 'Approve', 'Journal', 'Lock'] as const;
export type StepName = (typeof STEPS)[number];

/** The window with a workbook in it, and its screens. */
export class WorkbookScreens {
  readonly start: StartScreen;
  readonly palette: Palette;
  readonly import: ImportScreen;
  readonly map: MapScreen;
  readonly reconcile: ReconcileScreen;
  readonly explain: ExplainScreen;
  readonly approve: ApproveScreen;
  readonly journal: JournalScreen;
  readonly lock: LockScreen;
  readonly audit: AuditScreen;
  readonly people: PeopleScreen;

  constructor(readonly page: Page) {
    this.start = new StartScreen(page);
    this.palette = new Palette(page);
    this.import = new ImportScreen(page);
    this.map = new MapScreen(page);
    this.reconcile = new ReconcileScreen(page);
    this.explain = new ExplainScreen(page);
    this.approve = new ApproveScreen(page);
    this.journal = new JournalScreen(page);
    this.lock = new LockScreen(page);
    this.audit = new AuditScreen(page);
    this.people = new PeopleScreen(page);
  }

  /** The button of a step, with what is left in it. */
  readonly step = (name: StepName): Locator =>
    this.page.getByRole('navigation', { name: 'Steps of the close' }).getByRole('button', { name: new RegExp(`^\\d ${name},`) });

  readonly screen = (name: string): Locator => this.page.getByRole('main', { name });

  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' });
  }

  /** What was last said to screen readers. */
  get announcement(): Locator {
    return this.page.getByTestId('announcement');
  }

  /** The state beside the period's name: open or locked. */
  get periodState(): Locator {
    return this.page.getByTestId('period-state');
  }

  async goByMouse(name: StepName): Promise<void> {
    await this.step(name).click();
    await expect(this.screen(name)).toBeVisible();
  }

  async goByKeys(name: StepName): Promise<void> {
    // Pressed again where the window, just painted, did not hear it yet.
    await expect(async () => {
      await this.page.keyboard.press(`Control+${STEPS.indexOf(name) + 1}`);
      await expect(this.screen(name)).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 15_000 });
  }

  async choosePeriod(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Period / }).click();
    await this.page.getByRole('menuitemradio', { name: startingWith(name) }).click();
    await expect(this.page.getByRole('button', { name: startingWith(`Period ${name}`) })).toBeVisible();
  }

  /** Takes over as somebody whose key is on this machine. */
  async workAs(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Working as / }).click();
    await this.page.getByRole('menuitemradio', { name: startingWith(name) }).click();
    await expect(this.page.getByRole('button', { name: startingWith(`Working as ${name}`) })).toBeVisible();
  }
}

export class StartScreen {
  constructor(readonly page: Page) {}

  get refusal(): Locator {
    return this.page.getByRole('alert');
  }

  readonly choice = (name: RegExp): Locator => this.page.getByRole('region', { name: 'Begin' }).getByRole('button', { name });

  get recent(): Locator {
    return this.page.getByRole('region', { name: 'Recent workbooks' }).getByRole('button');
  }
}

export class Palette {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Commands' });
  }

  get options(): Locator {
    return this.dialog.getByRole('option');
  }

  async open(): Promise<void> {
    // Once: a key that is lost is a fault of the window.
    await this.page.keyboard.press('Control+K');
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  /** Opens the palette, types, and carries out the first that is found. */
  async run(words: string): Promise<void> {
    await this.open();
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
    await expect(this.dialog).toBeHidden();
  }
}

export class ReconcileScreen {
  constructor(readonly page: Page) {}

  get reconciledAt(): Locator {
    return this.page.getByTestId('reconciled-at');
  }

  get result(): Locator {
    return this.page.getByRole('region', { name: 'Result' });
  }

  readonly figure = (name: 'lines' | 'cleared' | 'open' | 'tagged'): Locator => this.page.getByTestId(`figure-${name}`);

  /** Lines, as the figure says it: its label stands above the number. */
  async countOf(name: 'lines' | 'cleared' | 'open' | 'tagged'): Promise<number> {
    return Number(await figureIn(this.figure(name)));
  }

  get byClass(): Locator {
    return this.page.getByRole('table', { name: 'Variance by class' });
  }

  get sources(): Locator {
    return this.page.getByRole('table', { name: 'Sources of the period' });
  }

  get rollForward(): Locator {
    return this.page.getByRole('table', { name: 'Roll-forward by location' });
  }
}

/** Whoever signs: chosen by name, with a pass phrase. */
export class SignForm {
  constructor(readonly form: Locator) {}

  async choose(label: string, name: string): Promise<void> {
    const field = this.form.getByLabel(label, { exact: true });
    const value = await field.locator('option', { hasText: startingWith(`${name},`) }).getAttribute('value');
    await field.selectOption(value);
  }

  get passPhrase(): Locator {
    return this.form.getByLabel('Pass phrase', { exact: true });
  }

  get submit(): Locator {
    return this.form.locator('button[type="submit"]');
  }
}

export class JournalScreen {
  constructor(readonly page: Page) {}

  get prepareForm(): SignForm {
    return new SignForm(this.page.getByRole('form', { name: 'Prepare the journal' }));
  }

  get lines(): Locator {
    return this.page.getByTestId('journal-lines');
  }

  readonly draftFigure = (side: 'debit' | 'credit'): Promise<string> => figureIn(this.page.getByTestId(`draft-${side}`));

  readonly journal = (number: string): Locator => this.page.getByRole('listbox', { name: 'Journals' }).getByRole('option', { name: number });

  get exportButton(): Locator {
    return this.page.getByRole('button', { name: /^Export / });
  }

  get exported(): Locator {
    return this.page.getByTestId('exported');
  }
}

export class ApproveScreen {
  constructor(readonly page: Page) {}

  get form(): SignForm {
    return new SignForm(this.page.getByRole('form', { name: /^Approve / }));
  }

  get comment(): Locator {
    return this.form.form.getByLabel('Comment');
  }

  get lines(): Locator {
    return this.page.getByTestId('journal-lines');
  }
}

export class LockScreen {
  constructor(readonly page: Page) {}

  get form(): SignForm {
    return new SignForm(this.page.getByRole('form', { name: /^Lock / }));
  }

  get questions(): Locator {
    return this.page.getByRole('list', { name: 'Ready to close: seven questions' }).getByRole('listitem');
  }

  get gates(): Locator {
    return this.page.getByRole('list', { name: 'Gates of the lock' }).getByRole('listitem');
  }

  get lodgedCode(): Locator {
    return this.page.getByLabel('Lodged code, where there is one');
  }

  get sealCode(): Locator {
    return this.page.getByTestId('seal-code');
  }

  get verification(): Locator {
    return this.page.getByTestId('verification');
  }

  get checks(): Locator {
    return this.page.getByRole('list', { name: 'Checks' }).locator(':scope > li');
  }
}

export class AuditScreen {
  constructor(readonly page: Page) {}

  get events(): Locator {
    return this.page.getByRole('table', { name: 'Audit events, newest first' });
  }

  /** The actions in sight, newest first. */
  async actions(): Promise<string[]> {
    const rows = await this.events.getByRole('row').filter({ has: this.page.getByRole('cell') }).all();
    return Promise.all(rows.map((row) => row.getByRole('cell').nth(3).innerText()));
  }
}

export class PeopleScreen {
  constructor(readonly page: Page) {}

  get table(): Locator {
    return this.page.getByRole('table', { name: 'People' });
  }

  get worksNow(): Locator {
    return this.page.getByTestId('works-now');
  }
}
