/** Floor to sheet: what was found on the shelf, and what the books say of it. */
import { type FormEvent, useState } from 'react';
import type { Sample } from '@shared/domain/audit/sample';
import { parseQuantity } from '@shared/domain/quantity';
import { Button, quantityText, signedQuantityText, Table, TextField } from '../../ui';
import type { MakeChanges } from './make-changes';
import styles from './audit-room.module.css';

const EMPTY = { sku: '', location: '', counted: '', note: '' };

export function FloorTab({ sample, onMake }: { readonly sample: Sample; readonly onMake: MakeChanges }) {
  const [draft, setDraft] = useState({ ...EMPTY, location: sample.items[0]?.location ?? '' });
  const countedScaled = parseQuantity(draft.counted.trim());
  const ready = draft.sku.trim() !== '' && draft.location.trim() !== '' && countedScaled !== undefined && countedScaled >= 0;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const isMade = await onMake([{ kind: 'floor', sku: draft.sku.trim(), location: draft.location.trim(), countedScaled, note: draft.note.trim() }]);
    if (isMade) setDraft({ ...EMPTY, location: draft.location });
  };
  return (
    <>
      {sample.conclusion === null ? (
        <form aria-label="Count from the floor" className={styles['floorForm']} onSubmit={(event) => void add(event)}>
          <TextField label="SKU" value={draft.sku} onValue={(sku) => setDraft({ ...draft, sku })} />
          <TextField label="Location" value={draft.location} onValue={(location) => setDraft({ ...draft, location })} />
          <TextField label="Counted" align="end" inputMode="decimal" value={draft.counted} onValue={(counted) => setDraft({ ...draft, counted })} />
          <TextField label="Note" value={draft.note} onValue={(note) => setDraft({ ...draft, note })} />
          <div className={styles['button']}><Button type="submit" disabled={!ready}>Add</Button></div>
        </form>
      ) : null}
      <Table
        caption="Counted from the floor"
        rows={sample.floorCounts}
        rowKey={({ floorCountId }) => floorCountId}
        empty="Nothing was counted from the floor yet."
        columns={[
          { id: 'sku', title: 'SKU', cell: ({ sku }) => sku },
          { id: 'location', title: 'Location', cell: ({ location }) => location },
          { id: 'counted', title: 'Counted', align: 'end', cell: (row) => quantityText(row.countedScaled) },
          { id: 'book', title: 'In the books', align: 'end', cell: ({ bookScaled }) => (bookScaled === null ? 'no such line' : quantityText(bookScaled)) },
          { id: 'difference', title: 'Difference', align: 'end', cell: (row) => (row.bookScaled === null ? 'unknown' : signedQuantityText(row.countedScaled - row.bookScaled)) },
          { id: 'note', title: 'Note', wraps: true, cell: ({ note }) => note },
        ]}
      />
    </>
  );
}
