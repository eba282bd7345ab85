/**
 * What a person found where no file tells: a note, recorded with Enter.
 */
import { type FormEvent, useState } from 'react';
import { Button, TextField } from '../../ui';
import styles from './detail/follow-up.module.css';

export interface CheckNoteProps {
  readonly label: string;
  readonly action: string;
  readonly onRecord: (note: string) => Promise<boolean>;
}

export function CheckNote({ label, action, onRecord }: CheckNoteProps) {
  const [note, setNote] = useState('');
  const record = async (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== '' && (await onRecord(note.trim()))) setNote('');
  };
  return (
    <form className={styles['note']} aria-label={label} onSubmit={(event) => void record(event)} data-testid="check-note">
      <TextField label="What was found" labelHidden value={note} onValue={setNote} maxLength={2000} placeholder="What was found of orders, reservations, returns" />
      <Button type="submit" kind="primary" disabled={note.trim() === ''}>
        {action}
      </Button>
    </form>
  );
}
