/**
 * Cells that several systems write alike: days, amounts, and texts for people.
 */
import { formatAmount } from '../money';
import type { JournalCell, PostedEntry, PostingSetting } from './shapes';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DAY_STYLES: Readonly<Record<string, (year: string, month: string, day: string) => string>> = {
  'MM/DD/YYYY': (year, month, day) => `${month}/${day}/${year}`,
  'DD/MM/YYYY': (year, month, day) => `${day}/${month}/${year}`,
  'DD.MM.YYYY': (year, month, day) => `${day}.${month}.${year}`,
  'DD-Mon-YYYY': (year, month, day) => `${day}-${MONTHS[Number(month) - 1]}-${year}`,
  'YYYY-MM-DD': (year, month, day) => `${year}-${month}-${day}`,
};

/** The setting that says how days are written; the first style is the usual one. */
export const daySetting = (...styles: readonly string[]): PostingSetting => ({
  id: 'dates',
  label: 'Dates',
  help: 'As the receiving system reads dates; its own preferences say which.',
  usual: styles[0]!,
  choices: styles,
});

/** `2026-10-31` in the style of the settings. */
export function dayCell({ journal: { bookDay }, settings }: PostedEntry): string {
  const [year, month, day] = bookDay.split('-') as [string, string, string];
  return DAY_STYLES[settings['dates'] ?? 'YYYY-MM-DD']!(year, month, day);
}

/** Debit or credit of a line in major units; empty on the other side, never 0. */
export const debitCell = ({ line, journal }: JournalCell): string => (line.debitMinor === 0 ? '' : formatAmount(line.debitMinor, journal.currency));
export const creditCell = ({ line, journal }: JournalCell): string => (line.creditMinor === 0 ? '' : formatAmount(line.creditMinor, journal.currency));
/** Debits positive, credits negative. */
export const signedCell = ({ line, journal }: JournalCell): string => formatAmount(line.debitMinor - line.creditMinor, journal.currency);

/** A text on one line, after the entry's number: it begins with no sign of a formula, and finds the journal again. */
export const noteCell = ({ number }: PostedEntry, text: string): string => `${number}: ${oneLine(text)}`;

/** Line breaks and other controls become spaces: half of the importers read a file line by line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** Where the text is longer than `charactersMax` it ends in three points; no character is cut in half. */
export function cutText(text: string, charactersMax: number | undefined): { readonly text: string; readonly wasCut: boolean } {
  if (charactersMax === undefined || text.length <= charactersMax) return { text, wasCut: false };
  const kept = text.slice(0, charactersMax - 3).replace(/[\ud800-\udbff]$/, '');
  return { text: `${kept}...`, wasCut: true };
}
