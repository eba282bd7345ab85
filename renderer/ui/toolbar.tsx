/**
 * A row of controls above the work, in a group with a name. Fields to choose and to type in stand in it, which need the arrows
 * for themselves: each is reached with Tab, so this is no toolbar to a screen reader. `Spacer` pushes what follows to the right.
 */
import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <div role="group" aria-label={label} className={styles['toolbar']}>{children}</div>;
}

export function Spacer() {
  return <div className={styles['spacer']} />;
}
