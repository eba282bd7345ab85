/**
 * What people change of an item: its risk tier.
 */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { Tier } from '@shared/domain/terms';
import { appendAudit } from '../workbook/audit';
import { itemById, itemIdOf, updateItem } from '../workbook/tables/items';
import { inTransaction } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';
import { findPeriod, periodMissing } from './periods';

export interface TierChange {
  /** The period whose figures speak for it. Where it is open its lines are stale until it is reconciled again. */
  readonly periodId: number;
  readonly sku: string;
  readonly tier: Tier;
  readonly why: string;
}

export type TierFailure = 'period_missing' | 'item_unknown' | 'tier_same';

/** Sets an item's risk tier, for every reconciliation from now on. Lines that were reconciled keep the tier they were judged by. */
export function setTier(context: ServiceContext, change: TierChange): Outcome<{ readonly sku: string; readonly from: Tier; readonly to: Tier }, TierFailure> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<{ readonly sku: string; readonly from: Tier; readonly to: Tier }, TierFailure> => {
    const period = findPeriod(workbook, change.periodId);
    if (!period) return periodMissing(change.periodId);
    const itemId = itemIdOf(workbook, change.sku);
    if (itemId === undefined) return refused('item_unknown', `There is no item ${change.sku} in this workbook. Give a SKU as the items have it.`);
    const { tier } = itemById(workbook, itemId)!;
    if (tier === change.tier) return refused('tier_same', `${change.sku} is in tier ${tier} already. Read the report again.`);
    updateItem(workbook, itemId, { tier: change.tier });
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'item.set',
      // Nothing is said of a locked period: its lines stay as they were judged.
      periodId: period.state === 'open' ? period.periodId : null,
      subject: `item:${itemId}`,
      detail: { sku: change.sku, before: { tier }, after: { tier: change.tier }, why: change.why },
    });
    return done({ sku: change.sku, from: tier, to: change.tier });
  });
}
