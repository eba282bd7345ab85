/**
 * The step Explain: the grid of lines, and the story of the line that has the keyboard.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { startingWith } from './texts';

export interface LineName {
  readonly sku: string;
  readonly location: string;
}

export class ExplainScreen {
  constructor(readonly page: Page) {}

  get grid(): Locator {
    return this.page.getByRole('treegrid').or(this.page.getByRole('grid'));
  }

  get find(): Locator {
    return this.page.getByRole('textbox', { name: 'Find SKU or item' });
  }

  get view(): Locator {
    return this.page.getByRole('combobox', { name: 'View' });
  }

  /** How many lines the view shows. */
  get shown(): Locator {
    return this.page.getByTestId('status-rows');
  }

  get detail(): Locator {
    return this.page.getByTestId('detail-pane');
  }

  readonly section = (name: string | RegExp): Locator => this.detail.getByRole('region', { name });

  readonly variance = (kind: 'Count' | 'Channel' | 'Ledger'): Locator => this.detail.getByRole('tab', { name: startingWith(kind) });

  readonly bridge = (kind: 'count' | 'channel' | 'ledger'): Locator => this.page.getByTestId(`bridge-${kind}`);

  readonly cell = (rowIndex: number, column: string): Locator => this.page.locator(`.ag-row[row-index="${rowIndex}"] [col-id="${column}"]`);

  /** The row that has the keyboard, -1 where none has. */
  async focusedRow(): Promise<number> {
    const row = this.page.locator('.ag-row:has(.ag-cell-focus)').first();
    return (await row.count()) === 0 ? -1 : Number(await row.getAttribute('row-index'));
  }

  async lineAt(rowIndex: number): Promise<LineName> {
    return { sku: await this.cell(rowIndex, 'sku').innerText(), location: await this.cell(rowIndex, 'location').innerText() };
  }

  /** The places of the rows that are drawn with their line in them. */
  drawnRows(): Promise<number[]> {
    return this.page.locator('.ag-row [col-id="sku"]').evaluateAll((cells) =>
      cells.filter((cell) => (cell as HTMLElement).innerText.trim() !== '').map((cell) => Number(cell.closest('.ag-row')!.getAttribute('row-index'))),
    );
  }

  /** The place of a line among the rows that are drawn, once it is there. */
  async rowOf(line: LineName): Promise<number> {
    const place = () =>
      this.page.locator('.ag-row').evaluateAll((rows, { sku, location }) => {
        // The name alone, without what is said of files clipped to it.
        const textOf = (row: Element, column: string) => (row.querySelector(`[col-id="${column}"]`) as HTMLElement | null)?.innerText.trim().replace(/\s*, [\d,]+ attachments?$/, '');
        const indexes = (column: string, text: string) =>
          rows.filter((row) => textOf(row, column) === text).map((row) => Number(row.getAttribute('row-index')));
        const atLocation = new Set(indexes('location', location));
        return indexes('sku', sku).find((index) => atLocation.has(index)) ?? -1;
      }, line);
    await expect.poll(place, { message: `${line.sku} at ${line.location} is among the lines shown` }).toBeGreaterThanOrEqual(0);
    return place();
  }

  /** Drags the divider until the pane is so wide, in pixels. */
  async setPaneWidth(width: number): Promise<void> {
    const divider = this.page.getByRole('separator', { name: 'Width of Line' });
    const { x, y, width: thickness } = (await divider.boundingBox())!;
    const from = x + thickness / 2;
    const by = width - Number(await divider.getAttribute('aria-valuenow'));
    await this.page.mouse.move(from, y + 200);
    await this.page.mouse.down();
    await this.page.mouse.move(from - by, y + 200, { steps: 4 });
    await this.page.mouse.up();
    await expect(divider).toHaveAttribute('aria-valuenow', String(width));
  }

  /** Clicks a line and waits until the pane tells its story. @returns its row */
  async show(line: LineName): Promise<number> {
    let row = 0;
    // Rows that are read meanwhile put the line in another place, where it is looked up anew.
    await expect(async () => {
      row = await this.rowOf(line);
      await this.cell(row, 'sku').click({ timeout: 3_000 });
    }).toPass({ timeout: 30_000 });
    await expect(this.detail.getByRole('heading', { level: 2 })).toHaveText(startingWith(`${line.sku}${line.location}`));
    return row;
  }

  /** Goes to the next exception and waits for the keyboard to be there. */
  async nextException(): Promise<LineName> {
    const before = await this.focusedRow();
    await this.page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => this.focusedRow(), { intervals: [20, 50, 100] }).toBeGreaterThan(before);
    return this.lineAt(await this.focusedRow());
  }

  /** Moves the keyboard along the row to a column. */
  async moveToColumn(column: string): Promise<void> {
    for (let step = 0; step < 20; step += 1) {
      const current = await this.page.locator('.ag-cell-focus').first().getAttribute('col-id');
      if (current === column) return;
      await this.page.keyboard.press('ArrowRight');
    }
    throw new Error(`no column ${column} to the right`);
  }

  /** Given, rolled and at the cut-off of one position, as the texts on the screen. */
  async position(name: RegExp): Promise<{ readonly given: string; readonly atCutOff: string }> {
    const row = this.section('Positions').locator('tr', { has: this.page.locator('th', { hasText: name }) });
    const cells = row.locator('td');
    return { given: (await cells.nth(1).innerText()).trim(), atCutOff: (await cells.nth(3).innerText()).trim() };
  }
}
