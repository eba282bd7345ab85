/**
 * A field that is typed into to search a list: by code, by word, in any order. The list belongs to the field
 * (WAI-ARIA combobox with listbox); the keyboard never leaves the input. The list lies in the top layer, so that no
 * cell or pane cuts it off.
 */
import { type KeyboardEvent, type Ref, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { classes } from './classes';
import { type SearchEntry, searchEntries } from './search';
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
  readonly ref?: Ref<HTMLInputElement>;
}

const LIST_HEIGHT_MOST = 304;
const LIST_WIDTH_LEAST = 460;

/** Puts the list under its field, or above it where there is no room below. */
function place(list: HTMLElement, field: DOMRect): void {
  const below = window.innerHeight - field.bottom - 8;
  const above = field.top - 8;
  const goesUp = below < Math.min(LIST_HEIGHT_MOST, list.scrollHeight) && above > below;
  const width = Math.max(field.width, LIST_WIDTH_LEAST);
  list.style.width = `${width}px`;
  list.style.left = `${Math.max(8, Math.min(field.left, window.innerWidth - width - 8))}px`;
  list.style.maxHeight = `${Math.min(LIST_HEIGHT_MOST, goesUp ? above : below)}px`;
  list.style.top = goesUp ? 'auto' : `${field.bottom + 2}px`;
  list.style.bottom = goesUp ? `${window.innerHeight - field.top + 2}px` : 'auto';
}

export function Combobox(props: ComboboxProps) {
  const { label, entries, value, onChoose, onCancel, placeholder, disabled = false, initialText = '', openAtOnce = false, bare = false, ref } = props;
  const id = useId();
  const chosen = entries.find((entry) => entry.key === value);
  const [text, setText] = useState(initialText);
  const [open, setOpen] = useState(openAtOnce);
  const found = useMemo(() => searchEntries(entries, open ? text : ''), [entries, text, open]);
  const [active, setActive] = useState(() => (initialText ? 0 : Math.max(0, entries.findIndex((entry) => entry.key === value))));
  const root = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLUListElement>(null);

  useLayoutEffect(() => {
    if (!open || !list.current || !root.current) return;
    if (!list.current.matches(':popover-open')) list.current.showPopover();
    place(list.current, root.current.getBoundingClientRect());
  }, [open, found]);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);

  const openList = () => {
    setActive(Math.max(0, entries.findIndex((entry) => entry.key === value)));
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setText('');
  };
  const choose = (entry: SearchEntry | undefined, by: 'pointer' | 'enter' | 'tab') => {
    if (!entry || entry.disabled) return;
    close();
    onChoose(entry.key, by);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) openList();
      else setActive((current) => Math.min(found.length - 1, Math.max(0, current + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && open) {
      event.preventDefault();
      event.stopPropagation();
      choose(found[active], event.key === 'Tab' ? 'tab' : 'enter');
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
      onCancel?.();
    }
  };

  return (
    <span ref={root} className={classes(styles['combobox'], bare && styles['bare'])}>
      <input
        {...(ref ? { ref } : {})}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        disabled={disabled}
        placeholder={chosen ? (open ? chosen.title : '') : placeholder}
        value={open ? text : (chosen?.title ?? '')}
        onClick={() => !open && openList()}
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
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} popover="manual" className={styles['list']}>
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
                choose(entry, 'pointer');
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
