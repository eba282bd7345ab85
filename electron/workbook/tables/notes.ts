/**
 * Notes and attachments of lines, and the attached files in their parts.
 */
import type { MediaType } from '@shared/domain/media-type';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

interface WithdrawnColumns {
  readonly withdrawn_instant: number | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_why: string | null;
}

export interface NoteRow extends WithdrawnColumns {
  readonly line_note_id: number;
  readonly period_id: number;
  readonly stock_key_id: number;
  /** Its place among the line's, from 1. */
  readonly number: number;
  readonly author: string;
  readonly written_instant: number;
  readonly text: string;
}

export interface AttachmentRow extends WithdrawnColumns {
  readonly attachment_id: number;
  readonly period_id: number;
  readonly stock_key_id: number;
  /** Its place among the line's, from 1. */
  readonly number: number;
  readonly sha256: string;
  readonly file_name: string;
  readonly media_type: MediaType;
  readonly byte_length: number;
  readonly added_instant: number;
  readonly added_by: string;
  readonly said: string;
}

/** Rows are never erased, so counting those before gives a number that stays. */
const numberOf = (table: string, key: string, row: string) =>
  `(SELECT count(*) FROM ${table} b WHERE b.period_id = ${row}.period_id AND b.stock_key_id = ${row}.stock_key_id AND b.${key} <= ${row}.${key}) AS number`;
const NOTES = `SELECT n.*, ${numberOf('line_notes', 'line_note_id', 'n')} FROM line_notes n`;
const ATTACHMENTS = `SELECT a.*, f.media_type, f.byte_length, ${numberOf('attachments', 'attachment_id', 'a')} FROM attachments a JOIN attached_files f USING (sha256)`;

export const notesOfLine = (workbook: ReadableWorkbook, periodId: number, stockKeyId: number): NoteRow[] =>
  workbook.all(`${NOTES} WHERE n.period_id = ? AND n.stock_key_id = ? ORDER BY n.line_note_id`, periodId, stockKeyId);

export const noteById = (workbook: ReadableWorkbook, lineNoteId: number): NoteRow | undefined => workbook.get(`${NOTES} WHERE n.line_note_id = ?`, lineNoteId);

export const attachmentsOfLine = (workbook: ReadableWorkbook, periodId: number, stockKeyId: number): AttachmentRow[] =>
  workbook.all(`${ATTACHMENTS} WHERE a.period_id = ? AND a.stock_key_id = ? ORDER BY a.attachment_id`, periodId, stockKeyId);

export const attachmentById = (workbook: ReadableWorkbook, attachmentId: number): AttachmentRow | undefined =>
  workbook.get(`${ATTACHMENTS} WHERE a.attachment_id = ?`, attachmentId);

/** @returns the new note's id */
export const insertNote = (workbook: WritableWorkbook, row: Pick<NoteRow, 'period_id' | 'stock_key_id' | 'author' | 'written_instant' | 'text'>): number =>
  workbook.run(
    'INSERT INTO line_notes (period_id, stock_key_id, author, written_instant, text) VALUES (@period_id, @stock_key_id, @author, @written_instant, @text)', { ...row },
  ).lastInsertRowid;

/** @returns the new attachment's id */
export const insertAttachment = (
  workbook: WritableWorkbook, row: Pick<AttachmentRow, 'period_id' | 'stock_key_id' | 'sha256' | 'file_name' | 'added_instant' | 'added_by' | 'said'>,
): number =>
  workbook.run(
    `INSERT INTO attachments (period_id, stock_key_id, sha256, file_name, added_instant, added_by, said)
     VALUES (@period_id, @stock_key_id, @sha256, @file_name, @added_instant, @added_by, @said)`, { ...row },
  ).lastInsertRowid;

interface Withdrawal {
  readonly atInstant: number;
  readonly by: string;
  readonly why: string;
}

export const setNoteWithdrawn = (workbook: WritableWorkbook, lineNoteId: number, { atInstant, by, why }: Withdrawal): void =>
  void workbook.run('UPDATE line_notes SET withdrawn_instant = ?, withdrawn_by = ?, withdrawn_why = ? WHERE line_note_id = ?', atInstant, by, why, lineNoteId);

export const setAttachmentWithdrawn = (workbook: WritableWorkbook, attachmentId: number, { atInstant, by, why }: Withdrawal): void =>
  void workbook.run('UPDATE attachments SET withdrawn_instant = ?, withdrawn_by = ?, withdrawn_why = ? WHERE attachment_id = ?', atInstant, by, why, attachmentId);

export interface AttachedFileRow {
  readonly sha256: string;
  readonly byte_length: number;
  readonly media_type: MediaType;
}

export const hasAttachedFile = (workbook: ReadableWorkbook, sha256: string): boolean =>
  workbook.get('SELECT 1 FROM attached_files WHERE sha256 = ?', sha256) !== undefined;

export const listAttachedFiles = (workbook: ReadableWorkbook): AttachedFileRow[] => workbook.all('SELECT * FROM attached_files ORDER BY sha256');

/** What is kept of a file, from its parts: zlib (RFC 1950). */
export const attachedContent = (workbook: ReadableWorkbook, sha256: string): Buffer =>
  Buffer.concat(
    workbook.all<{ deflated_content: Uint8Array }>('SELECT deflated_content FROM attached_file_parts WHERE sha256 = ? ORDER BY part_number', sha256)
      .map((part) => part.deflated_content),
  );

/** Small enough that a part is written and read without a long copy. */
const PART_BYTES = 1024 ** 2;

/** Writes a file with its content, deflated (zlib), in parts. */
export function insertAttachedFile(workbook: WritableWorkbook, row: AttachedFileRow, deflatedContent: Uint8Array): void {
  workbook.run('INSERT INTO attached_files (sha256, byte_length, media_type) VALUES (?, ?, ?)', row.sha256, row.byte_length, row.media_type);
  for (let from = 0; from < deflatedContent.length; from += PART_BYTES) {
    workbook.run(
      'INSERT INTO attached_file_parts (sha256, part_number, deflated_content) VALUES (?, ?, ?)',
      row.sha256, from / PART_BYTES + 1, deflatedContent.subarray(from, from + PART_BYTES),
    );
  }
}
