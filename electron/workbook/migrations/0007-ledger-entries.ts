/**
 * Journals that were made elsewhere: the lines of their import files.
 *
 * A column's condition cannot be changed, and other migrations add columns to `imports`: the column of the kind is made
 * anew beside the others instead of the whole table. Its default is never used, as every insert names the kind.
 */
import { lockedThrough, lockTriggers } from './lock-triggers';

const KINDS = `('snapshot', 'movements', 'count', 'items', 'trial_balance', 'ledger_entries', 'tags')`;

const TABLES = /* sql */ `
DROP INDEX imports_by_period;
DROP TRIGGER imports_locked_insert_new;
DROP TRIGGER imports_locked_update_old;
DROP TRIGGER imports_locked_update_new;
DROP TRIGGER imports_locked_delete_old;
ALTER TABLE imports RENAME COLUMN kind TO former_kind;
ALTER TABLE imports ADD COLUMN kind TEXT NOT NULL DEFAULT 'snapshot' CHECK (kind IN ${KINDS});
UPDATE imports SET kind = former_kind;
ALTER TABLE imports DROP COLUMN former_kind;
CREATE INDEX imports_by_period ON imports (period_id, kind);

CREATE TABLE ledger_entries (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  -- The journal that the row is a line of, as its system calls it.
  document TEXT NOT NULL,
  line TEXT NOT NULL DEFAULT '',
  entry_date TEXT NOT NULL CHECK (entry_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- Code or name, as the file has it.
  account_code TEXT NOT NULL,
  debit_minor INTEGER NOT NULL,
  credit_minor INTEGER NOT NULL,
  memo TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;
`;

export const migration0007 = {
  version: 7,
  name: '0007-ledger-entries',
  sql: [
    TABLES,
    lockTriggers('imports', (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`),
    lockTriggers('ledger_entries', lockedThrough('imports', 'import_id')),
  ].join('\n'),
} as const;
