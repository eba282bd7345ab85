/**
 * Locations kept in another currency than the workbook, and periods that are closed in one: `2026-10-EUR` beside `2026-10`.
 *
 * A period holds lines of one currency only, so that no sum over a period can add two. Rules are given for a currency in the
 * same way. `periods` and `rule_sets` are made anew, as the conditions on their codes changed, and with them the triggers on them; what is
 * there is in the workbook's own currency and stays as it was sealed.
 */
const MONTH = '[0-9][0-9][0-9][0-9]-[0-9][0-9]';

/** Of a code: its currency; empty where it is the workbook's own. */
const currencyOf = (code: string): string => `substr(${code}, 9)`;

const PERIODS = /* sql */ `
-- Triggers of other tables speak of the table while it is not there.
PRAGMA legacy_alter_table = ON;
CREATE TABLE periods_new (
  period_id INTEGER PRIMARY KEY,
  -- The month; and the currency where it is not the workbook's own.
  code TEXT NOT NULL UNIQUE CHECK (code GLOB '${MONTH}' OR code GLOB '${MONTH}-[A-Z][A-Z][A-Z]'),
  start_instant INTEGER NOT NULL,
  cut_off_instant INTEGER NOT NULL CHECK (cut_off_instant > start_instant),
  window_hours INTEGER NOT NULL CHECK (window_hours BETWEEN 0 AND 744),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'locked')),
  reconciled_instant INTEGER,
  locked_instant INTEGER,
  CHECK ((state = 'locked') = (locked_instant IS NOT NULL))
) STRICT;
INSERT INTO periods_new (period_id, code, start_instant, cut_off_instant, window_hours, state, reconciled_instant, locked_instant)
  SELECT period_id, code, start_instant, cut_off_instant, window_hours, state, reconciled_instant, locked_instant FROM periods;
DROP TABLE periods;
ALTER TABLE periods_new RENAME TO periods;

CREATE TABLE rule_sets_new (
  rule_set_id INTEGER PRIMARY KEY,
  -- The code of the first period it is in force for; its amounts are in the currency of that one.
  from_period TEXT NOT NULL CHECK (from_period = '' OR from_period GLOB '${MONTH}' OR from_period GLOB '${MONTH}-[A-Z][A-Z][A-Z]'),
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  made_instant INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
INSERT INTO rule_sets_new (rule_set_id, from_period, rules, made_instant, made_by, why)
  SELECT rule_set_id, from_period, rules, made_instant, made_by, why FROM rule_sets;
DROP TABLE rule_sets;
ALTER TABLE rule_sets_new RENAME TO rule_sets;
PRAGMA legacy_alter_table = OFF;
-- NULL: the workbook's own.
ALTER TABLE locations ADD COLUMN currency TEXT CHECK (length(currency) = 3);
-- Empty where all is kept in one currency, so that each new line is asked for nothing.
CREATE INDEX locations_of_other_currency ON locations (location_id) WHERE currency IS NOT NULL;
`;

/** What of a period stays as it is when it is reopened, as migration 0015 has it. */
const KEPT = ['period_id', 'code', 'start_instant', 'cut_off_instant', 'window_hours', 'reconciled_instant'];

const trigger = (name: string, event: string, when: string, why: string): string => /* sql */ `
CREATE TRIGGER ${name} BEFORE ${event} WHEN ${when}
BEGIN SELECT RAISE(ABORT, '${why}'); END;`;

const TRIGGERS = [
  trigger(
    'periods_locked_update', 'UPDATE ON periods',
    `OLD.state = 'locked' AND NOT (NEW.state = 'open' AND ${KEPT.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')}
  AND EXISTS (SELECT 1 FROM reopenings WHERE seal_id = (SELECT max(seal_id) FROM seals WHERE period_id = OLD.period_id)))`,
    'period_locked: a locked period cannot change',
  ),
  trigger('periods_locked_delete', 'DELETE ON periods', `OLD.state = 'locked'`, 'period_locked: a locked period cannot be deleted'),
  'DROP TRIGGER reopenings_later_locked;',
  trigger(
    'reopenings_later_locked', 'INSERT ON reopenings',
    `EXISTS (SELECT 1 FROM periods p JOIN periods o ON o.period_id = NEW.period_id
  WHERE p.state = 'locked' AND p.code > o.code AND ${currencyOf('p.code')} = ${currencyOf('o.code')})`,
    'period_locked: a later period is locked',
  ),
  trigger('rule_sets_no_update', 'UPDATE ON rule_sets', '1', 'a version of the rules never changes'),
  trigger('rule_sets_no_delete', 'DELETE ON rule_sets', '1', 'a version of the rules is kept'),
  trigger(
    'rule_sets_locked_insert', 'INSERT ON rule_sets',
    `EXISTS (SELECT 1 FROM periods p WHERE p.state = 'locked' AND p.code >= NEW.from_period AND ${currencyOf('NEW.from_period')} IN ('', ${currencyOf('p.code')}))`,
    'period_locked: a version of the rules cannot begin before a locked period',
  ),
  ...[['lines_one_currency', 'INSERT ON lines'], ['lines_stay_in_currency', 'UPDATE OF period_id, stock_key_id ON lines']].map(([name, event]) => trigger(
    name!, event!,
    `(EXISTS (SELECT 1 FROM locations WHERE currency IS NOT NULL) OR (SELECT length(code) FROM periods WHERE period_id = NEW.period_id) > 7)
  AND (SELECT coalesce(o.currency, '') FROM stock_keys k JOIN locations o USING (location_id) WHERE k.stock_key_id = NEW.stock_key_id)
    <> (SELECT ${currencyOf('code')} FROM periods WHERE period_id = NEW.period_id)`,
    'a period has lines of one currency',
  )),
  trigger(
    'locations_valued_currency', 'UPDATE OF currency ON locations',
    `NEW.currency IS NOT OLD.currency AND EXISTS (SELECT 1 FROM stock_keys WHERE location_id = OLD.location_id)`,
    'the currency of a location in use cannot change',
  ),
];

export const migration0019 = {
  version: 19,
  name: '0019-periods-in-a-currency',
  sql: [PERIODS, ...TRIGGERS].join('\n'),
} as const;
