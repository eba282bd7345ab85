/**
 * What happens to a line after it was explained: the figures a tag was given for, how long a difference has been open, second
 * counts, checks before an adjustment, what tolerance let pass, and where a system disagrees with itself.
 *
 * Tags of open periods are taken as given for the figures that stand now. Nothing is written for locked periods.
 */
import { lockTriggers, type LockedFor } from './lock-triggers';

const TAGS = /* sql */ `
-- The line's figures when the reason was given or confirmed. given_instant NULL: no figures were kept, as before the first
-- reconciliation; a figure that is NULL was unknown, or there was no such line.
ALTER TABLE tags ADD COLUMN given_instant INTEGER;
ALTER TABLE tags ADD COLUMN given_count_scaled INTEGER;
ALTER TABLE tags ADD COLUMN given_channel_scaled INTEGER;
ALTER TABLE tags ADD COLUMN given_ledger_scaled INTEGER;
ALTER TABLE tags ADD COLUMN given_adjustment_scaled INTEGER;
UPDATE tags SET given_instant = p.reconciled_instant, given_count_scaled = l.count_variance_scaled, given_channel_scaled = l.channel_variance_scaled,
    given_ledger_scaled = l.ledger_variance_scaled, given_adjustment_scaled = l.adjustment_scaled
  FROM lines l JOIN periods p USING (period_id)
  WHERE p.state = 'open' AND p.reconciled_instant IS NOT NULL AND l.period_id = tags.period_id AND l.stock_key_id = tags.stock_key_id;
`;

const LINES = /* sql */ `
-- How many period ends an exception has been open over, this one among them; NULL where it is none.
ALTER TABLE lines ADD COLUMN age_closes INTEGER;
-- Why a second count is asked for; NULL where none is.
ALTER TABLE lines ADD COLUMN recount_why TEXT;
CREATE INDEX lines_to_recount ON lines (period_id) WHERE recount_why IS NOT NULL;

-- A prepared journal whose lines changed is no longer before its approver: when and why.
ALTER TABLE journals ADD COLUMN withdrawn_instant INTEGER;
ALTER TABLE journals ADD COLUMN withdrawn_why TEXT;
`;

const TABLES = /* sql */ `
-- What the files say of open orders, reservations and returns of a line that is over tolerance; written by each reconciliation.
CREATE TABLE line_checks (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  -- A question that no file answers: a person has to.
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  -- JSON array of findings (shared/domain/follow-up.ts).
  findings TEXT NOT NULL CHECK (json_valid(findings)),
  PRIMARY KEY (period_id, stock_key_id)
) STRICT, WITHOUT ROWID;

-- What a person looked up where the files are silent; it holds for the figures it was made for.
CREATE TABLE person_checks (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  note TEXT NOT NULL CHECK (note <> ''),
  checked_instant INTEGER NOT NULL,
  checked_by TEXT NOT NULL,
  count_scaled INTEGER,
  adjustment_scaled INTEGER NOT NULL,
  PRIMARY KEY (period_id, stock_key_id)
) STRICT, WITHOUT ROWID;

-- What tolerance let pass: of each variance, what is not timing; written by each reconciliation.
CREATE TABLE waived_differences (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  kind TEXT NOT NULL CHECK (kind IN ('count', 'channel', 'ledger')),
  quantity_scaled INTEGER NOT NULL CHECK (quantity_scaled <> 0),
  -- The class that holds most of it: whose it would have been.
  class TEXT NOT NULL CHECK (class IN ('alignment', 'physical', 'unexplained')),
  PRIMARY KEY (period_id, stock_key_id, kind)
) STRICT, WITHOUT ROWID;

-- A controller's word that what was let pass is accepted although it is over the limit; it holds up to that value.
CREATE TABLE waived_acceptances (
  waived_acceptance_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  accepted_minor INTEGER NOT NULL,
  limit_minor INTEGER NOT NULL,
  note TEXT NOT NULL CHECK (note <> ''),
  accepted_instant INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (person_id)
) STRICT;

-- Where the figures of one system do not add up among themselves; written by each reconciliation.
CREATE TABLE identity_differences (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  system TEXT NOT NULL CHECK (system IN ('erp', 'storefront', 'warehouse')),
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  on_hand_scaled INTEGER NOT NULL,
  committed_scaled INTEGER NOT NULL,
  held_scaled INTEGER NOT NULL,
  available_scaled INTEGER NOT NULL,
  difference_scaled INTEGER NOT NULL CHECK (difference_scaled = available_scaled - (on_hand_scaled - committed_scaled - held_scaled)),
  PRIMARY KEY (period_id, stock_key_id, system)
) STRICT, WITHOUT ROWID;
`;

const ofPeriod: LockedFor = (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`;
const OWN_TABLES = ['line_checks', 'person_checks', 'waived_differences', 'waived_acceptances', 'identity_differences'] as const;

export const migration0010 = {
  version: 10,
  name: '0010-follow-cases',
  sql: [TAGS, LINES, TABLES, ...OWN_TABLES.map((table) => lockTriggers(table, ofPeriod))].join('\n'),
} as const;
