/**
 * A field that is typed into to search a list: by code, by word, in any order. The keyboard never leaves the field; the list lies
 * above everything, so that no cell or pane cuts it off.
 */
import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { type KeyboardEvent, type Ref, useMemo, useRef, useState } from 'react';
import { classes } from './classes';
import { type SearchEntry, searchEntries } from './search';
import { MARKS_FIRST, SearchList } from './search-list';
import styles from './combobox.module.css';

export interface ComboboxProps {
  readonly label: string;
  readonly entries: readonly SearchEntry[];
  /** The chosen entry's key; empty where nothing is chosen. */
  readonly value: string;
  readonly onChoose: (key: string, by: 'pointer' | 'enter' | 'tab') => void;
  /** Escape, or the field was left without a choice. */
  readonly onCancel?: () => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** What was typed before the field opened: an editor opened by typing starts with it. */
  readonly initialText?: string;
  /** The list is open as soon as the field has the keyboard. */
  readonly openAtOnce?: boolean;
  /** Without a frame of its own, inside a cell. */
  readonly bare?: boolean;
  readonly id?: string | undefined;
  /** The elements that say more about the field. */
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

type KeyPress = KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler: () => void };

export function Combobox(props: ComboboxProps) {
  const { label, entries, value, onChoose, onCancel, placeholder, disabled = false, initialText = '', openAtOnce = false, bare = false, ref, ...described } = props;
  const chosen = entries.find((entry) => entry.key === value);
  const [text, setText] = useState(initialText);
  const [open, setOpen] = useState(openAtOnce);
  const found = useMemo(() => searchEntries(entries, open ? text : ''), [entries, text, open]);
  const highlighted = useRef<SearchEntry | undefined>(undefined);

  const close = () => {
    setOpen(false);
    setText('');
  };
  const choose = (entry: SearchEntry | undefined, by: 'pointer' | 'enter' | 'tab') => {
    if (!entry || entry.disabled) return;
    close();
    onChoose(entry.key, by);
  };
  const onKeyDown = (event: KeyPress) => {
    if (!open) {
      // With the list closed Escape belongs to whatever the field stands in, and empties nothing.
      if (event.key === 'Escape') event.preventBaseUIHandler();
      return;
    }
    const isChoice = event.key === 'Enter' || event.key === 'Tab';
    if (!isChoice && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    event.preventBaseUIHandler();
    if (isChoice) return choose(highlighted.current, event.key === 'Tab' ? 'tab' : 'enter');
    close();
    onCancel?.();
  };
  return (
    <span className={classes(styles['combobox'], bare && styles['bare'])}>
      <BaseCombobox.Root<SearchEntry>
        items={found}
        filter={null}
        value={chosen ?? null}
        isItemEqualToValue={(item, other) => item.key === other.key}
        itemToStringLabel={(item) => item.title}
        disabled={disabled}
        // Where something is chosen and nothing typed, the list opens at what is chosen; else at the best that is found.
        autoHighlight={chosen && text === '' ? true : MARKS_FIRST}
        loopFocus={false}
        inputValue={open ? text : (chosen?.title ?? '')}
        onInputValueChange={(typed, { reason }) => {
          if (reason === 'input-change') setText(typed);
        }}
        onValueChange={(entry, { reason }) => {
          if (entry && reason === 'item-press') choose(entry, 'pointer');
        }}
        onItemHighlighted={(entry) => (highlighted.current = entry)}
        open={open}
        onOpenChange={(opens, { reason }) => {
          if (opens) return setOpen(true);
          if (!open || reason === 'item-press') return;
          close();
          onCancel?.();
        }}
      >
        <BaseCombobox.Input
          {...described}
          {...(ref ? { ref } : {})}
          autoComplete="off"
          spellCheck={false}
          aria-label={label}
          placeholder={chosen ? (open ? chosen.title : '') : placeholder}
          onKeyDown={onKeyDown}
        />
        <SearchList label={label} entries={found} none={`Nothing matches “${text}”`} />
      </BaseCombobox.Root>
    </span>
  );
}
