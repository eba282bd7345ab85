/**
 * The files of a line as rows: what each is, how large, its hash, who put it there and when.
 */
import { useEffect, useRef, useState } from 'react';
import { bytesWords } from '@shared/domain/byte-size';
import { MEDIA_TYPE_WORDS, type MediaType, shownAs } from '@shared/domain/media-type';
import { type Attachment, safeFileName, shownName } from '@shared/domain/notes';
import { useConnection } from '../../../api';
import { notify } from '../../../app/notifications';
import { shellAction } from '../../../app/shell-commands';
import { useWorkspace } from '../../../app/workspace';
import { nameOf } from '../../../app/words';
import { Button, classes, FileIcon, type Icon, instantText, MailIcon, PictureIcon, SheetIcon } from '../../../ui';
import { useContent } from './use-content';
import { WithdrawForm, WithdrawnText } from './withdraw';
import styles from './notes.module.css';

const ICON_OF: Readonly<Partial<Record<MediaType, Icon>>> = {
  'message/rfc822': MailIcon,
  'application/vnd.ms-outlook': MailIcon,
  'text/csv': SheetIcon,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': SheetIcon,
};
const iconOf = (type: MediaType): Icon => (shownAs(type) === 'picture' ? PictureIcon : (ICON_OF[type] ?? FileIcon));

/** A small picture is read for lines that are stayed on, and only where the file is no large one. */
const THUMBNAIL_BYTES_MAX = 8_000_000;
const THUMBNAIL_AFTER_MS = 150;

/** Asks where to, then writes the file out as it came. */
export function useSaveOut(): (attachment: Attachment) => Promise<void> {
  const connection = useConnection();
  return async ({ attachmentId, fileName }) => {
    const chosen = await shellAction('shell:chooseSavePath', { suggestedName: safeFileName(fileName), kind: 'any' });
    if (!chosen.ok) return;
    const saved = await connection.call('attachments:save', { attachmentId, path: chosen.value.path });
    notify(saved.ok ? { tone: 'done', title: 'Saved', text: saved.value.path } : { tone: 'error', title: saved.message });
  };
}

export interface AttachmentListProps {
  readonly attachments: readonly Attachment[];
  readonly timeZone: string;
  readonly onOpen: (attachment: Attachment) => void;
}

export function AttachmentList({ attachments, timeZone, onOpen }: AttachmentListProps) {
  const list = useRef<HTMLUListElement>(null);
  const known = useRef(attachments.length);
  useEffect(() => {
    // What was just put there is shown, wherever in the pane a person was.
    if (attachments.length > known.current) list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
    known.current = attachments.length;
  }, [attachments.length]);
  if (attachments.length === 0) return null;
  return (
    <ul ref={list} className={styles['files']} aria-label="Attachments">
      {attachments.map((attachment) => <AttachmentRow key={attachment.attachmentId} attachment={attachment} timeZone={timeZone} onOpen={onOpen} />)}
    </ul>
  );
}

interface AttachmentRowProps extends Pick<AttachmentListProps, 'timeZone' | 'onOpen'> {
  readonly attachment: Attachment;
}

function AttachmentRow({ attachment, timeZone, onOpen }: AttachmentRowProps) {
  const { canEdit, announce } = useWorkspace();
  const connection = useConnection();
  const saveOut = useSaveOut();
  const [withdrawing, setWithdrawing] = useState(false);
  const name = shownName(attachment.fileName);
  const withdraw = async (why: string) => {
    const outcome = await connection.call('attachments:withdraw', { attachmentId: attachment.attachmentId, why });
    if (outcome.ok) announce(`${name} withdrawn`);
    else notify({ tone: 'error', title: outcome.message });
    return outcome.ok;
  };
  return (
    <li className={styles['file']} data-testid="attachment">
      <Thumbnail attachment={attachment} />
      <div className={styles['about']}>
        <button type="button" className={classes(styles['name'], attachment.withdrawn !== null && styles['withdrawn'])} title={name} onClick={() => onOpen(attachment)}>{name}</button>
        <div className={styles['facts']}>
          {MEDIA_TYPE_WORDS[attachment.mediaType]}, {bytesWords(attachment.byteLength)}, <span className={styles['hash']} title={`SHA-256 ${attachment.sha256}`} data-selectable>{attachment.sha256.slice(0, 12)}</span>
        </div>
        <div className={styles['facts']}><span title={attachment.addedBy}>{nameOf(attachment.addedBy)}</span>, {instantText(attachment.addedInstant, timeZone)}</div>
        {attachment.said === '' ? null : <div className={styles['text']} data-selectable>{attachment.said}</div>}
        {attachment.withdrawn ? <WithdrawnText withdrawn={attachment.withdrawn} timeZone={timeZone} /> : null}
        {withdrawing ? <WithdrawForm what={name} onWithdraw={withdraw} onLeave={() => setWithdrawing(false)} /> : null}
      </div>
      <div className={styles['actions']}>
        <Button kind="quiet" aria-label={`Save ${name}`} onClick={() => void saveOut(attachment)}>Save</Button>
        {canEdit && !attachment.withdrawn && !withdrawing ? <Button kind="quiet" aria-label={`Withdraw ${name}`} onClick={() => setWithdrawing(true)}>Withdraw</Button> : null}
      </div>
    </li>
  );
}

function Thumbnail({ attachment }: { readonly attachment: Attachment }) {
  const isSmall = shownAs(attachment.mediaType) === 'picture' && attachment.byteLength <= THUMBNAIL_BYTES_MAX;
  const { pictureUrl } = useContent(attachment, isSmall, THUMBNAIL_AFTER_MS);
  const Picture = iconOf(attachment.mediaType);
  return (
    <span className={styles['thumbnail']}>
      {pictureUrl === undefined ? <Picture size={20} /> : <img src={pictureUrl} alt="" className={styles['small']} draggable={false} />}
    </span>
  );
}
