/**
 * One of the few big figures of a screen, with its label above it and a line beneath.
 */
import type { ReactNode } from 'react';
import { TONE_ICON, type Tone } from './badge';
import { classes } from './classes';
import styles from './figure.module.css';

export interface FigureProps {
  readonly label: string;
  readonly value: string;
  /** What the figure is of: `of 1,204 lines`. */
  readonly note?: ReactNode;
  /** Its class: icon and colour of the label. */
  readonly tone?: Tone;
  readonly testId?: string;
}

export function Figure({ label, value, note, tone, testId }: FigureProps) {
  const Picture = tone ? TONE_ICON[tone] : undefined;
  return (
    <div className={styles['figure']} data-testid={testId}>
      <div className={classes(styles['label'], tone && styles[tone])}>
        {Picture ? <Picture size={12} /> : null}
        {label}
      </div>
      <div className={styles['value']} data-selectable>{value}</div>
      {note ? <div className={styles['note']}>{note}</div> : null}
    </div>
  );
}
