/**
 * A new period: which month, in which currency, how long timing may last.
 */
import { type FormEvent, useState } from 'react';
import { currencyOfPeriod, HOUR_MS, periodBounds, periodCode, previousPeriodCode } from '@shared/domain/instant';
import { isCurrency } from '@shared/domain/money';
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
  const latest = [...taken].filter((each) => currencyOfPeriod(each) === undefined).sort().at(-1);
  const proposed = latest ? nextPeriodCode(latest) : previousPeriodCode(new Date().toISOString().slice(0, 7));
  const codes = [proposed];
  for (let step = 0; step < 11; step += 1) codes.push(previousPeriodCode(codes.at(-1)!));
  const [month, setMonth] = useState(proposed);
  const [currency, setCurrency] = useState(info.currency);
  const [hours, setHours] = useState('48');
  const create = useCall('workbook:createPeriod');
  const windowHours = parseWindowHours(hours);
  const currencyWanted = currency.trim().toUpperCase();
  const codeOf = (each: string) => periodCode(each, currencyWanted === info.currency ? undefined : currencyWanted);
  const code = codeOf(month);
  const fits = isCurrency(currencyWanted);
  const { cutOffInstant } = periodBounds(month, info.timeZone);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (windowHours === undefined || !fits) return;
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
            label="Month" value={month} onValue={setMonth} autoFocus
            choices={codes.map((each) => ({ value: each, label: taken.has(codeOf(each)) ? `${periodName(each)}, there already` : periodName(each), disabled: taken.has(codeOf(each)) }))}
          />
          <TextField
            label="Currency" value={currency} onValue={setCurrency} maxLength={3}
            problem={fits ? undefined : 'A code of ISO 4217'}
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
        {fits && currencyWanted !== info.currency ? (
          <p className={styles['lead']}>
            Holds the locations that are kept in {currencyWanted} only, apart from the month in {info.currency}: its files, lines, journals and lock are its own. Amounts of two
            currencies are never added.
          </p>
        ) : null}
        {create.refusal ? <Notice tone="error" title={create.refusal.message} copyText={create.refusal.message} /> : null}
        <div className={styles['actions']}>
          {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
          <Button kind="primary" type="submit" disabled={windowHours === undefined || !fits || taken.has(code) || create.running}>Make {periodName(code)}</Button>
        </div>
      </form>
    </div>
  );
}
