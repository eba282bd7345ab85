/**
 * Notes and evidence of a line: what people said of it, and the files they put beside it.
 */
import { useState } from 'react';
import type { LineDetail } from '@shared/domain/lines';
import type { Attachment } from '@shared/domain/notes';
import { useQuery } from '../../../api';
import { useWorkspace } from '../../../app/workspace';
import { Button, LockIcon, Notice, PaperclipIcon, Section } from '../../../ui';
import { AttachmentList } from './attachment-list';
import { AttachmentViewer } from './attachment-viewer';
import { NoteThread } from './note-thread';
import styles from './notes.module.css';

export interface NotesSectionProps {
  readonly line: LineDetail;
  /** Asks for files to attach to the line. */
  readonly onAttach: () => void;
  readonly attaching: boolean;
}

export function NotesSection({ line, onAttach, attaching }: NotesSectionProps) {
  const { canEdit, whyNot } = useWorkspace();
  const { periodId, stockKeyId } = line;
  const said = useQuery('notes:ofLine', { periodId, stockKeyId }, { areas: ['notes', 'attachments'] });
  const [opened, setOpened] = useState<Attachment | undefined>(undefined);
  const { notes = [], attachments = [] } = said.value ?? {};
  const isEmpty = said.value !== undefined && notes.length === 0 && attachments.length === 0;
  return (
    <Section
      title="Notes and evidence"
      shortTitle="Notes"
      testId="detail-notes"
      aside={canEdit ? <Button kind="quiet" icon={PaperclipIcon} shortcut="CmdOrCtrl+Shift+A" disabled={attaching} onClick={onAttach}>{attaching ? 'Attaching' : 'Attach files'}</Button> : undefined}
    >
      {said.refusal ? <Notice tone="error" title={said.refusal.message} copyText={said.refusal.message} /> : null}
      {canEdit ? null : <div className={styles['locked']}><LockIcon size={12} /> {isEmpty ? 'No notes, no attachments. ' : ''}{whyNot}</div>}
      <NoteThread line={line} notes={notes} />
      {said.value ? <AttachmentList attachments={attachments} timeZone={line.timeZone} onOpen={setOpened} /> : null}
      {canEdit && attachments.length === 0 ? <p className={styles['hint']}>Drop a picture, a PDF or a mail onto this pane, or paste it.</p> : null}
      {opened ? <AttachmentViewer key={opened.attachmentId} attachment={opened} onClose={() => setOpened(undefined)} /> : null}
    </Section>
  );
}
