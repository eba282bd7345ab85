/**
 * The hand on a grid: keys, mouse and clipboard as a person uses them, and what the grid says.
 */
import { expect, type Locator, type Page } from '@playwright/test';

type Place = readonly [row: number, column: string];

export class GridHand {
  constructor(readonly page: Page) {}

  readonly cell = (row: number, column: string): Locator => this.page.locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);

  readonly rowNumber = (row: number): Locator => this.cell(row, 'row-number');

  readonly head = (title: string): Locator => this.page.locator('.ag-header').getByRole('columnheader', { name: title, exact: true });

  readonly status = (name: string): Locator => this.page.getByTestId(`status-${name}`);

  /** What the grid says at its foot. */
  get message(): Locator {
    return this.page.getByTestId('grid-message');
  }

  /** What those hear who cannot see what is chosen. */
  get spoken(): Locator {
    return this.page.getByTestId('grid-spoken');
  }

  readonly press = (key: string): Promise<void> => this.page.keyboard.press(key);

  readonly type = (text: string): Promise<void> => this.page.keyboard.type(text);

  /** The cell with the keyboard. */
  async active(): Promise<[number, string]> {
    const focused = this.page.locator('.ag-cell:focus');
    await expect(focused).toHaveCount(1);
    return focused.evaluate((cell) => [Number(cell.closest('.ag-row')!.getAttribute('row-index')), cell.getAttribute('col-id')!]);
  }

  /** Brings a cell into sight without moving the keyboard, as the scroll bars do, and waits until its row is read. */
  async scrollTo(row: number, column: string): Promise<void> {
    const viewport = this.page.locator('.ag-grid-viewport');
    await viewport.evaluate((area, index) => void (area.scrollTop = index * 28 - 100), row);
    await expect(this.cell(row, 'sku')).toHaveText(/./, { timeout: 20_000 });
    for (let left = 0; ; left += 150) {
      const isInSight = await this.page.evaluate(
        ([index, id]) => {
          const area = document.querySelector('.ag-grid-viewport')!.getBoundingClientRect();
          const box = document.querySelector(`.ag-row[row-index="${index}"] [col-id="${id}"]`)?.getBoundingClientRect();
          return box !== undefined && box.left > area.left + 150 && box.right < area.right;
        },
        [row, column] as const,
      );
      if (isInSight || column === 'sku') return;
      if (left > 5000) throw new Error(`no column ${column}`);
      await viewport.evaluate((area, by) => void (area.scrollLeft = by), left);
      await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    }
  }

  /** Scrolls so that nobody hears of it until `then` is done, as when a busy window hears of the wheel a moment late. */
  async scrollUnheard(top: number, then: () => Promise<void>): Promise<number> {
    const viewport = this.page.locator('.ag-grid-viewport');
    await this.page.evaluate(() => {
      const held = (event: Event) => event.stopImmediatePropagation();
      window.addEventListener('scroll', held, { capture: true });
      Object.assign(window, { letScroll: () => window.removeEventListener('scroll', held, { capture: true }) });
    });
    await viewport.evaluate((area, to) => void (area.scrollTop = to), top);
    await then();
    const reached = await viewport.evaluate((area) => {
      (window as unknown as { letScroll: () => void }).letScroll();
      area.dispatchEvent(new Event('scroll'));
      return area.scrollTop;
    });
    return reached;
  }

  /** The field of a column in the filter row. */
  readonly filter = (title: string): Locator => this.page.getByLabel(`Filter ${title}`, { exact: true });

  /** Extends the range to a cell far away: scrolls there and clicks with Shift. */
  async extendTo(row: number, column: string): Promise<void> {
    await this.scrollTo(row, column);
    await expect(this.cell(row, column)).toBeVisible();
    await this.cell(row, column).click({ modifiers: ['Shift'] });
  }

  async drag(from: Place, to: Place): Promise<void> {
    await this.cell(...from).hover();
    await this.page.mouse.down();
    await this.cell(...to).hover();
    await this.page.mouse.up();
  }

  async dragCorner(from: Place, to: Place): Promise<void> {
    const box = (await this.cell(...from).boundingBox())!;
    await this.page.mouse.move(box.x + box.width - 3, box.y + box.height - 3);
    await this.page.mouse.down();
    await this.cell(...to).hover();
    await this.page.mouse.up();
  }

  /** What was last copied, in both forms, as another program gets it. */
  async clipboard(): Promise<{ readonly text: string; readonly html: string }> {
    await this.page.evaluate(() => {
      const field = document.createElement('textarea');
      field.id = 'pasted';
      field.addEventListener('paste', (event) => {
        field.dataset['text'] = event.clipboardData!.getData('text/plain');
        field.dataset['html'] = event.clipboardData!.getData('text/html');
      });
      document.body.append(field);
      field.focus();
    });
    await this.page.keyboard.press('Control+V');
    return this.page.evaluate(() => {
      const field = document.getElementById('pasted')!;
      const { text, html } = field.dataset;
      field.remove();
      return { text: text!, html: html! };
    });
  }

  /** Pastes what another program would have copied, onto the cell with the keyboard. */
  async paste(text: string, html = ''): Promise<void> {
    await this.page.evaluate(
      ([plain, markup]) => {
        const data = new DataTransfer();
        if (plain) data.setData('text/plain', plain);
        if (markup) data.setData('text/html', markup);
        document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      },
      [text, html] as const,
    );
  }
}
