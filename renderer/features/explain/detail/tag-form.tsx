/**
 * The answer to a line: reason, owner, due date, note. Saved as it is given; there is no button to forget.
 */
import { useEffect, useState } from 'react';
import type { ReasonCode } from '@shared/contract/tags';
import type { LineDetail, Owner } from '@shared/domain/lines';
import { useWorkspace } from '../../../app/workspace';
import { OWNER_WORDS } from '../../../app/words';
import { Button, classes, Combobox, DayInput, LockIcon } from '../../../ui';
import { useLineChanges } from '../line-changes';
import { OWNER_ENTRIES, reasonEntries } from '../line-columns';
import { dueDateText, dueInstantOf } from './due-date';
import { changeableOf, reasonForCause } from './line-tag';
import styles from './tag-form.module.css';

export interface TagFormProps {
  readonly line: LineDetail;
  readonly reasonCodes: readonly ReasonCode[];
}

export function TagForm({ line, reasonCodes }: TagFormProps) {
  const { canEdit, timeZone } = useWorkspace();
  const changeLines = useLineChanges();
  const savedNote = line.tag?.note ?? '';
  const savedDue = dueDateText(line.dueInstant, timeZone);
  const [note, setNote] = useState(savedNote);
  const [due, setDue] = useState(savedDue);
  // What was saved elsewhere, or taken back, is what stands here.
  useEffect(() => setNote(savedNote), [savedNote]);
  useEffect(() => setDue(savedDue), [savedDue]);
  const editable = canEdit && line.status !== 'approved';
  const changeable = changeableOf(line);
  const save = (change: Parameters<typeof changeLines>[1]) => void changeLines([changeable], change);

  const reason = line.tag?.reasonCode ?? '';
  const proposed = reason === '' && line.status === 'open' ? reasonForCause(reasonCodes, line.cause) : undefined;
  const proposes = proposed !== undefined && editable;
  const saveNote = () => {
    if (note !== savedNote) save({ note });
  };
  const saveDue = () => {
    const dueInstant = dueInstantOf(due, timeZone);
    if (dueInstant !== undefined && due !== savedDue) save({ dueInstant });
  };
  return (
    <section className={styles['form']} aria-label={`Answer for ${line.sku} at ${line.location}`} data-testid="tag-form">
      {editable ? null : (
        <div className={styles['locked']}><LockIcon size={12} /> {line.status === 'approved' ? 'In an approved journal: the answer stands.' : 'Nothing can be changed here.'}</div>
      )}
      <div className={classes(styles['wide'], proposes && styles['fitting'])}>
        <span className={styles['label']} id="tag-reason">Reason</span>
        <Combobox label="Reason" placeholder={editable ? 'Code or words' : ''} disabled={!editable} entries={reasonEntries(reasonCodes, line)} value={reason} onChoose={(code) => save({ reason: code })} />
        {proposes ? (
          <Button hint={`Give the reason ${proposed.code} ${proposed.name}, which fits the cause`} onClick={() => save({ reason: proposed.code })}>
            Fits: {proposed.code}
          </Button>
        ) : null}
      </div>
      <div>
        <span className={styles['label']}>Owner</span>
        <Combobox
          label={line.suggestedOwner && !line.tag?.owner ? `Owner, proposed ${OWNER_WORDS[line.suggestedOwner]}` : 'Owner'} disabled={!editable} entries={OWNER_ENTRIES} value={line.tag?.owner ?? ''}
          placeholder={line.suggestedOwner ? OWNER_WORDS[line.suggestedOwner] : editable ? 'Who acts' : ''}
          onChoose={(owner) => save({ owner: owner as Owner })}
        />
      </div>
      <div>
        <span className={styles['label']}>Due</span>
        <DayInput aria-label="Due" className={styles['input']} disabled={!editable} value={due} onValue={setDue} onBlur={saveDue} onKeyDown={(event) => event.key === 'Enter' && saveDue()} />
      </div>
      <div className={styles['wide']}>
        <span className={styles['label']}>Note</span>
        <textarea
          aria-label="Note" className={styles['input']} rows={1} disabled={!editable} value={note} placeholder={editable ? 'What was found, who said so' : ''}
          onChange={(event) => setNote(event.target.value)} onBlur={saveNote}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            saveNote();
          }}
        />
      </div>
    </section>
  );
}
