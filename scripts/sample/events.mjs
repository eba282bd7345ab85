/**
 * What an event is in the sample's world: something that happened once, and what each system posted of it.
 *
 * `occurred` is when it happened on the floor; `postings` say when each system took it in, and with which quantity,
 * item or location where that differs from the truth. Which systems post which types is `FEEDS`.
 */

/** How one unit moves the stock in the building. */
export const ON_HAND = {
  shipment: -1,
  receipt: 1,
  return_received: 1,
  transfer_out: -1,
  transfer_in: 1,
  adjustment: 1,
  count_post: 1,
  assembly: 1,
  component: -1,
};
/** How one unit moves what the storefront offers, what it has promised and what it holds back. */
export const AVAILABLE = {
  order: -1,
  cancellation: 1,
  return_restocked: 1,
  receipt: 1,
  transfer_out: -1,
  transfer_in: 1,
  adjustment: 1,
  count_post: 1,
  damage: -1,
  assembly: 1,
  component: -1,
};
export const COMMITTED = { order: 1, cancellation: -1, shipment: -1 };
export const UNAVAILABLE = { return_received: 1, return_restocked: -1, damage: 1 };

/** Which movement types each system posts and exports. */
export const FEEDS = {
  storefront: ['order', 'cancellation', 'shipment', 'refund', 'return_restocked'],
  erp: [
    'order',
    'cancellation',
    'shipment',
    'receipt',
    'return_received',
    'return_restocked',
    'return_scrapped',
    'transfer_out',
    'transfer_in',
    'adjustment',
    'damage',
    'count_post',
    'assembly',
    'component',
  ],
  warehouse: [
    'shipment',
    'receipt',
    'return_received',
    'return_restocked',
    'return_scrapped',
    'transfer_out',
    'transfer_in',
  ],
};

/**
 * @param postings by system: an instant, null where the system never posted it, or a list of
 *   `{ at, quantity?, sku?, location?, hidden? }`; a system that feeds the type and is not named is a mistake
 * @param more `floorQuantity`: what really moved, where no system says so; `happened: false` for pure bookkeeping;
 *   `noSync`: the storefront did not follow the ERP; `causes`: the planted cause by kind of variance
 */
export function makeEvent({
  type,
  document,
  line = '1',
  sku,
  location,
  quantity,
  occurred,
  reference = '',
  reason = '',
  postings,
  ...more
}) {
  const lists = {};
  for (const [system, types] of Object.entries(FEEDS)) {
    if (!types.includes(type)) continue;
    const given = postings[system];
    if (given === undefined) throw new Error(`${type} ${document} ${sku}: nothing said about ${system}`);
    lists[system] = given === null ? [] : typeof given === 'number' ? [{ at: given }] : given;
  }
  return {
    type,
    document,
    line,
    sku,
    location,
    quantity,
    occurred,
    reference,
    reason,
    postings: lists,
    happened: true,
    noSync: false,
    causes: {},
    ...more,
  };
}

/** Every posting of an event with its own figures filled in from the event. */
export function* postingsOf(event) {
  for (const [system, list] of Object.entries(event.postings)) {
    for (const posting of list) {
      yield {
        system,
        sku: event.sku,
        location: event.location,
        quantity: event.quantity,
        occurred: event.occurred,
        hidden: false,
        ...posting,
      };
    }
  }
}
