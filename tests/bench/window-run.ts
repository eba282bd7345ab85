/** Drives the window for `window.bench.ts`: real keys and clicks, each timed in the page from the event to the frame that shows the answer. */
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { launchTieout, type TieoutWindow } from '../support/electron';
import { GridHand } from '../support/grid-hand';
import { type LargeLine, lineOf, makeLargeMonth } from '../support/large-month';
import { type Shown, WindowClock } from '../support/window-clock';
import { WorkbookScreens } from '../support/window';
import type { BenchmarkRun } from './benchmark';
import { ANSWER_LIMIT_MS, MEMORY_LIMIT_MB, type Question } from './window.bench';

const USER = 'user';
const MONTH = 'Month.tieout';

/** Opens the month with the window that was left at Explain, and waits for the first line. */
async function start(folder: string, userDataFolder: string): Promise<{ readonly tieout: TieoutWindow; readonly milliseconds: number }> {
  const begun = Date.now();
  const tieout = await launchTieout({ args: [path.join(folder, MONTH)], userDataFolder });
  const shown = await new WindowClock(tieout.page).instantOf({ row: 0, column: 'sku' });
  return { tieout, milliseconds: shown - begun };
}

/** A month of files, imported and reconciled; and a person who was in Explain when the window was last closed. */
export async function prepare(folder: string, lines: number): Promise<void> {
  await makeLargeMonth(folder, lines);
  const tieout = await launchTieout({ args: [path.join(folder, MONTH)], userDataFolder: path.join(folder, USER) });
  await tieout.page.getByTestId('workbook-name').waitFor({ timeout: 120_000 });
  await new WorkbookScreens(tieout.page).goByKeys('Explain');
  await new GridHand(tieout.page).cell(0, 'sku').waitFor({ timeout: 120_000 });
  await tieout.close();
}

/** In megabytes, of the process that draws the window. */
async function rendererMemory(app: ElectronApplication): Promise<number> {
  const kilobytes = await app.evaluate(({ app: running }) =>
    Math.max(...running.getAppMetrics().filter(({ type }) => type === 'Tab').map(({ memory }) => memory.workingSetSize)),
  );
  return kilobytes / 1024;
}

export async function measureWindow({ folder, scratch, sizes, record }: BenchmarkRun): Promise<void> {
  const lines = sizes['lines']!;
  const userDataFolder = path.join(scratch, USER);
  fs.cpSync(path.join(folder, USER), userDataFolder, { recursive: true });
  const { tieout, milliseconds } = await start(folder, userDataFolder);
  record('start', milliseconds);
  record('limit', ANSWER_LIMIT_MS);
  record('memory limit', MEMORY_LIMIT_MB);
  const { page } = tieout;
  const clock = new WindowClock(page);
  const hand = new GridHand(page);
  const screens = new WorkbookScreens(page);
  const settled = () => page.waitForTimeout(sizes['pauseMs']!);
  const at = (row: number, { sku, location }: LargeLine): Shown => ({ row, column: 'sku', text: sku, location });
  const first = (line: LargeLine) => at(0, line);
  const placed = (fits: (place: number) => boolean): LargeLine => {
    for (let place = 0; place < lines; place += 1) if (fits(place)) return lineOf(place);
    throw new Error('no such line');
  };
  const ask = async (question: Question, action: () => Promise<unknown>, shown: Shown) => {
    await settled();
    record(question, await clock.timed(action, shown));
  };
  const click = (title: string) => hand.head(title).click();
  const chooseView = (label: string) => screens.explain.view.selectOption({ label });

  // The orders behind the first page are read ahead while nobody asks anything.
  await page.waitForTimeout(sizes['pauseMs']! * 4);
  await ask('view of every line', () => chooseView('Every line'), { ...first(lineOf(0)), rows: new RegExp(`^rows ${lines.toLocaleString('en')}`) });
  await ask('sort by ERP', () => click('ERP'), first(placed((place) => lineOf(place).onHand === 499)));
  await settled();
  await click('SKU');
  await ask('sort by SKU', () => click('SKU'), first(lineOf(lines - 4)));
  await ask('sort by value', () => click('Value USD'), first(placed((place) => place % 20 === 0 && (place >> 2) % 90 === 85)));
  await ask('sort by value, smallest first', () => click('Value USD'), first(lineOf(1)));
  await ask('sort by location', () => click('Location'), first(lineOf(0)));
  await settled();
  await click('SKU');
  await ask('sort by class', () => click('Class'), at(1, lineOf(20)));
  await settled();
  await click('SKU');
  await settled();
  await click('SKU');
  await ask('filter by class', () => page.getByTestId('class-unexplained').click(), first(lineOf(lines - 20)));
  await settled();
  await page.getByTestId('class-unexplained').click();
  await ask('filter by text', async () => {
    await screens.explain.find.click();
    await page.keyboard.insertText('0004199');
  }, first(lineOf(4199 * 4)));
  await settled();
  await screens.explain.find.fill('');
  await settled();
  await hand.cell(0, 'sku').click();
  await ask('jump to the end', () => hand.press('Control+End'), { row: lines - 1, column: 'sku' });
  const middle = lines >> 1;
  await ask('jump to the middle', () => page.locator('.ag-grid-viewport').evaluate((area, row) => void (area.scrollTop = row * 28), middle), { row: middle + 5, column: 'sku' });
  await hand.press('Control+Home');
  await ask('next exception', () => hand.press('Alt+ArrowDown'), { keyboardLeft: 0 });
  await hand.press('F3');
  await ask('find', async () => {
    await page.keyboard.insertText('0004203');
    await hand.press('Enter');
  }, { told: ['find-told', '1 of 4'] });
  await hand.press('Escape');
  await ask('group by location', () => page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'By location' }), { row: 3, column: 'sku', rows: /^rows/ });
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'No groups' });
  await ask('view of open lines', () => chooseView('Open, most urgent first'), { row: 0, column: 'sku', rows: new RegExp(`^rows (?!${lines.toLocaleString('en')})`) });
  await chooseView('Every line');
  await settled();
  const rest = await clock.frames(() => page.waitForTimeout(2_000));
  const scrolling = await clock.frames(() => scroll(page));
  record('frame at rest', rest.medianMs);
  record('slow frame at rest', rest.slowMs);
  record('frame', scrolling.medianMs);
  record('slow frame', scrolling.slowMs);
  record('memory', await rendererMemory(tieout.app));
  await tieout.close();
}

/** Turns the wheel over the grid for three seconds, as a hand that looks for something does: 3,000 rows in all. */
async function scroll(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.ag-grid-viewport').boundingBox())!;
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', { x: x + width / 2, y: y + height / 2, yDistance: -84_000, speed: 28_000, gestureSourceType: 'mouse' });
  await session.detach();
}

/** The application's own window with no workbook in it. */
export async function measureEmptyWindow({ scratch, record }: BenchmarkRun): Promise<void> {
  const begun = Date.now();
  const tieout = await launchTieout({ userDataFolder: path.join(scratch, USER) });
  const shown = await new WindowClock(tieout.page).instantOf({ element: '[role="region"][aria-label="Begin"] button, section[aria-label="Begin"] button' });
  record('start', shown - begun);
  await tieout.close();
}
