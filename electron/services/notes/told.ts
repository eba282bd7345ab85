/**
 * Notes and attachments as the command line tells them: the published JSON, and lines of a text.
 */
import { bytesWords } from '@shared/domain/byte-size';
import type { Words } from '@shared/domain/explanation/words';
import type { AttachmentJson, NoteJson } from '@shared/domain/lines-json';
import { MEDIA_TYPE_WORDS } from '@shared/domain/media-type';
import { type Attachment, type LineNote, type LineNotes, shownName, type Withdrawn } from '@shared/domain/notes';

const withdrawnJson = (withdrawn: Withdrawn | null, words: Words) =>
  withdrawn && { at: words.isoInstant(withdrawn.atInstant), by: withdrawn.by, why: withdrawn.why };

export const noteJson = ({ number, author, writtenInstant, text, withdrawn }: LineNote, words: Words): NoteJson => ({
  number, author, at: words.isoInstant(writtenInstant), text, withdrawn: withdrawnJson(withdrawn, words),
});

export const attachmentJson = ({ number, fileName, mediaType, byteLength, sha256, addedBy, addedInstant, said, withdrawn }: Attachment, words: Words): AttachmentJson => ({
  number, fileName, mediaType, byteLength, sha256, addedBy, addedAt: words.isoInstant(addedInstant), said, withdrawn: withdrawnJson(withdrawn, words),
});

const withdrawnText = (withdrawn: Withdrawn | null, words: Words): string =>
  withdrawn ? ` (withdrawn ${words.instant(withdrawn.atInstant)} by ${withdrawn.by}: ${withdrawn.why})` : '';

/** One note as paragraphs: who and when, then each line of what was written. */
export const noteTexts = (note: LineNote, words: Words): readonly string[] => [
  `${note.number}  ${words.instant(note.writtenInstant)}  ${note.author}${withdrawnText(note.withdrawn, words)}`,
  ...note.text.split(/\r?\n/).map((line) => `   ${line}`),
];

/** One attachment as paragraphs: name, kind and size, hash, who and when. */
export const attachmentTexts = (attachment: Attachment, words: Words): readonly string[] => [
  `${attachment.number}  ${shownName(attachment.fileName)}, ${MEDIA_TYPE_WORDS[attachment.mediaType]}, ${bytesWords(attachment.byteLength)}${withdrawnText(attachment.withdrawn, words)}`,
  `   SHA-256 ${attachment.sha256}`,
  `   ${words.instant(attachment.addedInstant)}  ${attachment.addedBy}${attachment.said === '' ? '' : `: ${attachment.said}`}`,
];

/** Both as they stand under a line's story; nothing where there is nothing. */
export function noteSections({ notes, attachments }: LineNotes, words: Words): readonly string[] {
  const section = (title: string, texts: readonly (readonly string[])[]) => (texts.length === 0 ? [] : ['', title, ...texts.flat().map((text) => `  ${text}`)]);
  return [...section('Notes', notes.map((note) => noteTexts(note, words))), ...section('Attachments', attachments.map((each) => attachmentTexts(each, words)))];
}
