/**
 * What truly happened, and what each system posted of it.
 *
 * The generator's own words and arithmetic, taken from the plain movements format and from the meaning of the variances:
 * nothing here is shared with the engine that is to be measured. Quantities are whole units.
 */
export const SYSTEMS = ['erp', 'storefront', 'warehouse'] as const;
export type System = (typeof SYSTEMS)[number];
export const KINDS = ['count', 'channel', 'ledger'] as const;
export type Kind = (typeof KINDS)[number];

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-10-01T00:00:00-07:00');
export const CUT_OFF = Date.parse('2026-11-01T00:00:00-07:00');
export const WINDOW = 48 * HOUR;
export const TRANSFER_WINDOW = 72 * HOUR;

export type State = 'onHand' | 'available' | 'committed' | 'damaged' | 'quarantined';
/** What one unit of a movement does to each state. */
export const EFFECT: Readonly<Record<string, Partial<Record<State, number>>>> = {
  order: { available: -1, committed: 1 },
  cancellation: { available: 1, committed: -1 },
  shipment: { onHand: -1, committed: -1 },
  receipt: { onHand: 1, available: 1 },
  return_received: { onHand: 1, quarantined: 1 },
  return_restocked: { available: 1, quarantined: -1 },
  return_scrapped: { quarantined: -1, damaged: 1 },
  refund: {},
  transfer_out: { onHand: -1, available: -1 },
  transfer_in: { onHand: 1, available: 1 },
  adjustment: { onHand: 1, available: 1 },
  damage: { available: -1, damaged: 1 },
  assembly: { onHand: 1, available: 1 },
  component: { onHand: -1, available: -1 },
};
export const effectOf = (type: string, state: State): number => EFFECT[type]?.[state] ?? 0;

export interface Place {
  readonly sku: string;
  readonly location: string;
}
export const placeKey = ({ sku, location }: Place): string => `${sku}|${location}`;

export interface Post extends Place {
  system: System;
  type: string;
  document: string;
  line: string;
  sku: string;
  location: string;
  quantity: number;
  occurred: number;
  posted: number;
  reference: string;
  /** In the system's figure, and in no file. */
  isHidden?: boolean;
  /** In the file, though the system's figure never took it in. */
  isUnfelt?: boolean;
}

export interface ShelfMove extends Place {
  readonly quantity: number;
  readonly at: number;
}

/** One thing that happened, or that somebody believed to happen. */
export interface Fact {
  /** The order, the delivery, the transfer: what all its documents belong to. */
  readonly root: string;
  posts: Post[];
  shelf: ShelfMove[];
  /** Why the systems disagree on it; natural delays where nothing is said. */
  causes: Partial<Record<Kind, string>>;
  /** The systems contradict each other about the shelf: beside a loss that nobody posted, no file can decide it. */
  isDisputed?: boolean;
}

/** What nobody posted: a loss, a slip of the pen, a change without a document. */
export interface Undocumented extends Place {
  readonly kind: Kind;
  /** What it adds to the variance. */
  readonly quantity: number;
  readonly cause: string;
  /** The pattern that should be suggested; null where nothing in the files hints at the cause. */
  readonly pattern: string | null;
  readonly twin?: Place;
}

/** Which systems post each type in this company. */
const POSTERS: Readonly<Record<string, readonly System[]>> = {
  order: ['storefront', 'erp'],
  cancellation: ['storefront', 'erp'],
  shipment: ['warehouse', 'erp', 'storefront'],
  receipt: ['warehouse', 'erp', 'storefront'],
  return_received: ['warehouse', 'erp'],
  return_restocked: ['warehouse', 'erp', 'storefront'],
  return_scrapped: ['warehouse', 'erp'],
  refund: ['storefront'],
  transfer_out: ['warehouse', 'erp', 'storefront'],
  transfer_in: ['warehouse', 'erp', 'storefront'],
  adjustment: ['erp', 'storefront'],
  damage: ['warehouse', 'erp', 'storefront'],
  assembly: ['warehouse', 'erp', 'storefront'],
  component: ['warehouse', 'erp', 'storefront'],
};
export const postersOf = (type: string): readonly System[] => POSTERS[type]!;

/** Own numbers by system and type, where systems number their documents themselves. */
export const OWN_PREFIX: Readonly<Record<System, string>> = { erp: 'IF', storefront: 'FF', warehouse: 'WH' };
export const HAS_OWN_NUMBERS: ReadonlySet<string> = new Set(['shipment', 'receipt', 'return_received', 'return_restocked', 'return_scrapped']);
