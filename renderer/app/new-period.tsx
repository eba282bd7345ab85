/**
 * A new period: which month, how long timing may last.
 */
import { type FormEvent, useState } from 'react';
import { HOUR_MS, periodBounds, previousPeriodCode } from '@shared/domain/instant';
import type { Period, WorkbookInfo } from '@shared/contract/workbook';
import { useCall } from '../api';
import { Button, instantText, Notice, periodName, SelectField, TextField } from '../ui';
import { nextPeriodCode, parseWindowHours } from './period-codes';
import styles from './new-period.module.css';

export interface NewPeriodFormProps {
  readonly info: WorkbookInfo;
  readonly readOnly: boolean;
  /** undefined: the workbook has no period yet, and there is nothing to go back to. */
  readonly onCancel: (() => void) | undefined;
  readonly onMade: (period: Period) => void;
}

export function NewPeriodForm({ info, readOnly, onCancel, onMade }: NewPeriodFormProps) {
  const taken = new Set(info.periods.map((period) => period.code));
  const latest = [...taken].sort().at(-1);
  const proposed = latest ? nextPeriodCode(latest) : previousPeriodCode(new Date().toISOString().slice(0, 7));
  const codes = [proposed];
  for (let step = 0; step < 11; step += 1) codes.push(previousPeriodCode(codes.at(-1)!));
  const [code, setCode] = useState(proposed);
  const [hours, setHours] = useState('48');
  const create = useCall('workbook:createPeriod');
  const windowHours = parseWindowHours(hours);
  const { cutOffInstant } = periodBounds(code, info.timeZone);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (windowHours === undefined) return;
    const outcome = await create.run({ code, windowHours });
    if (outcome.ok) onMade(outcome.value);
  };
  if (readOnly) {
    return (
      <div className={styles['place']}>
        <Notice tone="locked" title="The workbook has no period yet">It is open for reading only, so none can be made here.</Notice>
      </div>
    );
  }
  return (
    <div className={styles['place']}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)} aria-label="New period">
        <h2>{info.periods.length === 0 ? 'The first period' : 'New period'}</h2>
        <p className={styles['lead']}>A period is one month of {info.company}, closed at its cut-off.</p>
        <div className={styles['fields']}>
          <SelectField
            label="Month" value={code} onValue={setCode} autoFocus
            choices={codes.map((each) => ({ value: each, label: taken.has(each) ? `${periodName(each)}, there already` : periodName(each), disabled: taken.has(each) }))}
          />
          <TextField
            label="Reconciliation window, hours" value={hours} onValue={setHours} align="end" inputMode="numeric"
            problem={windowHours === undefined ? 'A whole number from 0 to 744' : undefined}
          />
        </div>
        <p className={styles['lead']}>
          Cut-off {instantText(cutOffInstant, info.timeZone)}, {info.timeZone}.
          {windowHours === undefined ? '' : ` What one system posts up to ${instantText(cutOffInstant + windowHours * HOUR_MS, info.timeZone)} counts as timing.`}
        </p>
        {create.refusal ? <Notice tone="error" title={create.refusal.message} copyText={create.refusal.message} /> : null}
        <div className={styles['actions']}>
          {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
          <Button kind="primary" type="submit" disabled={windowHours === undefined || create.running}>Make {periodName(code)}</Button>
        </div>
      </form>
    </div>
  );
}
