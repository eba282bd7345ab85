/**
 * Every screen for everybody: axe finds nothing of weight in either theme, the keyboard reaches every control, is seen where
 * it stands and is nowhere caught, what closes on Escape gives it back; states stay apart in a high-contrast theme, nothing
 * moves where the system asks for none, and larger text cuts nothing off.
 */
import { expect, type Locator, test } from '@playwright/test';
import { againstReading, alike, findings, moving, outOfReach, round } from '../support/accessibility';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { SCENES } from '../support/every-screen';
import { Pictures, showTheme } from '../support/pictures';
import { Walk } from '../support/walk';
import { walkWorkbooks } from '../support/walk-workbooks';

/** Five workbooks are made, and some sixty screens walked: seconds on a machine of one's own, minutes on a shared one. */
const LONG_MS = 300_000;

test.describe.configure({ timeout: LONG_MS });

let tieout: TieoutWindow;
let walk: Walk;

/** Screens on which the keyboard goes backwards too. */
const BOTH_WAYS: readonly string[] = ['start', 'rehearsal', 'map', 'overview', 'count-sheets-new', 'approve'];

const scene = (name: string) => SCENES.find((each) => each.name === name)!;

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  test.setTimeout(LONG_MS);
  const workbooks = await walkWorkbooks();
  tieout = await launchTieout({ userDataFolder: workbooks.userDataFolder });
  await new Pictures(tieout, test.info().outputPath('pictures'), ['light']).setSize({ width: 1280, height: 800 });
  walk = new Walk(tieout, workbooks);
});

test.afterAll(async () => {
  await tieout?.close();
});

test('every screen is fit for a screen reader, in every theme, and for the keyboard alone', async () => {
  const { page } = tieout;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const each of SCENES.filter(({ pictureOnly }) => !pictureOnly)) {
    const { name, isOverlay = false, sameControls = false } = each;
    const note = (sentences: readonly string[], where: string) => found.push(...sentences.map((sentence) => `${name}, ${where}: ${sentence}`));
    await walk.to(each);
    note(await findings(page, isOverlay ? 'covered' : 'all'), 'light');
    note(await moving(page), 'moves');
    if (!isOverlay) note(await outOfReach(page), 'out of reach');
    if (sameControls) continue;
    await showTheme(tieout, 'dark');
    note(await findings(page, 'contrast'), 'dark');
    await showTheme(tieout, 'light');
    await page.emulateMedia({ forcedColors: 'active' });
    note(await alike(page), 'in high contrast');
    await page.emulateMedia({ forcedColors: null });
    if (!isOverlay) await goRound(name, note);
  }
  await page.emulateMedia({ reducedMotion: null });
  expect(found).toEqual([]);
});

/** Backwards where forwards leaves something out, and on the screens that differ most. */
async function goRound(name: string, note: (sentences: readonly string[], where: string) => void): Promise<void> {
  const gone = await round(tieout.page, 'Tab');
  const rounds = gone.missed.length > 0 || BOTH_WAYS.includes(name) ? [gone, await round(tieout.page, 'Shift+Tab')] : [gone];
  for (const { isClosed, stops } of rounds) {
    note(isClosed ? [] : [stops.slice(-3).map((stop) => stop.name).join(' > ')], 'the round never closes');
    note([...new Set(stops.filter(({ isSeen }) => !isSeen).map((stop) => stop.name))], 'the focus is not seen');
  }
  // What F6 jumps over on the way there is come to on the way back.
  note(gone.missed.filter((control) => rounds.every(({ missed }) => missed.includes(control))), 'the keyboard never comes to');
  note(againstReading(gone), 'against the reading');
}

test('what closes on Escape gives the keyboard back to where it was', async () => {
  const { page, window } = walk;
  await walk.to(scene('explain-mug'));
  const openers: readonly { readonly from: Locator; readonly open: () => Promise<void>; readonly opened: Locator }[] = [
    { from: page.getByTestId('period-select'), open: () => walk.press('Enter'), opened: page.getByRole('menu') },
    { from: walk.button(/^Working as /), open: () => walk.press('Enter'), opened: page.getByRole('menu') },
    { from: page.getByTestId('columns-menu'), open: () => walk.press('Enter'), opened: page.getByRole('menu') },
    { from: window.step('Map'), open: () => walk.press('Control+K'), opened: window.palette.dialog },
    { from: window.step('Lock'), open: () => walk.press('Shift+?'), opened: page.getByTestId('cheat-sheet') },
    { from: window.explain.section('Positions').getByRole('button').first(), open: () => walk.press('Enter'), opened: page.getByTestId('original-row') },
  ];
  for (const { from, open, opened } of openers) {
    await from.focus();
    await open();
    await expect(opened).toBeVisible();
    await walk.press('Escape');
    await expect(opened).toBeHidden();
    await expect(from).toBeFocused();
  }
  await window.explain.cell(0, 'sku').click();
  await walk.press('F6');
  await expect(window.explain.detail.locator(':focus')).toHaveCount(1);
  await walk.press('F6');
  await expect.poll(() => window.explain.focusedRow()).toBe(0);
});

test('larger text cuts no control off and lays none over another', async () => {
  const { app, page } = tieout;
  const zoomTo = async (factor: number) => {
    await app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(wanted), factor);
    await page.waitForFunction((wanted) => Math.abs(window.innerWidth - 1280 / wanted) < 2, factor);
  };
  const found: string[] = [];
  for (const name of ['start', 'import-begun', 'rehearsal', 'map', 'reconcile', 'explain-mug', 'overview', 'report-exceptions', 'rules-tolerances', 'count-sheets-new', 'approve', 'lock']) {
    await walk.to(scene(name));
    for (const factor of [1.5, 2]) {
      await zoomTo(factor);
      await walk.quiet();
      found.push(...(await outOfReach(page)).map((sentence) => `${name} at ${factor}: ${sentence}`));
    }
    await zoomTo(1);
  }
  expect(found).toEqual([]);
});
