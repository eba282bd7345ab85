/**
 * A list at the left and what was chosen of it at the right, both full height: the shape of the steps that work through
 * one thing after another.
 */
import type { ReactNode } from 'react';
import styles from './desk.module.css';

export interface DeskProps {
  /** Above the list: what it holds, and what can be done with all of it. */
  readonly head: ReactNode;
  readonly list: ReactNode;
  /** Under the list. */
  readonly foot?: ReactNode;
  /** Over what was chosen, across its width: progress, results. */
  readonly strip?: ReactNode;
  readonly children: ReactNode;
}

export function Desk({ head, list, foot, strip, children }: DeskProps) {
  return (
    <div className={styles['desk']}>
      <aside className={styles['side']}>
        <div className={styles['head']}>{head}</div>
        <div className={styles['list']}>{list}</div>
        {foot ? <div className={styles['foot']}>{foot}</div> : null}
      </aside>
      <div className={styles['main']}>
        {strip}
        <div className={styles['chosen']}>{children}</div>
      </div>
    </div>
  );
}
