/**
 * A window of a large month, with every line of it in the grid.
 */
import { expect } from '@playwright/test';
import type { TieoutWindow } from './electron';
import { GridHand } from './grid-hand';
import { WorkbookScreens } from './window';

/** @param tieout was started with the workbook of a month as `makeLargeMonth` makes it */
export async function showEveryLine({ page }: TieoutWindow): Promise<{ readonly window: WorkbookScreens; readonly hand: GridHand }> {
  const window = new WorkbookScreens(page);
  const hand = new GridHand(page);
  await expect(page.getByTestId('workbook-name')).toBeVisible({ timeout: 60_000 });
  await window.goByKeys('Explain');
  await window.explain.view.selectOption({ label: 'Every line' });
  await expect(hand.cell(0, 'sku')).toHaveText('SKU-0000000');
  return { window, hand };
}
