/**
 * What a place without content shows: what belongs here, and the one button that brings it.
 */
import type { ReactNode } from 'react';
import type { Icon } from './icons';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** One line: what comes next. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Picture, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <Picture size={28} />
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}
