/**
 * Preferences: everything at once on one pane, applied as it is chosen, in every window.
 */
import { DENSITIES, NEGATIVE_STYLES, type Preferences, TEXT_SIZES, THEMES } from '@shared/contract/preferences';
import { useSession } from '../api';
import { Checkbox, dateText, groupDecimal, instantText, Pane, SelectField } from '../ui';
import { LOCALES, usePreferences, writingLocale } from './preferences';
import { shellAction } from './shell-commands';
import styles from './preferences-pane.module.css';

const THEME_WORDS: Readonly<Record<Preferences['theme'], string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const NEGATIVE_WORDS: Readonly<Record<Preferences['negatives'], string>> = { minus: 'With a minus: −212.40', brackets: 'In brackets: (212.40)' };
const TEXT_WORDS: Readonly<Record<Preferences['textSize'], string>> = { normal: 'Normal', large: 'Large', larger: 'Larger' };
const DENSITY_WORDS: Readonly<Record<Preferences['density'], string>> = { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' };

const NAMES = new Intl.DisplayNames('en', { type: 'language' });
const nameOf = (locale: string): string => {
  try {
    return NAMES.of(locale) ?? locale;
  } catch {
    return locale;
  }
};

export function PreferencesPane({ onClose }: { readonly onClose: () => void }) {
  const { shell } = useSession();
  const preferences = usePreferences();
  const change = (wanted: Partial<Preferences>) => void shellAction('shell:setPreferences', wanted);
  const now = Date.now();
  const systemLocale = writingLocale({ preferences: { ...preferences, locale: '' }, systemLocale: shell?.systemLocale ?? '' });
  return (
    <div className={styles['place']}>
      <Pane title="Preferences" placement="float" width={560} onClose={onClose} takesFocus testId="preferences">
        <div className={styles['fields']}>
          <SelectField
            label="Dates and figures" value={preferences.locale} onValue={(locale) => change({ locale })}
            choices={[{ value: '', label: `As the system: ${nameOf(systemLocale)}` }, ...LOCALES.map((locale) => ({ value: locale as string, label: nameOf(locale) }))]}
            hint={`${dateText(now, shell?.timeZone ?? 'UTC')}, ${instantText(now, shell?.timeZone ?? 'UTC').split(', ').at(-1)} and ${groupDecimal('-1234567.89')}`}
          />
          <SelectField
            label="Negative figures" value={preferences.negatives} onValue={(negatives) => change({ negatives })}
            choices={NEGATIVE_STYLES.map((value) => ({ value, label: NEGATIVE_WORDS[value] }))} hint="Copies and files carry a plain minus"
          />
          <SelectField label="Theme" value={preferences.theme} onValue={(theme) => change({ theme })} choices={THEMES.map((value) => ({ value, label: THEME_WORDS[value] }))} />
          <SelectField
            label="Text" value={preferences.textSize} onValue={(textSize) => change({ textSize })}
            choices={TEXT_SIZES.map((value) => ({ value, label: TEXT_WORDS[value] }))} hint="Ctrl+Plus enlarges everything in this window"
          />
          <SelectField label="Rows of the grid" value={preferences.density} onValue={(density) => change({ density })} choices={DENSITIES.map((value) => ({ value, label: DENSITY_WORDS[value] }))} />
          <div className={styles['wide']}>
            <Checkbox label="Open what was open at the next start" checked={preferences.reopens} onChecked={(reopens) => change({ reopens })} />
          </div>
          <p className={styles['wide']}>Kept on this machine, for every workbook. Nothing of it is written to a workbook.</p>
        </div>
      </Pane>
    </div>
  );
}
