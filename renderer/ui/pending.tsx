/**
 * In place of what is not there yet: nothing for a moment, then the outline of what comes; where it cannot come, why, and the
 * way to ask again. No screen stays blank.
 */
import { Button } from './button';
import { classes } from './classes';
import { Notice } from './notice';
import { QuietBar } from './progress-bar';
import styles from './pending.module.css';

export interface PendingProps {
  /** An answer that is waited for. */
  readonly of: { readonly refusal?: { readonly message: string } | undefined; readonly reload: () => void };
  /** What comes: `Rules`, for screen readers. */
  readonly label: string;
  /** screen: as large as a screen; part: a few lines. */
  readonly size?: 'screen' | 'part';
}

const LINES = { screen: 12, part: 4 } as const;

export function Pending({ of, label, size = 'screen' }: PendingProps) {
  if (of.refusal) {
    return (
      <div className={classes(styles['place'], styles[size])}>
        <Notice tone="error" title={of.refusal.message} copyText={of.refusal.message} actions={<Button onClick={of.reload}>Read again</Button>} />
      </div>
    );
  }
  return (
    <div role="status" className={styles['pending']}>
      <QuietBar shown />
      <span className="visually-hidden">{label} is being read</span>
      <div className={classes(styles['place'], styles['outline'], styles[size])} aria-hidden="true">
        {Array.from({ length: LINES[size] }, (_, line) => <span key={line} />)}
      </div>
    </div>
  );
}
