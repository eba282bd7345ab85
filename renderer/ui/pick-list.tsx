/**
 * A list of which one entry is shown beside it: arrows move, the view follows (WAI-ARIA listbox).
 */
import { Fragment, type KeyboardEvent, type ReactNode, useId } from 'react';
import { classes } from './classes';
import styles from './pick-list.module.css';

export interface PickEntry {
  readonly key: string;
  /** Stands over the entry and those after it, until the next. */
  readonly heading?: string;
  readonly title: ReactNode;
  /** At the right of the title, a figure or a state; under it where the list says so. */
  readonly aside?: ReactNode;
  /** Under the title, one line. */
  readonly detail?: ReactNode;
  /** What a screen reader says instead of title, state and detail. */
  readonly name?: string;
}

export interface PickListProps {
  readonly label: string;
  readonly entries: readonly PickEntry[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
  /** Leaves the first line to titles: for long ones, as names of files. */
  readonly asideBelow?: boolean;
  readonly testId?: string;
}

export function PickList({ label, entries, chosen, onChoose, asideBelow = false, testId }: PickListProps) {
  const id = useId();
  const index = entries.findIndex((entry) => entry.key === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const next =
      event.key === 'ArrowDown'
        ? Math.min(entries.length - 1, index + 1)
        : event.key === 'ArrowUp'
          ? Math.max(0, index - 1)
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? entries.length - 1
              : undefined;
    const entry = next === undefined ? undefined : entries[next];
    if (!entry) return;
    event.preventDefault();
    onChoose(entry.key);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <ul
      role="listbox"
      aria-label={label}
      aria-activedescendant={index < 0 ? undefined : `${id}-${index}`}
      tabIndex={0}
      className={styles['list']}
      onKeyDown={onKeyDown}
      data-testid={testId}
    >
      {entries.map((entry, place) => (
        <Fragment key={entry.key}>
          {entry.heading ? <li role="presentation" className={styles['heading']}>{entry.heading}</li> : null}
        <li
          id={`${id}-${place}`}
          role="option"
          aria-selected={entry.key === chosen}
          aria-label={entry.name}
          className={classes(styles['entry'], entry.key === chosen && styles['chosen'])}
          onClick={() => onChoose(entry.key)}
        >
          <div className={styles['line']}>
            <span className={styles['title']}>{entry.title}</span>
            {entry.aside && !asideBelow ? <span className={styles['aside']}>{entry.aside}</span> : null}
          </div>
          {entry.detail || (entry.aside && asideBelow) ? (
            <div className={styles['line']}>
              <span className={styles['detail']}>{entry.detail}</span>
              {entry.aside && asideBelow ? <span className={styles['aside']}>{entry.aside}</span> : null}
            </div>
          ) : null}
        </li>
        </Fragment>
      ))}
    </ul>
  );
}
