/**
 * Notes of a line: each has an author and a time, none is changed or erased, one can be withdrawn with a reason.
 */
import type { LineNote, LineNotes } from '@shared/domain/notes';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { appendAudit } from '../../workbook/audit';
import { attachmentsOfLine, insertNote, noteById, type NoteRow, notesOfLine, setNoteWithdrawn } from '../../workbook/tables/notes';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { toAttachment } from './attachments';
import { type LineKey, withdrawable, withdrawnOf, writableLine } from './line';

const toNote = (row: NoteRow): LineNote => ({
  lineNoteId: row.line_note_id, number: row.number, author: row.author, writtenInstant: row.written_instant, text: row.text, withdrawn: withdrawnOf(row),
});

/** Notes and attachments of a line, oldest first, withdrawn ones among them. */
export const notesAndAttachments = (workbook: ReadableWorkbook, { periodId, stockKeyId }: LineKey): LineNotes => ({
  notes: notesOfLine(workbook, periodId, stockKeyId).map(toNote),
  attachments: attachmentsOfLine(workbook, periodId, stockKeyId).map(toAttachment),
});

/** Adds a note to a line. */
export function addNote(context: ServiceContext, request: LineKey & { readonly text: string }): Outcome<LineNote, 'period_missing' | 'period_locked' | 'line_missing'> {
  const { workbook } = context;
  return inTransaction(workbook, (): ReturnType<typeof addNote> => {
    const line = writableLine(workbook, request);
    if (!line.ok) return line;
    const [atInstant, author] = [context.now(), actorText(context.actor)];
    const id = insertNote(workbook, { period_id: request.periodId, stock_key_id: request.stockKeyId, author, written_instant: atInstant, text: request.text });
    const note = toNote(noteById(workbook, id)!);
    appendAudit(workbook, {
      atInstant, actor: author, action: 'note.add', periodId: request.periodId, subject: `line:${request.stockKeyId}`,
      detail: { number: note.number, before: null, after: { text: note.text } },
    });
    return done(note);
  });
}

/** Withdraws a note; it stays to be read, with who withdrew it and why. */
export function withdrawNote(
  context: ServiceContext, { lineNoteId, why }: { readonly lineNoteId: number; readonly why: string },
): Outcome<LineNote, 'note_missing' | 'period_locked' | 'withdrawn_already'> {
  const { workbook } = context;
  return inTransaction(workbook, (): ReturnType<typeof withdrawNote> => {
    const before = noteById(workbook, lineNoteId);
    if (!before) return refused('note_missing', 'That note is not in this workbook. Choose one of the line.');
    const allowed = withdrawable(workbook, before, `Note ${before.number}`);
    if (!allowed.ok) return allowed;
    const [atInstant, by] = [context.now(), actorText(context.actor)];
    setNoteWithdrawn(workbook, lineNoteId, { atInstant, by, why });
    appendAudit(workbook, {
      atInstant, actor: by, action: 'note.withdraw', periodId: before.period_id, subject: `line:${before.stock_key_id}`,
      detail: { number: before.number, before: { text: before.text }, after: null, why },
    });
    return done(toNote(noteById(workbook, lineNoteId)!));
  });
}
