/**
 * Undoing an import: everything it would do and touch is listed first, then a reason is asked for.
 */
import { type FormEvent, useState } from 'react';
import type { AffectedList, UndoPreview } from '@shared/domain/import-life';
import { useCall, useQuery } from '../../api';
import { Button, countText, countWords, Notice, Pending, Section, Table, TextField } from '../../ui';
import { TotalsTable } from './totals-table';
import styles from './import.module.css';

export function UndoForm({ importId, fileName, onUndone }: { readonly importId: number; readonly fileName: string; readonly onUndone: (sentence: string) => void }) {
  const preview = useQuery('imports:previewUndo', { importId });
  const [why, setWhy] = useState('');
  const undo = useCall('imports:undo');
  if (preview.refusal) {
    return (
      <Notice tone="error" title="What undoing would do could not be listed" copyText={preview.refusal.message} actions={<Button onClick={preview.reload}>List again</Button>}>
        {preview.refusal.message}
      </Notice>
    );
  }
  if (!preview.value) return <Pending of={preview} label="What undoing would do" size="part" />;
  const { value } = preview;
  const blocked = value.blockedBy.length > 0;
  const ready = why.trim() !== '' && !undo.running && !blocked;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await undo.run({ importId, why: why.trim(), token: value.token });
    if (outcome.ok) onUndone(`${fileName} is undone: ${countWords(outcome.value.rowsLeaving, 'row')} left the figures.`);
    else if (outcome.failure === 'workbook_changed') preview.reload();
  };
  return (
    <>
      {blocked ? (
        <Notice tone="warning" title={`Import ${importId} cannot be undone`}>
          {value.blockedBy.map(({ name, note }) => `${name} ${note}`).join(' ')}
        </Notice>
      ) : (
        <form className={styles['undo']} aria-label={`Undo ${fileName}`} onSubmit={(event) => void submit(event)}>
          <TextField label="Why the import is undone" value={why} onValue={setWhy} disabled={undo.running} />
          <div className={styles['givenButton']}>
            <Button type="submit" kind="danger" disabled={!ready}>
              {`Undo: take ${countWords(value.rowsLeaving, 'row')} out`}
            </Button>
          </div>
        </form>
      )}
      {undo.refusal ? (
        <Notice tone="error" title="The import stays" copyText={undo.refusal.message}>
          {undo.refusal.message}
        </Notice>
      ) : null}
      <Consequences preview={value} />
    </>
  );
}

function Consequences({ preview }: { readonly preview: UndoPreview }) {
  const { waiting, mended, ignored } = preview.quarantine;
  const sentences = [
    `${countWords(preview.rowsLeaving, 'row')} leave the figures. The file, its rows and its history stay as evidence; the same file can be imported again.`,
    ...(preview.bringsBack ? [`Import ${preview.bringsBack.importId}, ${preview.bringsBack.fileName}, comes back with ${countWords(preview.bringsBack.rows, 'row')}.`] : []),
    ...preview.takesIn.map(
      (each) => `Import ${each.importId}, ${each.fileName}, takes in ${countWords(each.accepted, 'row')} that this one held${each.quarantined > 0 ? `; ${countWords(each.quarantined, 'row')} go to the quarantine` : ''}.`,
    ),
    ...(waiting + mended + ignored > 0 ? [`${countText(waiting)} waiting, ${countText(mended)} mended and ${countText(ignored)} ignored rows of its quarantine go with it.`] : []),
    ...(preview.reconciliationStale ? ['The reconciliation has to run again.'] : []),
    ...preview.notes,
  ];
  return (
    <>
      <Section title="What undoing does" testId="undo-preview">
        <ul className={styles['sentences']}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
      {preview.totals.length > 0 ? (
        <Section title="Totals of the period, before and after">
          <TotalsTable caption="Totals before and after undoing" totals={preview.totals} isLedger={preview.totals.some(({ measure }) => measure === 'debit' || measure === 'credit')} />
        </Section>
      ) : null}
      <AffectedTable title="Lines that a person tagged: the tags stay, the figures move" list={preview.taggedLines} />
      <AffectedTable title="Goes with it" list={preview.removed} />
      <AffectedTable title="Stays, because it is in use" list={preview.kept} />
      <AffectedTable title="Is put back" list={preview.restored} />
      <AffectedTable title="Stays as it is now" list={preview.leftAsTheyAre} />
    </>
  );
}

function AffectedTable({ title, list }: { readonly title: string; readonly list: AffectedList }) {
  if (list.count === 0) return null;
  const first = list.named.length < list.count ? `, the first ${countText(list.named.length)}` : '';
  return (
    <Section title={`${title}: ${countText(list.count)}${first}`}>
      <Table
        caption={title}
        rows={list.named}
        rowKey={(_each, index) => index}
        columns={[
          { id: 'name', title: 'What', cell: (each) => each.name },
          { id: 'note', title: 'How', wraps: true, cell: (each) => each.note },
        ]}
      />
    </Section>
  );
}
