/**
 * A field that is typed into to search a list: by code, by word, in any order. The list belongs to the field
 * (WAI-ARIA combobox with listbox); the keyboard never leaves the input.
 */
import { type KeyboardEvent, type Ref, useEffect, useId, useMemo, useRef, useState } from 'react';
import { classes } from './classes';
import { type SearchEntry, searchEntries } from './search';
import styles from './combobox.module.css';

export interface ComboboxProps {
  readonly label: string;
  readonly entries: readonly SearchEntry[];
  /** The chosen entry's key; empty where nothing is chosen. */
  readonly value: string;
  readonly onChoose: (key: string) => void;
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
  readonly ref?: Ref<HTMLInputElement>;
}

export function Combobox(props: ComboboxProps) {
  const { label, entries, value, onChoose, onCancel, placeholder, disabled = false, initialText = '', openAtOnce = false, bare = false, ref } = props;
  const id = useId();
  const chosen = entries.find((entry) => entry.key === value);
  const [text, setText] = useState(initialText);
  const [open, setOpen] = useState(openAtOnce);
  const found = useMemo(() => searchEntries(entries, open ? text : ''), [entries, text, open]);
  const startIndex = () => (text ? 0 : Math.max(0, found.findIndex((entry) => entry.key === value)));
  const [active, setActive] = useState(startIndex);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);

  const close = () => {
    setOpen(false);
    setText('');
  };
  const choose = (entry: SearchEntry | undefined) => {
    if (!entry || entry.disabled) return;
    close();
    onChoose(entry.key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      return setActive((current) => Math.min(found.length - 1, Math.max(0, current + step)));
    }
    if ((event.key === 'Enter' || event.key === 'Tab') && open) {
      if (event.key === 'Enter') {
        event.preventDefault();
        event.stopPropagation();
      }
      return choose(found[active]);
    }
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      close();
      onCancel?.();
    }
    return undefined;
  };

  return (
    <span className={classes(styles['combobox'], bare && styles['bare'])}>
      <input
        {...(ref ? { ref } : {})}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        disabled={disabled}
        placeholder={chosen ? '' : placeholder}
        value={open ? text : (chosen?.title ?? '')}
        onFocus={() => openAtOnce && setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!open) return;
          close();
          onCancel?.();
        }}
      />
      {open ? (
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles['list']}>
          {found.map((entry, index) => (
            <li
              key={entry.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              aria-disabled={entry.disabled || undefined}
              className={classes(styles['option'], index === active && styles['active'])}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(entry);
              }}
              onPointerMove={() => setActive(index)}
            >
              <span className={styles['title']}>{entry.title}</span>
              {entry.detail ? <span className={styles['detail']}>{entry.detail}</span> : null}
            </li>
          ))}
          {found.length === 0 ? <li className={styles['none']}>Nothing matches “{text}”</li> : null}
        </ul>
      ) : null}
    </span>
  );
}
