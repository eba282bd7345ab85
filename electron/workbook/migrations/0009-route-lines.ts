/**
 * Which route sent a line, and how fast its item sells there.
 *
 * Nothing is written for lines that are there: what was sealed holds none of it, and an open period is reconciled again.
 */
export const migration0009 = {
  version: 9,
  name: '0009-route-lines',
  sql: /* sql */ `
-- The name of the route that sent the line to its owner, or the default that did; NULL where a rule cleared it.
ALTER TABLE lines ADD COLUMN routed_by TEXT CHECK (routed_by <> '');
-- Units sold in the period, of lines with a variance; NULL where no file tells of sales.
ALTER TABLE lines ADD COLUMN sold_scaled INTEGER;
`,
} as const;
