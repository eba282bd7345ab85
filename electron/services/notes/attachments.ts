/**
 * Files attached to a line: taken in as they are, kept once under their SHA-256, handed out only while they still have it.
 */
import fs from 'node:fs';
import { deflateSync } from 'node:zlib';
import { bytesWords } from '@shared/domain/byte-size';
import { mediaTypeOf } from '@shared/domain/media-type';
import { ATTACHMENT_BYTES_MAX, type Attachment, type GivenFile, givenName, shownName } from '@shared/domain/notes';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import {
  attachedContent, attachmentById, type AttachmentRow, attachmentsOfLine, hasAttachedFile, insertAttachedFile, insertAttachment, setAttachmentWithdrawn,
} from '../../workbook/tables/notes';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { keptBytes } from '../kept-content';
import { saveFile } from '../save-file';
import { type LineKey, withdrawable, withdrawnOf, writableLine } from './line';

export const toAttachment = (row: AttachmentRow): Attachment => ({
  attachmentId: row.attachment_id, number: row.number, fileName: row.file_name, mediaType: row.media_type, byteLength: row.byte_length, sha256: row.sha256,
  addedInstant: row.added_instant, addedBy: row.added_by, said: row.said, withdrawn: withdrawnOf(row),
});

interface ReadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type FileFailure = 'file_missing' | 'file_empty' | 'file_too_large';

const tooLarge = (name: string, byteLength: number) =>
  refused('file_too_large', `${name} is ${bytesWords(byteLength)}; an attachment holds at most ${bytesWords(ATTACHMENT_BYTES_MAX)}. Attach the part that matters, or say in a note where the whole is kept.`);

/** A given file's bytes, at most the limit and one more. */
function readGiven(file: GivenFile): Outcome<ReadFile, FileFailure> {
  const name = givenName('path' in file ? file.path : file.name);
  let bytes: Uint8Array;
  if ('path' in file) {
    try {
      const stat = fs.statSync(file.path);
      if (!stat.isFile()) return refused('file_missing', `${name} is no file. Attach the files in it one by one.`);
      if (stat.size > ATTACHMENT_BYTES_MAX) return tooLarge(name, stat.size);
      bytes = fs.readFileSync(file.path);
    } catch (error) {
      return refused('file_missing', `${name} cannot be read: ${(error as Error).message}. Check that it is there and may be read.`);
    }
  } else bytes = file.bytes;
  if (bytes.byteLength === 0) return refused('file_empty', `${name} is empty: it holds 0 bytes. Attach a file with content.`);
  return bytes.byteLength > ATTACHMENT_BYTES_MAX ? tooLarge(name, bytes.byteLength) : done({ name, bytes });
}

export interface AttachRequest extends LineKey {
  readonly files: readonly GivenFile[];
  /** Said with each of them; may be empty. */
  readonly said: string;
}

type AttachFailure = 'period_missing' | 'period_locked' | 'line_missing' | FileFailure | 'attached_already';

/** Attaches files to a line: all of them or, where one is refused, none. */
export function attachFiles(context: ServiceContext, { files, said, ...key }: AttachRequest): Outcome<Attachment[], AttachFailure> {
  const { workbook, job } = context;
  return inTransaction(workbook, (): ReturnType<typeof attachFiles> => {
    const line = writableLine(workbook, key);
    if (!line.ok) return line;
    const standing = new Map(attachmentsOfLine(workbook, key.periodId, key.stockKeyId).filter((row) => row.withdrawn_instant === null).map((row) => [row.sha256, row]));
    const [atInstant, addedBy] = [context.now(), actorText(context.actor)];
    const added: Attachment[] = [];
    for (const [index, file] of files.entries()) {
      job.checkCancelled();
      job.progress('Attaching', index, files.length);
      const read = readGiven(file);
      if (!read.ok) return read;
      const { name, bytes } = read.value;
      const sha256 = sha256Hex(bytes);
      const same = standing.get(sha256);
      if (same) {
        return refused('attached_already', `${name} is attached to ${line.value.name} already, as number ${same.number}, ${shownName(same.file_name)}: the same ${bytesWords(bytes.byteLength)} to the last byte. Leave it out.`);
      }
      if (!hasAttachedFile(workbook, sha256)) {
        insertAttachedFile(workbook, { sha256, byte_length: bytes.byteLength, media_type: mediaTypeOf(bytes) }, deflateSync(bytes));
      }
      const id = insertAttachment(workbook, {
        period_id: key.periodId, stock_key_id: key.stockKeyId, sha256, file_name: name, added_instant: atInstant, added_by: addedBy, said,
      });
      const row = attachmentById(workbook, id)!;
      standing.set(sha256, row);
      const attachment = toAttachment(row);
      added.push(attachment);
      appendAudit(workbook, {
        atInstant, actor: addedBy, action: 'attachment.add', periodId: key.periodId, subject: `line:${key.stockKeyId}`,
        detail: { number: attachment.number, before: null, after: toldAttachment(attachment) },
      });
    }
    job.progress('Attaching', files.length, files.length);
    return done(added);
  });
}

/** An attachment as the audit trail tells it. */
const toldAttachment = ({ fileName, byteLength, sha256, said }: Attachment) => ({ fileName, byteLength, sha256, ...(said !== '' && { said }) });

const missing = () => refused('attachment_missing', 'That attachment is not in this workbook. Choose one of the line.');

/** An attachment with its bytes; refused where they are no longer those that were given. */
export function readAttachment(
  workbook: ReadableWorkbook, attachmentId: number,
): Outcome<{ readonly attachment: Attachment; readonly bytes: Uint8Array<ArrayBuffer> }, 'attachment_missing' | 'attachment_changed'> {
  const row = attachmentById(workbook, attachmentId);
  if (!row) return missing();
  const attachment = toAttachment(row);
  const bytes = keptBytes(attachedContent(workbook, attachment.sha256), attachment);
  if (!bytes) {
    return refused('attachment_changed', `${shownName(attachment.fileName)} no longer has the SHA-256 ${attachment.sha256} it was attached with: it was changed in the workbook's file. Verify the workbook, and get the file from a copy made before.`);
  }
  // Its own memory and no more of it: the whole of what a view looks into would be handed over a port.
  return done({ attachment, bytes: new Uint8Array(bytes) });
}

/** Writes an attachment out as it came. */
export function saveAttachment(
  workbook: ReadableWorkbook, attachmentId: number, path: string,
): Outcome<{ readonly path: string; readonly byteLength: number; readonly sha256: string }, 'attachment_missing' | 'attachment_changed' | 'file_unwritable'> {
  const read = readAttachment(workbook, attachmentId);
  if (!read.ok) return read;
  const { attachment: { byteLength, sha256 }, bytes } = read.value;
  const saved = saveFile(path, bytes);
  return saved.ok ? done({ ...saved.value, byteLength, sha256 }) : saved;
}

/** Withdraws an attachment; its bytes stay, with who withdrew it and why. */
export function withdrawAttachment(
  context: ServiceContext, { attachmentId, why }: { readonly attachmentId: number; readonly why: string },
): Outcome<Attachment, 'attachment_missing' | 'period_locked' | 'withdrawn_already'> {
  const { workbook } = context;
  return inTransaction(workbook, (): ReturnType<typeof withdrawAttachment> => {
    const before = attachmentById(workbook, attachmentId);
    if (!before) return missing();
    const allowed = withdrawable(workbook, before, shownName(before.file_name));
    if (!allowed.ok) return allowed;
    const [atInstant, by] = [context.now(), actorText(context.actor)];
    setAttachmentWithdrawn(workbook, attachmentId, { atInstant, by, why });
    appendAudit(workbook, {
      atInstant, actor: by, action: 'attachment.withdraw', periodId: before.period_id, subject: `line:${before.stock_key_id}`,
      detail: { number: before.number, before: toldAttachment(toAttachment(before)), after: null, why },
    });
    return done(toAttachment(attachmentById(workbook, attachmentId)!));
  });
}
