/**
 * A search field over the list it searches, both always in sight: typing narrows, arrows move, Enter takes what is marked.
 */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, type Ref, useState } from 'react';
import { SearchIcon } from './icons';
import { KeyHint } from './key-hint';
import { type SearchEntry, searchEntries } from './search';
import fieldStyles from './field.module.css';
import styles from './palette-list.module.css';
import popupStyles from './popup.module.css';

export interface PaletteListProps<Entry extends SearchEntry> {
  readonly label: string;
  /** In the field while nothing is typed, and its name. */
  readonly fieldLabel: string;
  readonly entries: readonly Entry[];
  readonly onChoose: (entry: Entry) => void;
  /** At the right of an entry's title. */
  readonly aside: (entry: Entry) => ReactNode;
  /** In place of entries where nothing holds what was typed. */
  readonly none: (text: string) => string;
  readonly ref?: Ref<HTMLInputElement>;
}

export function PaletteList<Entry extends SearchEntry>({ label, fieldLabel, entries, onChoose, aside, none, ref }: PaletteListProps<Entry>) {
  const [text, setText] = useState('');
  // What can be used now comes first, however well the rest fits.
  const found = [...searchEntries(entries, text)].sort((left, right) => Number(left.disabled === true) - Number(right.disabled === true));
  return (
    <Autocomplete.Root<Entry>
      inline
      open
      items={found}
      filter={null}
      itemToStringValue={(entry) => entry.title}
      autoHighlight="always"
      keepHighlight
      value={text}
      onValueChange={(typed, { reason }) => {
        if (reason === 'input-change') setText(typed);
      }}
    >
      <div className={styles['search']}>
        <SearchIcon />
        <Autocomplete.Input {...(ref ? { ref } : {})} className={fieldStyles['bare']} aria-label={fieldLabel} placeholder={fieldLabel} spellCheck={false} />
        <KeyHint keys="Esc" />
      </div>
      <Autocomplete.List aria-label={label} className={styles['list']}>
        {found.map((entry) => (
          <Autocomplete.Item key={entry.key} value={entry} disabled={entry.disabled === true} className={popupStyles['entry']} onClick={() => onChoose(entry)}>
            <span className={popupStyles['label']}>{entry.title}</span>
            {aside(entry)}
          </Autocomplete.Item>
        ))}
      </Autocomplete.List>
      {found.length === 0 ? <div role="status" className={styles['none']}>{none(text)}</div> : null}
    </Autocomplete.Root>
  );
}
