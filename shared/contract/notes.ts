/**
 * Notes of a line with author and time, and files attached to it. Both are withdrawn with a reason, never changed or erased.
 */
import { z } from 'zod';
import { Attachment, ATTACHMENTS_AT_ONCE_MAX, GivenFile, LineNote, LineNotes, NOTE_LENGTH_MAX, SAID_LENGTH_MAX, WHY_LENGTH_MAX } from '../domain/notes';
import type { ContractArea } from './call';

const Line = { periodId: z.int(), stockKeyId: z.int() };
const why = z.string().trim().min(1).max(WHY_LENGTH_MAX);
const LINE_FAILURES = ['period_missing', 'period_locked', 'line_missing'] as const;

export const notesContract = {
  'notes:ofLine': { input: z.strictObject(Line), output: LineNotes, failures: ['period_missing'] },
  'notes:add': { input: z.strictObject({ ...Line, text: z.string().trim().min(1).max(NOTE_LENGTH_MAX) }), output: LineNote, failures: LINE_FAILURES, writes: true },
  'notes:withdraw': { input: z.strictObject({ lineNoteId: z.int(), why }), output: LineNote, failures: ['note_missing', 'period_locked', 'withdrawn_already'], writes: true },
  /** All of the files, or none where one is refused. */
  'attachments:add': {
    input: z.strictObject({ ...Line, files: z.array(GivenFile).min(1).max(ATTACHMENTS_AT_ONCE_MAX), said: z.string().trim().max(SAID_LENGTH_MAX) }),
    output: z.array(Attachment),
    failures: [...LINE_FAILURES, 'file_missing', 'file_empty', 'file_too_large', 'attached_already'],
    writes: true,
    long: true,
  },
  /** The file's bytes as they came, held against their hash before they are handed out. */
  'attachments:read': {
    input: z.strictObject({ attachmentId: z.int() }),
    output: z.strictObject({ attachment: Attachment, bytes: z.instanceof(Uint8Array) }),
    failures: ['attachment_missing', 'attachment_changed'],
  },
  'attachments:save': {
    input: z.strictObject({ attachmentId: z.int(), path: z.string().min(1) }),
    output: z.strictObject({ path: z.string(), byteLength: z.int(), sha256: z.string() }),
    failures: ['attachment_missing', 'attachment_changed', 'file_unwritable'],
  },
  'attachments:withdraw': {
    input: z.strictObject({ attachmentId: z.int(), why }),
    output: Attachment,
    failures: ['attachment_missing', 'period_locked', 'withdrawn_already'],
    writes: true,
  },
} as const satisfies ContractArea;
