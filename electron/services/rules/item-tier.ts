/** The risk tier of an item, set by a person; every open period with a line of it asks for reconciliation again. */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { Tier } from '@shared/domain/terms';
import { appendAudit } from '../../workbook/audit';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';

export interface TierChange {
  readonly sku: string;
  readonly before: Tier;
  readonly tier: Tier;
}

/** Refusals: `item_unknown`; `nothing_changed`, where the item is of that tier already. */
export function setItemTier(context: ServiceContext, sku: string, tier: Tier, why: string): Outcome<TierChange, 'item_unknown' | 'nothing_changed'> {
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const item = workbook.get<{ item_id: number; tier: Tier }>('SELECT item_id, tier FROM items WHERE sku = ?', sku);
    if (!item) return refused('item_unknown', `The workbook has no item ${sku}. Give the SKU as the list of items has it.`);
    if (item.tier === tier) return refused('nothing_changed', `${sku} is of risk tier ${tier} already. Choose another.`);
    workbook.run('UPDATE items SET tier = ? WHERE item_id = ?', tier, item.item_id);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'item.setTier',
      periodId: null,
      subject: `item:${item.item_id}`,
      detail: { sku, before: { tier: item.tier }, after: { tier }, why },
    });
    return done({ sku, before: item.tier, tier });
  });
}
