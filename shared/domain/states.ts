/**
 * Quantity states, the systems that speak of them, and what each type of movement does to them.
 *
 * The effects follow the plain movements format, which is an interface. A movement's quantity is positive except
 * for `adjustment` and `count_post`, which carry their own sign.
 */

/** The quantities that are kept apart. `unavailable` is Shopify's sum of reserved, damaged and quarantined. */
export const QUANTITY_STATES = [
  'on_hand', 'available', 'committed', 'reserved', 'damaged', 'quarantined', 'unavailable', 'in_transit', 'incoming',
] as const;
export type QuantityState = (typeof QUANTITY_STATES)[number];

/** A system of record. A count is no system: it is evidence of one instant. */
export const SYSTEMS = ['erp', 'storefront', 'warehouse'] as const;
export type System = (typeof SYSTEMS)[number];

export const MOVEMENT_TYPES = [
  'order', 'cancellation', 'shipment', 'receipt', 'return_received', 'return_restocked', 'return_scrapped', 'refund',
  'transfer_out', 'transfer_in', 'adjustment', 'damage', 'count_post', 'assembly', 'component',
] as const;
export type MovementType = (typeof MOVEMENT_TYPES)[number];

/** Types whose quantity carries its own sign. */
export const SIGNED_TYPES: ReadonlySet<MovementType> = new Set(['adjustment', 'count_post']);

/**
 * How one unit of each movement type moves each state at the movement's own location. `transfer_out` also adds to
 * in transit at its destination, which is the reconciliation's business: it names another location.
 */
export const EFFECTS: Readonly<Record<MovementType, Partial<Record<QuantityState, 1 | -1>>>> = {
  order: { available: -1, committed: 1 },
  cancellation: { available: 1, committed: -1 },
  shipment: { on_hand: -1, committed: -1 },
  receipt: { on_hand: 1, available: 1, incoming: -1 },
  return_received: { on_hand: 1, quarantined: 1 },
  return_restocked: { available: 1, quarantined: -1 },
  return_scrapped: { quarantined: -1, damaged: 1 },
  refund: {},
  transfer_out: { on_hand: -1, available: -1 },
  transfer_in: { on_hand: 1, available: 1, in_transit: -1 },
  adjustment: { on_hand: 1, available: 1 },
  damage: { available: -1, damaged: 1 },
  count_post: { on_hand: 1, available: 1 },
  assembly: { on_hand: 1, available: 1 },
  component: { on_hand: -1, available: -1 },
};

/** The signed effect of a movement of `quantityScaled` on one state, in scaled units; 0 where it does not touch it. */
export const effectOn = (state: QuantityState, type: MovementType, quantityScaled: number): number =>
  (EFFECTS[type][state] ?? 0) * quantityScaled || 0;
