/**
 * Corrects a row cell by cell, with a reason. The file itself stays as it was received; the correction is on record.
 */
import { type FormEvent, useState } from 'react';
import type { QuarantineRow } from '@shared/domain/quarantine';
import { useCall } from '../../api';
import { Button, countText, Notice, TextField } from '../../ui';
import { cellNames, replaySentence } from './groups';
import styles from './map.module.css';

export interface CorrectRowProps {
  readonly row: QuarantineRow;
  readonly onSettled: (sentence: string) => void;
}

export function CorrectRow({ row, onSettled }: CorrectRowProps) {
  const [cells, setCells] = useState<readonly string[]>(row.cells);
  const [why, setWhy] = useState('');
  const correct = useCall('quarantine:correct');
  const names = cellNames(row.header, row.cells);
  const changed = cells.filter((cell, index) => cell !== row.cells[index]).length;
  const ready = changed > 0 && why.trim() !== '' && !correct.running;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await correct.run({ quarantineRowId: row.quarantineRowId, cells: [...cells], why: why.trim() });
    if (outcome.ok) onSettled(`Row ${countText(row.rowNumber)} of ${row.fileName}: ${replaySentence(outcome.value)}`);
  };
  return (
    <form
      aria-label={`Correct row ${row.rowNumber}`}
      className={styles['form']}
      onSubmit={(event) => void submit(event)}
    >
      <p className={styles['hint']}>
        Row {countText(row.rowNumber)} of {row.fileName}. The kept file does not change; the correction is an event of
        the audit trail.
      </p>
      <div className={styles['cells']}>
        {cells.map((cell, index) => (
          <TextField
            key={index}
            label={names[index] ?? ''}
            value={cell}
            disabled={correct.running}
            onValue={(value) => setCells(cells.map((each, place) => (place === index ? value : each)))}
            hint={cell === row.cells[index] ? undefined : `was ${row.cells[index] || 'empty'}`}
            data-changed={cell !== row.cells[index] || undefined}
          />
        ))}
      </div>
      <div className={styles['line']}>
        <TextField label="Reason for the correction" value={why} onValue={setWhy} disabled={correct.running} />
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>
            Correct and replay row {countText(row.rowNumber)}
          </Button>
        </div>
      </div>
      {correct.refusal ? (
        <Notice tone="error" title="The row still waits" copyText={correct.refusal.message}>
          {correct.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
