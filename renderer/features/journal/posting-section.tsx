/**
 * The journal for the system that keeps the ledger: which one, what only a person knows of it, and the file it imports.
 */
import { type FormEvent, useState } from 'react';
import type { PostingSystemOffer, PostingWritten } from '@shared/contract/posting';
import type { Journal } from '@shared/contract/journals';
import type { PostingSystemId } from '@shared/domain/posting/shapes';
import { shellCall, useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, countWords, ExportIcon, Notice, Section, SelectField, TextField } from '../../ui';
import styles from './journal.module.css';

export interface PostingSectionProps {
  readonly journal: Journal;
  /** Before the file is written: exporting changes the journal's state and must not take it from sight. */
  readonly onExported: () => void;
}

export function PostingSection({ journal, onExported }: PostingSectionProps) {
  const systems = useQuery('journals:postingSystems', {}, { areas: ['journals'], keepsPrevious: true });
  const [chosen, setChosen] = useState<PostingSystemId | ''>('');
  const system = systems.value?.find(({ id }) => id === chosen);
  return (
    <Section title="For the ledger’s own system">
      <div className={styles['posting']} data-testid="posting">
        <SelectField
          label="System"
          value={chosen}
          onValue={setChosen}
          choices={[
            { value: '', label: 'Choose a system' },
            ...(systems.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      {system ? <PostingForm key={system.id} journal={journal} system={system} onExported={onExported} /> : null}
    </Section>
  );
}

function PostingForm({ journal, system, onExported }: PostingSectionProps & { readonly system: PostingSystemOffer }) {
  const { info, workbook } = useWorkspace();
  const announce = useAnnounce();
  const write = useCall('journals:exportFor');
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(system.settings.map(({ id, value }) => [id, value])),
  );
  const [written, setWritten] = useState<PostingWritten | undefined>(undefined);
  const missing = system.settings.some(({ id, usual }) => usual === null && (values[id] ?? '').trim() === '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing || write.running || workbook.readOnly) return;
    const place = await shellCall('shell:chooseSavePath', {
      suggestedName: `${info.company} ${journal.number} ${system.name}.csv`,
      kind: 'csv',
    });
    if (!place.ok) {
      if (place.failure !== 'dialog_cancelled') notify({ tone: 'error', title: place.message });
      return;
    }
    onExported();
    const outcome = await write.run({
      journalId: journal.journalId,
      system: system.id,
      path: place.value.path,
      settings: { ...values },
    });
    if (!outcome.ok) return;
    setWritten(outcome.value);
    announce(`${journal.number} is written for ${system.name}.`);
  };
  return (
    <form aria-label={`${journal.number} for ${system.name}`} onSubmit={(event) => void submit(event)}>
      <div className={styles['posting']}>
        {system.settings.map(({ id, label, help, choices, usual }) =>
          choices ? (
            <SelectField
              key={id}
              label={label}
              hint={help}
              value={values[id] ?? ''}
              onValue={(value) => setValues({ ...values, [id]: value })}
              choices={choices.map((choice) => ({ value: choice, label: choice }))}
            />
          ) : (
            <TextField
              key={id}
              label={label}
              hint={help}
              required={usual === null}
              value={values[id] ?? ''}
              onValue={(value) => setValues({ ...values, [id]: value })}
            />
          ),
        )}
      </div>
      <div className={styles['note']}>
        <Button type="submit" icon={ExportIcon} disabled={missing || write.running || workbook.readOnly}>
          Write the file for {system.name}
        </Button>
      </div>
      {write.refusal ? (
        <div className={styles['note']}>
          <Notice tone="error" title="The file was not written" copyText={write.refusal.message}>
            {write.refusal.message}
          </Notice>
        </div>
      ) : null}
      {written ? (
        <div className={styles['note']} data-testid="posting-written">
          <Notice
            tone="done"
            title={
              written.files.length === 1
                ? `Written to ${written.files[0]!.path}`
                : `Written to ${countWords(written.files.length, 'file')}`
            }
            copyText={written.files.map(({ path, sha256 }) => `${path}\nSHA-256 ${sha256}`).join('\n')}
          >
            {written.files.map(({ path, lines, sha256 }) => (
              <p key={path}>{`${path}, ${countWords(lines, 'line')}, SHA-256 ${sha256}`}</p>
            ))}
            {written.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Notice>
        </div>
      ) : null}
    </form>
  );
}
