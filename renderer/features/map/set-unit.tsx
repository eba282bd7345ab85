/**
 * Says how many base units of an item one unit holds: every row that waits for it is replayed.
 */
import { type FormEvent, useState } from 'react';
import type { QuarantineGroup } from '@shared/domain/quarantine';
import { partsOfUnknownUnit } from '@shared/domain/units';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice, TextField } from '../../ui';
import { replaySentence } from './groups';
import styles from './map.module.css';

export interface SetUnitProps {
  readonly group: QuarantineGroup;
  readonly onSettled: (sentence: string) => void;
}

export function SetUnit({ group, onSettled }: SetUnitProps) {
  const { period } = useWorkspace();
  const [factor, setFactor] = useState('');
  const set = useCall('quarantine:setUnit');
  const parts = partsOfUnknownUnit(group.subject);
  if (!parts) return null;
  const ready = factor.trim() !== '' && !set.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await set.run({ periodId: period.periodId, itemCode: parts.sku, unit: parts.unit, factor: factor.trim(), source: group.source });
    if (outcome.ok) onSettled(`One ${parts.unit} of ${parts.sku} holds ${factor.trim()}: ${replaySentence(outcome.value)}`);
  };
  return (
    <form aria-label={`Unit ${parts.unit}`} className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['line']}>
        <TextField
          label={`One ${parts.unit} of ${parts.sku} holds, in its base unit`}
          value={factor}
          onValue={setFactor}
          inputMode="decimal"
          placeholder="12"
          disabled={set.running}
        />
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>{`Keep and replay ${countWords(group.rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        Figures are converted exactly, and the unit cost is divided. The change is an event of the audit trail.
      </p>
      {set.refusal ? (
        <Notice tone="error" title="The unit was not kept" copyText={set.refusal.message}>
          {set.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
