/**
 * A negative in brackets at the right of a column: the closing bracket hangs beside it, so that its last digit stands under
 * those of the figures without one.
 */
import type { ReactNode } from 'react';
import { usesBrackets } from './number';
import styles from './hung-bracket.module.css';

/** A cell's content as it is, or a written negative with its bracket hung; anything that is no text stays. */
export function hungBracket(content: ReactNode): ReactNode {
  if (typeof content !== 'string' || !usesBrackets() || !/^\([\d.,'\s\u00a0\u202f\u2019]+\)$/.test(content)) return content;
  return (
    <>
      {content.slice(0, -1)}
      <span className={styles['hung']}>)</span>
    </>
  );
}
