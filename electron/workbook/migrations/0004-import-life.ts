/**
 * The life of an import after it was written: it stands, is superseded by a corrected file, or is undone.
 *
 * A superseded import's data rows leave the tables that figures are made of and are kept here, so that they come back
 * where the import that replaced it is undone. What one import says other than the one before it is kept line by line.
 */
import { lockedThrough, lockTriggers } from './lock-triggers';

const TABLES = /* sql */ `
ALTER TABLE imports ADD COLUMN state TEXT NOT NULL DEFAULT 'standing' CHECK (state IN ('standing', 'superseded', 'undone'));
-- Who brought it into that state, when and why; NULL while it stands as it was imported.
ALTER TABLE imports ADD COLUMN state_instant INTEGER;
ALTER TABLE imports ADD COLUMN state_by TEXT;
ALTER TABLE imports ADD COLUMN state_why TEXT;
-- The import this one was written in the place of.
ALTER TABLE imports ADD COLUMN supersedes_import_id INTEGER REFERENCES imports (import_id);
-- What only the moment of the import knew, for the evidence sheet and for undoing it; NULL for imports from before it was kept.
ALTER TABLE imports ADD COLUMN summary TEXT CHECK (summary IS NULL OR json_valid(summary));

-- Data rows of superseded imports, as JSON in deflated pieces: {"columns": [...], "rows": [[...], ...]}.
CREATE TABLE withdrawn_rows (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  piece_number INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  deflated_rows BLOB NOT NULL,
  PRIMARY KEY (import_id, piece_number)
) STRICT, WITHOUT ROWID;

-- What an import says other than the one it supersedes, the largest difference first. NULL: that file does not say it.
CREATE TABLE import_differences (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  place INTEGER NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('added', 'removed', 'changed')),
  system TEXT CHECK (system IN ('erp', 'storefront', 'warehouse')),
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  document TEXT NOT NULL,
  line TEXT NOT NULL,
  measure TEXT NOT NULL,
  before_scaled INTEGER,
  after_scaled INTEGER,
  before_instant INTEGER,
  after_instant INTEGER,
  PRIMARY KEY (import_id, place)
) STRICT, WITHOUT ROWID;
`;

export const migration0004 = {
  version: 4,
  name: '0004-import-life',
  sql: TABLES + ['withdrawn_rows', 'import_differences'].map((table) => lockTriggers(table, lockedThrough('imports', 'import_id'))).join('\n'),
} as const;
