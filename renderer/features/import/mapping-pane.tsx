/**
 * A file that no profile knows: each column beside its first values, and the field a person gives it.
 */
import { type FormEvent, type ReactNode, useState } from 'react';
import {
  type DateStyle,
  type FileColumn,
  type FileInspection,
  IMPORT_KINDS,
  type ImportKind,
  profileOfMapping,
  TARGET_FIELDS,
  type TargetField,
} from '@shared/domain/import';
import { KIND_WORDS, SYSTEM_WORDS } from '@shared/domain/import-words';
import { SYSTEMS, type System } from '@shared/domain/states';
import { useCall } from '../../api';
import { Button, Checkbox, countWords, Notice, Pane, Section, SelectField, Table, TextField } from '../../ui';
import type { ImportQueue } from './import-queue';
import {
  DATE_STYLE_WORDS,
  draftOf,
  fieldsOf,
  mappingOf,
  missingIn,
  NUMBER_STYLES,
  speaksForSystem,
  withField,
  withKind,
} from './mapping-draft';
import type { QueuedFile } from './queued-file';
import { ReadingForm, readingKey } from './reading-form';
import { layoutWords } from './words';
import styles from './import.module.css';

export interface MappingPaneProps {
  readonly file: QueuedFile;
  readonly inspection: FileInspection;
  readonly queue: ImportQueue;
  readonly aside: ReactNode;
}

export function MappingPane({ file, inspection, queue, aside }: MappingPaneProps) {
  const [draft, setDraft] = useState(() => draftOf(inspection));
  const [keeps, setKeeps] = useState(true);
  const save = useCall('imports:saveProfile');
  const missing = missingIn(draft);
  const mapped = Object.keys(draft.fields).length;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing.length > 0 || save.running) return;
    const mapping = mappingOf(draft, inspection);
    if (!keeps) return queue.map(file.key, { mapping: profileOfMapping(mapping) });
    const outcome = await save.run({ mapping });
    if (outcome.ok) queue.map(file.key, { profileId: outcome.value.profileId });
  };
  const systemChoices: { value: System | ''; label: string }[] = [
    { value: '', label: speaksForSystem(draft.kind) ? 'A column says it' : 'None' },
    ...SYSTEMS.map((system) => ({ value: system, label: SYSTEM_WORDS[system] })),
  ];
  return (
    <form
      className={styles['fill']}
      aria-label={`Mapping of ${file.fileName}`}
      onSubmit={(event) => void submit(event)}
    >
      <Pane
        title={file.fileName}
        aside={aside}
        testId="mapping-pane"
        footer={
          <>
            <span className={styles['footText']}>
              {missing.length > 0
                ? `Still missing: ${missing.join(', ')}`
                : `${countWords(mapped, 'column')} mapped, ${inspection.columns.length - mapped} ignored`}
            </span>
            <Checkbox label="Keep as a profile for the next file like it" checked={keeps} onChecked={setKeeps} />
            <Button type="submit" kind="primary" disabled={missing.length > 0 || save.running}>
              Rehearse with this mapping
            </Button>
          </>
        }
      >
        <div className={styles['note']}>
          <Notice
            tone="info"
            title={
              inspection.refusal ?? file.refusal?.message ?? (inspection.fits.length > 0 ? 'Say what each column means.' : 'No profile knows this header. Say what each column means.')
            }
          >
            {layoutWords(inspection)}
          </Notice>
        </div>
        {inspection.fits.length > 0 || inspection.sheets.length !== 1 ? (
          <Section title="How the file is read">
            <ReadingForm key={readingKey(file)} file={file} inspection={inspection} onRead={(given) => queue.give(file.key, given)} />
          </Section>
        ) : null}
        {save.refusal ? (
          <div className={styles['note']}>
            <Notice tone="error" title="The profile was not kept" copyText={save.refusal.message}>
              {save.refusal.message}
            </Notice>
          </div>
        ) : null}
        <Section title="The file">
          <div className={styles['mappingFields']}>
            <SelectField<ImportKind>
              label="Kind"
              value={draft.kind}
              onValue={(kind) => setDraft(withKind(draft, kind))}
              choices={IMPORT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
            />
            <SelectField<System | ''>
              label="System"
              value={draft.system ?? ''}
              disabled={!speaksForSystem(draft.kind)}
              onValue={(system) => setDraft({ ...draft, system: system === '' ? null : system })}
              choices={systemChoices}
            />
            <TextField
              label="Source"
              value={draft.source}
              onValue={(source) => setDraft({ ...draft, source })}
              hint="Whose names for items and locations"
            />
            <TextField
              label="Name of the profile"
              value={draft.name}
              onValue={(name) => setDraft({ ...draft, name })}
            />
            <SelectField
              label="Numbers are written"
              value={`${draft.numberStyle.decimal}${draft.numberStyle.thousands}`}
              onValue={(key) =>
                setDraft({ ...draft, numberStyle: NUMBER_STYLES.find((each) => each.key === key)!.style })
              }
              choices={NUMBER_STYLES.map(({ key, label }) => ({ value: key, label }))}
            />
            <SelectField<DateStyle | ''>
              label="Dates are written"
              value={draft.dateStyle ?? ''}
              onValue={(dateStyle) => setDraft({ ...draft, dateStyle: dateStyle === '' ? null : dateStyle })}
              choices={[
                ...(draft.dateStyle === null ? [{ value: '' as const, label: 'Month or day first?' }] : []),
                ...Object.entries(DATE_STYLE_WORDS).map(([value, label]) => ({ value: value as DateStyle, label })),
              ]}
            />
          </div>
        </Section>
        <Section title={`Columns, ${inspection.columns.length}`}>
          <div className={styles['mapping']}>
            <Table<FileColumn>
              caption="Columns of the file"
              rows={inspection.columns}
              rowKey={(column) => column.position}
              columns={[
                { id: 'position', title: '#', align: 'end', width: 36, cell: (column) => column.position },
                {
                  id: 'header',
                  title: 'Column',
                  cell: (column) => column.header || <span className={styles['quiet']}>no header</span>,
                },
                {
                  id: 'samples',
                  title: 'First values',
                  cell: (column) => (
                    <span className={styles['samples']}>
                      {column.samples
                        .slice(0, 3)
                        .map((sample) => sample || '∅')
                        .join('  ·  ')}
                    </span>
                  ),
                },
                {
                  id: 'field',
                  title: 'Field',
                  width: 220,
                  cell: (column) => (
                    <SelectField<TargetField | ''>
                      label={`Field of ${column.header}`}
                      labelHidden
                      value={draft.fields[column.position] ?? ''}
                      onValue={(field) => setDraft(withField(draft, column.position, field))}
                      choices={[
                        { value: '', label: 'Ignored' },
                        ...fieldsOf(draft.kind).map((field) => ({ value: field, label: TARGET_FIELDS[field].label })),
                      ]}
                    />
                  ),
                },
              ]}
            />
          </div>
        </Section>
      </Pane>
    </form>
  );
}
