/**
 * An import after it was written, on the step Import: the list with states, the pane beside it, the comparison.
 */
import { expect, type Locator, type Page } from '@playwright/test';

export class ImportLifeScreen {
  constructor(readonly page: Page) {}

  get pane(): Locator {
    return this.page.getByTestId('import-pane');
  }

  /** The sheet for the printer. */
  get printed(): Locator {
    return this.page.locator('[data-printed]');
  }

  get undoPreview(): Locator {
    return this.page.getByTestId('undo-preview');
  }

  get comparison(): Locator {
    return this.page.getByTestId('comparison');
  }

  get difference(): Locator {
    return this.page.getByRole('table', { name: 'Difference, line by line' });
  }

  readonly differenceRow = (words: string): Locator => this.difference.getByRole('row').filter({ hasText: words });

  readonly entry = (name: RegExp): Locator => this.page.getByRole('listbox', { name: 'Imports', exact: true }).getByRole('option', { name });

  /** Chooses an import of the period by its file. */
  async open(fileName: string): Promise<void> {
    await this.page.getByRole('table', { name: 'Imports of the period' }).getByText(fileName, { exact: true }).click();
    await expect(this.pane).toBeVisible();
  }
}
