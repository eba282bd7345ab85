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

  /** A grid of the step by its name: rows that wait, suggested names, settled rows, names of sources. */
  readonly grid = (name: string): Locator => this.page.getByRole('grid', { name }).or(this.page.getByRole('treegrid', { name }));

  readonly cell = (grid: string, rowIndex: number, column: string): Locator =>
    this.grid(grid).locator(`.ag-row[row-index="${rowIndex}"] [col-id="${column}"]`);

  /** What happened to the row that is shown. */
  get history(): Locator {
    return this.page.getByRole('list', { name: 'History of the row' }).getByRole('listitem');
  }

  get waiting(): Locator {
    return this.page.getByTestId('quarantine-waiting');
  }

  readonly way = (name: RegExp): Locator => this.page.getByRole('tablist', { name: 'Ways to settle' }).getByRole('tab', { name });

  readonly view = (name: 'Waiting' | 'Suggestions' | 'Settled' | 'Names'): Locator =>
    this.page.getByRole('tablist', { name: 'Rows of the quarantine' }).getByRole('tab', { name: startingWith(name) });

  /** The rows in sight of the group that is shown. */
  async waitingRows(): Promise<WaitingRow[]> {
    const rows = this.grid('Rows that wait').locator('.ag-row');
    await expect(rows.locator('[col-id="raw"]').first()).toHaveText(/./);
    const cells = await rows.evaluateAll((all) => all.map((row) => ['row', 'file'].map((id) => (row.querySelector(`[col-id="${id}"]`) as HTMLElement).innerText.trim())));
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
    // Nothing is ignored before the screen has said how many rows it is.
    const button = form.getByRole('button', { name: 'Ignore 1 row' });
    await expect(button).toBeEnabled();
    if (by === 'keys') await this.page.keyboard.press('Enter');
    else await button.click();
  }

  /** Goes on with Tab until the field, the button or the grid has the keyboard. */
  async tabTo(target: Locator): Promise<void> {
    for (let press = 0; press < 60; press += 1) {
      if (await target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement)).catch(() => false)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('sixty times Tab did not lead there');
  }

  /** Moves to another view of the step with the arrow keys. */
  async goToView(name: 'Waiting' | 'Suggestions' | 'Settled' | 'Names'): Promise<void> {
    const tabs = this.page.getByRole('tablist', { name: 'Rows of the quarantine' });
    await this.page.keyboard.press('Control+2');
    await this.tabTo(tabs);
    for (let press = 0; press < 4; press += 1) {
      if ((await this.view(name).getAttribute('aria-selected')) === 'true') return;
      await this.page.keyboard.press('ArrowRight');
    }
    throw new Error(`there is no view ${name}`);
  }
}
