/**
 * A row of controls above the work. Groups keep together; `Spacer` pushes what follows to the right.
 */
import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <div role="toolbar" aria-label={label} className={styles['toolbar']}>{children}</div>;
}

export function Spacer() {
  return <div className={styles['spacer']} />;
}
