/**
 * Views that people saved: what is shown of the lines, in which order and columns. They belong to the workbook and to no period;
 * nothing in them moves a figure.
 */
export const migration0012 = {
  version: 12,
  name: '0012-saved-views',
  sql: /* sql */ `
CREATE TABLE saved_views (
  saved_view_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  -- shared/domain/saved-view.ts
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  saved_instant INTEGER NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;
`,
} as const;
