/**
 * Journals of four kinds with a way back to draft: versions of a number, reversals, postings in the ledger, accounts by rule,
 * costs by source, and the honest mark where nobody else approved.
 *
 * `journals` and its rows are made anew, as their conditions changed: what is there is an adjustment, its first version. The
 * states posted and reversed are no columns: they follow from `journal_postings` and from the journal that reverses, so that
 * what a locked period holds stays as it was sealed. Nothing else is written for locked periods.
 */
import { lockedThrough, lockTriggers, type LockedFor } from './lock-triggers';

const REASON_CODES = /* sql */ `
-- posting: adjust books the line's adjustment to offset_account, reclassify to another asset account, accrue its timing until the
-- first day of the next period; none posts nothing.
CREATE TABLE reason_codes_new (
  reason_code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('timing', 'alignment', 'physical', 'unexplained')),
  default_owner TEXT NOT NULL CHECK (default_owner IN ('warehouse', 'operations', 'finance')),
  posting TEXT NOT NULL CHECK (posting IN ('adjust', 'none', 'accrue', 'reclassify')),
  inventory_account TEXT REFERENCES accounts (account_code),
  offset_account TEXT REFERENCES accounts (account_code),
  -- JSON array of the causes it fits: it is proposed for them, in the order of display_order.
  causes TEXT NOT NULL CHECK (json_valid(causes)),
  next_step TEXT NOT NULL,
  display_order INTEGER NOT NULL,
  CHECK (posting = 'none' OR (inventory_account IS NOT NULL AND offset_account IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO reason_codes_new SELECT reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step, display_order FROM reason_codes;
DROP TABLE reason_codes;
ALTER TABLE reason_codes_new RENAME TO reason_codes;
`;

const JOURNALS = /* sql */ `
CREATE TABLE journals_new (
  journal_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'adjustment' CHECK (kind IN ('adjustment', 'accrual', 'reclassification', 'reversal')),
  -- Each way back to draft makes the next of the same number.
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'prepared', 'approved', 'exported')),
  currency TEXT NOT NULL,
  -- The day it is booked on; NULL: the last day of its period.
  booking_day TEXT CHECK (booking_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  rounding TEXT NOT NULL DEFAULT 'half_even' CHECK (rounding IN ('half_even', 'half_up')),
  -- The version of the rules that chose accounts, approvals and rounding; NULL before rules did.
  rule_set_id INTEGER REFERENCES rule_sets (rule_set_id),
  content_hash TEXT NOT NULL,
  preparer_id INTEGER NOT NULL REFERENCES people (person_id),
  prepared_instant INTEGER NOT NULL,
  named_approver_id INTEGER REFERENCES people (person_id),
  -- Why nobody else approves, where the workbook knows nobody else.
  no_second_person TEXT CHECK (no_second_person <> ''),
  approver_id INTEGER REFERENCES people (person_id),
  approved_instant INTEGER,
  approval_comment TEXT NOT NULL DEFAULT '',
  exported_instant INTEGER,
  -- The Excel file with the signatures it has so far; NULL in draft.
  signed_file BLOB,
  withdrawn_instant INTEGER,
  withdrawn_why TEXT,
  -- What a reversal reverses; the automatic one of an accrual goes its way with it.
  reverses_journal_id INTEGER REFERENCES journals (journal_id),
  is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1)),
  CHECK ((kind = 'reversal') = (reverses_journal_id IS NOT NULL)),
  CHECK (is_automatic = 0 OR kind = 'reversal'),
  CHECK ((named_approver_id IS NULL) = (no_second_person IS NOT NULL)),
  CHECK (named_approver_id IS NOT preparer_id),
  CHECK (approver_id IS NULL OR approver_id = coalesce(named_approver_id, preparer_id)),
  -- A withdrawn approval is told until the journal is taken back to draft.
  CHECK (CASE state WHEN 'draft' THEN approver_id IS NULL WHEN 'prepared' THEN approver_id IS NULL OR withdrawn_instant IS NOT NULL ELSE approver_id IS NOT NULL END),
  CHECK ((state = 'draft') = (signed_file IS NULL))
) STRICT;
INSERT INTO journals_new (journal_id, period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, approver_id,
    approved_instant, approval_comment, exported_instant, signed_file, withdrawn_instant, withdrawn_why)
  SELECT journal_id, period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, approver_id,
    approved_instant, approval_comment, exported_instant, signed_file, withdrawn_instant, withdrawn_why FROM journals;

CREATE TABLE journal_lines_new (
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  line_number INTEGER NOT NULL,
  account_code TEXT NOT NULL REFERENCES accounts (account_code),
  debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0),
  credit_minor INTEGER NOT NULL CHECK (credit_minor >= 0),
  reason_code TEXT NOT NULL REFERENCES reason_codes (reason_code),
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  memo TEXT NOT NULL,
  -- Decimal text with ten places: the exact value before this line was rounded.
  exact_amount TEXT NOT NULL,
  -- Which rule chose the account, in words.
  account_rule TEXT NOT NULL,
  PRIMARY KEY (journal_id, line_number),
  CHECK ((debit_minor = 0) OR (credit_minor = 0))
) STRICT, WITHOUT ROWID;
INSERT INTO journal_lines_new SELECT journal_id, line_number, account_code, debit_minor, credit_minor, reason_code, location_id, memo, exact_amount,
  'reason code ' || reason_code FROM journal_lines;

-- The lines a journal puts before its approver, as they were: those that post and those that post nothing.
CREATE TABLE journal_reviews_new (
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  reason_code TEXT NOT NULL REFERENCES reason_codes (reason_code),
  owner TEXT NOT NULL,
  adjustment_scaled INTEGER NOT NULL,
  tag_revision INTEGER NOT NULL,
  -- What the journal books of it.
  booked_scaled INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (journal_id, stock_key_id)
) STRICT, WITHOUT ROWID;
INSERT INTO journal_reviews_new SELECT v.journal_id, v.stock_key_id, v.reason_code, v.owner, v.adjustment_scaled, v.tag_revision,
  CASE (SELECT posting FROM reason_codes r WHERE r.reason_code = v.reason_code) WHEN 'adjust' THEN v.adjustment_scaled ELSE 0 END FROM journal_reviews v;

CREATE TABLE journal_sources_new (
  journal_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  quantity_scaled INTEGER NOT NULL,
  unit_cost_scaled INTEGER NOT NULL,
  PRIMARY KEY (journal_id, line_number, stock_key_id),
  FOREIGN KEY (journal_id, line_number) REFERENCES journal_lines (journal_id, line_number)
) STRICT, WITHOUT ROWID;
INSERT INTO journal_sources_new SELECT * FROM journal_sources;

DROP TABLE journal_sources;
DROP TABLE journal_reviews;
DROP TABLE journal_lines;
DROP TABLE journals;
ALTER TABLE journals_new RENAME TO journals;
ALTER TABLE journal_lines_new RENAME TO journal_lines;
ALTER TABLE journal_reviews_new RENAME TO journal_reviews;
ALTER TABLE journal_sources_new RENAME TO journal_sources;
CREATE INDEX journals_by_reversed ON journals (reverses_journal_id);
CREATE INDEX journal_sources_by_key ON journal_sources (stock_key_id);
CREATE INDEX journal_reviews_by_key ON journal_reviews (stock_key_id);
`;

const TABLES = /* sql */ `
-- Where the unit costs of a journal came from, and of how many of its lines.
CREATE TABLE journal_costs (
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  cost_number INTEGER NOT NULL,
  -- NULL: the item's own cost, from an item list.
  system TEXT CHECK (system IN ('erp', 'storefront', 'warehouse')),
  import_id INTEGER REFERENCES imports (import_id),
  -- The column of the file, as it is headed; empty where it is not known.
  heading TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('average', 'standard', 'fifo', 'last', 'not stated')),
  line_count INTEGER NOT NULL CHECK (line_count > 0),
  PRIMARY KEY (journal_id, cost_number)
) STRICT, WITHOUT ROWID;

-- What a journal was before it went back to draft: its signed file, and its rows as JSON. Nothing of it ever changes.
CREATE TABLE journal_versions (
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'approved')),
  content_hash TEXT NOT NULL,
  preparer_id INTEGER NOT NULL REFERENCES people (person_id),
  prepared_instant INTEGER NOT NULL,
  approver_id INTEGER REFERENCES people (person_id),
  approved_instant INTEGER,
  approval_comment TEXT NOT NULL,
  rows TEXT NOT NULL CHECK (json_valid(rows)),
  signed_file BLOB NOT NULL,
  ended_instant INTEGER NOT NULL,
  ended_by TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  PRIMARY KEY (journal_id, version)
) STRICT, WITHOUT ROWID;

-- What the ledger made of a journal, stated by a person, also after its period was locked; the newest stands.
CREATE TABLE journal_postings (
  journal_posting_id INTEGER PRIMARY KEY,
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  ledger_document TEXT NOT NULL CHECK (ledger_document <> ''),
  ledger_day TEXT NOT NULL CHECK (ledger_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  stated_instant INTEGER NOT NULL,
  stated_by TEXT NOT NULL
) STRICT;
CREATE INDEX journal_postings_by_journal ON journal_postings (journal_id);
`;

const neverChanged = (table: string, why: string): string =>
  (['UPDATE', 'DELETE'] as const)
    .map((verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${why}'); END;`)
    .join('\n');

const ofPeriod: LockedFor = (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`;
const OF_JOURNALS = ['journal_lines', 'journal_sources', 'journal_reviews', 'journal_costs', 'journal_versions'] as const;

/** Workbooks that are there already get the accounts and codes that a new one begins with, where their chart has what these need. */
const NEW_CODES: readonly (readonly [code: string, name: string, posting: string, offset: string, klass: string, owner: string, causes: string, nextStep: string])[] = [
  ['TIM-ACCRUE', 'Posted after the cut-off, accrued', 'accrue', '2150', 'timing', 'finance', '["posted_later"]', 'Accrue it at cost; it is reversed on the first day of the next period, when the posting comes.'],
  ['PHY-TO-DAMAGED', 'Damaged, moved to damaged stock', 'reclassify', '1320', 'physical', 'warehouse', '["damage_unrecorded"]', 'Keep it apart as damaged stock until it is repaired, sold or written off.'],
  ['TIM-TO-TRANSIT', 'Under way, moved to goods in transit', 'reclassify', '1310', 'timing', 'warehouse', '["in_transit"]', 'Move it back when it is received at the destination.'],
];
const DEFAULTS = [
  `INSERT OR IGNORE INTO accounts SELECT '1320', 'Inventory damaged', 'asset' WHERE EXISTS (SELECT 1 FROM workbook);`,
  ...NEW_CODES.map(
    ([code, name, posting, offset, klass, owner, causes, nextStep]) => `INSERT OR IGNORE INTO reason_codes
  SELECT '${code}', '${name}', '${klass}', '${owner}', '${posting}', '1300', '${offset}', '${causes}', '${nextStep}', (SELECT coalesce(max(display_order), 0) + 1 FROM reason_codes)
  WHERE EXISTS (SELECT 1 FROM workbook) AND (SELECT count(*) FROM accounts WHERE account_code IN ('1300', '${offset}') AND (kind = 'asset' OR '${posting}' = 'accrue')) = 2;`,
  ),
].join('\n');

export const migration0016 = {
  version: 16,
  name: '0016-kinds-of-journals',
  sql: [
    REASON_CODES, JOURNALS, TABLES, DEFAULTS,
    lockTriggers('journals', ofPeriod),
    ...OF_JOURNALS.map((table) => lockTriggers(table, lockedThrough('journals', 'journal_id'))),
    neverChanged('journal_versions', 'an earlier version of a journal is kept as it was signed'),
    neverChanged('journal_postings', 'what was stated of the ledger is kept'),
  ].join('\n'),
} as const;
