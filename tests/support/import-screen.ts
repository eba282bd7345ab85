/**
 * The step Import: files that wait, what each would write, the mapping of a file that no profile knows.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { figureIn, startingWith } from './texts';

/** The figures of a rehearsal as they stand on the screen. */
export interface RehearsalFigures {
  readonly rowsRead: string;
  readonly rowsAccepted: string;
  readonly rowsQuarantined: string;
  readonly rowsIgnored: string;
}

export class ImportScreen {
  constructor(readonly page: Page) {}

  readonly useSampleFiles = (month: string): Locator => this.page.getByRole('button', { name: `Use the ${month} files` });

  get queue(): Locator {
    return this.page.getByRole('listbox', { name: 'Files to import' });
  }

  readonly file = (fileName: string): Locator => this.queue.getByRole('option', { name: startingWith(`${fileName},`) });

  get rehearsal(): Locator {
    return this.page.getByTestId('rehearsal');
  }

  get mapping(): Locator {
    return this.page.getByRole('form', { name: /^Mapping of / });
  }

  get totals(): Locator {
    return this.page.getByRole('table', { name: 'Totals before and after' });
  }

  get badRows(): Locator {
    return this.page.getByRole('table', { name: 'Bad rows', exact: true });
  }

  readonly part = (name: 'Before and after' | 'Bad rows' | 'Columns'): Locator => this.page.getByRole('tab', { name: startingWith(name) });

  /** Writes the file that is shown. */
  get write(): Locator {
    return this.rehearsal.getByRole('button', { name: /^Write / });
  }

  /** Writes every file that is ready. */
  get writeAll(): Locator {
    return this.page.getByRole('button', { name: /^Write \d+ files/ });
  }

  get progress(): Locator {
    return this.page.getByRole('progressbar');
  }

  get cancel(): Locator {
    return this.page.getByRole('button', { name: 'Cancel' });
  }

  get imports(): Locator {
    return this.page.getByRole('table', { name: 'Imports of the period' });
  }

  /** Shows a file that waits, and waits until its rehearsal is there. */
  async show(fileName: string): Promise<void> {
    await this.file(fileName).click();
    await expect(this.rehearsal.getByRole('heading', { name: fileName })).toBeVisible();
  }

  async figures(): Promise<RehearsalFigures> {
    const figure = (name: string) => figureIn(this.page.getByTestId(name));
    return {
      rowsRead: await figure('rows-read'),
      rowsAccepted: await figure('rows-accepted'),
      rowsQuarantined: await figure('rows-quarantined'),
      rowsIgnored: await figure('rows-ignored'),
    };
  }
}
