/**
 * The registry of count sheets, and the reason for which a row waits that is not on the sheet it names.
 *
 * A sheet keeps what it was issued with; where it stands follows from the counts that name it. The quarantine's list of
 * reasons is a CHECK, which SQLite changes only by making the table anew.
 */
import { lockedThrough, lockTriggers } from './lock-triggers';

const REGISTRY = /* sql */ `
CREATE TABLE count_sheets (
  count_sheet_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  number TEXT NOT NULL UNIQUE,
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  -- The count number of its first column; the next ones follow.
  first_count_no INTEGER NOT NULL CHECK (first_count_no >= 1),
  -- What was chosen, in words.
  choice TEXT NOT NULL,
  exported_to TEXT NOT NULL,
  issued_instant INTEGER NOT NULL,
  issued_by TEXT NOT NULL,
  voided_instant INTEGER,
  voided_by TEXT,
  void_reason TEXT,
  CHECK ((voided_instant IS NULL) = (voided_by IS NULL)),
  CHECK ((voided_instant IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX count_sheets_by_period ON count_sheets (period_id);

CREATE TABLE count_sheet_lines (
  count_sheet_id INTEGER NOT NULL REFERENCES count_sheets (count_sheet_id),
  line INTEGER NOT NULL CHECK (line >= 1),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  bin TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (count_sheet_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX count_sheet_lines_by_key ON count_sheet_lines (stock_key_id);
`;

const QUARANTINE = /* sql */ `
CREATE TABLE quarantine_rows_new (
  quarantine_row_id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  raw_text TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unknown_item', 'unknown_location', 'missing_key', 'unreadable_number', 'unreadable_date',
    'duplicate_row', 'negative_count', 'outside_period', 'unknown_value', 'damaged_identifier', 'wrong_shape', 'currency_mismatch',
    'not_on_sheet')),
  detail TEXT NOT NULL,
  -- The offending value, so that one mapping can mend every row that shares it.
  subject TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'ignored')),
  settled_note TEXT,
  UNIQUE (import_id, row_number)
) STRICT;
INSERT INTO quarantine_rows_new SELECT * FROM quarantine_rows ORDER BY quarantine_row_id;
DROP TABLE quarantine_rows;
ALTER TABLE quarantine_rows_new RENAME TO quarantine_rows;
`;

export const migration0003 = {
  version: 3,
  name: '0003-count-sheets',
  sql: [
    REGISTRY,
    QUARANTINE,
    lockTriggers('count_sheets', (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`),
    lockTriggers('count_sheet_lines', lockedThrough('count_sheets', 'count_sheet_id')),
    lockTriggers('quarantine_rows', lockedThrough('imports', 'import_id')),
  ].join('\n'),
} as const;
