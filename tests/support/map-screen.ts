/**
 * The step Map: groups of rows that wait, and the three ways to settle them. Each way can be gone by mouse or by keys.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { startingWith } from './texts';

export interface WaitingRow {
  readonly rowNumber: number;
  readonly fileName: string;
}

export class MapScreen {
  constructor(readonly page: Page) {}

  get groups(): Locator {
    return this.page.getByRole('listbox', { name: 'Groups of rows that wait' }).getByRole('option');
  }

  get chosen(): Locator {
    return this.page.getByRole('listbox', { name: 'Groups of rows that wait' }).getByRole('option', { selected: true });
  }

  get rows(): Locator {
    return this.page.getByRole('table', { name: 'Rows that wait' });
  }

  get waiting(): Locator {
    return this.page.getByTestId('quarantine-waiting');
  }

  readonly way = (name: RegExp): Locator => this.page.getByRole('tablist', { name: 'Ways to settle' }).getByRole('tab', { name });

  readonly view = (name: 'Waiting' | 'Settled'): Locator =>
    this.page.getByRole('tablist', { name: 'Rows of the quarantine' }).getByRole('tab', { name: startingWith(name) });

  /** The rows in sight of the group that is shown. */
  async waitingRows(): Promise<WaitingRow[]> {
    const cells = await this.rows.locator('[role="rowgroup"] [role="row"]').evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('[role="cell"]')].map((cell) => (cell as HTMLElement).innerText.trim())),
    );
    return cells.map(([rowNumber = '', fileName = '']) => ({ rowNumber: Number(rowNumber.replaceAll(',', '')), fileName }));
  }

  /** Says what a name means: types it, takes the first that is found, replays. */
  async mapTo(target: string, by: 'keys' | 'mouse'): Promise<void> {
    const field = this.page.getByRole('form', { name: /^Map / }).getByRole('combobox');
    await field.focus();
    await field.fill(target);
    const option = this.page.getByRole('option', { name: startingWith(target) }).first();
    await expect(option).toBeVisible();
    if (by === 'keys') {
      await this.page.keyboard.press('Enter');
      await expect(this.page.getByRole('button', { name: /^Map and replay/ })).toBeEnabled();
      await this.page.keyboard.press('Enter');
    } else {
      await option.click();
      await this.page.getByRole('button', { name: /^Map and replay/ }).click();
    }
  }

  /** Corrects one cell of the row that is shown, with its reason. */
  async correct(column: string, value: string, why: string, by: 'keys' | 'mouse'): Promise<void> {
    const form = this.page.getByRole('form', { name: /^Correct row/ });
    await form.getByLabel(column, { exact: true }).fill(value);
    await form.getByLabel('Reason for the correction').fill(why);
    if (by === 'keys') await this.page.keyboard.press('Enter');
    else await form.getByRole('button', { name: /^Correct and replay/ }).click();
  }

  async ignore(why: string, by: 'keys' | 'mouse'): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Ignore rows' });
    await form.getByLabel(/^Why these rows/).fill(why);
    if (by === 'keys') await this.page.keyboard.press('Enter');
    else await form.getByRole('button', { name: 'Ignore 1 row' }).click();
  }
}
