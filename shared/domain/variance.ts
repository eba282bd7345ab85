/**
 * Variances, their classes and causes: the words that files, screens and other programs share.
 *
 * The identifiers of kinds, classes and causes are an interface. How components are found is `explanation/`.
 */
import type { MovementType, System } from './states';

/** count: book to physical; channel: storefront against the identity; ledger: ERP closing against roll-forward. */
export const VARIANCE_KINDS = ['count', 'channel', 'ledger'] as const;
export type VarianceKind = (typeof VARIANCE_KINDS)[number];

export const VARIANCE_CLASSES = ['timing', 'alignment', 'physical', 'unexplained'] as const;
export type VarianceClass = (typeof VARIANCE_CLASSES)[number];

/** Every cause and the class it belongs to. */
export const CAUSE_CLASS = {
  posted_later: 'timing',
  in_transit: 'timing',
  missing_posting: 'alignment',
  duplicate_posting: 'alignment',
  quantity_mismatch: 'alignment',
  unit_mismatch: 'alignment',
  location_mismatch: 'alignment',
  item_mismatch: 'alignment',
  return_not_restocked: 'alignment',
  refund_restocked: 'alignment',
  kit_not_exploded: 'alignment',
  stale_sync: 'alignment',
  item_swap: 'physical',
  unrecorded_transfer: 'physical',
  keying_error: 'physical',
  sign_flip: 'physical',
  double_count: 'physical',
  unit_count_error: 'physical',
  counted_as_zero: 'physical',
  recurring: 'physical',
  shrinkage: 'physical',
  found_stock: 'physical',
  damage_unrecorded: 'physical',
  residual: 'unexplained',
} as const satisfies Record<string, VarianceClass>;
export type Cause = keyof typeof CAUSE_CLASS;
export const CAUSES = Object.keys(CAUSE_CLASS) as readonly Cause[];

/** A row of an imported file: where a figure comes from. */
export interface EvidenceRef {
  readonly importId: number;
  /** The row's number in the file, counted from 1 with the header as it stands. */
  readonly rowNumber: number;
}

/** One posting of one event by one system, as a file gave it. */
export interface Posting extends EvidenceRef {
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  /** Distinguishes rows of one document with the same item; empty where the file gives none. */
  readonly line: string;
  readonly stockKeyId: number;
  /** As in the file: positive but for signed types. */
  readonly quantityScaled: number;
  readonly occurredInstant: number;
  readonly postedInstant: number;
  /** The related document, or the destination's code for a transfer out. */
  readonly reference: string;
  readonly reason: string;
}

/** A part of a variance, tied to named events or to a named pattern. */
export interface VarianceComponent {
  readonly class: VarianceClass;
  readonly cause: Cause;
  /** Signed as the variance is. */
  readonly quantityScaled: number;
  /** A pattern on the residual that no person has accepted yet: the residual still holds its quantity. */
  readonly suggested: boolean;
  /** The rule that made it, `name@version`. */
  readonly rule: string;
  /** One plain sentence with the figures. */
  readonly sentence: string;
  readonly documents: readonly string[];
  readonly evidence: readonly EvidenceRef[];
  /** The line that mirrors this one, for a swap or a transfer. */
  readonly twinStockKeyId: number | null;
}
