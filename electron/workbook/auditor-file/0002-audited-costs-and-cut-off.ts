/**
 * What an auditor finds beside the count: a unit cost that is wrong, and what a cut-off test showed and how it was judged. A kept test
 * stays as it was run; only the auditor's own judgement and note are written into it.
 */
const TABLES = /* sql */ `
-- What one unit should have cost by the auditor's evidence; NULL where the books' cost was not found wrong.
ALTER TABLE sample_items ADD COLUMN audited_cost_scaled INTEGER CHECK (audited_cost_scaled >= 0);

CREATE TABLE cut_off_tests (
  cut_off_test_id INTEGER PRIMARY KEY,
  period_code TEXT NOT NULL,
  cut_off_instant INTEGER NOT NULL,
  -- How many on either side of each system and kind.
  posting_count INTEGER NOT NULL CHECK (posting_count >= 1),
  -- How the workbook stood.
  seal_root TEXT,
  chain_sequence INTEGER NOT NULL,
  chain_hash TEXT NOT NULL,
  run_by TEXT NOT NULL,
  run_instant INTEGER NOT NULL
) STRICT;

CREATE TABLE cut_off_items (
  cut_off_test_id INTEGER NOT NULL REFERENCES cut_off_tests (cut_off_test_id),
  number INTEGER NOT NULL CHECK (number >= 1),
  -- The posting with its figures and what the test made of it, as it was shown.
  item TEXT NOT NULL CHECK (json_valid(item)),
  -- NULL: the auditor agrees with the test, or has not looked yet; the note says.
  own_judgement TEXT CHECK (own_judgement IN ('right_period', 'posted_early', 'posted_late', 'cannot_be_judged')),
  note TEXT NOT NULL DEFAULT '',
  changed_by TEXT,
  changed_instant INTEGER,
  PRIMARY KEY (cut_off_test_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cut_off_tests_stay BEFORE UPDATE ON cut_off_tests
BEGIN SELECT RAISE(ABORT, 'a kept cut-off test stays as it was run'); END;
CREATE TRIGGER cut_off_tests_no_delete BEFORE DELETE ON cut_off_tests
BEGIN SELECT RAISE(ABORT, 'a kept cut-off test is not taken away'); END;
CREATE TRIGGER cut_off_items_stay BEFORE UPDATE OF cut_off_test_id, number, item ON cut_off_items
BEGIN SELECT RAISE(ABORT, 'a kept cut-off test stays as it was run'); END;
CREATE TRIGGER cut_off_items_no_delete BEFORE DELETE ON cut_off_items
BEGIN SELECT RAISE(ABORT, 'a kept cut-off test is not taken away'); END;
`;

export const auditorMigration0002 = { version: 2, name: 'audited costs and cut-off tests', sql: TABLES } as const;
