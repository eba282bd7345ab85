/**
 * A figure in running text or in a table cell.
 */
import { classes } from './classes';
import { hungBracket } from './hung-bracket';
import { UNKNOWN } from './number';
import styles from './number-text.module.css';

export interface NumberTextProps {
  /** Formatted by `ui/number`. */
  readonly text: string;
  /** The direction in words, for the pointer and for screen readers: `2 fewer on the shelf than ERP`. */
  readonly words?: string | undefined;
  readonly strong?: boolean;
}

export function NumberText({ text, words, strong = false }: NumberTextProps) {
  return (
    <span className={classes(styles['number'], text === UNKNOWN && styles['unknown'], strong && styles['strong'])} title={words}>
      {hungBracket(text)}
      {words ? <span className="visually-hidden"> ({words})</span> : null}
    </span>
  );
}
