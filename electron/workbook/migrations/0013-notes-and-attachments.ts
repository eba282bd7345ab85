/**
 * What people say of a line and put beside it: dated notes, and files with their bytes.
 *
 * Neither is changed or erased: one that should not stand is withdrawn, once, with a reason. The bytes lie apart from the lines
 * that have them, under their SHA-256, so that a file attached to ten lines is kept once.
 */
import { lockTriggers, type LockedFor } from './lock-triggers';

const WITHDRAWN = /* sql */ `
  withdrawn_instant INTEGER,
  withdrawn_by TEXT,
  withdrawn_why TEXT CHECK (withdrawn_why <> ''),
  CHECK ((withdrawn_instant IS NULL) = (withdrawn_by IS NULL)),
  CHECK ((withdrawn_instant IS NULL) = (withdrawn_why IS NULL))`;

const TABLES = /* sql */ `
CREATE TABLE line_notes (
  line_note_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  author TEXT NOT NULL,
  written_instant INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),${WITHDRAWN}
) STRICT;
CREATE INDEX line_notes_by_line ON line_notes (period_id, stock_key_id, withdrawn_instant);

CREATE TABLE attached_files (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  byte_length INTEGER NOT NULL CHECK (byte_length > 0),
  -- What the bytes say they are (shared/domain/media-type.ts); a file's name has no say.
  media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attached_file_parts (
  sha256 TEXT NOT NULL REFERENCES attached_files (sha256),
  part_number INTEGER NOT NULL,
  -- Together one zlib stream.
  deflated_content BLOB NOT NULL,
  PRIMARY KEY (sha256, part_number)
) STRICT;

CREATE TABLE attachments (
  attachment_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  sha256 TEXT NOT NULL REFERENCES attached_files (sha256),
  -- As it was given: never a path, and never used as one.
  file_name TEXT NOT NULL CHECK (file_name <> ''),
  added_instant INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  said TEXT NOT NULL,${WITHDRAWN}
) STRICT;
CREATE INDEX attachments_by_line ON attachments (period_id, stock_key_id, withdrawn_instant);
CREATE INDEX attachments_by_file ON attachments (sha256);
`;

const never = (table: string, verb: 'UPDATE' | 'DELETE', why: string): string => /* sql */ `
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${why}'); END;`;

/** Nothing of a row changes but that it is withdrawn, and that once. */
const onlyWithdrawn = (table: string, columns: readonly string[]): string => /* sql */ `
CREATE TRIGGER ${table}_only_withdrawn BEFORE UPDATE ON ${table}
WHEN OLD.withdrawn_instant IS NOT NULL OR ${columns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ')}
BEGIN SELECT RAISE(ABORT, '${table} are withdrawn once and never changed'); END;`;

const KEPT = [
  onlyWithdrawn('line_notes', ['line_note_id', 'period_id', 'stock_key_id', 'author', 'written_instant', 'text']),
  never('line_notes', 'DELETE', 'a note is withdrawn and never erased'),
  onlyWithdrawn('attachments', ['attachment_id', 'period_id', 'stock_key_id', 'sha256', 'file_name', 'added_instant', 'added_by', 'said']),
  never('attachments', 'DELETE', 'an attachment is withdrawn and never erased'),
  ...['attached_files', 'attached_file_parts'].flatMap((table) =>
    (['UPDATE', 'DELETE'] as const).map((verb) => never(table, verb, 'an attached file is kept as it came')),
  ),
  // A file is whole before a line has it.
  /* sql */ `
CREATE TRIGGER attached_file_parts_whole BEFORE INSERT ON attached_file_parts WHEN EXISTS (SELECT 1 FROM attachments WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'an attached file is kept as it came'); END;`,
];

const ofPeriod: LockedFor = (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`;

export const migration0013 = {
  version: 13,
  name: '0013-notes-and-attachments',
  sql: [TABLES, ...KEPT, lockTriggers('line_notes', ofPeriod), lockTriggers('attachments', ofPeriod)].join('\n'),
} as const;
