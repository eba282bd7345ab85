/**
 * Preferences as the window follows them: how figures and dates are written, how large the text is. They are the shell's to
 * keep; every window hears of a change at once.
 */
import type { Preferences } from '@shared/contract/preferences';
import type { ShellState } from '@shared/contract/shell';
import { useSession } from '../api';
import { setDateLocale, setFigureStyle } from '../ui';

/** Languages whose way of writing dates and figures can be chosen, by tag; each stands in the list with an example. */
export const LOCALES = [
  'en-US', 'en-GB', 'en-CA', 'en-AU', 'en-IN', 'en-ZA', 'de-DE', 'de-CH', 'de-AT', 'fr-FR', 'fr-CH', 'fr-CA', 'es-ES', 'es-MX', 'it-IT', 'nl-NL',
  'pt-PT', 'pt-BR', 'da-DK', 'nb-NO', 'sv-SE', 'fi-FI', 'pl-PL', 'cs-CZ', 'ja-JP', 'zh-CN', 'ko-KR',
] as const;

/** The tag by which dates and figures are written: what was chosen, else the system's. */
export function writingLocale({ preferences, systemLocale }: Pick<ShellState, 'preferences' | 'systemLocale'>): string {
  const wanted = preferences.locale || systemLocale;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(wanted)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

/**
 * Has every figure and date written as the person prefers from here on.
 *
 * @returns a key that changes when what is drawn already must be drawn anew
 */
export function applyPreferences(shell: Pick<ShellState, 'preferences' | 'systemLocale'>): string {
  const { negatives, textSize } = shell.preferences;
  const locale = writingLocale(shell);
  setFigureStyle({ locale, negatives });
  setDateLocale(locale);
  document.documentElement.dataset['textSize'] = textSize;
  return `${locale} ${negatives} ${textSize}`;
}

/** As they stand now, in every window. */
export function usePreferences(): Preferences {
  const { shell } = useSession();
  if (!shell) throw new Error('the shell has not answered yet');
  return shell.preferences;
}
