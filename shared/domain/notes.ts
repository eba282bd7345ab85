/**
 * Notes and attachments of a line as they leave the workbook. Writing them is `electron/services/notes/`.
 */
import { z } from 'zod';
import { MEDIA_TYPES } from './media-type';

export const NOTE_LENGTH_MAX = 10_000;
export const WHY_LENGTH_MAX = 1000;
/** What is said with a file. */
export const SAID_LENGTH_MAX = 2000;
export const ATTACHMENT_BYTES_MAX = 25_000_000;
/** Of one adding, which is whole or none. */
export const ATTACHMENTS_AT_ONCE_MAX = 20;
const FILE_NAME_LENGTH_MAX = 255;

/** Who took back a note or an attachment, when and why. It stays where it was, crossed out. */
export const Withdrawn = z.strictObject({ atInstant: z.int(), by: z.string(), why: z.string() });
export type Withdrawn = z.infer<typeof Withdrawn>;

export const LineNote = z.strictObject({
  lineNoteId: z.int(),
  /** Counts the line's notes from 1, in the order in which they were written; it stays. */
  number: z.int(),
  author: z.string(),
  writtenInstant: z.int(),
  text: z.string(),
  withdrawn: Withdrawn.nullable(),
});
export type LineNote = z.infer<typeof LineNote>;

export const Attachment = z.strictObject({
  attachmentId: z.int(),
  /** Counts the line's attachments from 1, in the order in which they came; it stays. */
  number: z.int(),
  /** As it was given. It is text to read and never a path. */
  fileName: z.string(),
  mediaType: z.enum(MEDIA_TYPES),
  byteLength: z.int(),
  sha256: z.string(),
  addedInstant: z.int(),
  addedBy: z.string(),
  /** What was said with it; may be empty. */
  said: z.string(),
  withdrawn: Withdrawn.nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** Everything of a line, oldest first. */
export const LineNotes = z.strictObject({ notes: z.array(LineNote), attachments: z.array(Attachment) });
export type LineNotes = z.infer<typeof LineNotes>;

/** A file to attach: where it lies, or the bytes of one that lies nowhere, such as a picture from the clipboard. */
export const GivenFile = z.union([
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
]);
export type GivenFile = z.infer<typeof GivenFile>;

/** Characters that nobody sees or that turn the reading direction: they make one name look like another. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Half of a character is none, and a workbook could not keep it. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');

/** The name a file came with, without the folders before it; what is too long is cut in the middle, so that its end stays. */
export function givenName(pathOrName: string): string {
  const name = wellFormed(pathOrName.split(/[\\/]/).at(-1) ?? '').trim();
  if (name === '') return 'unnamed';
  if (name.length <= FILE_NAME_LENGTH_MAX) return name;
  return wellFormed(`${name.slice(0, FILE_NAME_LENGTH_MAX - 21)}…${name.slice(-20)}`);
}

/** A given name as it is shown: what cannot be seen in it is made visible. */
export const shownName = (fileName: string): string => fileName.replaceAll(UNSEEN, '\ufffd');

const RUNS = /\.(?:exe|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|jar|msi|msp|scr|pif|cpl|lnk|reg|url|scf|inf|sh|bash|command|app|desktop|dll|html?|svg|xhtml|mht|chm)$/i;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name that is harmless on every system, to be proposed where the file is saved. What a system would run ends in `.bin`. */
export function safeFileName(fileName: string): string {
  const plain = givenName(fileName).replaceAll(UNSEEN, '').replaceAll(/[\\/:*?"<>|]/g, ' ').replace(/^[.\s]+/, '').replace(/[.\s]+$/, '');
  const named = plain === '' || RESERVED.test(plain) ? `file ${plain}`.trim() : plain;
  return RUNS.test(named) ? `${named}.bin` : named;
}
