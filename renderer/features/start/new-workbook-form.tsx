/**
 * A new workbook: whose it is, in which currency and time zone. Where it is saved is asked by the system's dialog.
 */
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button, ComboboxField, TextField } from '../../ui';
import { currencyEntries, currencyOfLocale, timeZoneEntries } from './start-choices';
import styles from './start.module.css';

export interface NewWorkbook {
  readonly company: string;
  readonly currency: string;
  readonly timeZone: string;
}

export interface NewWorkbookFormProps {
  /** The machine's time zone. */
  readonly timeZone: string;
  readonly busy: boolean;
  readonly onMake: (workbook: NewWorkbook) => void;
  readonly onCancel: () => void;
}

export function NewWorkbookForm({ timeZone: own, busy, onMake, onCancel }: NewWorkbookFormProps) {
  const [company, setCompany] = useState('');
  const [currency, setCurrency] = useState(() => currencyOfLocale(navigator.language));
  const [timeZone, setTimeZone] = useState(own);
  const zones = useMemo(() => timeZoneEntries(own, Date.now()), [own]);
  const currencies = useMemo(currencyEntries, []);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const ready = company.trim() !== '' && !busy;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onMake({ company: company.trim(), currency, timeZone });
  };
  return (
    <form
      className={styles['form']}
      aria-label="New workbook"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <TextField ref={first} label="Company" value={company} onValue={setCompany} maxLength={200} disabled={busy} />
      <div className={styles['pair']}>
        <ComboboxField label="Currency" entries={currencies} value={currency} onChoose={setCurrency} disabled={busy} />
        <ComboboxField label="Time zone" entries={zones} value={timeZone} onChoose={setTimeZone} disabled={busy} />
      </div>
      <p className={styles['hint']}>
        Every cut-off is taken in this time zone and every amount in this currency. Neither changes later. Next the
        system asks where the file is saved.
      </p>
      <div className={styles['buttons']}>
        <Button type="submit" kind="primary" disabled={!ready}>
          Choose where to save
        </Button>
        <Button kind="quiet" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
