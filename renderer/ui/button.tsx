/**
 * Buttons. One `primary` at most on a screen: it is the next action.
 */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes';
import type { Icon } from './icons';
import { Hint } from './hint';
import { KeyHint } from './key-hint';
import styles from './button.module.css';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className' | 'title'> {
  readonly children: ReactNode;
  /** primary: the next action; plain: any other; quiet: without a frame, in toolbars; danger: cannot be undone. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: Icon | undefined;
  /** Shown beside the word, as `Ctrl+Enter`; the command registry does the work. */
  readonly shortcut?: string | undefined;
  /** More than the word says: hangs at the button while the pointer or the keyboard is there. */
  readonly hint?: string | undefined;
  /** Toggle buttons: pressed or not. */
  readonly pressed?: boolean | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ children, kind = 'plain', icon: Picture, shortcut, hint, pressed, disabled = false, onClick, ref, ...rest }: ButtonProps) {
  // With a hint that says why it cannot be used it stays in reach of pointer and keyboard, or nobody could read it.
  const isHeld = disabled && hint !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      {...(ref ? { ref } : {})}
      disabled={disabled && !isHeld}
      aria-disabled={isHeld || undefined}
      onClick={isHeld ? (event) => event.preventDefault() : onClick}
      aria-pressed={pressed}
      data-quiet={kind === 'quiet' || undefined}
      className={classes(styles['button'], styles[kind])}
    >
      {Picture ? <Picture size={14} /> : null}
      <span>{children}</span>
      {shortcut ? <KeyHint keys={shortcut} /> : null}
    </button>
  );
  return hint ? <Hint text={hint}>{button}</Hint> : button;
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className' | 'title'> {
  /** What it does: its accessible name and its hint. */
  readonly label: string;
  readonly icon: Icon;
  /** Shown in the hint; the command registry does the work. */
  readonly shortcut?: string | undefined;
  readonly pressed?: boolean | undefined;
}

export function IconButton({ label, icon: Picture, shortcut, pressed, ...rest }: IconButtonProps) {
  return (
    <Hint text={label} shortcut={shortcut}>
      <button type="button" {...rest} aria-label={label} aria-pressed={pressed} className={classes(styles['button'], styles['quiet'], styles['square'])}>
        <Picture size={14} />
      </button>
    </Hint>
  );
}
