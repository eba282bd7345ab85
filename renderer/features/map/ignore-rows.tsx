/**
 * Leaves rows out of the period for good, with a reason. They stay on record under Settled.
 */
import { type FormEvent, useState } from 'react';
import type { QuarantineRow } from '@shared/domain/import';
import { useCall } from '../../api';
import { Button, countWords, Notice, TextField } from '../../ui';
import styles from './map.module.css';

export interface IgnoreRowsProps {
  readonly rows: readonly QuarantineRow[];
  readonly onSettled: (sentence: string) => void;
}

export function IgnoreRows({ rows, onSettled }: IgnoreRowsProps) {
  const [why, setWhy] = useState('');
  const ignore = useCall('quarantine:ignore');
  const ready = why.trim() !== '' && !ignore.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await ignore.run({ quarantineRowIds: rows.map((row) => row.quarantineRowId), why: why.trim() });
    if (outcome.ok) onSettled(`${countWords(outcome.value.ignored, 'row')} ignored.`);
  };
  return (
    <form aria-label="Ignore rows" className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['line']}>
        <TextField
          label="Why these rows are no business of the period"
          value={why}
          onValue={setWhy}
          disabled={ignore.running}
        />
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>{`Ignore ${countWords(rows.length, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        Ignored rows are not written and are not replayed. They stay listed under Settled with your reason.
      </p>
      {ignore.refusal ? (
        <Notice tone="error" title="The rows still wait" copyText={ignore.refusal.message}>
          {ignore.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
