/**
 * A pane: what other programs would put into a dialog. It stands beside or above the work, never blocks it, takes the
 * keyboard when it opens if asked to, and then closes with Escape, giving the keyboard back.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button';
import { classes } from './classes';
import { CrossIcon } from './icons';
import styles from './pane.module.css';

export interface PaneProps {
  readonly title: ReactNode;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Buttons at the foot: the next action last. */
  readonly footer?: ReactNode;
  readonly onClose?: (() => void) | undefined;
  readonly closeLabel?: string;
  /** side: fills the height beside the work; float: hangs over it, under a button. */
  readonly placement?: 'side' | 'float';
  /** The first control in it gets the keyboard. */
  readonly takesFocus?: boolean;
  readonly width?: number;
  readonly testId?: string;
}

export function Pane({ title, aside, children, footer, onClose, closeLabel = 'Close', placement = 'side', takesFocus = false, width, testId }: PaneProps) {
  const titleId = useId();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!takesFocus) return undefined;
    const before = document.activeElement;
    const controls = ':is(input, select, textarea, button):not(:disabled)';
    const first = frame.current?.querySelector<HTMLElement>(`[data-pane-body] ${controls}`) ?? frame.current?.querySelector<HTMLElement>(controls);
    first?.focus();
    return () => {
      if ((before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected) before.focus();
    };
  }, [takesFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    // A pane that merely stands beside the work stays: Escape there belongs to its fields.
    if (event.key !== 'Escape' || !onClose || !(takesFocus || placement === 'float') || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <section ref={frame} aria-labelledby={titleId} className={classes(styles['pane'], styles[placement])} style={width ? { width } : undefined} onKeyDown={onKeyDown} data-testid={testId}>
      <header className={styles['header']}>
        <h2 id={titleId}>{title}</h2>
        {aside}
        {onClose ? <IconButton label={closeLabel} icon={CrossIcon} onClick={onClose} /> : null}
      </header>
      <div className={styles['body']} data-pane-body>{children}</div>
      {footer ? <footer className={styles['footer']}>{footer}</footer> : null}
    </section>
  );
}

export interface SectionProps {
  readonly title: string;
  /** The title where there is little room, as in a row of all sections. */
  readonly shortTitle?: string;
  /** At the right of the title: a figure, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

/** A titled part of a pane or of a screen. */
export function Section({ title, shortTitle = title, aside, children, testId }: SectionProps) {
  const titleId = useId();
  return (
    <section className={styles['section']} aria-labelledby={titleId} data-testid={testId} data-section={shortTitle}>
      <div className={styles['sectionHead']}>
        <h3 id={titleId} tabIndex={-1}>{title}</h3>
        {aside ? <div className={styles['sectionAside']}>{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
