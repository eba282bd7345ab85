/**
 * Where the figures of one system do not add up among themselves: available = on hand - committed - what is held. Kept per line and
 * system, never mended.
 */
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { ReconciliationScope } from '../reconciliation/scope';

/** The same choice as `identityCheckOf` makes for one line. */
const HELD = `coalesce(s.reserved_scaled + s.damaged_scaled + s.quarantined_scaled, s.unavailable_scaled)`;

/** Writes the differences of each system's figure nearest to the cut-off; a figure that is unknown differs from nothing. */
export function writeIdentityDifferences(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('DELETE FROM identity_differences WHERE period_id = ?', scope.periodId);
  workbook.run(
    `WITH files AS MATERIALIZED (SELECT import_id, imported_instant FROM imports WHERE period_id = @period AND kind = 'snapshot'),
     found AS MATERIALIZED (
       SELECT s.*, n.imported_instant, k.location_id, s.available_scaled - (s.on_hand_scaled - s.committed_scaled - ${HELD}) AS difference_scaled
       FROM files n CROSS JOIN snapshots s ON s.import_id = n.import_id JOIN stock_keys k ON k.stock_key_id = s.stock_key_id
       WHERE s.available_scaled <> s.on_hand_scaled - s.committed_scaled - ${HELD}),
     bounded AS (SELECT f.*, coalesce(b.cut_off_instant, @cutOff) AS cut_off FROM found f
       LEFT JOIN period_locations b ON b.period_id = @period AND b.location_id = f.location_id)
     INSERT INTO identity_differences (period_id, stock_key_id, system, import_id, row_number, on_hand_scaled, committed_scaled, held_scaled,
       available_scaled, difference_scaled)
     SELECT @period, s.stock_key_id, s.system, s.import_id, s.row_number, s.on_hand_scaled, s.committed_scaled, ${HELD}, s.available_scaled, s.difference_scaled
     FROM bounded s
     WHERE NOT EXISTS (
       SELECT 1 FROM files n CROSS JOIN snapshots o ON o.import_id = n.import_id AND o.stock_key_id = s.stock_key_id AND o.system = s.system
       WHERE (abs(o.as_of_instant - s.cut_off), -n.imported_instant, -o.import_id, -o.row_number)
         < (abs(s.as_of_instant - s.cut_off), -s.imported_instant, -s.import_id, -s.row_number))
     ORDER BY s.stock_key_id, s.system`,
    { period: scope.periodId, cutOff: scope.cutOffInstant },
  );
}
