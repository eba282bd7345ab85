/**
 * Asks for second counts: lines that were counted once, whose count variance is over the recount rule, or whose goods moved between
 * the count and the cut-off where the policy says so.
 */
import { EFFECTS, MOVEMENT_TYPES } from '@shared/domain/states';
import { whyRecount } from '@shared/domain/follow-up/decide';
import type { Tier } from '@shared/domain/terms';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { ReconciliationScope } from '../reconciliation/scope';

interface CountedOnce {
  readonly stock_key_id: number;
  readonly name: string;
  readonly tier: Tier;
  readonly adjustment_scaled: number;
  readonly erp_at_cut_off_scaled: number | null;
  readonly unit_cost_scaled: number | null;
  readonly has_moved: 0 | 1;
}

const MOVES_GOODS = MOVEMENT_TYPES.filter((type) => EFFECTS[type].on_hand !== undefined && type !== 'count_post').map((type) => `'${type}'`).join(', ');

/** Lines whose only count leaves a variance. */
const countedOnce = (workbook: SqliteWorkbook, { periodId, cutOffInstant, rules }: ReconciliationScope): CountedOnce[] =>
  workbook.all<CountedOnce>(
    `SELECT l.stock_key_id, i.sku || ' at ' || o.code AS name, l.tier, l.adjustment_scaled, l.erp_at_cut_off_scaled, l.unit_cost_scaled,
       @asksMoved AND EXISTS (SELECT 1 FROM movements m WHERE m.stock_key_id = l.stock_key_id AND m.type IN (${MOVES_GOODS})
         AND m.occurred_instant > min(l.counted_instant, coalesce(b.cut_off_instant, @cutOff))
         AND m.occurred_instant <= max(l.counted_instant, coalesce(b.cut_off_instant, @cutOff))) AS has_moved
     FROM lines l JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
     LEFT JOIN period_locations b ON b.period_id = l.period_id AND b.location_id = k.location_id
     WHERE l.period_id = @period AND l.count_variance_scaled <> 0 AND l.counted_instant IS NOT NULL
       AND 1 = (SELECT max(c.count_no) FROM counts c JOIN imports n USING (import_id)
                WHERE c.stock_key_id = l.stock_key_id AND n.period_id = @period AND c.counted_scaled IS NOT NULL)
     ORDER BY l.stock_key_id`,
    { period: periodId, cutOff: cutOffInstant, asksMoved: rules.count.whenMoved === 'recount' ? 1 : 0 },
  );

/** Writes why each such line needs a second count, and says so in its next step. Answers how many there are. */
export function askForRecounts(workbook: SqliteWorkbook, scope: ReconciliationScope): number {
  const { recount, whenMoved } = scope.rules.count;
  if (recount === null && whenMoved === 'carry') return 0;
  let asked = 0;
  for (const row of countedOnce(workbook, scope)) {
    const why = whyRecount(
      {
        adjustmentScaled: row.adjustment_scaled, bookScaled: row.erp_at_cut_off_scaled, unitCostScaled: row.unit_cost_scaled,
        currency: scope.currency, hasMoved: row.has_moved === 1,
      },
      recount?.find((bounds) => bounds.tier === row.tier) ?? null,
      whenMoved,
    );
    if (why === null) continue;
    asked += 1;
    workbook.run(
      `UPDATE lines SET recount_why = @why, next_step = 'Count ' || @name || ' a second time: ' || @why || '.' || CASE WHEN next_step = '' THEN '' ELSE ' Then: ' || next_step END
       WHERE period_id = @period AND stock_key_id = @key`,
      { why, name: row.name, period: scope.periodId, key: row.stock_key_id },
    );
  }
  return asked;
}
