/**
 * The field's terms as people read them: classes, causes, systems, states, owners, and which way a variance points.
 */
import type { MovementType, System } from '@shared/domain/states';
import type { Cause, VarianceClass, VarianceKind } from '@shared/domain/variance';
import type { LineStatus, Owner, RollForwardColumn } from '@shared/domain/lines';
import { quantityText, type Tone } from '../ui';

/**
 * What a reconciliation was made with, from its stamp: `2026.11-2 rules 3` as `rules version 3, engine 2026.11-2`.
 *
 * @param stamp as the workbook keeps it; a stamp of another shape is told as it is
 */
export function madeWith(stamp: string): string {
  const [, engine, rules] = /^(\S+) rules (\d+)$/.exec(stamp) ?? [];
  return engine === undefined ? stamp : `rules version ${rules}, engine ${engine}`;
}

export const CLASS_WORDS: Readonly<Record<VarianceClass, string>> = {
  timing: 'Timing', alignment: 'Alignment', physical: 'Physical', unexplained: 'Unexplained',
};

export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  posted_later: 'Posted later',
  in_transit: 'In transit',
  missing_posting: 'Posting missing',
  duplicate_posting: 'Posted twice',
  quantity_mismatch: 'Other quantity',
  unit_mismatch: 'Pack size mixed up',
  location_mismatch: 'Other location',
  item_mismatch: 'Other item',
  return_not_restocked: 'Return not restocked',
  refund_restocked: 'Refund put back on sale',
  kit_not_exploded: 'Bundle parts not moved',
  stale_sync: 'Stale sync',
  item_swap: 'Two items swapped',
  unrecorded_transfer: 'Transfer not recorded',
  keying_error: 'Keying error in the count',
  sign_flip: 'Sign reversed',
  double_count: 'Counted twice',
  counted_as_zero: 'Not counted, written as zero',
  unit_count_error: 'Counted in packs',
  recurring: 'Same as last period',
  shrinkage: 'Shrinkage',
  found_stock: 'Found stock',
  damage_unrecorded: 'Damage not recorded',
  residual: 'Not explained',
};

export const SYSTEM_WORDS: Readonly<Record<System | 'count', string>> = {
  erp: 'ERP', storefront: 'Storefront', warehouse: 'Warehouse', count: 'Count',
};

export const OWNER_WORDS: Readonly<Record<Owner, string>> = { warehouse: 'Warehouse', operations: 'Operations', finance: 'Finance' };

export const STATUS_WORDS: Readonly<Record<LineStatus, string>> = { open: 'Open', tagged: 'Tagged', approved: 'Approved', cleared: 'Cleared' };

/** Only what is settled has a colour of its own; the rest stays neutral. */
export const STATUS_TONE: Readonly<Record<LineStatus, Tone>> = { open: 'neutral', tagged: 'neutral', approved: 'cleared', cleared: 'cleared' };

export const KIND_WORDS: Readonly<Record<VarianceKind, string>> = { count: 'Count', channel: 'Channel', ledger: 'Ledger' };

/** What each variance is, in one line. */
export const KIND_MEANING: Readonly<Record<VarianceKind, string>> = {
  count: 'counted less ERP on hand, at the cut-off',
  channel: 'storefront available less what the identity gives, at the cut-off',
  ledger: 'ERP on hand less the roll-forward, at the cut-off',
};

export const MOVEMENT_WORDS: Readonly<Record<MovementType, string>> = {
  order: 'Order',
  cancellation: 'Cancellation',
  shipment: 'Shipment',
  receipt: 'Receipt',
  return_received: 'Return received',
  return_restocked: 'Return restocked',
  return_scrapped: 'Return scrapped',
  refund: 'Refund',
  transfer_out: 'Transfer out',
  transfer_in: 'Transfer in',
  adjustment: 'Adjustment',
  damage: 'Damage',
  count_post: 'Count posted',
  assembly: 'Assembly',
  component: 'Component',
};

export const STATE_WORDS: Readonly<Record<string, string>> = {
  on_hand: 'on hand', available: 'available', committed: 'committed', reserved: 'reserved', damaged: 'damaged',
  quarantined: 'quarantined', unavailable: 'unavailable', in_transit: 'in transit', incoming: 'incoming', counted: 'counted',
};

export const ROLL_FORWARD_WORDS: Readonly<Record<RollForwardColumn, string>> = {
  opening: 'Opening', receipts: 'Receipts', shipments: 'Shipments', returns: 'Returns', transfers: 'Transfers', assembly: 'Assembly',
  adjustments: 'Adjustments', expected: 'Expected', reported: 'ERP closing', difference: 'Difference',
};

const MORE_WHERE: Readonly<Record<VarianceKind, string>> = {
  count: 'on the shelf than ERP',
  channel: 'available in the storefront than the identity gives',
  ledger: 'in the ERP than the roll-forward gives',
};

/** A variance with its direction in words: `2 fewer on the shelf than ERP`. */
export function directionWords(kind: VarianceKind, quantityScaled: number | null): string {
  if (quantityScaled === null) return 'not every figure is known';
  if (quantityScaled === 0) return 'no variance';
  return `${quantityText(Math.abs(quantityScaled))} ${quantityScaled < 0 ? 'fewer' : 'more'} ${MORE_WHERE[kind]}`;
}

/** A person's name without the address behind it. */
export const nameOf = (actor: string): string => actor.replace(/ <.*>$/, '');
