/** A storefront that posts sales and returns, and shows for everything else what the ERP had posted when it was read. */
import { storefrontReadAt } from './company';
import { CUT_OFF, type Fact } from './facts';

const POSTED: ReadonlySet<string> = new Set(['order', 'cancellation', 'shipment', 'refund', 'return_restocked']);

export function sellOnly(facts: readonly Fact[]): void {
  for (const fact of facts) {
    const own = fact.posts.filter((post) => post.system !== 'storefront' || POSTED.has(post.type));
    const isLost = fact.causes.channel === 'stale_sync';
    const taken = isLost
      ? []
      : own
          .filter((post) => post.system === 'erp' && !POSTED.has(post.type) && !post.isUnfelt)
          .map((post) => {
            const readAt = storefrontReadAt(post.location);
            // Nothing carries the figure on to the cut-off, or back to it.
            const shownAt = post.posted <= readAt ? Math.min(post.posted, CUT_OFF) : Math.max(post.posted, CUT_OFF + 1);
            return { ...post, system: 'storefront' as const, posted: shownAt, isHidden: true };
          });
    fact.posts = [...own, ...taken];
    // What nobody posts any more is no fact for anybody; of a bundle its own shipment still tells.
    if (fact.posts.length === 0 && fact.causes.count !== 'kit_not_exploded') fact.shelf = [];
    // Two witnesses are left: the warehouse is believed where it speaks, and what the ERP alone doubled cannot be told from two.
    const isWarehouseHeard = own.some((post) => post.system === 'warehouse');
    const isDoubledLater = fact.causes.count === 'duplicate_posting' && new Set(own.map((post) => post.occurred)).size > 1;
    fact.isDisputed = isWarehouseHeard ? false : (fact.isDisputed ?? false) || isDoubledLater;
    // What was said of a storefront that posts everything is not true of this one: it has just what the ERP has.
    if (!isLost && !POSTED.has(fact.posts[0]?.type ?? '')) delete fact.causes.channel;
  }
}
