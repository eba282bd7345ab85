/**
 * Rows that no longer wait: what became of each, its history, and the way back for what was ignored.
 */
import { type FormEvent, useState } from 'react';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { QuarantineRow } from '@shared/domain/quarantine';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import type { GridColumn } from '../../grid';
import { Button, countText, countWords, EmptyState, HistoryIcon, Notice, Pane, Section, TextField } from '../../ui';
import { RowHistory } from './row-history';
import { RowsGrid } from './rows-grid';
import styles from './map.module.css';

const COLUMNS: readonly GridColumn<QuarantineRow>[] = [
  {
    kind: 'badge', id: 'state', title: 'State', width: 96,
    value: ({ state }) => (state === 'replayed' ? { tone: 'cleared', text: 'Written' } : { tone: 'neutral', text: 'Ignored' }),
  },
  { kind: 'text', id: 'reason', title: 'Reason', width: 150, value: (row) => QUARANTINE_REASON_WORDS[row.reason] },
  { kind: 'text', id: 'subject', title: 'Value', width: 150, fitsUpTo: 260, value: (row) => row.subject },
  { kind: 'text', id: 'note', title: 'Note', width: 220, grows: true, value: (row) => row.settledNote ?? '' },
  { kind: 'text', id: 'file', title: 'File', width: 190, quiet: true, value: (row) => row.fileName },
  { kind: 'text', id: 'row', title: 'Row', align: 'end', width: 72, value: (row) => countText(row.rowNumber) },
];

export interface SettledViewProps {
  readonly settled: number;
  readonly onSettled: (sentence: string) => void;
}

export function SettledView({ settled, onSettled }: SettledViewProps) {
  const { period } = useWorkspace();
  const [focused, setFocused] = useState<QuarantineRow | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly QuarantineRow[]>([]);
  if (settled === 0) {
    return (
      <EmptyState icon={HistoryIcon} title="No row was settled yet">
        Rows that were mapped, corrected or ignored stay here with their note.
      </EmptyState>
    );
  }
  return (
    <div className={styles['split']}>
      <div className={styles['fill']} data-testid="quarantine-settled">
        <RowsGrid
          label="Settled rows"
          columns={COLUMNS}
          request={{ periodId: period.periodId, state: 'settled' }}
          onFocusRow={setFocused}
          onChosen={setChosen}
        />
      </div>
      {focused ? (
        <Pane title={`Row ${countText(focused.rowNumber)} of ${focused.fileName}`} testId="settled-row">
          <p className={styles['raw']} data-selectable>{focused.raw}</p>
          <Section title="History">
            <RowHistory quarantineRowId={focused.quarantineRowId} />
          </Section>
          <BringBack rows={chosen.filter(({ state }) => state === 'ignored')} onSettled={onSettled} />
        </Pane>
      ) : (
        <EmptyState icon={HistoryIcon} title="No row is chosen">Choose a row to see its history.</EmptyState>
      )}
    </div>
  );
}

function BringBack({ rows, onSettled }: { readonly rows: readonly QuarantineRow[]; readonly onSettled: (sentence: string) => void }) {
  const { canEdit } = useWorkspace();
  const [why, setWhy] = useState('');
  const restore = useCall('quarantine:restore');
  if (!canEdit || rows.length === 0) return null;
  const ready = why.trim() !== '' && !restore.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await restore.run({ quarantineRowIds: rows.map((row) => row.quarantineRowId), why: why.trim() });
    if (outcome.ok) onSettled(`${countWords(outcome.value.restored, 'row')} brought back.`);
  };
  return (
    <Section title="Bring back">
      <form aria-label="Bring rows back" className={styles['form']} onSubmit={(event) => void submit(event)}>
        <TextField label="Why they are business of the period after all" value={why} onValue={setWhy} disabled={restore.running} />
        <div>
          <Button type="submit" disabled={!ready}>{`Bring back ${countWords(rows.length, 'row')}`}</Button>
        </div>
        <p className={styles['hint']}>They wait again, for the reason for which they waited before.</p>
        {restore.refusal ? <Notice tone="error" title={restore.refusal.message} copyText={restore.refusal.message} /> : null}
      </form>
    </Section>
  );
}
