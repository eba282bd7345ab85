/** A month in two currencies in the window: each is a period of its own, and a third is begun beside them. */
import { expect, test } from '@playwright/test';
import { currencyWorkbook } from '../support/currency-workbook';
import type { TieoutWindow } from '../support/electron';
import type { Pictures } from '../support/pictures';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';

let tieout: TieoutWindow;
let window: WorkbookScreens;
let pictures: Pictures;

shareWindow(currencyWorkbook, 'currencies', (opened) => ({ tieout, window, pictures } = opened));

const choosePeriod = async (name: string) => {
  await tieout.page.getByTestId('period-select').click();
  await tieout.page.getByRole('menuitem', { name: new RegExp(`^${name}\\b(?!,)`) }).or(tieout.page.getByRole('menuitemradio', { name: new RegExp(`^${name}\\b(?!,)`) })).click();
  await expect(tieout.page.getByTestId('period-select')).toHaveText(`Period ${name}`);
};
const overview = () => tieout.page.getByRole('main');

test('each month shows the lines and the amounts of its own currency only', async () => {
  for (const [name, currency, amount, other] of [['October 2026', 'USD', '70.00', '30.30'], ['October 2026, EUR', 'EUR', '30.30', '70.00']] as const) {
    await choosePeriod(name);
    await window.palette.run('Overview');
    await expect(overview()).toContainText(`Value at stake, ${currency}`);
    await expect(overview()).toContainText(amount);
    await expect(overview()).not.toContainText(other);
    await expect(overview()).not.toContainText('100.30');
    await pictures.take(`overview-${currency}`);
  }
});

test('a period in another currency is begun with what it holds, and a code that is none is refused', async () => {
  await window.palette.run('New period');
  const form = tieout.page.getByRole('form', { name: 'New period' });
  await form.getByLabel('Currency').fill('ABC');
  await expect(form).toContainText('A code of ISO 4217');
  await expect(form.getByRole('button', { name: /^Make/ })).toBeDisabled();
  await form.getByLabel('Currency').fill('jpy');
  await expect(form).toContainText('Holds the locations that are kept in JPY only');
  await pictures.take('new-period');
  await form.getByRole('button', { name: 'Make November 2026, JPY' }).click();
  await expect(tieout.page.getByTestId('period-select')).toHaveText('Period November 2026, JPY');
});
