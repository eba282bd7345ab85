/** A part of a picture that can be pointed at, reached with the keyboard and, where it counts something, opened. */
import type { KeyboardEvent, ReactNode } from 'react';
import { classes } from '../ui';
import styles from './charts.module.css';

export interface MarkProps {
  /** The mark with its figures, as it is read out. */
  readonly label: string;
  /** The same where it is pointed at, if other words serve better there. */
  readonly tip?: string;
  readonly onOpen?: (() => void) | undefined;
  /** The keyboard comes in here; the first mark of a picture. */
  readonly isFirst: boolean;
  /** What the ring of the keyboard is drawn around. */
  readonly ring: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Mark({ label, tip, onOpen, isFirst, ring, className, children }: MarkProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!onOpen || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    onOpen();
  };
  return (
    <g
      className={classes(styles['mark'], onOpen && styles['openable'], className)}
      role={onOpen ? 'button' : 'img'} aria-label={label} tabIndex={isFirst ? 0 : -1} data-mark data-tip={tip ?? label}
      onClick={onOpen} onKeyDown={onKeyDown}
    >
      {children}
      <rect className={styles['ring']} x={ring.x - 1.5} y={ring.y - 1.5} width={ring.width + 3} height={ring.height + 3} rx={2} />
    </g>
  );
}
