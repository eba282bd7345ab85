/**
 * What can be chosen for a new workbook: time zones and currencies as this machine knows them.
 */
import type { SearchEntry } from '../../ui';
import { offsetText } from '../../ui';

/** Time zones with their offset at `now`; the machine's own is among them even where the list lacks it. */
export function timeZoneEntries(own: string, now: number): readonly SearchEntry[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), own]);
  return [...names].map((name) => ({
    key: name,
    title: name,
    detail: offsetText(now, name),
    words: name.replaceAll('_', ' '),
  }));
}

/** Currency codes with their names; those most kept in books come first. */
export function currencyEntries(): readonly SearchEntry[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const first = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'JPY'];
  const rest = Intl.supportedValuesOf('currency').filter((code) => !first.includes(code));
  return [...first, ...rest].map((code) => ({ key: code, title: code, detail: names.of(code) ?? code }));
}

const CURRENCY_OF_REGION: Readonly<Record<string, string>> = {
  US: 'USD',
  CA: 'CAD',
  GB: 'GBP',
  AU: 'AUD',
  NZ: 'NZD',
  CH: 'CHF',
  JP: 'JPY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  IN: 'INR',
  SG: 'SGD',
  DE: 'EUR',
  AT: 'EUR',
  FR: 'EUR',
  IT: 'EUR',
  ES: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  IE: 'EUR',
  PT: 'EUR',
  FI: 'EUR',
  GR: 'EUR',
};

/** The currency of the region that the machine's language names (`en-US`); USD where it names none that is known. */
export const currencyOfLocale = (locale: string): string =>
  CURRENCY_OF_REGION[new Intl.Locale(locale).maximize().region ?? ''] ?? 'USD';
