/**
 * A list of things that were looked at: each holds or differs, with its figures, what was found and where to mend it.
 */
import type { ReactNode } from 'react';
import { Badge } from './badge';
import { ClearedIcon, UnexplainedIcon } from './icons';
import { classes } from './classes';
import styles from './check-list.module.css';

export interface Check {
  readonly key: string | number;
  readonly title: string;
  readonly holds: boolean;
  /** The figures behind the answer. */
  readonly figure: string;
  /** What still fails and what to do; empty where it holds. */
  readonly nextStep?: string;
  /** Each difference by name. */
  readonly findings?: readonly string[];
  /** How to look at the same without this program. */
  readonly howToCheck?: string;
  /** A button that leads to where it is mended. */
  readonly action?: ReactNode;
}

export interface CheckListProps {
  readonly label: string;
  readonly checks: readonly Check[];
  /** Words for the two answers: `holds` and `differs` where left out. */
  readonly words?: { readonly holds: string; readonly fails: string };
  readonly testId?: string;
}

export function CheckList({ label, checks, words = { holds: 'holds', fails: 'differs' }, testId }: CheckListProps) {
  return (
    <ol className={styles['list']} aria-label={label} data-testid={testId}>
      {checks.map((check) => (
        <li
          key={check.key}
          className={classes(styles['check'], !check.holds && styles['fails'])}
          data-holds={check.holds}
        >
          <div className={styles['state']}>
            <Badge
              tone={check.holds ? 'cleared' : 'unexplained'}
              icon={check.holds ? ClearedIcon : UnexplainedIcon}
              plain
            >
              {check.holds ? words.holds : words.fails}
            </Badge>
          </div>
          <div className={styles['text']} data-selectable>
            <div className={styles['title']}>{check.title}</div>
            {check.figure ? <div className={styles['figure']}>{check.figure}</div> : null}
            {check.nextStep ? <div className={styles['next']}>{check.nextStep}</div> : null}
            {check.findings && check.findings.length > 0 ? (
              <ul className={styles['findings']}>
                {check.findings.map((finding, index) => (
                  <li key={index}>{finding}</li>
                ))}
              </ul>
            ) : null}
            {check.howToCheck ? (
              <details className={styles['how']}>
                <summary>How to check this without Tieout</summary>
                {check.howToCheck}
              </details>
            ) : null}
          </div>
          {check.action ? <div className={styles['action']}>{check.action}</div> : null}
        </li>
      ))}
    </ol>
  );
}
