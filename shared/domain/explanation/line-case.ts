/**
 * All that is known of one line when its variances are explained: handed to the rules, which decide and read nothing else.
 *
 * Gathering it from the workbook is `electron/services/reconciliation/`.
 */
import type { MovementType, System } from '../states';
import type { EvidenceRef, Posting, VarianceKind } from '../variance';
import type { Words } from './words';

/** The states an available figure is made of. */
export const IDENTITY_STATES = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined'] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];

/** How far a system's files reach. */
export interface SystemReach {
  /** Types of which the system posted any; silence about another type means nothing. */
  readonly coveredTypes: ReadonlySet<MovementType>;
  /** The latest posting or as-of instant it gave; null where it gave nothing. */
  readonly reachInstant: number | null;
}

export interface KnownPosition extends EvidenceRef {
  readonly quantityScaled: number;
  readonly asOfInstant: number;
}

export interface CountedRow extends EvidenceRef {
  readonly sheet: string;
  readonly line: string;
  readonly bin: string;
  readonly countedScaled: number;
  readonly countedInstant: number;
}

/** What is known of a count sheet as a whole. */
export interface SheetFacts {
  /** Rows that hold a figure. */
  readonly countedRows: number;
  /** Rows that say 0 where the ERP holds stock at the cut-off. */
  readonly zeroRowsWithStock: number;
  /** Other sheets that hold the same lines with the same figures, all of them, in the order of their names. */
  readonly sameAs: readonly string[];
}

/** Another item of the same location that a recipe ties to this one. */
export interface KitTie {
  /** The bundle where this line is a part of it, a part where this line is the bundle. */
  readonly sku: string;
  /** Parts in one bundle, by the recipe in force from each instant on, in order; 0 where the recipe does not hold the part. */
  readonly recipes: readonly { readonly validFromInstant: number; readonly partsPerKitScaled: number }[];
  readonly postings: readonly Posting[];
}

/** How many of the part one bundle took by the recipe in force at an instant; 0 where none did. */
export const partsPerKitAt = (tie: Pick<KitTie, 'recipes'>, instant: number): number =>
  tie.recipes.findLast((recipe) => recipe.validFromInstant <= instant)?.partsPerKitScaled ?? 0;

export interface LineName {
  readonly stockKeyId: number;
  readonly itemId: number;
  readonly sku: string;
  readonly locationId: number;
  readonly location: string;
}

export interface LineCase extends LineName {
  readonly packSizeScaled: number | null;
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowMs: number;
  /** How long a transfer may be under way, from its dispatch. */
  readonly transferWindowMs: number;
  /** Events that lie wholly before were settled with the locked period before; null where none is locked. */
  readonly settledBeforeInstant: number | null;
  readonly reach: Readonly<Record<System, SystemReach>>;
  /** Which system's figure stands for each state of the identity; null where nobody knows it. */
  readonly heldBy: Readonly<Record<IdentityState, System | null>>;
  /** What the storefront said, at its own as-of instant. */
  readonly storefront: KnownPosition | null;
  /** Available by the identity, at the cut-off. */
  readonly identityScaled: number | null;
  /** Null where the figures are not all known. */
  readonly variances: Readonly<Record<VarianceKind, number | null>>;
  /** Every posting of this item at this location that is in scope. */
  readonly postings: readonly Posting[];
  /** Postings of the same documents on other lines. */
  readonly elsewhere: readonly Posting[];
  /** Names of the lines that `elsewhere` and `inboundTransfers` speak of. */
  readonly names: ReadonlyMap<number, LineName>;
  /** The count variance of one of those lines; null where it is unknown. */
  readonly countVarianceOf: (stockKeyId: number) => number | null;
  /** Transfers of this item sent from other locations to this one. */
  readonly inboundTransfers: readonly Posting[];
  /** Bundles that hold this item. */
  readonly kits: readonly KitTie[];
  /** The parts of this item where it is a bundle. */
  readonly parts: readonly KitTie[];
  /** The rows that make up the counted figure. */
  readonly counted: readonly CountedRow[];
  readonly countedInstant: number | null;
  /** The sheets that `counted` names. */
  readonly sheets: ReadonlyMap<string, SheetFacts>;
  /** The residuals of the period before, where it was reconciled. */
  readonly previous: {
    readonly code: string;
    readonly ageDays: number;
    readonly residuals: Readonly<Record<VarianceKind, number | null>>;
  } | null;
  readonly words: Words;
}
