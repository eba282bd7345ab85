/**
 * Leaves rows out of the period, with a reason. They stay on record under Settled and can be brought back from there.
 */
import { type FormEvent, type ReactNode, useState } from 'react';
import type { RowSelection } from '@shared/domain/quarantine';
import { useCall } from '../../api';
import { Button, countWords, Notice, TextField } from '../../ui';
import styles from './map.module.css';

export interface IgnoreRowsProps {
  readonly selection: RowSelection;
  readonly rows: number;
  readonly scope: ReactNode;
  readonly onSettled: (sentence: string) => void;
}

export function IgnoreRows({ selection, rows, scope, onSettled }: IgnoreRowsProps) {
  const [why, setWhy] = useState('');
  const ignore = useCall('quarantine:ignore');
  const ready = why.trim() !== '' && rows > 0 && !ignore.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await ignore.run({ rows: selection, why: why.trim() });
    if (outcome.ok) onSettled(`${countWords(outcome.value.ignored, 'row')} ignored.`);
  };
  return (
    <form aria-label="Ignore rows" className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['scoped']}>
        {scope}
        <TextField
          label="Why these rows are no business of the period"
          value={why}
          onValue={setWhy}
          disabled={ignore.running}
        />
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>{`Ignore ${countWords(rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        Ignored rows are not written and are not replayed. They stay under Settled with your reason, and can be brought
        back.
      </p>
      {ignore.refusal ? (
        <Notice tone="error" title="The rows still wait" copyText={ignore.refusal.message}>
          {ignore.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
