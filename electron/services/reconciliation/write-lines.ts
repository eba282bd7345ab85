/**
 * Writes the lines of a period: positions, identity, roll-forward and variances of every item and location, set by set in
 * SQL, one range of keys after another. Lines with a variance are explained afterwards (`explain-lines.ts`).
 */
import { currencyOfPeriod } from '@shared/domain/instant';
import { FALLBACK_ORDER, type PositionState } from '@shared/domain/explanation/positions';
import { TRUTH_STATES, type TruthState } from '@shared/domain/rules';
import type { System } from '@shared/domain/states';
import { NO_VARIANCE, NOT_COUNTED, NOTHING_TO_COMPARE } from '@shared/domain/tolerance';
import { BulkLoad } from '../../workbook/bulk-load';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { CountPositions } from './count-positions';
import { keyRanges, type KeyRange } from './key-ranges';
import type { LineNames } from './line-facts';
import { Positions, STATED_STATES } from './positions';
import { truthFor, type ReconciliationScope } from './scope';

const ALIAS: Readonly<Record<System, string>> = { erp: 'e', storefront: 's', warehouse: 'w' };
const ROLLS: Readonly<Record<System, string>> = { erp: 'er', storefront: 'sr', warehouse: 'wr' };

const HELD_STATES = ['reserved', 'damaged', 'quarantined'] as const;

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

/**
 * The first known figure of a state: the ruled system's, then the others in their order.
 *
 * @param ruled the systems that the rule names for the state at any location or category
 * @param figureOf null for a system that said nothing
 */
function ruledSql(state: TruthState, ruled: readonly System[], figureOf: (system: System) => string | null): string {
  const known = (first: System) => {
    const figures = [first, ...FALLBACK_ORDER.filter((system) => system !== first)].flatMap((system) => figureOf(system) ?? []);
    return figures.length < 2 ? (figures[0] ?? 'NULL') : `coalesce(${figures.join(', ')})`;
  };
  if (ruled.length === 1) return known(ruled[0]!);
  return `CASE t.${state} ${ruled.map((system) => `WHEN '${system}' THEN ${known(system)}`).join(' ')} END`;
}

/** One line for each key of a range that a system, a count or the opening knows. */
// LIMIT -1 keeps SQLite from putting one query into the other, where each expression would be computed as often as it is named.
function insertSql(positions: Positions, hasOpening: boolean, ruledOf: (state: TruthState) => readonly System[]): string {
  const ifKnown = (system: System, sql: string) => (positions.systems.includes(system) ? sql : null);
  const at = (system: System, state: PositionState) => {
    const given = `${ALIAS[system]}.${state}_scaled`;
    return ifKnown(system, positions.isRolled(system) ? `${given} + coalesce(${ROLLS[system]}.${state}_scaled, 0)` : given);
  };
  const ruled = (state: TruthState & PositionState) => ruledSql(state, ruledOf(state), (system) => at(system, state));
  const held = HELD_STATES.map(ruled);
  const unavailable = `CASE WHEN coalesce(${held.join(', ')}) IS NULL THEN ${at('storefront', 'unavailable') ?? 'NULL'} END`;
  const stated = (state: (typeof STATED_STATES)[number]) => ruledSql('on_hand', ruledOf('on_hand'), (system) => ifKnown(system, `${ALIAS[system]}.${state}_scaled`));
  // Every state as it is found, for reports: they read lines and never the snapshots.
  const kept: Readonly<Record<string, string>> = {
    on_hand_scaled: ruled('on_hand'), committed_scaled: ruled('committed'),
    ...Object.fromEntries(HELD_STATES.map((state, index) => [`${state}_scaled`, held[index]!])),
    unavailable_scaled: unavailable,
    ...Object.fromEntries(STATED_STATES.map((state) => [`${state}_scaled`, stated(state)])),
    erp_available_at_cut_off_scaled: at('erp', 'available') ?? 'NULL',
    storefront_on_hand_at_cut_off_scaled: at('storefront', 'on_hand') ?? 'NULL',
    warehouse_on_hand_at_cut_off_scaled: at('warehouse', 'on_hand') ?? 'NULL',
    warehouse_available_at_cut_off_scaled: at('warehouse', 'available') ?? 'NULL',
  };
  const keptColumns = Object.keys(kept).join(', ');
  const known = [...positions.systems.map((system) => ALIAS[system]), 'c', ...(hasOpening ? ['o'] : [])];
  const unitCost = ruledSql('unit_cost', ruledOf('unit_cost'), (system) => ifKnown(system, `${ALIAS[system]}.unit_cost_scaled`));
  const joinOf = (table: string, alias: string) => `LEFT JOIN temp.${table} ${alias} ON ${alias}.stock_key_id = k.stock_key_id`;
  const joins = [
    ...positions.systems.flatMap((system) => [
      joinOf(`positions_${system}`, ALIAS[system]),
      ...(positions.isRolled(system) ? [joinOf(`rolls_${system}`, ROLLS[system])] : []),
    ]),
    joinOf('count_positions', 'c'),
    ...(hasOpening ? ['LEFT JOIN closings o ON o.period_id = @previousId AND o.stock_key_id = k.stock_key_id'] : []),
    ...(hasOpening && positions.hasFlows ? [joinOf('flows', 'f')] : []),
  ];
  return `INSERT INTO lines (period_id, stock_key_id, unit_cost_scaled, tier, opening_scaled,
       erp_on_hand_scaled, erp_as_of_instant, erp_at_cut_off_scaled,
       storefront_available_scaled, storefront_as_of_instant, storefront_at_cut_off_scaled,
       counted_scaled, counted_instant, counted_at_cut_off_scaled, identity_scaled, roll_forward_scaled,
       count_variance_scaled, count_residual_scaled, channel_variance_scaled, channel_residual_scaled,
       ledger_variance_scaled, ledger_residual_scaled, count_explained_scaled, channel_explained_scaled, ledger_explained_scaled,
       cleared_by, suggested_owner, next_step, due_instant, priority, rule_version, rule_set_id, line_truth_id, ${keptColumns})
     WITH figures AS (
       SELECT k.stock_key_id, coalesce(${unitCost}, CASE WHEN @isOwnCurrency THEN i.unit_cost_scaled END) AS unit_cost_scaled,
         i.tier, ${hasOpening ? 'o.quantity_scaled' : 'NULL'} AS opening_scaled, t.line_truth_id, k.item_id, k.location_id,
         ${ifKnown('erp', 'e.on_hand_scaled') ?? 'NULL'} AS erp_shown, ${ifKnown('erp', 'e.as_of_instant') ?? 'NULL'} AS erp_as_of,
         ${at('erp', 'on_hand') ?? 'NULL'} AS erp,
         ${ifKnown('storefront', 's.available_scaled') ?? 'NULL'} AS storefront_shown,
         ${ifKnown('storefront', 's.as_of_instant') ?? 'NULL'} AS storefront_as_of, ${at('storefront', 'available') ?? 'NULL'} AS storefront,
         c.counted_scaled, c.counted_instant, c.at_cut_off_scaled AS counted,
         ${ruled('on_hand')} - coalesce(${ruled('committed')}, 0)
           - coalesce(${unavailable}, ${held.map((sql) => `coalesce(${sql}, 0)`).join(' + ')}) AS identity,
         ${hasOpening ? `o.quantity_scaled + CASE WHEN @erpPostsOnHand THEN ${positions.hasFlows ? 'coalesce(f.on_hand_scaled, 0)' : '0'} END` : 'NULL'} AS roll_forward,
         c.stock_key_id IS NOT NULL AND c.counted_scaled IS NULL AS is_uncounted,
         ${Object.entries(kept).map(([column, sql]) => `${sql} AS ${column}`).join(', ')}
       FROM stock_keys k CROSS JOIN items i ON i.item_id = k.item_id
       LEFT JOIN temp.truths t ON t.location_id = k.location_id AND t.category = coalesce(i.category, '')
       ${joins.join('\n       ')}
       WHERE k.stock_key_id BETWEEN @first AND @last AND (${known.map((alias) => `${alias}.stock_key_id IS NOT NULL`).join(' OR ')}) LIMIT -1),
     compared AS (
       SELECT *, counted - erp AS count_variance, storefront - identity AS channel_variance, erp - roll_forward AS ledger_variance,
         CASE
           WHEN coalesce(counted - erp, 0) <> 0 OR coalesce(storefront - identity, 0) <> 0 OR coalesce(erp - roll_forward, 0) <> 0
             THEN ${FINDING.varies}
           WHEN erp IS NULL AND (coalesce(counted, 0) <> 0 OR coalesce(storefront, 0) <> 0) THEN ${FINDING.unlisted}
           WHEN is_uncounted THEN ${FINDING.uncounted}
           WHEN coalesce(counted - erp, storefront - identity, erp - roll_forward) IS NULL THEN ${FINDING.alone}
           ELSE ${FINDING.equal}
         END AS finding
       FROM figures LIMIT -1)
     SELECT @periodId, stock_key_id, unit_cost_scaled, tier, opening_scaled, erp_shown, erp_as_of, erp,
       storefront_shown, storefront_as_of, storefront, counted_scaled, counted_instant, counted, identity, roll_forward,
       count_variance, count_variance, channel_variance, channel_variance, ledger_variance, ledger_variance,
       0 * count_variance, 0 * channel_variance, 0 * ledger_variance,
       CASE finding WHEN ${FINDING.equal} THEN @noVariance WHEN ${FINDING.uncounted} THEN @notCounted WHEN ${FINDING.alone} THEN @nothingToCompare END,
       CASE finding WHEN ${FINDING.unlisted} THEN 'operations' WHEN ${FINDING.uncounted} THEN 'warehouse' END,
       CASE finding
         WHEN ${FINDING.unlisted} THEN 'Find out why the ERP does not list ' || ${PLACE} || ', and import its figure.'
         WHEN ${FINDING.uncounted} THEN 'Count ' || ${PLACE} || ': it stands on a count sheet without a figure.'
         ELSE '' END,
       iif(finding >= ${FINDING.unlisted},
         (SELECT iif(tier = 'A', urgent_due_instant, due_instant) FROM temp.bounds b WHERE b.location_id = compared.location_id), NULL),
       iif(finding >= ${FINDING.unlisted}, CASE tier WHEN 'A' THEN 30 WHEN 'B' THEN 20 ELSE 10 END, 0),
       @ruleVersion, @ruleSetId, line_truth_id, ${keptColumns}
     FROM compared LIMIT -1`;
}

/** What a line turns out to be; from `unlisted` on somebody has to do something though there is nothing to explain. */
const FINDING = { equal: 0, varies: 1, alone: 2, unlisted: 3, uncounted: 4 } as const;

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
  positions.fill(ranges, job);
  const counts = new CountPositions(workbook, scope, names, positions.inScopeSql);
  counts.findMoved(job);
  const ruledOf = (state: TruthState) => workbook.all<{ system: System }>(`SELECT DISTINCT ${state} AS system FROM temp.truths ORDER BY 1`).map((row) => row.system);
  const sql = insertSql(positions, scope.previous?.isLocked ?? false, ruledOf);
  const parameters = {
    periodId: scope.periodId,
    ...(scope.previous?.isLocked ? { previousId: scope.previous.periodId, erpPostsOnHand: scope.erpPostsOnHand ? 1 : 0 } : {}),
    nothingToCompare: NOTHING_TO_COMPARE,
    notCounted: NOT_COUNTED,
    noVariance: NO_VARIANCE,
    ruleVersion,
    ruleSetId: scope.ruleSetId,
    // The item list is kept in the workbook's own currency.
    isOwnCurrency: currencyOfPeriod(scope.code) === undefined ? 1 : 0,
  };
  const load = new BulkLoad(workbook, ['lines']);
  let lines = 0;
  try {
    for (const [index, range] of ranges.entries()) {
      job.progress('variances', index, ranges.length);
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
