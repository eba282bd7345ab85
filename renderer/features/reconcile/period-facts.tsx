/**
 * The period's bounds, and the window that a person may change while it is open.
 */
import { type FormEvent, useEffect, useState } from 'react';
import { HOUR_MS } from '@shared/domain/instant';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { parseWindowHours } from '../../app/period-codes';
import { Button, Facts, instantText, Notice, Section, TextField } from '../../ui';
import styles from './reconcile-screen.module.css';

export function PeriodFacts() {
  const { period, timeZone, canEdit } = useWorkspace();
  const [hours, setHours] = useState(String(period.windowHours));
  const setWindow = useCall('workbook:setWindow');
  useEffect(() => setHours(String(period.windowHours)), [period.windowHours]);
  const windowHours = parseWindowHours(hours);
  const changed = windowHours !== undefined && windowHours !== period.windowHours;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) void setWindow.run({ periodId: period.periodId, windowHours });
  };
  return (
    <Section title="Period" testId="period-facts">
      <Facts
        facts={[
          { name: 'Begins', value: instantText(period.startInstant, timeZone) },
          { name: 'Cut-off', value: instantText(period.cutOffInstant, timeZone) },
          { name: 'Time zone', value: timeZone },
          { name: 'Timing until', value: instantText(period.cutOffInstant + period.windowHours * HOUR_MS, timeZone) },
        ]}
      />
      <form className={styles['window']} onSubmit={submit}>
        <TextField
          label="Reconciliation window, hours" value={hours} onValue={setHours} align="end" inputMode="numeric" disabled={!canEdit}
          problem={windowHours === undefined ? 'A whole number from 0 to 744' : undefined}
        />
        <Button type="submit" disabled={!canEdit || !changed || setWindow.running}>Set</Button>
      </form>
      {setWindow.refusal ? <Notice tone="error" title={setWindow.refusal.message} copyText={setWindow.refusal.message} /> : null}
    </Section>
  );
}
