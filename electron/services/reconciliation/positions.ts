/**
 * Positions and variances of all lines of a period at once, in SQL: no row passes through JavaScript but counts on
 * lines whose shelf moved between the count and the cut-off.
 *
 * Works in temporary tables of the connection, keyed by the dense stock key and filled in its order. The same for one
 * line, with every step to show, is `shared/domain/explanation/positions.ts`.
 */
import { FALLBACK_ORDER, POSITION_STATES, weightOn, type PositionState } from '@shared/domain/explanation/positions';
import { TRUTH_STATES } from '@shared/domain/rules';
import { SYSTEMS, type System } from '@shared/domain/states';
import { NO_VARIANCE, NOT_COUNTED, NOTHING_TO_COMPARE } from '@shared/domain/tolerance';
import { LATEST_OF_PLACE } from '../../workbook/tables/counts';
import { effectSql, onHandEffectSql, postingsOfKey, SAME_POSTING } from '../../workbook/tables/movements';
import type { SqliteWorkbook } from '../../workbook/workbook';
import { countRollsOf, LineNames } from './line-facts';
import { truthFor, type ReconciliationScope } from './scope';

const ALIAS: Readonly<Record<System, string>> = { erp: 'e', storefront: 's', warehouse: 'w' };
/** The figure of each system that a line shows. */
const SHOWN_STATE: Readonly<Record<System, PositionState>> = {
  erp: 'on_hand',
  storefront: 'available',
  warehouse: 'on_hand',
};

/** States that no posting carries: kept as the system stated them. */
const STATED_COLUMNS = ['in_transit_scaled', 'incoming_scaled'] as const;

const TEMPORARY_TABLES = [
  ...SYSTEMS.map((system) => `positions_${system}`),
  'scope_imports',
  'superseded',
  'count_positions',
  'flows',
  'line_keys',
] as const;

/** Drops what an earlier run on this connection may have left. */
export function dropTemporaryTables(workbook: SqliteWorkbook): void {
  for (const table of TEMPORARY_TABLES) workbook.run(`DROP TABLE IF EXISTS temp.${table}`);
}

/** The movement files in scope, and the rows that an earlier file already holds. */
function fillMovementScope(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('CREATE TEMP TABLE scope_imports (import_id INTEGER PRIMARY KEY, import_rank INTEGER NOT NULL)');
  for (const [importId, rank] of scope.movements.rankOf)
    workbook.run('INSERT INTO temp.scope_imports VALUES (?, ?)', importId, rank);
  workbook.run(
    `CREATE TEMP TABLE superseded (import_id INTEGER, row_number INTEGER, record_number INTEGER,
       PRIMARY KEY (import_id, row_number, record_number)) WITHOUT ROWID`,
  );
  if (!scope.movements.mayOverlap) return;
  const same = SAME_POSTING.map((column) => `m.${column}`).join(', ');
  workbook.run(
    `INSERT INTO temp.superseded SELECT import_id, row_number, record_number FROM (
       SELECT m.import_id, m.row_number, m.record_number, row_number() OVER (PARTITION BY ${same}, m.ordinal ORDER BY m.import_rank) AS place
       FROM (SELECT m.*, s.import_rank, row_number() OVER (PARTITION BY m.import_id, ${same} ORDER BY m.row_number, m.record_number) AS ordinal
             FROM movements m JOIN temp.scope_imports s USING (import_id)) m)
     WHERE place > 1 ORDER BY import_id, row_number, record_number`,
  );
}

/** Conditions on a movement `m`: of a file in scope, and not already held by another. */
const inScopeSql = (scope: ReconciliationScope): string =>
  'm.import_id IN (SELECT import_id FROM temp.scope_imports)' +
  (scope.movements.mayOverlap
    ? ` AND NOT EXISTS (SELECT 1 FROM temp.superseded x WHERE x.import_id = m.import_id AND x.row_number = m.row_number
         AND x.record_number = m.record_number)`
    : '');

/** Each system's figure nearest to the cut-off; of equals, the one imported later. */
function fillPositions(workbook: SqliteWorkbook, scope: ReconciliationScope, system: System): void {
  const columns = POSITION_STATES.map((state) => `${state}_scaled`);
  const all = ['as_of_instant', 'unit_cost_scaled', 'shown_scaled', ...STATED_COLUMNS, ...columns];
  workbook.run(
    `CREATE TEMP TABLE positions_${system} (stock_key_id INTEGER PRIMARY KEY, ${all.map((column) => `${column} INTEGER`).join(', ')})`,
  );
  const imports = workbook.all<{ import_id: number }>(
    `SELECT import_id FROM imports WHERE period_id = ? AND kind = 'snapshot' ORDER BY imported_instant, import_id`,
    scope.periodId,
  );
  for (const { import_id } of imports) {
    workbook.run(
      `INSERT INTO temp.positions_${system} (stock_key_id, ${all.join(', ')})
       SELECT stock_key_id, as_of_instant, unit_cost_scaled, ${SHOWN_STATE[system]}_scaled, ${[...STATED_COLUMNS, ...columns].join(', ')} FROM snapshots
       WHERE import_id = @importId AND system = '${system}' ORDER BY stock_key_id, row_number
       ON CONFLICT (stock_key_id) DO UPDATE SET ${all.map((column) => `${column} = excluded.${column}`).join(', ')}
       WHERE abs(excluded.as_of_instant - @cutOff) <= abs(as_of_instant - @cutOff)`,
      { importId: import_id, cutOff: scope.cutOffInstant },
    );
  }
}

/** Carries a system's figures to the cut-off with its own postings between. */
function rollPositions(workbook: SqliteWorkbook, scope: ReconciliationScope, system: System): void {
  const bounds = workbook.get<{ first: number | null; last: number | null }>(
    `SELECT min(as_of_instant) AS first, max(as_of_instant) AS last FROM temp.positions_${system}`,
  );
  if (bounds?.first == null || bounds.last == null) return;
  const after = Math.min(bounds.first, scope.cutOffInstant);
  const until = Math.max(bounds.last, scope.cutOffInstant);
  if (after === until) return;
  const sums = POSITION_STATES.map(
    (state) =>
      `sum(CASE WHEN p.as_of_instant < @cutOff THEN 1 ELSE -1 END * ${effectSql((type) => weightOn(state, type))}) AS ${state}`,
  );
  const set = POSITION_STATES.map((state) => `${state}_scaled = ${state}_scaled + rolled.${state}`);
  workbook.run(
    `UPDATE temp.positions_${system} SET ${set.join(', ')} FROM (
       SELECT m.stock_key_id, ${sums.join(', ')} FROM movements m JOIN temp.positions_${system} p USING (stock_key_id)
       WHERE m.system = '${system}' AND m.posted_instant > @after AND m.posted_instant <= @until
         AND m.posted_instant > min(p.as_of_instant, @cutOff) AND m.posted_instant <= max(p.as_of_instant, @cutOff)
         AND ${inScopeSql(scope)}
       GROUP BY m.stock_key_id) rolled
     WHERE rolled.stock_key_id = positions_${system}.stock_key_id`,
    { after, until, cutOff: scope.cutOffInstant },
  );
}

/** Counted figures, and what happened on their shelves between the count and the cut-off. */
function fillCounts(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run(
    `CREATE TEMP TABLE count_positions (stock_key_id INTEGER PRIMARY KEY, counted_scaled INTEGER, counted_instant INTEGER,
       at_cut_off_scaled INTEGER)`,
  );
  workbook.run(
    `WITH standing AS (
       SELECT * FROM (SELECT c.*, ${LATEST_OF_PLACE} AS place FROM counts c JOIN imports i USING (import_id)
         WHERE i.period_id = @periodId)
       WHERE place = 1),
     best AS (SELECT stock_key_id, max(count_no) AS count_no FROM standing WHERE counted_scaled IS NOT NULL GROUP BY stock_key_id)
     INSERT INTO temp.count_positions
     SELECT r.stock_key_id, sum(r.counted_scaled),
       max(CASE WHEN r.counted_scaled IS NOT NULL THEN r.counted_instant END), sum(r.counted_scaled)
     FROM standing r LEFT JOIN best b USING (stock_key_id)
     WHERE b.count_no IS NULL OR (r.count_no = b.count_no AND r.counted_scaled IS NOT NULL)
     GROUP BY r.stock_key_id`,
    { periodId: scope.periodId },
  );
  const names = new LineNames(workbook);
  const moved = workbook.all<{ stock_key_id: number; counted_instant: number }>(
    `SELECT c.stock_key_id, c.counted_instant FROM temp.count_positions c WHERE c.counted_instant IS NOT NULL AND EXISTS (
       SELECT 1 FROM movements m WHERE m.stock_key_id = c.stock_key_id AND ${inScopeSql(scope)}
         AND m.occurred_instant > min(c.counted_instant, @cutOff) AND m.occurred_instant <= max(c.counted_instant, @cutOff))`,
    { cutOff: scope.cutOffInstant },
  );
  for (const { stock_key_id, counted_instant } of moved) {
    const postings = postingsOfKey(workbook, scope.movements, stock_key_id);
    const rolls = countRollsOf(workbook, scope, names, names.of(stock_key_id)!, postings, counted_instant);
    const effectScaled = rolls.reduce((sum, roll) => sum + roll.effectScaled, 0);
    workbook.run(
      'UPDATE temp.count_positions SET at_cut_off_scaled = counted_scaled + ? WHERE stock_key_id = ?',
      effectScaled,
      stock_key_id,
    );
  }
}

/** Which system wins for each state, for every location and category: kept, and stamped on the lines. */
function fillTruth(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
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
}

/** What the ERP itself posted on hand in the period, for lines with an opening. */
function fillFlows(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('CREATE TEMP TABLE flows (stock_key_id INTEGER PRIMARY KEY, on_hand_scaled INTEGER NOT NULL)');
  if (!scope.previous?.isLocked || !scope.erpPostsOnHand) return;
  workbook.run(
    `INSERT INTO temp.flows
     SELECT m.stock_key_id, sum(${onHandEffectSql}) FROM movements m
     WHERE m.system = 'erp' AND m.posted_instant > ? AND m.posted_instant <= ? AND ${inScopeSql(scope)} GROUP BY m.stock_key_id`,
    scope.startInstant,
    scope.cutOffInstant,
  );
}

/** The first known figure of a state: the ruled system's, then the others in their order. */
function ruledSql(state: string, column: string): string {
  const order = (first: System) =>
    [first, ...FALLBACK_ORDER.filter((system) => system !== first)]
      .map((system) => `${ALIAS[system]}.${column}`)
      .join(', ');
  return `CASE t.${state} WHEN 'erp' THEN coalesce(${order('erp')}) WHEN 'warehouse' THEN coalesce(${order('warehouse')})
    ELSE coalesce(${order('storefront')}) END`;
}

const HELD_STATES = ['reserved', 'damaged', 'quarantined'] as const;

/** What is kept of every state at the cut-off for reports: column and expression over the positions. */
const KEPT_STATES: readonly (readonly [string, string])[] = [
  ...(['on_hand', 'committed', ...HELD_STATES] as const).map((state) => [`${state}_scaled`, ruledSql(state, `${state}_scaled`)] as const),
  [
    'unavailable_scaled',
    `CASE WHEN coalesce(${HELD_STATES.map((state) => ruledSql(state, `${state}_scaled`)).join(', ')}) IS NULL THEN s.unavailable_scaled END`,
  ],
  ...STATED_COLUMNS.map((column) => [column, ruledSql('on_hand', column)] as const),
  ['erp_available_at_cut_off_scaled', 'e.available_scaled'],
  ['storefront_on_hand_at_cut_off_scaled', 's.on_hand_scaled'],
  ['warehouse_on_hand_at_cut_off_scaled', 'w.on_hand_scaled'],
  ['warehouse_available_at_cut_off_scaled', 'w.available_scaled'],
];
const KEPT_COLUMNS = KEPT_STATES.map(([column]) => column).join(', ');

/** Writes a line for every item and location that a system, a count or the opening knows; answers how many. */
function insertLines(workbook: SqliteWorkbook, scope: ReconciliationScope, ruleVersion: string): number {
  workbook.run('CREATE TEMP TABLE line_keys (stock_key_id INTEGER PRIMARY KEY)');
  workbook.run(
    `INSERT INTO temp.line_keys SELECT stock_key_id FROM temp.positions_erp UNION SELECT stock_key_id FROM temp.positions_storefront
     UNION SELECT stock_key_id FROM temp.positions_warehouse UNION SELECT stock_key_id FROM temp.count_positions
     UNION SELECT stock_key_id FROM closings WHERE period_id = @previousId`,
    { previousId: scope.previous?.isLocked ? scope.previous.periodId : null },
  );
  const held = HELD_STATES.map((state) => ruledSql(state, `${state}_scaled`));
  return workbook.run(
    `INSERT INTO lines (period_id, stock_key_id, unit_cost_scaled, tier, opening_scaled,
       erp_on_hand_scaled, erp_as_of_instant, erp_at_cut_off_scaled,
       storefront_available_scaled, storefront_as_of_instant, storefront_at_cut_off_scaled,
       counted_scaled, counted_instant, counted_at_cut_off_scaled, identity_scaled, roll_forward_scaled,
       count_variance_scaled, count_residual_scaled, channel_variance_scaled, channel_residual_scaled,
       ledger_variance_scaled, ledger_residual_scaled, count_explained_scaled, channel_explained_scaled, ledger_explained_scaled,
       cleared_by, rule_version, rule_set_id, line_truth_id, ${KEPT_COLUMNS})
     WITH figures AS MATERIALIZED (
       SELECT k.stock_key_id, coalesce(${ruledSql('unit_cost', 'unit_cost_scaled')}, i.unit_cost_scaled) AS unit_cost_scaled, i.tier,
         o.quantity_scaled AS opening_scaled, t.line_truth_id,
         e.shown_scaled AS erp_shown, e.as_of_instant AS erp_as_of, e.on_hand_scaled AS erp,
         s.shown_scaled AS storefront_shown, s.as_of_instant AS storefront_as_of, s.available_scaled AS storefront,
         c.counted_scaled, c.counted_instant, c.at_cut_off_scaled AS counted,
         ${ruledSql('on_hand', 'on_hand_scaled')} - coalesce(${ruledSql('committed', 'committed_scaled')}, 0)
           - coalesce(CASE WHEN coalesce(${held.join(', ')}) IS NULL THEN s.unavailable_scaled END,
               ${held.map((sql) => `coalesce(${sql}, 0)`).join(' + ')}) AS identity,
         o.quantity_scaled + CASE WHEN @erpPostsOnHand THEN coalesce(f.on_hand_scaled, 0) END AS roll_forward,
         c.stock_key_id IS NOT NULL AND c.counted_scaled IS NULL AS is_uncounted,
         ${KEPT_STATES.map(([column, sql]) => `${sql} AS ${column}`).join(', ')}
       FROM temp.line_keys lk CROSS JOIN stock_keys k ON k.stock_key_id = lk.stock_key_id
       CROSS JOIN items i ON i.item_id = k.item_id
       LEFT JOIN line_truths t ON t.period_id = @periodId AND t.location_id = k.location_id AND t.category = coalesce(i.category, '')
       LEFT JOIN temp.positions_erp e ON e.stock_key_id = k.stock_key_id
       LEFT JOIN temp.positions_storefront s ON s.stock_key_id = k.stock_key_id
       LEFT JOIN temp.positions_warehouse w ON w.stock_key_id = k.stock_key_id
       LEFT JOIN temp.count_positions c ON c.stock_key_id = k.stock_key_id
       LEFT JOIN closings o ON o.period_id = @previousId AND o.stock_key_id = k.stock_key_id
       LEFT JOIN temp.flows f ON f.stock_key_id = k.stock_key_id)
     SELECT @periodId, stock_key_id, unit_cost_scaled, tier, opening_scaled, erp_shown, erp_as_of, erp,
       storefront_shown, storefront_as_of, storefront, counted_scaled, counted_instant, counted, identity, roll_forward,
       counted - erp, counted - erp, storefront - identity, storefront - identity, erp - roll_forward, erp - roll_forward,
       iif(counted - erp IS NULL, NULL, 0), iif(storefront - identity IS NULL, NULL, 0), iif(erp - roll_forward IS NULL, NULL, 0),
       CASE
         WHEN coalesce(counted - erp, 0) <> 0 OR coalesce(storefront - identity, 0) <> 0
           OR coalesce(erp - roll_forward, 0) <> 0 THEN NULL
         WHEN erp IS NULL AND (coalesce(counted, 0) <> 0 OR coalesce(storefront, 0) <> 0) THEN NULL
         WHEN is_uncounted THEN @notCounted
         WHEN coalesce(counted - erp, storefront - identity, erp - roll_forward) IS NULL THEN @nothingToCompare
         ELSE @noVariance
       END, @ruleVersion, @ruleSetId, line_truth_id, ${KEPT_COLUMNS}
     FROM figures`,
    {
      periodId: scope.periodId,
      previousId: scope.previous?.isLocked ? scope.previous.periodId : null,
      erpPostsOnHand: scope.erpPostsOnHand ? 1 : 0,
      nothingToCompare: NOTHING_TO_COMPARE,
      notCounted: NOT_COUNTED,
      noVariance: NO_VARIANCE,
      ruleVersion,
      ruleSetId: scope.ruleSetId,
    },
  ).changes;
}

/**
 * Computes positions, identity, roll-forward and variances of every line of the period and writes the lines anew, with
 * each residual still its whole variance. Belongs in a transaction; answers how many lines there are.
 */
export function writeLines(
  workbook: SqliteWorkbook,
  scope: ReconciliationScope,
  ruleVersion: string,
  progress: (stage: string) => void,
): number {
  dropTemporaryTables(workbook);
  workbook.run('DELETE FROM components WHERE period_id = ?', scope.periodId);
  workbook.run('DELETE FROM lines WHERE period_id = ?', scope.periodId);
  workbook.run('DELETE FROM line_truths WHERE period_id = ?', scope.periodId);
  progress('positions');
  fillMovementScope(workbook, scope);
  for (const system of SYSTEMS) {
    fillPositions(workbook, scope, system);
    rollPositions(workbook, scope, system);
  }
  progress('counts');
  fillCounts(workbook, scope);
  fillTruth(workbook, scope);
  progress('roll-forward');
  fillFlows(workbook, scope);
  progress('variances');
  const lines = insertLines(workbook, scope, ruleVersion);
  dropTemporaryTables(workbook);
  return lines;
}
