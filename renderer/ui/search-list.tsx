/**
 * The list under a field that is typed into: what was found, or that nothing was.
 */
import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import type { ReactNode } from 'react';
import { classes } from './classes';
import type { SearchEntry } from './search';
import styles from './combobox.module.css';
import popupStyles from './popup.module.css';

/** The best that is found is marked at once. The library has this for its fields without a choice and leaves it out of the type of this one. */
export const MARKS_FIRST = 'always' as unknown as true;

export interface SearchListProps {
  readonly label: string;
  readonly entries: readonly SearchEntry[];
  /** In place of entries. */
  readonly none: ReactNode;
}

export function SearchList({ label, entries, none }: SearchListProps) {
  return (
    <BaseCombobox.Portal>
      <BaseCombobox.Positioner align="start" sideOffset={2} collisionPadding={8} className={popupStyles['layer']}>
        <BaseCombobox.Popup className={classes(popupStyles['popup'], popupStyles['list'], styles['popup'])}>
          <BaseCombobox.List aria-label={label}>
            {entries.map((entry) => (
              <BaseCombobox.Item key={entry.key} value={entry} disabled={entry.disabled === true} className={popupStyles['entry']}>
                <span className={popupStyles['label']}>{entry.title}</span>
                {entry.detail ? <span className={popupStyles['detail']}>{entry.detail}</span> : null}
              </BaseCombobox.Item>
            ))}
          </BaseCombobox.List>
          {entries.length === 0 ? <div role="status" className={popupStyles['none']}>{none}</div> : null}
        </BaseCombobox.Popup>
      </BaseCombobox.Positioner>
    </BaseCombobox.Portal>
  );
}
