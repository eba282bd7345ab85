/**
 * One row of a file may say several things: an order line that was shipped is two movements, a count sheet's line two
 * counts, a row with a column per location as many positions as locations. And several rows may say one thing: lots and
 * bins of an item add up to one position.
 *
 * A position is therefore keyed by what it is of, which also finds it without a further index; the rows that were added
 * to the first one are kept beside it.
 */
import { lockedThrough, lockTriggers } from './lock-triggers';

const TABLES = /* sql */ `
CREATE TABLE snapshots_new (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  system TEXT NOT NULL CHECK (system IN ('erp', 'storefront', 'warehouse')),
  as_of_instant INTEGER NOT NULL,
  -- The first row of the file that speaks of it.
  row_number INTEGER NOT NULL,
  on_hand_scaled INTEGER, available_scaled INTEGER, committed_scaled INTEGER, reserved_scaled INTEGER,
  damaged_scaled INTEGER, quarantined_scaled INTEGER, unavailable_scaled INTEGER, in_transit_scaled INTEGER,
  incoming_scaled INTEGER,
  unit_cost_scaled INTEGER,
  PRIMARY KEY (import_id, stock_key_id, system, as_of_instant)
) STRICT, WITHOUT ROWID;
INSERT INTO snapshots_new (import_id, stock_key_id, system, as_of_instant, row_number, on_hand_scaled, available_scaled,
    committed_scaled, reserved_scaled, damaged_scaled, quarantined_scaled, unavailable_scaled, in_transit_scaled, incoming_scaled,
    unit_cost_scaled)
  SELECT import_id, stock_key_id, system, as_of_instant, row_number, on_hand_scaled, available_scaled,
    committed_scaled, reserved_scaled, damaged_scaled, quarantined_scaled, unavailable_scaled, in_transit_scaled, incoming_scaled,
    unit_cost_scaled FROM snapshots ORDER BY import_id, stock_key_id;
DROP TABLE snapshots;
ALTER TABLE snapshots_new RENAME TO snapshots;

-- Further rows of a file that were added to a position: its lots, bins and packages.
CREATE TABLE snapshot_parts (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  stock_key_id INTEGER NOT NULL REFERENCES stock_keys (stock_key_id),
  row_number INTEGER NOT NULL,
  PRIMARY KEY (import_id, stock_key_id, row_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE movements_new (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  -- Which of the movements that the row tells of, counted from 1.
  record_number INTEGER NOT NULL DEFAULT 1,
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
  PRIMARY KEY (import_id, row_number, record_number)
) STRICT, WITHOUT ROWID;
INSERT INTO movements_new (import_id, row_number, stock_key_id, system, type, document, line, quantity_scaled, occurred_instant,
    posted_instant, reference, reason)
  SELECT import_id, row_number, stock_key_id, system, type, document, line, quantity_scaled, occurred_instant,
    posted_instant, reference, reason FROM movements ORDER BY import_id, row_number;
DROP TABLE movements;
ALTER TABLE movements_new RENAME TO movements;
CREATE INDEX movements_by_key ON movements (stock_key_id, system, posted_instant);
CREATE INDEX movements_by_document ON movements (document);

CREATE TABLE counts_new (
  import_id INTEGER NOT NULL REFERENCES imports (import_id),
  row_number INTEGER NOT NULL,
  -- Which of the counts that the row tells of, counted from 1.
  record_number INTEGER NOT NULL DEFAULT 1,
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
  PRIMARY KEY (import_id, row_number, record_number)
) STRICT, WITHOUT ROWID;
INSERT INTO counts_new (import_id, row_number, stock_key_id, sheet, line, bin, count_no, counted_scaled, counted_instant, counted_by, note)
  SELECT import_id, row_number, stock_key_id, sheet, line, bin, count_no, counted_scaled, counted_instant, counted_by, note
  FROM counts ORDER BY import_id, row_number;
DROP TABLE counts;
ALTER TABLE counts_new RENAME TO counts;
CREATE INDEX counts_by_key ON counts (stock_key_id, count_no);
`;

export const migration0002 = {
  version: 2,
  name: '0002-several-records-per-row',
  sql: TABLES + ['snapshots', 'snapshot_parts', 'movements', 'counts'].map((table) => lockTriggers(table, lockedThrough('imports', 'import_id'))).join('\n'),
} as const;
