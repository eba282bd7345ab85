/**
 * How names came to mean what they mean, units and recipes with dates, and the history of rows that waited.
 *
 * An alias of an older workbook was set by a person where the trail says so, and learnt from a path where it does not.
 * Recipes and pack sizes that are there hold from the beginning, instant 0.
 */
import { lockedThrough, lockTriggers, type LockedFor } from './lock-triggers';

const HOW = `how IN ('by_hand', 'learnt_path', 'same_barcode', 'leading_zeros', 'without_separators', 'parent_part', 'same_name', 'one_character')`;

const acceptedColumns = (table: string) => /* sql */ `
ALTER TABLE ${table} ADD COLUMN how TEXT NOT NULL DEFAULT 'learnt_path' CHECK (${HOW});
-- NULL: learnt from a path by an earlier version, which did not keep when.
ALTER TABLE ${table} ADD COLUMN accepted_instant INTEGER;
ALTER TABLE ${table} ADD COLUMN accepted_by TEXT NOT NULL DEFAULT '';
`;

const acceptedFromTrail = (table: string, kind: 'item' | 'location') => /* sql */ `
UPDATE ${table} SET how = 'by_hand', accepted_instant = told.at_instant, accepted_by = told.actor
FROM (
  SELECT max(sequence), at_instant, actor, json_extract(detail, '$.source') AS source, json_extract(detail, '$.alias') AS alias
  FROM audit_events WHERE action = 'alias.set' AND json_extract(detail, '$.kind') = '${kind}' GROUP BY 4, 5
) AS told
WHERE told.source = ${table}.source AND told.alias = ${table}.alias;
`;

const ALIASES = /* sql */ `
${acceptedColumns('item_aliases')}${acceptedColumns('location_aliases')}
${acceptedFromTrail('item_aliases', 'item')}${acceptedFromTrail('location_aliases', 'location')}
CREATE INDEX item_aliases_by_item ON item_aliases (item_id);
CREATE INDEX location_aliases_by_location ON location_aliases (location_id);

-- What a source calls a unit of measure.
CREATE TABLE unit_aliases (
  source TEXT NOT NULL,
  alias TEXT NOT NULL,
  unit TEXT NOT NULL,
  how TEXT NOT NULL CHECK (${HOW}),
  accepted_instant INTEGER,
  accepted_by TEXT NOT NULL,
  PRIMARY KEY (source, alias)
) STRICT, WITHOUT ROWID;

-- Which aliases the rows of an import were written through.
CREATE TABLE alias_uses (
  import_id INTEGER NOT NULL REFERENCES imports (import_id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('item', 'location', 'unit')),
  alias TEXT NOT NULL,
  PRIMARY KEY (import_id, kind, alias)
) STRICT, WITHOUT ROWID;
-- Earlier imports of open periods did not keep it: every alias of their source may have been used.
INSERT INTO alias_uses SELECT i.import_id, 'item', a.alias FROM imports i JOIN periods p USING (period_id) JOIN item_aliases a USING (source)
  WHERE p.state = 'open';
INSERT INTO alias_uses SELECT i.import_id, 'location', a.alias FROM imports i JOIN periods p USING (period_id) JOIN location_aliases a USING (source)
  WHERE p.state = 'open';
`;

const UNITS_AND_RECIPES = /* sql */ `
-- How many base units a further unit of an item holds, from an instant on until the next.
CREATE TABLE item_units (
  item_id INTEGER NOT NULL REFERENCES items (item_id),
  unit TEXT NOT NULL,
  valid_from_instant INTEGER NOT NULL,
  factor_scaled INTEGER NOT NULL CHECK (factor_scaled > 0),
  PRIMARY KEY (item_id, unit, valid_from_instant)
) STRICT, WITHOUT ROWID;
INSERT INTO item_units SELECT item_id, 'case', 0, pack_size_scaled FROM items WHERE pack_size_scaled IS NOT NULL;

-- A recipe holds whole from an instant on, until the next of the same kit.
CREATE TABLE dated_kit_parts (
  kit_item_id INTEGER NOT NULL REFERENCES items (item_id),
  valid_from_instant INTEGER NOT NULL DEFAULT 0,
  part_item_id INTEGER NOT NULL REFERENCES items (item_id),
  quantity_scaled INTEGER NOT NULL CHECK (quantity_scaled > 0),
  PRIMARY KEY (kit_item_id, valid_from_instant, part_item_id)
) STRICT, WITHOUT ROWID;
INSERT INTO dated_kit_parts SELECT kit_item_id, 0, part_item_id, quantity_scaled FROM kit_parts;
DROP TABLE kit_parts;
ALTER TABLE dated_kit_parts RENAME TO kit_parts;
`;

const QUARANTINE = /* sql */ `
CREATE TABLE mended_quarantine_rows (
  quarantine_row_id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  raw_text TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unknown_item', 'unknown_location', 'missing_key', 'unreadable_number', 'unreadable_date',
    'duplicate_row', 'negative_count', 'outside_period', 'unknown_value', 'damaged_identifier', 'wrong_shape', 'currency_mismatch',
    'not_on_sheet', 'unknown_unit')),
  detail TEXT NOT NULL,
  -- The offending value, so that one mapping can mend every row that shares it.
  subject TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'ignored')),
  settled_note TEXT,
  -- The row as a person corrected it; it is tried instead of the file's own text, which stays.
  corrected_text TEXT,
  UNIQUE (import_id, row_number)
) STRICT;
INSERT INTO mended_quarantine_rows (quarantine_row_id, import_id, row_number, raw_text, reason, detail, subject, state, settled_note)
  SELECT quarantine_row_id, import_id, row_number, raw_text, reason, detail, subject, state, settled_note FROM quarantine_rows;
DROP TABLE quarantine_rows;
ALTER TABLE mended_quarantine_rows RENAME TO quarantine_rows;

-- What was done to a row after it came in, one step for each audit event that moved it: who, when and why stand there.
CREATE TABLE quarantine_steps (
  quarantine_row_id INTEGER NOT NULL REFERENCES quarantine_rows (quarantine_row_id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL REFERENCES audit_events (sequence),
  step TEXT NOT NULL CHECK (step IN ('written', 'passed_over', 'reason_changed', 'corrected', 'ignored', 'brought_back', 'taken_back')),
  -- What it waited for before; NULL where it did not wait.
  reason TEXT,
  subject TEXT,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (quarantine_row_id, sequence)
) STRICT, WITHOUT ROWID;
`;

/** Rows that belong to a period through their quarantine row's import. */
const lockedThroughQuarantineRow: LockedFor = (row) => `(SELECT p.state FROM quarantine_rows q JOIN imports i USING (import_id)
  JOIN periods p USING (period_id) WHERE q.quarantine_row_id = ${row}.quarantine_row_id) = 'locked'`;

export const migration0005 = {
  version: 5,
  name: '0005-extend-identity',
  sql: [
    ALIASES, UNITS_AND_RECIPES, QUARANTINE,
    lockTriggers('quarantine_rows', lockedThrough('imports', 'import_id')),
    lockTriggers('alias_uses', lockedThrough('imports', 'import_id')),
    lockTriggers('quarantine_steps', lockedThroughQuarantineRow),
  ].join('\n'),
} as const;
