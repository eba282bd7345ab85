/**
 * Puts one value for another in one column of many rows, and says beforehand how many it will touch.
 */
import { type FormEvent, type ReactNode, useState } from 'react';
import type { QuarantineRow, RowSelection } from '@shared/domain/quarantine';
import { useCall, useQuery } from '../../api';
import { Button, countText, countWords, Notice, SelectField, TextField } from '../../ui';
import { cellNames, replaySentence } from './groups';
import styles from './map.module.css';

export interface ReplaceValueProps {
  readonly selection: RowSelection;
  /** One of the rows: its header gives the columns. */
  readonly example: QuarantineRow;
  readonly scope: ReactNode;
  readonly onSettled: (sentence: string) => void;
}

/** Stands for whatever the column reads; no cell holds it. */
const ANY = '\u0000';

/** The column that holds the value the row waits for; the first where none does. */
const likelyColumn = ({ header, cells, subject }: QuarantineRow): string => {
  const index = cells.findIndex((cell) => cell.trim() === subject);
  return header[index] ?? header.find((name) => name === subject) ?? header[0] ?? '';
};

export function ReplaceValue({ selection, example, scope, onSettled }: ReplaceValueProps) {
  const [column, setColumn] = useState(() => likelyColumn(example));
  const [chosenFrom, setFrom] = useState<string | undefined>(undefined);
  const [to, setTo] = useState('');
  const [why, setWhy] = useState('');
  const replace = useCall('quarantine:replace');
  const read = useQuery('quarantine:touched', { rows: selection, column, from: null }, { keepsPrevious: true });
  const values = read.value?.values ?? [];
  const from = values.some(({ value }) => value === chosenFrom) || chosenFrom === ANY ? chosenFrom! : (values[0]?.value ?? ANY);
  const rows = from === ANY ? (read.value?.rows ?? 0) : (values.find(({ value }) => value === from)?.rows ?? 0);
  const ready = rows > 0 && why.trim() !== '' && to !== from && !replace.running;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await replace.run({ rows: selection, column, from: from === ANY ? null : from, to, why: why.trim() });
    if (outcome.ok) onSettled(`${countWords(outcome.value.tried, 'row')} corrected: ${replaySentence(outcome.value)}`);
  };
  const names = [...new Set(cellNames(example.header, example.header))];
  return (
    <form aria-label="Replace a value" className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['replacing']}>
        {scope}
        <SelectField label="Column" value={column} choices={names.map((name) => ({ value: name, label: name }))} onValue={setColumn} disabled={replace.running} />
        <SelectField
          label="Reads"
          value={from}
          choices={[
            ...values.map(({ value, rows: count }) => ({ value, label: `${value === '' ? 'nothing' : value} (${countWords(count, 'row')})` })),
            { value: ANY, label: 'whatever it reads' },
          ]}
          onValue={setFrom}
          disabled={replace.running}
        />
        <TextField label="Put there" value={to} onValue={setTo} disabled={replace.running} />
      </div>
      <div className={styles['line']}>
        <TextField label="Reason for the correction" value={why} onValue={setWhy} disabled={replace.running} />
        <div className={styles['button']}>
          <Button type="submit" kind="primary" disabled={!ready}>{`Correct and replay ${countWords(rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        {`${countText(rows)} of these rows will read ${to === '' ? 'nothing' : to} in ${column}. What the file says stays beside it, and each row keeps the correction in its history.`}
      </p>
      {replace.refusal ? (
        <Notice tone="error" title="No row was corrected" copyText={replace.refusal.message}>
          {replace.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
