/**
 * Adds an item or a location for a name that the workbook does not know: every row that waits for the name is replayed.
 */
import { type FormEvent, useState } from 'react';
import type { QuarantineGroup } from '@shared/domain/quarantine';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice, TextField } from '../../ui';
import { replaySentence } from './groups';
import styles from './map.module.css';

export interface AddTargetProps {
  readonly group: QuarantineGroup;
  readonly kind: 'item' | 'location';
  readonly onSettled: (sentence: string) => void;
}

export function AddTarget({ group, kind, onSettled }: AddTargetProps) {
  const { period } = useWorkspace();
  const alias = group.subject;
  const [code, setCode] = useState(alias);
  const [name, setName] = useState('');
  const [unit, setUnit] = useState('each');
  const add = useCall('quarantine:add');
  const ready = code.trim() !== '' && (kind === 'location' || unit.trim() !== '') && !add.running;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await add.run({ periodId: period.periodId, source: group.source, kind, alias, code: code.trim(), name: name.trim(), unit: unit.trim() || 'each' });
    if (outcome.ok) onSettled(`${code.trim()} is a new ${kind}: ${replaySentence(outcome.value)}`);
  };
  return (
    <form aria-label={`Add ${alias}`} className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['addFields']}>
        <TextField label={kind === 'item' ? 'SKU of the new item' : 'Code of the new location'} value={code} onValue={setCode} disabled={add.running} />
        <TextField label="Name, if it has another" value={name} onValue={setName} disabled={add.running} />
        {kind === 'item' ? <TextField label="Counted in" value={unit} onValue={setUnit} placeholder="each, case" disabled={add.running} /> : null}
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>{`Add and replay ${countWords(group.rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        {`Only where the workbook does not have it under another name. It is an event of the audit trail, and is taken back among the names, with its rows.`}
      </p>
      {add.refusal ? (
        <Notice tone="error" title="Nothing was added" copyText={add.refusal.message}>
          {add.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
