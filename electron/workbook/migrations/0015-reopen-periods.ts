/**
 * Reopening a locked period by two people, and seals that nothing may change or take away, locked or reopened.
 */

const TABLES = /* sql */ `
CREATE TABLE reopenings (
  reopening_id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods (period_id),
  -- The seal that is set aside by it.
  seal_id INTEGER NOT NULL UNIQUE REFERENCES seals (seal_id),
  -- Canonical JSON: who asks, who agrees, why, which seal. Both sign exactly these bytes.
  statement TEXT NOT NULL CHECK (json_valid(statement)),
  asker_id INTEGER NOT NULL REFERENCES people (person_id),
  asker_signature BLOB NOT NULL,
  -- NULL where the workbook has only ever had one person: the statement says so.
  controller_id INTEGER REFERENCES people (person_id),
  controller_signature BLOB,
  reopened_instant INTEGER NOT NULL,
  CHECK (controller_id <> asker_id),
  CHECK ((controller_id IS NULL) = (controller_signature IS NULL))
) STRICT;
CREATE INDEX reopenings_by_period ON reopenings (period_id);
`;

const appendOnly = (table: string): string => /* sql */ `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;`;

const NEWEST_SEAL = (period: string) => `(SELECT max(seal_id) FROM seals WHERE period_id = ${period})`;

/** What of a period stays as it is when it is reopened. */
const KEPT = ['period_id', 'code', 'start_instant', 'cut_off_instant', 'window_hours', 'reconciled_instant'];

const TRIGGERS = [
  ...['reopenings', 'seals', 'seal_pieces'].map(appendOnly),
  /* sql */ `
CREATE TRIGGER reopenings_newest BEFORE INSERT ON reopenings
WHEN (SELECT state FROM periods WHERE period_id = NEW.period_id) IS NOT 'locked' OR NEW.seal_id IS NOT ${NEWEST_SEAL('NEW.period_id')}
BEGIN SELECT RAISE(ABORT, 'a locked period is reopened from its newest seal'); END;
CREATE TRIGGER reopenings_later_locked BEFORE INSERT ON reopenings
WHEN EXISTS (SELECT 1 FROM periods WHERE state = 'locked' AND code > (SELECT code FROM periods WHERE period_id = NEW.period_id))
BEGIN SELECT RAISE(ABORT, 'period_locked: a later period is locked'); END;
CREATE TRIGGER seals_one_standing BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals s WHERE s.period_id = NEW.period_id AND NOT EXISTS (SELECT 1 FROM reopenings r WHERE r.seal_id = s.seal_id))
BEGIN SELECT RAISE(ABORT, 'a period has one seal until it is reopened'); END;
CREATE TRIGGER seal_pieces_reopened BEFORE INSERT ON seal_pieces WHEN EXISTS (SELECT 1 FROM reopenings WHERE seal_id = NEW.seal_id)
BEGIN SELECT RAISE(ABORT, 'a seal that was set aside stays as it is'); END;
DROP TRIGGER periods_locked_update;
CREATE TRIGGER periods_locked_update BEFORE UPDATE ON periods
WHEN OLD.state = 'locked' AND NOT (NEW.state = 'open' AND ${KEPT.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')}
  AND EXISTS (SELECT 1 FROM reopenings WHERE seal_id = ${NEWEST_SEAL('OLD.period_id')}))
BEGIN SELECT RAISE(ABORT, 'period_locked: a locked period cannot change'); END;`,
];

export const migration0015 = {
  version: 15,
  name: '0015-reopen-periods',
  sql: [TABLES, ...TRIGGERS].join('\n'),
} as const;
