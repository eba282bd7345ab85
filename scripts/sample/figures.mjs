/**
 * The figures of the sample's world at any instant: what stands on the shelf, what the ERP has on hand, what the
 * storefront offers. Each is a list of dated changes per item and location, summed up.
 */
import { AVAILABLE, COMMITTED, ON_HAND, UNAVAILABLE, FEEDS, postingsOf } from './events.mjs';
import { keyOf } from './catalogue.mjs';

const FIGURES = ['shelf', 'erpOnHand', 'erpCommitted', 'erpInTransit', 'available', 'committed', 'unavailable'];

export function figuresOf(world) {
  const changes = Object.fromEntries(FIGURES.map((figure) => [figure, new Map()]));
  const change = (figure, key, at, quantity) => {
    if (!quantity) return;
    const list = changes[figure].get(key);
    if (list) list.push([at, quantity]);
    else changes[figure].set(key, [[at, quantity]]);
  };

  for (const event of world.events) {
    const { type } = event;
    if (event.happened) {
      change(
        'shelf',
        keyOf(event.sku, event.location),
        event.occurred,
        (ON_HAND[type] ?? 0) * (event.floorQuantity ?? event.quantity),
      );
    }
    const fedByStorefront = FEEDS.storefront.includes(type);
    for (const { system, sku, location, quantity, at } of postingsOf(event)) {
      const key = keyOf(sku, location);
      if (system === 'erp') {
        change('erpOnHand', key, at, (ON_HAND[type] ?? 0) * quantity);
        change('erpCommitted', key, at, (COMMITTED[type] ?? 0) * quantity);
        if (type === 'transfer_out') change('erpInTransit', keyOf(sku, event.reference), at, quantity);
        if (event.fromTransit) change('erpInTransit', key, at, -quantity);
        if (type === 'transfer_in') change('erpInTransit', key, at, -quantity);
      }
      // What the storefront does not post itself it takes over from the ERP at once, unless the connection failed.
      if (system === (fedByStorefront ? 'storefront' : 'erp') && !event.noSync) {
        change('available', key, at, (AVAILABLE[type] ?? 0) * quantity);
        change('committed', key, at, (COMMITTED[type] ?? 0) * quantity);
        change('unavailable', key, at, (UNAVAILABLE[type] ?? 0) * quantity);
      }
    }
  }
  for (const { sku, location, at, quantity } of world.shelfChanges) change('shelf', keyOf(sku, location), at, quantity);
  for (const { sku, location, at, quantity } of world.storefrontChanges)
    change('available', keyOf(sku, location), at, quantity);
  for (const figure of FIGURES)
    for (const list of changes[figure].values()) list.sort((left, right) => left[0] - right[0]);

  const opening = new Map();
  const opens = new Set(['shelf', 'erpOnHand', 'available']);
  const moved = (figure, key, until) => {
    let sum = 0;
    for (const [at, quantity] of changes[figure].get(key) ?? []) {
      if (at > until) break;
      sum += quantity;
    }
    return sum;
  };
  return {
    /** A figure at an instant, that instant included. */
    at: (figure, key, instant) => (opens.has(figure) ? (opening.get(key) ?? 0) : 0) + moved(figure, key, instant),
    moved,
    changesOf: (figure, key) => changes[figure].get(key) ?? [],
    /** The smallest that a figure gets to be before any opening stock. */
    lowest: (figure, key) => {
      let sum = 0;
      let least = 0;
      for (const [, quantity] of changes[figure].get(key) ?? []) least = Math.min(least, (sum += quantity));
      return least;
    },
    opening,
  };
}
