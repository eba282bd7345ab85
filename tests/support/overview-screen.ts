/**
 * The overview of the period, and charts wherever they stand.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { runTieout } from './command-beside-window';
import { MONTH, sampleFile } from './sample-close';
import { type PreparedWorkbook, sampleWorkbook } from './workbook-files';

/** The sample company with October's files imported and not reconciled yet. */
export async function importedSample(): Promise<PreparedWorkbook> {
  const workbook = await sampleWorkbook();
  for (const { file, asOf, location } of MONTH.files) {
    const words = ['import', workbook.workbookPath, sampleFile(file), '--period', MONTH.code, ...(asOf ? ['--as-of', asOf] : []), ...(location ? ['--location', location] : [])];
    const { exitCode, stderr } = await runTieout(workbook.userDataFolder, words);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(stderr);
  }
  return workbook;
}

export class OverviewScreen {
  constructor(readonly page: Page) {}

  get sentence(): Locator {
    return this.page.getByTestId('overview-sentence');
  }

  readonly chart = (name: 'class' | 'cause' | 'owner' | 'location' | 'days' | 'closes' | 'map' | 'months'): Chart => new Chart(this.page.getByTestId(`overview-${name}`));

  readonly figure = (name: 'explained' | 'left' | 'person' | 'stake' | 'recurring'): Locator => this.page.getByTestId(`overview-${name}`);

  async open(): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press('Control+Shift+O');
      await expect(this.page.getByRole('main', { name: 'Overview' })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 15_000 });
  }
}

/** A picture in its frame. */
export class Chart {
  constructor(readonly frame: Locator) {}

  readonly mark = (name: RegExp): Locator => this.frame.locator('[data-mark]').and(this.frame.page().getByRole('button', { name })).or(this.frame.locator('[data-mark]').and(this.frame.page().getByRole('img', { name })));

  get marks(): Locator {
    return this.frame.locator('[data-mark]');
  }

  get tableSwitch(): Locator {
    return this.frame.getByRole('button', { name: / as a (table|picture)$/ });
  }

  get table(): Locator {
    return this.frame.getByRole('table');
  }

  async choose(item: string): Promise<void> {
    await this.frame.getByRole('button', { name: /^Copy or save / }).click();
    // A menu lies above everything, not in what it belongs to.
    await this.frame.page().getByRole('menuitem', { name: item }).click();
  }
}

/** How many lines a mark says it counts. */
export async function linesOf(mark: Locator): Promise<number> {
  const words = /: ([\d,]+) lines?,/.exec((await mark.getAttribute('aria-label')) ?? '');
  if (words === null) throw new Error(`the mark counts no lines: ${await mark.getAttribute('aria-label')}`);
  return Number(words[1]!.replaceAll(',', ''));
}
