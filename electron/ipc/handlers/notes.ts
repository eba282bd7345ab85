/** Serves notes and attachments of lines. */
import type { notesContract } from '@shared/contract/notes';
import { done } from '@shared/domain/outcome';
import { attachFiles, readAttachment, saveAttachment, withdrawAttachment } from '../../services/notes/attachments';
import { addNote, notesAndAttachments, withdrawNote } from '../../services/notes/notes';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const noteHandlers: Handlers<typeof notesContract> = {
  'notes:ofLine': ({ workbook }, key) => (findPeriod(workbook, key.periodId) ? done(notesAndAttachments(workbook, key)) : periodMissing(key.periodId)),
  'notes:add': (context, request) => addNote(context, request),
  'notes:withdraw': (context, request) => withdrawNote(context, request),
  'attachments:add': (context, request) => attachFiles(context, request),
  'attachments:read': ({ workbook }, { attachmentId }) => readAttachment(workbook, attachmentId),
  'attachments:save': ({ workbook }, { attachmentId, path }) => saveAttachment(workbook, attachmentId, path),
  'attachments:withdraw': (context, request) => withdrawAttachment(context, request),
};
