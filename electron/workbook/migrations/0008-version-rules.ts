/**
 * Rules in versions, bounds of a period by location, and what a reconciled line is stamped with.
 *
 * Nothing is written for locked periods: what was sealed holds none of it.
 */
import { lockTriggers, type LockedFor } from './lock-triggers';

const RULES = /* sql */ `
-- All rules of one version as JSON (shared/domain/rules.ts). In force for a period is the version with the latest from_period that is
-- not after it; of those, the one made last.
CREATE TABLE rule_sets (
  rule_set_id INTEGER PRIMARY KEY,
  -- '' from the beginning.
  from_period TEXT NOT NULL CHECK (from_period = '' OR from_period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  made_instant INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
INSERT INTO rule_sets (rule_set_id, from_period, rules, made_instant, made_by, why)
SELECT 1, '', json_object(
    'tolerances', json((SELECT json_group_array(json_object('tier', tier, 'unitsScaled', units_scaled, 'percentHundredths', percent_hundredths,
       'valueMinor', value_minor)) FROM (SELECT * FROM tolerances ORDER BY tier))),
    'toleranceInRiskWindow', json_object('promotion', 0, 'stock_out', 0, 'warehouse_change', 0),
    'truth', json((SELECT json_group_array(json_object('state', state, 'system', system, 'location', code, 'category', nullif(category, '')))
       FROM (SELECT t.*, l.code FROM truth_rules t LEFT JOIN locations l USING (location_id) ORDER BY truth_rule_id))),
    'routes', json_array(),
    'due', json_object('days', 5, 'urgentDays', 2),
    'count', json_object('recount', NULL, 'whenMoved', 'carry'),
    'waivedLimitMinor', NULL,
    'transferWindowHours', NULL),
  created_instant, 'Tieout', 'The rules as they stood before they had versions.'
FROM workbook;
DROP TABLE tolerances;
DROP TABLE truth_rules;
CREATE TRIGGER rule_sets_no_update BEFORE UPDATE ON rule_sets BEGIN SELECT RAISE(ABORT, 'a version of the rules never changes'); END;
CREATE TRIGGER rule_sets_no_delete BEFORE DELETE ON rule_sets BEGIN SELECT RAISE(ABORT, 'a version of the rules is kept'); END;
`;

const BOUNDS = /* sql */ `
-- Where a location closes at another instant than the period, or gives postings another window; NULL: as the period.
CREATE TABLE period_locations (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  start_instant INTEGER,
  cut_off_instant INTEGER CHECK (cut_off_instant > start_instant),
  window_hours INTEGER CHECK (window_hours BETWEEN 0 AND 744),
  PRIMARY KEY (period_id, location_id),
  CHECK ((start_instant IS NULL) = (cut_off_instant IS NULL))
) STRICT, WITHOUT ROWID;
`;

const LINES = /* sql */ `
-- Which systems' figures were used for the lines of a location and category: the source-of-truth rule as it was applied.
CREATE TABLE line_truths (
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  line_truth_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL REFERENCES locations (location_id),
  category TEXT NOT NULL,
  on_hand TEXT NOT NULL, committed TEXT NOT NULL, reserved TEXT NOT NULL, damaged TEXT NOT NULL, quarantined TEXT NOT NULL,
  unit_cost TEXT NOT NULL,
  PRIMARY KEY (period_id, line_truth_id)
) STRICT, WITHOUT ROWID;

-- NULL on lines that an earlier version wrote.
ALTER TABLE lines ADD COLUMN rule_set_id INTEGER REFERENCES rule_sets (rule_set_id);
ALTER TABLE lines ADD COLUMN line_truth_id INTEGER;
-- The sum of the firm components: with the residual it is the variance, on every line.
ALTER TABLE lines ADD COLUMN count_explained_scaled INTEGER CHECK (count_explained_scaled + count_residual_scaled = count_variance_scaled)
  CHECK (rule_set_id IS NULL OR (count_explained_scaled IS NULL) = (count_variance_scaled IS NULL));
ALTER TABLE lines ADD COLUMN channel_explained_scaled INTEGER CHECK (channel_explained_scaled + channel_residual_scaled = channel_variance_scaled)
  CHECK (rule_set_id IS NULL OR (channel_explained_scaled IS NULL) = (channel_variance_scaled IS NULL));
ALTER TABLE lines ADD COLUMN ledger_explained_scaled INTEGER CHECK (ledger_explained_scaled + ledger_residual_scaled = ledger_variance_scaled)
  CHECK (rule_set_id IS NULL OR (ledger_explained_scaled IS NULL) = (ledger_variance_scaled IS NULL));
`;

const ofPeriod: LockedFor = (row) => `(SELECT state FROM periods WHERE period_id = ${row}.period_id) = 'locked'`;

export const migration0008 = {
  version: 8,
  name: '0008-version-rules',
  sql: [RULES, BOUNDS, LINES, lockTriggers('period_locations', ofPeriod), lockTriggers('line_truths', ofPeriod)].join('\n'),
} as const;
