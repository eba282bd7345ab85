/**
 * Withdrawing a note or an attachment: a reason, then Enter; Escape leaves it as it is.
 */
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { WHY_LENGTH_MAX, type Withdrawn } from '@shared/domain/notes';
import { nameOf } from '../../../app/words';
import { Button, shortInstantText, TextField } from '../../../ui';
import styles from './notes.module.css';

export interface WithdrawFormProps {
  /** What is withdrawn, as `note 2`. */
  readonly what: string;
  /** @returns whether it was done */
  readonly onWithdraw: (why: string) => Promise<boolean>;
  readonly onLeave: () => void;
}

export function WithdrawForm({ what, onWithdraw, onLeave }: WithdrawFormProps) {
  const [why, setWhy] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (why.trim() !== '' && (await onWithdraw(why.trim()))) onLeave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
  };
  return (
    <form className={styles['withdraw']} aria-label={`Withdraw ${what}`} onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown}>
      <TextField label={`Why ${what} is withdrawn`} labelHidden autoFocus value={why} onValue={setWhy} maxLength={WHY_LENGTH_MAX} placeholder="Why it is withdrawn; it stays to be read" />
      <Button type="submit" disabled={why.trim() === ''}>Withdraw</Button>
    </form>
  );
}

export function WithdrawnText({ withdrawn, timeZone }: { readonly withdrawn: Withdrawn; readonly timeZone: string }) {
  return (
    <div className={styles['why']}>
      Withdrawn by {nameOf(withdrawn.by)}, {shortInstantText(withdrawn.atInstant, timeZone)}: {withdrawn.why}
    </div>
  );
}
