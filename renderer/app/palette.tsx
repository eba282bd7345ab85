/**
 * The command palette: every command by its words, with its shortcut; what cannot be used now stands last, dimmed.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Command, type CommandId, COMMANDS } from '@shared/contract/commands';
import { classes, KeyHint, searchEntries, SearchIcon } from '../ui';
import { commands, useEnabledCommands } from './commands';
import styles from './palette.module.css';

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const id = useId();
  const enabled = useEnabledCommands();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  const entries = useMemo(() => {
    const usable = new Set(enabled);
    return COMMANDS.filter((command) => command.id !== 'view.palette')
      .map((command: Command) => ({
        key: command.id as CommandId, title: command.label, detail: command.menu, shortcut: command.shortcut, disabled: !usable.has(command.id as CommandId),
      }))
      .sort((left, right) => Number(left.disabled) - Number(right.disabled));
  }, [enabled]);
  const found = searchEntries(entries, text);

  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close.current();
    };
    document.addEventListener('pointerdown', onPointerDown, { capture: true });
    return () => document.removeEventListener('pointerdown', onPointerDown, { capture: true });
  }, []);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (command: CommandId) => {
    if (!commands.isEnabled(command)) return;
    onClose();
    // After the palette has given the keyboard back, so that the command finds it where it was.
    setTimeout(() => commands.run(command));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current) => Math.max(0, Math.min(found.length - 1, current + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = found[active];
      if (entry) choose(entry.key);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <div ref={root} className={styles['palette']} role="dialog" aria-label="Commands" onKeyDown={onKeyDown}>
      <div className={styles['search']}>
        <SearchIcon />
        <input
          ref={input}
          role="combobox"
          aria-label="Find a command"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          placeholder="Find a command"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          // A screen that has just been read may take the keyboard; while the palette is open it belongs here.
          onBlur={() => requestAnimationFrame(() => input.current?.focus())}
        />
        <KeyHint keys="Esc" />
      </div>
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label="Commands" className={styles['list']}>
        {found.map((entry, index) => (
          <li
            key={entry.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-disabled={entry.disabled || undefined}
            className={classes(styles['entry'], index === active && styles['active'])}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(entry.key);
            }}
            onPointerMove={() => setActive(index)}
          >
            <span className={styles['label']}>{entry.title}</span>
            <span className={styles['menu']}>{entry.disabled ? commands.whyNot(entry.key) : entry.detail}</span>
            <span className={styles['keys']}>{entry.shortcut ? <KeyHint keys={entry.shortcut} /> : null}</span>
          </li>
        ))}
        {found.length === 0 ? <li className={styles['none']}>No command matches “{text}”</li> : null}
      </ul>
    </div>
  );
}
