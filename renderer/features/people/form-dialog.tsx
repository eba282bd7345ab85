/** A short form that has the window to itself: its fields, why it was refused, one action. */
import type { FormEvent, ReactNode, RefObject } from 'react';
import { Button, Dialog, Notice } from '../../ui';
import styles from './people.module.css';

export interface FormDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly statement: ReactNode;
  readonly action: string;
  readonly ready: boolean;
  readonly running: boolean;
  /** Why it was not done; empty while it was not tried. */
  readonly refusal: string;
  readonly first?: RefObject<HTMLElement | null>;
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function FormDialog({ title, statement, action, ready, running, refusal, first, onSubmit, onClose, children }: FormDialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !running) void onSubmit();
  };
  return (
    <Dialog title={title} onClose={onClose} {...(first ? { focusesFirst: first } : {})}>
      <form className={styles['dialogForm']} aria-label={title} onSubmit={submit}>
        <p className={styles['quiet']}>{statement}</p>
        {children}
        {refusal ? <Notice tone="error" title={refusal} copyText={refusal} /> : null}
        <div className={styles['buttons']}>
          <Button type="submit" kind="primary" disabled={!ready || running}>
            {action}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
