/**
 * A field that is typed into to search somewhere else, as in the workbook: whoever shows it looks up what was typed and
 * hands back what was found, best first. Short lists belong to `Combobox`.
 */
import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Field } from './field';
import type { SearchEntry } from './search';
import { MARKS_FIRST, SearchList } from './search-list';
import styles from './combobox.module.css';

export interface LookupFieldProps {
  readonly label: string;
  readonly text: string;
  /** Typing forgets what was chosen. */
  readonly onText: (text: string) => void;
  /** What `text` finds; undefined while it is looked up. */
  readonly found: readonly SearchEntry[] | undefined;
  readonly onChoose: (entry: SearchEntry) => void;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly disabled?: boolean;
}

type KeyPress = KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler: () => void };

const NOTHING: readonly SearchEntry[] = [];

export function LookupField({ label, text, onText, found, onChoose, placeholder, hint, problem, disabled = false }: LookupFieldProps) {
  const [open, setOpen] = useState(false);
  const highlighted = useRef<SearchEntry | undefined>(undefined);
  const entries = found ?? NOTHING;
  const choose = (entry: SearchEntry | undefined) => {
    if (!entry || entry.disabled) return;
    setOpen(false);
    onChoose(entry);
  };
  const onKeyDown = (event: KeyPress) => {
    if (!open) {
      if (event.key === 'Escape') event.preventBaseUIHandler();
      return;
    }
    if (event.key === 'Escape') {
      event.preventBaseUIHandler();
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && entries.length > 0 && text.trim() !== '') {
      event.preventBaseUIHandler();
      if (event.key === 'Enter') event.preventDefault();
      choose(highlighted.current ?? entries[0]);
    }
  };
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(attributes) => (
        <span className={styles['combobox']}>
          <BaseCombobox.Root<SearchEntry>
            items={entries}
            filter={null}
            value={null}
            itemToStringLabel={(item) => item.title}
            disabled={disabled}
            autoHighlight={MARKS_FIRST}
            loopFocus={false}
            inputValue={text}
            onInputValueChange={(typed, { reason }) => {
              if (reason === 'input-change') onText(typed);
            }}
            onValueChange={(entry, { reason }) => {
              if (entry && reason === 'item-press') choose(entry);
            }}
            onItemHighlighted={(entry) => (highlighted.current = entry)}
            open={open}
            onOpenChange={setOpen}
          >
            <BaseCombobox.Input
              {...attributes}
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              onKeyDown={onKeyDown}
            />
            <SearchList label={label} entries={entries} none={found ? `Nothing matches “${text}”` : `Looking up “${text}”`} />
          </BaseCombobox.Root>
        </span>
      )}
    </Field>
  );
}
