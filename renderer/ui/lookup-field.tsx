/**
 * A field that is typed into to search somewhere else, as in the workbook: whoever shows it looks up what was typed and
 * hands back what was found, best first (WAI-ARIA combobox with listbox). Short lists belong to `Combobox`.
 */
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { classes } from './classes';
import type { SearchEntry } from './search';
import comboboxStyles from './combobox.module.css';
import fieldStyles from './field.module.css';

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

export function LookupField({
  label,
  text,
  onText,
  found,
  onChoose,
  placeholder,
  hint,
  problem,
  disabled = false,
}: LookupFieldProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const entries = found ?? [];
  const choose = (entry: SearchEntry | undefined) => {
    if (!entry) return;
    setOpen(false);
    onChoose(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      return setActive((current) => Math.min(entries.length - 1, Math.max(0, current + step)));
    }
    if ((event.key === 'Enter' || event.key === 'Tab') && open && entries.length > 0 && text.trim() !== '') {
      if (event.key === 'Enter') event.preventDefault();
      return choose(entries[active] ?? entries[0]);
    }
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    }
    return undefined;
  };
  return (
    <div className={fieldStyles['field']}>
      <label htmlFor={id} className={fieldStyles['label']}>
        {label}
      </label>
      <span className={comboboxStyles['combobox']}>
        <input
          id={id}
          role="combobox"
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && entries[active] ? `${id}-${active}` : undefined}
          aria-invalid={problem ? true : undefined}
          disabled={disabled}
          placeholder={placeholder}
          value={text}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            onText(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
        {open ? (
          <ul id={`${id}-list`} role="listbox" aria-label={label} className={comboboxStyles['list']}>
            {entries.map((entry, index) => (
              <li
                key={entry.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={classes(comboboxStyles['option'], index === active && comboboxStyles['active'])}
                onPointerDown={(event) => {
                  event.preventDefault();
                  choose(entry);
                }}
                onPointerMove={() => setActive(index)}
              >
                <span className={comboboxStyles['title']}>{entry.title}</span>
                {entry.detail ? <span className={comboboxStyles['detail']}>{entry.detail}</span> : null}
              </li>
            ))}
            {found && entries.length === 0 ? (
              <li className={comboboxStyles['none']}>Nothing matches “{text}”</li>
            ) : null}
            {found ? null : <li className={comboboxStyles['none']}>Looking up “{text}”</li>}
          </ul>
        ) : null}
      </span>
      {hint ? <div className={fieldStyles['hint']}>{hint}</div> : null}
      {problem ? (
        <div className={fieldStyles['problem']} role="alert">
          {problem}
        </div>
      ) : null}
    </div>
  );
}
