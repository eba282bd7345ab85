/**
 * Work in progress. Under a tenth of a second nothing shows; then a quiet bar; after two seconds done, total, rate
 * and time left, and a way to cancel all the while.
 */
import { useEffect, useState } from 'react';
import { Button } from './button';
import { type Measured, progressWords } from './progress';
import styles from './progress-bar.module.css';

export interface ProgressBarProps extends Measured {
  /** What is being done: `Reconciling October 2026`. */
  readonly title: string;
  /** When the work began, epoch milliseconds. */
  readonly startedInstant: number;
  readonly onCancel?: () => void;
}

export function ProgressBar({ title, stage, done, total, startedInstant, onCancel }: ProgressBarProps) {
  const now = useClock(250);
  const elapsedMs = Math.max(0, now - startedInstant);
  if (elapsedMs < 100) return null;
  const words = progressWords({ stage, done, total }, elapsedMs);
  const share = total ? Math.min(1, done / total) : null;
  return (
    <div className={styles['progress']}>
      <div className={styles['line']}>
        <span className={styles['title']}>{title}</span>
        <span className={styles['words']} aria-hidden="true">{words}</span>
        {onCancel ? <Button kind="plain" onClick={onCancel}>Cancel</Button> : null}
      </div>
      <div
        className={styles['track']}
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total ? done : undefined}
        aria-valuetext={words || stage}
      >
        <div className={share === null ? styles['running'] : styles['bar']} style={share === null ? undefined : { transform: `scaleX(${share})` }} />
      </div>
    </div>
  );
}

/** A thin bar for anything that takes longer than a tenth of a second and is over in under two. */
export function QuietBar({ shown }: { readonly shown: boolean }) {
  return <div className={styles['quiet']} aria-hidden="true">{shown ? <div className={styles['running']} /> : null}</div>;
}

/** The wall clock in epoch milliseconds, read again every `everyMs`. */
export function useClock(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
