/**
 * Writes the lines of a period: positions, identity, roll-forward and variances of every item and location, set by set in
 * SQL, one range of keys after another. Lines with a variance are explained afterwards (`explain-lines.ts`).
 */
import { FALLBACK_ORDER, type PositionState } from '@shared/domain/explanation/positions';
import { TRUTH_STATES } from '@shared/domain/rules';
import { SYSTEMS, type System } from '@shared/domain/states';
import { NO_VARIANCE, NOT_COUNTED, NOTHING_TO_COMPARE } from '@shared/domain/tolerance';
import { BulkLoad } from '../../workbook/bulk-load';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { CountPositions } from './count-positions';
import { keyRanges, type KeyRange } from './key-ranges';
import type { LineNames } from './line-facts';
import { Positions } from './positions';
import { truthFor, type ReconciliationScope } from './scope';

const ALIAS: Readonly<Record<System, string>> = { erp: 'e', storefront: 's', warehouse: 'w' };
const ROLLS: Readonly<Record<System, string>> = { erp: 'er', storefront: 'sr', warehouse: 'wr' };

/** Which system wins for each state, for every location and category: kept, and stamped on the lines. */
function fillTruth(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('DELETE FROM line_truths WHERE period_id = ?', scope.periodId);
  workbook.run(
    `CREATE TEMP TABLE truths (location_id INTEGER, category TEXT, line_truth_id INTEGER, ${TRUTH_STATES.join(', ')},
       PRIMARY KEY (location_id, category)) WITHOUT ROWID`,
  );
  const combinations = workbook.all<{ location_id: number; category: string | null }>(
    `SELECT l.location_id, c.category FROM locations l, (SELECT DISTINCT category FROM items WHERE category <> '' UNION SELECT NULL) c
     ORDER BY l.code, c.category`,
  );
  for (const [index, { location_id, category }] of combinations.entries()) {
    const truth = truthFor(scope.truthRules, location_id, category);
    workbook.run(
      `INSERT INTO line_truths (period_id, line_truth_id, location_id, category, ${TRUTH_STATES.join(', ')})
       VALUES (?, ?, ?, ?, ${TRUTH_STATES.map(() => '?').join(', ')})`,
      scope.periodId,
      index + 1,
      location_id,
      category ?? '',
      ...TRUTH_STATES.map((state) => truth[state]),
    );
  }
  workbook.run(
    `INSERT INTO temp.truths SELECT location_id, category, line_truth_id, ${TRUTH_STATES.join(', ')} FROM line_truths WHERE period_id = ?`,
    scope.periodId,
  );
}

/** The first known figure of a state: the ruled system's, then the others in their order. */
function ruledSql(state: string, figureOf: (system: System) => string): string {
  const order = (first: System) =>
    [first, ...FALLBACK_ORDER.filter((system) => system !== first)].map(figureOf).join(', ');
  return `CASE t.${state} WHEN 'erp' THEN coalesce(${order('erp')}) WHEN 'warehouse' THEN coalesce(${order('warehouse')})
    ELSE coalesce(${order('storefront')}) END`;
}

/** One line for each key of a range that a system, a count or the opening knows. */
function insertSql(positions: Positions): string {
  const at = (system: System, state: PositionState) => positions.stateSql(system, state, ALIAS[system], ROLLS[system]);
  const ruled = (state: PositionState) => ruledSql(state, (system) => at(system, state));
  const held = (['reserved', 'damaged', 'quarantined'] as const).map(ruled);
  const known = [...SYSTEMS.map((system) => ALIAS[system]), 'c', 'o'].map((alias) => `${alias}.stock_key_id IS NOT NULL`);
  const joins = SYSTEMS.flatMap((system) => [
    `LEFT JOIN temp.positions_${system} ${ALIAS[system]} ON ${ALIAS[system]}.stock_key_id = k.stock_key_id`,
    ...(positions.hasRolls(system)
      ? [`LEFT JOIN temp.rolls_${system} ${ROLLS[system]} ON ${ROLLS[system]}.stock_key_id = k.stock_key_id`]
      : []),
  ]);
  return `INSERT INTO lines (period_id, stock_key_id, unit_cost_scaled, tier, opening_scaled,
       erp_on_hand_scaled, erp_as_of_instant, erp_at_cut_off_scaled,
       storefront_available_scaled, storefront_as_of_instant, storefront_at_cut_off_scaled,
       counted_scaled, counted_instant, counted_at_cut_off_scaled, identity_scaled, roll_forward_scaled,
       count_variance_scaled, count_residual_scaled, channel_variance_scaled, channel_residual_scaled,
       ledger_variance_scaled, ledger_residual_scaled, count_explained_scaled, channel_explained_scaled, ledger_explained_scaled,
       cleared_by, suggested_owner, next_step, due_instant, priority, rule_version, rule_set_id, line_truth_id)
     WITH figures AS MATERIALIZED (
       SELECT k.stock_key_id, coalesce(${ruledSql('unit_cost', (system) => `${ALIAS[system]}.unit_cost_scaled`)}, i.unit_cost_scaled) AS unit_cost_scaled,
         i.tier, o.quantity_scaled AS opening_scaled, t.line_truth_id, k.item_id, k.location_id,
         e.on_hand_scaled AS erp_shown, e.as_of_instant AS erp_as_of, ${at('erp', 'on_hand')} AS erp,
         s.available_scaled AS storefront_shown, s.as_of_instant AS storefront_as_of, ${at('storefront', 'available')} AS storefront,
         c.counted_scaled, c.counted_instant, c.at_cut_off_scaled AS counted,
         ${ruled('on_hand')} - coalesce(${ruled('committed')}, 0)
           - coalesce(CASE WHEN coalesce(${held.join(', ')}) IS NULL THEN ${at('storefront', 'unavailable')} END,
               ${held.map((sql) => `coalesce(${sql}, 0)`).join(' + ')}) AS identity,
         o.quantity_scaled + CASE WHEN @erpPostsOnHand THEN ${positions.hasFlows ? 'coalesce(f.on_hand_scaled, 0)' : '0'} END AS roll_forward,
         c.stock_key_id IS NOT NULL AND c.counted_scaled IS NULL AS is_uncounted
       FROM stock_keys k CROSS JOIN items i ON i.item_id = k.item_id
       LEFT JOIN temp.truths t ON t.location_id = k.location_id AND t.category = coalesce(i.category, '')
       ${joins.join('\n       ')}
       LEFT JOIN temp.count_positions c ON c.stock_key_id = k.stock_key_id
       LEFT JOIN closings o ON o.period_id = @previousId AND o.stock_key_id = k.stock_key_id
       ${positions.hasFlows ? 'LEFT JOIN temp.flows f ON f.stock_key_id = k.stock_key_id' : ''}
       WHERE k.stock_key_id BETWEEN @first AND @last AND (${known.join(' OR ')})),
     compared AS (
       SELECT *, counted - erp AS count_variance, storefront - identity AS channel_variance, erp - roll_forward AS ledger_variance,
         CASE
           WHEN coalesce(counted - erp, 0) <> 0 OR coalesce(storefront - identity, 0) <> 0 OR coalesce(erp - roll_forward, 0) <> 0
             THEN 'varies'
           WHEN erp IS NULL AND (coalesce(counted, 0) <> 0 OR coalesce(storefront, 0) <> 0) THEN 'unlisted'
           WHEN is_uncounted THEN 'uncounted'
           WHEN coalesce(counted - erp, storefront - identity, erp - roll_forward) IS NULL THEN 'alone'
           ELSE 'equal'
         END AS finding
       FROM figures)
     SELECT @periodId, stock_key_id, unit_cost_scaled, tier, opening_scaled, erp_shown, erp_as_of, erp,
       storefront_shown, storefront_as_of, storefront, counted_scaled, counted_instant, counted, identity, roll_forward,
       count_variance, count_variance, channel_variance, channel_variance, ledger_variance, ledger_variance,
       iif(count_variance IS NULL, NULL, 0), iif(channel_variance IS NULL, NULL, 0), iif(ledger_variance IS NULL, NULL, 0),
       CASE finding WHEN 'uncounted' THEN @notCounted WHEN 'alone' THEN @nothingToCompare WHEN 'equal' THEN @noVariance END,
       CASE finding WHEN 'unlisted' THEN 'operations' WHEN 'uncounted' THEN 'warehouse' END,
       CASE finding
         WHEN 'unlisted' THEN 'Find out why the ERP does not list ' || ${PLACE} || ', and import its figure.'
         WHEN 'uncounted' THEN 'Count ' || ${PLACE} || ': it stands on a count sheet without a figure.'
         ELSE '' END,
       CASE WHEN finding IN ('unlisted', 'uncounted') THEN
         (SELECT iif(tier = 'A', urgent_due_instant, due_instant) FROM temp.bounds b WHERE b.location_id = compared.location_id) END,
       CASE WHEN finding IN ('unlisted', 'uncounted') THEN CASE tier WHEN 'A' THEN 30 WHEN 'B' THEN 20 ELSE 10 END ELSE 0 END,
       @ruleVersion, @ruleSetId, line_truth_id
     FROM compared`;
}

const PLACE = `(SELECT sku FROM items i WHERE i.item_id = compared.item_id) || ' at ' ||
           (SELECT code FROM locations o WHERE o.location_id = compared.location_id)`;

/** Takes away what the last reconciliation wrote. */
function deleteLines(workbook: SqliteWorkbook, scope: ReconciliationScope, ranges: readonly KeyRange[], job: Job): void {
  for (const { first, last } of ranges) {
    for (const table of ['components', 'lines'])
      workbook.run(`DELETE FROM ${table} WHERE period_id = ? AND stock_key_id BETWEEN ? AND ?`, scope.periodId, first, last);
    job.checkCancelled();
  }
}

/**
 * Computes positions, identity, roll-forward and variances of every line of the period and writes the lines anew, with
 * each residual still its whole variance. Belongs in a transaction that has found the period open; answers how many
 * lines there are.
 */
export function writeLines(
  workbook: SqliteWorkbook,
  scope: ReconciliationScope,
  names: LineNames,
  ruleVersion: string,
  job: Job,
): number {
  const ranges = keyRanges(workbook);
  deleteLines(workbook, scope, ranges, job);
  workbook.run('DROP TABLE IF EXISTS temp.truths');
  fillTruth(workbook, scope);
  const positions = new Positions(workbook, scope);
  const counts = new CountPositions(workbook, scope, names, positions.inScopeSql);
  const sql = insertSql(positions);
  const parameters = {
    periodId: scope.periodId,
    previousId: scope.previous?.isLocked ? scope.previous.periodId : null,
    erpPostsOnHand: scope.erpPostsOnHand ? 1 : 0,
    nothingToCompare: NOTHING_TO_COMPARE,
    notCounted: NOT_COUNTED,
    noVariance: NO_VARIANCE,
    ruleVersion,
    ruleSetId: scope.ruleSetId,
  };
  const load = new BulkLoad(workbook, ['lines']);
  let lines = 0;
  try {
    for (const [index, range] of ranges.entries()) {
      job.progress('positions', index, ranges.length);
      positions.fill(range);
      job.checkCancelled();
      counts.fill(range);
      job.checkCancelled();
      lines += workbook.run(sql, { ...parameters, ...range }).changes;
      job.checkCancelled();
    }
    load.end();
  } catch (error) {
    load.abandon();
    throw error;
  }
  positions.drop();
  counts.drop();
  workbook.run('DROP TABLE temp.truths');
  return lines;
}
