/**
 * The first schema.
 *
 * Instants are epoch milliseconds (`*_instant`), quantities ten-thousandths (`*_scaled`), unit costs millionths
 * (`unit_cost_scaled`), money minor units of the workbook's currency (`*_minor`). Unknown is NULL, never zero.
 * What belongs to a locked period is refused by triggers as well as by the services; what was done is an audit
 * event that nobody may change.
 */
import { lockedThrough, lockTriggers } from './lock-triggers';

const TABLES = /* sql */ `
CREATE TABLE workbook (
  workbook_id INTEGER PRIMARY KEY CHECK (workbook_id = 1),
  workbook_uuid TEXT NOT NULL,
  company TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  time_zone TEXT NOT NULL,
  -- A line worth more than this goes to finance, and its approval needs a comment.
  materiality_minor INTEGER NOT NULL CHECK (materiality_minor >= 0),
  is_sample INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
  created_instant INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
  person_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('controller', 'accountant', 'warehouse', 'operations', 'auditor')),
  certificate_pem TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  added_instant INTEGER NOT NULL
) STRICT;

CREATE TABLE accounts (
  account_code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense'))
) STRICT, WITHOUT ROWID;

-- posting: adjust books the line's adjustment to offset_account; none posts nothing.
CREATE TABLE reason_codes (
  reason_code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('timing', 'alignment', 'physical', 'unexplained')),
  default_owner TEXT NOT NULL CHECK (default_owner IN ('warehouse', 'operations', 'finance')),
  posting TEXT NOT NULL CHECK (posting IN ('adjust', 'none')),
  inventory_account TEXT REFERENCES accounts (account_code),
  offset_account TEXT REFERENCES accounts (account_code),
  -- JSON array of the causes it fits: it is proposed for them, in the order of display_order.
  causes TEXT NOT NULL CHECK (json_valid(causes)),
  next_step TEXT NOT NULL,
  display_order INTEGER NOT NULL,
  CHECK (posting = 'none' OR (inventory_account IS NOT NULL AND offset_account IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  item_id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  barcode TEXT,
  category TEXT,
  uom TEXT NOT NULL DEFAULT 'each',
  pack_size_scaled INTEGER CHECK (pack_size_scaled > 0),
  tier TEXT NOT NULL DEFAULT 'C' CHECK (tier IN ('A', 'B', 'C')),
  unit_cost_scaled INTEGER
) STRICT;

CREATE TABLE kit_parts (
  kit_item_id INTEGER NOT NULL REFERENCES items (item_id),
  part_item_id INTEGER NOT NULL REFERENCES items (item_id),
  quantity_scaled INTEGER NOT NULL CHECK (quantity_scaled > 0),
  PRIMARY KEY (kit_item_id, part_item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE locations (
  location_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  time_zone TEXT
) STRICT;

-- What a source calls an item or a location. source is a profile's source ('shopify', 'netsuite', 'plain', ...).
CREATE TABLE item_aliases (
  source TEXT NOT NULL,
  alias TEXT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES items (item_id),
  PRIMARY KEY (source, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE location_aliases (
  source TEXT NOT NULL,
  alias TEXT NOT NULL,
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  PRIMARY KEY (source, alias)
) STRICT, WITHOUT ROWID;

-- One dense integer for an item at a location: the key of every quantity.
CREATE TABLE stock_keys (
  stock_key_id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES items (item_id),
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  UNIQUE (item_id, location_id)
) STRICT;

-- Rules, in force for every period that is open.
CREATE TABLE tolerances (
  tier TEXT PRIMARY KEY CHECK (tier IN ('A', 'B', 'C')),
  units_scaled INTEGER NOT NULL CHECK (units_scaled >= 0),
  percent_hundredths INTEGER NOT NULL CHECK (percent_hundredths >= 0),
  value_minor INTEGER NOT NULL CHECK (value_minor >= 0)
) STRICT, WITHOUT ROWID;

-- Which system wins for a state; a location's or category's own rule beats the general one.
CREATE TABLE truth_rules (
  truth_rule_id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('on_hand', 'committed', 'reserved', 'damaged', 'quarantined', 'unit_cost')),
  system TEXT NOT NULL CHECK (system IN ('erp', 'storefront', 'warehouse')),
  location_id INTEGER REFERENCES locations (location_id),
  category TEXT
) STRICT;

-- Dated windows in which no tolerance is granted: a promotion, a stock-out, a warehouse move.
CREATE TABLE risk_windows (
  risk_window_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('promotion', 'stock_out', 'warehouse_change')),
  item_id INTEGER REFERENCES items (item_id),
  location_id INTEGER REFERENCES locations (location_id),
  from_instant INTEGER NOT NULL,
  until_instant INTEGER NOT NULL CHECK (until_instant > from_instant),
  note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE periods (
  period_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  start_instant INTEGER NOT NULL,
  cut_off_instant INTEGER NOT NULL CHECK (cut_off_instant > start_instant),
  window_hours INTEGER NOT NULL CHECK (window_hours BETWEEN 0 AND 744),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'locked')),
  reconciled_instant INTEGER,
  locked_instant INTEGER,
  CHECK ((state = 'locked') = (locked_instant IS NOT NULL))
) STRICT;

CREATE TABLE source_files (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  file_name TEXT NOT NULL,
  byte_length INTEGER NOT NULL,
  deflated_content BLOB NOT NULL
) STRICT;

-- Mappings that a person made for files no profile knows; the definition is the profile as JSON.
CREATE TABLE saved_profiles (
  profile_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  saved_instant INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  import_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  sha256 TEXT NOT NULL REFERENCES source_files (sha256),
  file_name TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  profile_name TEXT NOT NULL,
  profile_version INTEGER NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('snapshot', 'movements', 'count', 'items', 'trial_balance', 'tags')),
  system TEXT CHECK (system IN ('erp', 'storefront', 'warehouse')),
  sheet TEXT,
  header_row INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  as_of_instant INTEGER,
  -- How the rows were read: the profile whole, the header, the delimiter and what the person gave, so that a row can be replayed.
  definition TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(definition)),
  rows_read INTEGER NOT NULL,
  rows_accepted INTEGER NOT NULL,
  rows_quarantined INTEGER NOT NULL,
  rows_ignored INTEGER NOT NULL,
  imported_instant INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  CHECK (rows_read = rows_accepted + rows_quarantined + rows_ignored)
) STRICT;
CREATE INDEX imports_by_period ON imports (period_id, kind);
CREATE INDEX imports_by_file ON imports (sha256);

CREATE TABLE quarantine_rows (
  quarantine_row_id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  raw_text TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unknown_item', 'unknown_location', 'missing_key', 'unreadable_number', 'unreadable_date',
    'duplicate_row', 'negative_count', 'outside_period', 'unknown_value', 'damaged_identifier', 'wrong_shape', 'currency_mismatch')),
  detail TEXT NOT NULL,
  -- The offending value, so that one mapping can mend every row that shares it.
  subject TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'ignored')),
  settled_note TEXT,
  UNIQUE (import_id, row_number)
) STRICT;

CREATE TABLE snapshots (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  system TEXT NOT NULL CHECK (system IN ('erp', 'storefront', 'warehouse')),
  as_of_instant INTEGER NOT NULL,
  on_hand_scaled INTEGER, available_scaled INTEGER, committed_scaled INTEGER, reserved_scaled INTEGER,
  damaged_scaled INTEGER, quarantined_scaled INTEGER, unavailable_scaled INTEGER, in_transit_scaled INTEGER,
  incoming_scaled INTEGER,
  unit_cost_scaled INTEGER,
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshots_by_key ON snapshots (stock_key_id, system, as_of_instant);

CREATE TABLE movements (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  system TEXT NOT NULL CHECK (system IN ('erp', 'storefront', 'warehouse')),
  type TEXT NOT NULL CHECK (type IN ('order', 'cancellation', 'shipment', 'receipt', 'return_received', 'return_restocked',
    'return_scrapped', 'refund', 'transfer_out', 'transfer_in', 'adjustment', 'damage', 'count_post', 'assembly', 'component')),
  document TEXT NOT NULL,
  line TEXT NOT NULL DEFAULT '',
  quantity_scaled INTEGER NOT NULL,
  occurred_instant INTEGER NOT NULL,
  posted_instant INTEGER NOT NULL,
  reference TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX movements_by_key ON movements (stock_key_id, system, posted_instant);
CREATE INDEX movements_by_document ON movements (document);

CREATE TABLE counts (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  sheet TEXT NOT NULL DEFAULT '',
  line TEXT NOT NULL DEFAULT '',
  bin TEXT NOT NULL DEFAULT '',
  count_no INTEGER NOT NULL DEFAULT 1 CHECK (count_no >= 1),
  -- NULL means not counted; 0 means none were there.
  counted_scaled INTEGER CHECK (counted_scaled >= 0),
  counted_instant INTEGER NOT NULL,
  counted_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX counts_by_key ON counts (stock_key_id, count_no);

CREATE TABLE trial_balances (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  debit_minor INTEGER NOT NULL,
  credit_minor INTEGER NOT NULL,
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;

-- One line per item and location of a period, computed whole by each reconciliation.
CREATE TABLE lines (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  unit_cost_scaled INTEGER,
  tier TEXT NOT NULL CHECK (tier IN ('A', 'B', 'C')),
  opening_scaled INTEGER,
  erp_on_hand_scaled INTEGER, erp_as_of_instant INTEGER, erp_at_cut_off_scaled INTEGER,
  storefront_available_scaled INTEGER, storefront_as_of_instant INTEGER, storefront_at_cut_off_scaled INTEGER,
  counted_scaled INTEGER, counted_instant INTEGER, counted_at_cut_off_scaled INTEGER,
  identity_scaled INTEGER,
  roll_forward_scaled INTEGER,
  count_variance_scaled INTEGER, count_residual_scaled INTEGER,
  channel_variance_scaled INTEGER, channel_residual_scaled INTEGER,
  ledger_variance_scaled INTEGER, ledger_residual_scaled INTEGER,
  -- Of the count variance, what is not timing: what an adjustment would book.
  adjustment_scaled INTEGER NOT NULL DEFAULT 0,
  -- The largest variance of the line and what it is worth, for sorting and for materiality.
  variance_scaled INTEGER NOT NULL DEFAULT 0,
  variance_minor INTEGER NOT NULL DEFAULT 0,
  class TEXT CHECK (class IN ('timing', 'alignment', 'physical', 'unexplained')),
  cause TEXT,
  -- Which rule let the line pass; NULL where a person has to look.
  cleared_by TEXT,
  suggested_owner TEXT CHECK (suggested_owner IN ('warehouse', 'operations', 'finance')),
  next_step TEXT NOT NULL DEFAULT '',
  due_instant INTEGER,
  age_days INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  rule_version TEXT NOT NULL,
  PRIMARY KEY (period_id, stock_key_id),
  CHECK ((count_variance_scaled IS NULL) = (count_residual_scaled IS NULL)),
  CHECK ((channel_variance_scaled IS NULL) = (channel_residual_scaled IS NULL)),
  CHECK ((ledger_variance_scaled IS NULL) = (ledger_residual_scaled IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE components (
  component_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('count', 'channel', 'ledger')),
  -- Order within the variance: the bridge is read in this order.
  position INTEGER NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('timing', 'alignment', 'physical', 'unexplained')),
  cause TEXT NOT NULL,
  quantity_scaled INTEGER NOT NULL,
  suggested INTEGER NOT NULL CHECK (suggested IN (0, 1)),
  rule TEXT NOT NULL,
  sentence TEXT NOT NULL,
  documents TEXT NOT NULL CHECK (json_valid(documents)),
  -- JSON array of [import id, row number] pairs.
  evidence TEXT NOT NULL CHECK (json_valid(evidence)),
  twin_stock_key_id INTEGER,
  UNIQUE (period_id, stock_key_id, kind, position),
  FOREIGN KEY (period_id, stock_key_id) REFERENCES lines (period_id, stock_key_id) ON DELETE CASCADE
) STRICT;

-- What a person said of a line; kept when the reconciliation runs again.
CREATE TABLE tags (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  reason_code TEXT REFERENCES reason_codes (reason_code),
  owner TEXT CHECK (owner IN ('warehouse', 'operations', 'finance')),
  note TEXT NOT NULL DEFAULT '',
  due_instant INTEGER,
  revision INTEGER NOT NULL DEFAULT 1,
  approved_journal_id INTEGER,
  PRIMARY KEY (period_id, stock_key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE journals (
  journal_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'approved', 'exported')),
  currency TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  preparer_id INTEGER NOT NULL REFERENCES people (person_id),
  prepared_instant INTEGER NOT NULL,
  named_approver_id INTEGER NOT NULL REFERENCES people (person_id),
  approver_id INTEGER REFERENCES people (person_id),
  approved_instant INTEGER,
  approval_comment TEXT NOT NULL DEFAULT '',
  exported_instant INTEGER,
  -- The Excel file with the signatures it has so far.
  signed_file BLOB NOT NULL,
  CHECK (named_approver_id <> preparer_id),
  CHECK (approver_id IS NULL OR approver_id = named_approver_id),
  CHECK ((state = 'prepared') = (approver_id IS NULL))
) STRICT;

CREATE TABLE journal_lines (
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
  PRIMARY KEY (journal_id, line_number),
  CHECK ((debit_minor = 0) OR (credit_minor = 0))
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_sources (
  journal_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL,
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  quantity_scaled INTEGER NOT NULL,
  unit_cost_scaled INTEGER NOT NULL,
  PRIMARY KEY (journal_id, line_number, stock_key_id),
  FOREIGN KEY (journal_id, line_number) REFERENCES journal_lines (journal_id, line_number)
) STRICT, WITHOUT ROWID;

-- The tagged lines a journal puts before the approver, as they were: those that post and those that post nothing.
CREATE TABLE journal_reviews (
  journal_id INTEGER NOT NULL REFERENCES journals (journal_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  reason_code TEXT NOT NULL REFERENCES reason_codes (reason_code),
  owner TEXT NOT NULL,
  adjustment_scaled INTEGER NOT NULL,
  tag_revision INTEGER NOT NULL,
  PRIMARY KEY (journal_id, stock_key_id)
) STRICT, WITHOUT ROWID;

-- The closing of a locked period: the opening of the next.
CREATE TABLE closings (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  quantity_scaled INTEGER NOT NULL,
  PRIMARY KEY (period_id, stock_key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE seals (
  seal_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  statement TEXT NOT NULL CHECK (json_valid(statement)),
  root_hash TEXT NOT NULL,
  signer_id INTEGER NOT NULL REFERENCES people (person_id),
  signature BLOB NOT NULL,
  sealed_instant INTEGER NOT NULL
) STRICT;

-- The sealed copy: what the period held, in pieces whose hashes are the leaves under the root.
CREATE TABLE seal_pieces (
  seal_id INTEGER NOT NULL REFERENCES seals (seal_id),
  piece_number INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  piece_hash TEXT NOT NULL,
  deflated_rows BLOB NOT NULL,
  PRIMARY KEY (seal_id, piece_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY,
  at_instant INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  period_id INTEGER,
  subject TEXT NOT NULL,
  -- Canonical JSON: before, after, why, and what else the action needs to be told.
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_events_by_subject ON audit_events (period_id, subject);
`;

/** Tables whose rows carry the period they belong to. */
const PERIOD_TABLES = ['imports', 'lines', 'components', 'tags', 'journals', 'closings', 'seals'] as const;
/** Tables whose rows belong to a period through another row. */
const OWNED_TABLES = [
  ['quarantine_rows', 'imports', 'import_id'],
  ['snapshots', 'imports', 'import_id'],
  ['movements', 'imports', 'import_id'],
  ['counts', 'imports', 'import_id'],
  ['trial_balances', 'imports', 'import_id'],
  ['journal_lines', 'journals', 'journal_id'],
  ['journal_sources', 'journals', 'journal_id'],
  ['journal_reviews', 'journals', 'journal_id'],
  ['seal_pieces', 'seals', 'seal_id'],
] as const;

const appendOnly = (table: string) => /* sql */ `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

const TRIGGERS = [
  ...PERIOD_TABLES.map((table) =>
    lockTriggers(table, (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`),
  ),
  ...OWNED_TABLES.map(([table, owner, key]) =>
    lockTriggers(table, lockedThrough(owner, key)),
  ),
  appendOnly('audit_events'),
  // A locked period stays as it is; locking is the only way into the state.
  /* sql */ `
CREATE TRIGGER periods_locked_update BEFORE UPDATE ON periods WHEN OLD.state = 'locked'
BEGIN SELECT RAISE(ABORT, 'period_locked: a locked period cannot change'); END;
CREATE TRIGGER periods_locked_delete BEFORE DELETE ON periods WHEN OLD.state = 'locked'
BEGIN SELECT RAISE(ABORT, 'period_locked: a locked period cannot be deleted'); END;
CREATE TRIGGER source_files_no_update BEFORE UPDATE ON source_files
BEGIN SELECT RAISE(ABORT, 'a source file is kept as it came'); END;`,
  // What a locked period used keeps its identity.
  /* sql */ `
CREATE TRIGGER items_used_update BEFORE UPDATE OF item_id, sku ON items WHEN EXISTS (SELECT 1 FROM stock_keys WHERE item_id = OLD.item_id)
BEGIN SELECT RAISE(ABORT, 'the SKU of an item in use cannot change'); END;
CREATE TRIGGER locations_used_update BEFORE UPDATE OF location_id, code ON locations WHEN EXISTS (SELECT 1 FROM stock_keys WHERE location_id = OLD.location_id)
BEGIN SELECT RAISE(ABORT, 'the code of a location in use cannot change'); END;
CREATE TRIGGER stock_keys_no_update BEFORE UPDATE ON stock_keys
BEGIN SELECT RAISE(ABORT, 'a stock key is never reused'); END;`,
];

export const migration0001 = {
  version: 1,
  name: '0001-create-workbook',
  sql: TABLES + TRIGGERS.join('\n'),
} as const;
