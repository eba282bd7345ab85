/**
 * Find in the grid: goes from one line that holds a text to the next, over every line of the view and not only those that are
 * loaded, and leaves everything else in sight.
 */
import { useEffect, useRef, useState } from 'react';
import type { LineOrder } from '@shared/domain/line-grid';
import { useConnection } from '../../api';
import { notify } from '../../app/notifications';
import { countText, CrossIcon, IconButton, KeyHint, SearchIcon } from '../../ui';
import styles from './find-bar.module.css';

export interface FinderSetting {
  readonly query: () => LineOrder;
  /** The place from which the next one is looked for, counted from 0. */
  readonly after: () => number;
  /** Brings the cell that was found into sight, with the keyboard unless it stays in the field. */
  readonly show: (index: number, column: string | undefined, takesKeyboard: boolean) => void;
  /** Gives the keyboard back to the grid. */
  readonly leave: () => void;
}

export interface Finder {
  readonly isOpen: boolean;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** `3 of 17`; empty before something was looked for. */
  readonly told: string;
  readonly field: React.RefObject<HTMLInputElement | null>;
  /** Finds the next or previous one; asks for a text where there is none. */
  readonly go: (direction: 'next' | 'previous', staysInField?: boolean) => void;
  readonly close: () => void;
}

export function useFinder(setting: FinderSetting): Finder {
  const connection = useConnection();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // A key that comes before the bar is drawn anew must know whether it is there.
  const openNow = useRef(false);
  const show = (shown: boolean) => {
    openNow.current = shown;
    setOpen(shown);
  };
  const find = async (direction: 'next' | 'previous', staysInField: boolean) => {
    const outcome = await connection.call('lines:find', { query: setting.query(), text: text.trim(), after: setting.after(), direction });
    if (!outcome.ok) return notify({ tone: 'error', title: outcome.message });
    const { matches, number, index, column } = outcome.value;
    setTold(index === null ? `No line of this view holds “${text.trim()}”` : `${countText(number!)} of ${countText(matches)}`);
    if (index !== null) setting.show(index, column ?? undefined, !staysInField);
    return undefined;
  };
  return {
    isOpen, text, told, field,
    setText: (wanted) => {
      setText(wanted);
      setTold('');
    },
    go: (direction, staysInField = false) => {
      const wasOpen = openNow.current;
      show(true);
      // A bar that only now appears takes the keyboard by itself.
      if (wasOpen && text.trim() === '') field.current?.select();
      if (wasOpen && text.trim() !== '') void find(direction, staysInField);
    },
    close: () => {
      show(false);
      setting.leave();
    },
  };
}

export function FindBar({ finder }: { readonly finder: Finder }) {
  const { isOpen, field } = finder;
  useEffect(() => {
    if (!isOpen) return;
    field.current?.focus();
    field.current?.select();
  }, [isOpen, field]);
  if (!isOpen) return null;
  return (
    <div className={styles['bar']} role="search" aria-label="Find in the grid">
      <SearchIcon size={14} />
      <input
        ref={field}
        type="text"
        aria-label="Find in the grid"
        placeholder="SKU, item, location, reason or note"
        spellCheck={false}
        value={finder.text}
        onChange={(event) => finder.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finder.go(event.shiftKey ? 'previous' : 'next', true);
          else if (event.key === 'Escape') finder.close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className={styles['told']} role="status" data-testid="find-told">{finder.told}</span>
      <KeyHint keys="F3" />
      <IconButton label="Close" icon={CrossIcon} onClick={finder.close} />
    </div>
  );
}
