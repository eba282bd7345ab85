/**
 * The notes of a line as they were written, and a field to write one. What is being written waits for its line while others are looked at.
 */
import { type KeyboardEvent, useState } from 'react';
import type { LineDetail } from '@shared/domain/lines';
import { type LineNote, NOTE_LENGTH_MAX } from '@shared/domain/notes';
import { useConnection } from '../../../api';
import { notify } from '../../../app/notifications';
import { useWorkspace } from '../../../app/workspace';
import { nameOf } from '../../../app/words';
import { Button, classes, instantText, offsetText } from '../../../ui';
import { WithdrawForm, WithdrawnText } from './withdraw';
import styles from './notes.module.css';

/** By period and line. */
const drafts = new Map<string, string>();

export function NoteThread({ line, notes }: { readonly line: LineDetail; readonly notes: readonly LineNote[] }) {
  const { canEdit } = useWorkspace();
  return (
    <>
      {notes.length > 0 ? (
        <ol className={styles['thread']} aria-label="Notes">
          {notes.map((note) => <Note key={note.lineNoteId} note={note} timeZone={line.timeZone} />)}
        </ol>
      ) : null}
      {canEdit ? <NewNote line={line} /> : null}
    </>
  );
}

function Note({ note, timeZone }: { readonly note: LineNote; readonly timeZone: string }) {
  const { canEdit, announce } = useWorkspace();
  const connection = useConnection();
  const [withdrawing, setWithdrawing] = useState(false);
  const withdraw = async (why: string) => {
    const outcome = await connection.call('notes:withdraw', { lineNoteId: note.lineNoteId, why });
    if (outcome.ok) announce(`Note ${note.number} withdrawn`);
    else notify({ tone: 'error', title: outcome.message });
    return outcome.ok;
  };
  return (
    <li className={styles['note']} data-testid="line-note">
      <div className={styles['byline']}>
        <b title={note.author}>{nameOf(note.author)}</b>
        <time dateTime={new Date(note.writtenInstant).toISOString()} title={offsetText(note.writtenInstant, timeZone)}>{instantText(note.writtenInstant, timeZone)}</time>
        {canEdit && !note.withdrawn && !withdrawing ? <Button kind="quiet" aria-label={`Withdraw note ${note.number}`} onClick={() => setWithdrawing(true)}>Withdraw</Button> : null}
      </div>
      <div className={classes(styles['text'], note.withdrawn !== null && styles['withdrawn'])} data-selectable>{note.text}</div>
      {note.withdrawn ? <WithdrawnText withdrawn={note.withdrawn} timeZone={timeZone} /> : null}
      {withdrawing ? <WithdrawForm what={`note ${note.number}`} onWithdraw={withdraw} onLeave={() => setWithdrawing(false)} /> : null}
    </li>
  );
}

function NewNote({ line }: { readonly line: LineDetail }) {
  const { announce } = useWorkspace();
  const connection = useConnection();
  const key = `${line.periodId} ${line.stockKeyId}`;
  const [text, setText] = useState(drafts.get(key) ?? '');
  const [saving, setSaving] = useState(false);
  const write = (next: string) => {
    setText(next);
    if (next === '') drafts.delete(key);
    else drafts.set(key, next);
  };
  const save = async () => {
    if (text.trim() === '' || saving) return;
    setSaving(true);
    const outcome = await connection.call('notes:add', { periodId: line.periodId, stockKeyId: line.stockKeyId, text: text.trim() });
    setSaving(false);
    if (!outcome.ok) return notify({ tone: 'error', title: outcome.message });
    write('');
    announce(`Note ${outcome.value.number} saved`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  return (
    <div className={styles['write']}>
      <textarea
        aria-label="Write a note" className={styles['input']} rows={2} value={text} maxLength={NOTE_LENGTH_MAX} readOnly={saving} placeholder="Write a note: what was asked, who answered"
        onChange={(event) => write(event.target.value)} onKeyDown={onKeyDown}
      />
      {text.trim() === '' ? null : <Button shortcut="CmdOrCtrl+Enter" disabled={saving} onClick={() => void save()}>Save note</Button>}
    </div>
  );
}
