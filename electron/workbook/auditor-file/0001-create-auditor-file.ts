/**
 * The first schema of an auditor's file: samples, test counts, tick marks, notes and conclusions, with a trail of their own.
 *
 * It lies beside the workbook and names it by its id; the workbook itself is only ever read. Lines are kept as they stood when
 * they were drawn, so that the file says what was tested even where the workbook has changed since. Units as in a workbook.
 */

const TABLES = /* sql */ `
CREATE TABLE auditor_file (
  auditor_file_id INTEGER PRIMARY KEY CHECK (auditor_file_id = 1),
  file_uuid TEXT NOT NULL,
  workbook_uuid TEXT NOT NULL,
  company TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  time_zone TEXT NOT NULL,
  auditor TEXT NOT NULL CHECK (auditor <> ''),
  created_instant INTEGER NOT NULL
) STRICT;

CREATE TABLE samples (
  sample_id INTEGER PRIMARY KEY,
  period_code TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- Method and figures as they were asked for, and what the method made of them.
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  seed TEXT NOT NULL CHECK (seed <> ''),
  population_hash TEXT NOT NULL CHECK (length(population_hash) = 64),
  -- How the workbook stood: the seal of the period where it has one, and the head of its audit trail.
  seal_root TEXT,
  chain_sequence INTEGER NOT NULL,
  chain_hash TEXT NOT NULL,
  drawn_by TEXT NOT NULL,
  drawn_instant INTEGER NOT NULL,
  conclusion TEXT CHECK (conclusion <> ''),
  concluded_by TEXT,
  concluded_instant INTEGER,
  CHECK ((conclusion IS NULL) = (concluded_by IS NULL)),
  CHECK ((conclusion IS NULL) = (concluded_instant IS NULL))
) STRICT;

CREATE TABLE sample_items (
  sample_id INTEGER NOT NULL REFERENCES samples (sample_id),
  -- Its number in the population, from 1: what the seed was drawn with.
  number INTEGER NOT NULL CHECK (number >= 1),
  stock_key_id INTEGER NOT NULL,
  sku TEXT NOT NULL,
  item_name TEXT NOT NULL,
  location TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('A', 'B', 'C')),
  book_scaled INTEGER NOT NULL,
  unit_cost_scaled INTEGER NOT NULL,
  book_minor INTEGER NOT NULL,
  hits INTEGER NOT NULL CHECK (hits >= 1),
  is_certain INTEGER NOT NULL CHECK (is_certain IN (0, 1)),
  -- Sheet to floor; NULL until it is counted, 0 where nothing was there.
  counted_scaled INTEGER CHECK (counted_scaled >= 0),
  -- The marks' characters, as text.
  ticks TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  changed_by TEXT,
  changed_instant INTEGER,
  PRIMARY KEY (sample_id, number)
) STRICT, WITHOUT ROWID;

-- Floor to sheet: what was found on the shelf and then looked for in the books.
CREATE TABLE floor_counts (
  floor_count_id INTEGER PRIMARY KEY,
  sample_id INTEGER NOT NULL REFERENCES samples (sample_id),
  sku TEXT NOT NULL CHECK (sku <> ''),
  location TEXT NOT NULL CHECK (location <> ''),
  -- NULL: the books have no such line.
  stock_key_id INTEGER,
  counted_scaled INTEGER NOT NULL CHECK (counted_scaled >= 0),
  book_scaled INTEGER,
  note TEXT NOT NULL DEFAULT '',
  counted_by TEXT NOT NULL,
  counted_instant INTEGER NOT NULL
) STRICT;

CREATE TABLE tick_marks (
  mark TEXT PRIMARY KEY CHECK (length(mark) = 1),
  meaning TEXT NOT NULL CHECK (meaning <> ''),
  is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)),
  display_order INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY,
  at_instant INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  period_id INTEGER,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the trail of an auditor''s file is never changed'); END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the trail of an auditor''s file is never changed'); END;

-- What a sample was drawn with and from stays as it was drawn.
CREATE TRIGGER samples_stay_drawn BEFORE UPDATE OF sample_id, period_code, purpose, terms, plan, seed, population_hash, seal_root, chain_sequence,
  chain_hash, drawn_by, drawn_instant ON samples
BEGIN SELECT RAISE(ABORT, 'a drawn sample is not drawn differently'); END;
CREATE TRIGGER samples_no_delete BEFORE DELETE ON samples
BEGIN SELECT RAISE(ABORT, 'a drawn sample is not taken away'); END;
CREATE TRIGGER sample_items_stay_drawn BEFORE UPDATE OF sample_id, number, stock_key_id, sku, item_name, location, tier, book_scaled,
  unit_cost_scaled, book_minor, hits, is_certain ON sample_items
BEGIN SELECT RAISE(ABORT, 'a drawn line is not exchanged'); END;
CREATE TRIGGER sample_items_no_delete BEFORE DELETE ON sample_items
BEGIN SELECT RAISE(ABORT, 'a drawn line is not taken away'); END;
`;

/** The small set that working papers use; an auditor adds their own. */
const MARKS = /* sql */ `
INSERT INTO tick_marks (mark, meaning, is_own, display_order) VALUES
  ('✓', 'Counted; agrees with the books', 0, 1),
  ('✗', 'Counted; differs from the books', 0, 2),
  ('T', 'Traced to the source row', 0, 3),
  ('D', 'Document inspected', 0, 4),
  ('C', 'Unit cost agreed to an invoice', 0, 5),
  ('R', 'Recalculated', 0, 6);
`;

export const auditorMigration0001 = { version: 1, name: 'create auditor file', sql: TABLES + MARKS } as const;
