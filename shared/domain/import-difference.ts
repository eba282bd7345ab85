/**
 * What one file says other than another: the words of it that imports, comparisons and their screens share.
 *
 * Quantities and amounts are decimal text, instants epoch milliseconds. It is computed in `electron/services/imports`.
 */
import { z } from 'zod';
import { MOVEMENT_TYPES, QUANTITY_STATES, SYSTEMS } from './states';

/** An import counts, was replaced by a corrected file, or was taken back. */
export const IMPORT_STATES = ['standing', 'superseded', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export const ImportStateName = z.enum(IMPORT_STATES);

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const Instant = z.int();

/** What a figure is of: a state, a unit cost, a movement's type, a count, a side of the ledger. */
export const FIGURE_MEASURES = [...QUANTITY_STATES, 'unit_cost', ...MOVEMENT_TYPES, 'counted', 'debit', 'credit'] as const;
export type FigureMeasure = (typeof FIGURE_MEASURES)[number];

export const CHANGES = ['added', 'removed', 'changed'] as const;

/** One figure that two files do not say alike. */
export const DifferenceLine = z.strictObject({
  change: z.enum(CHANGES),
  system: z.enum(SYSTEMS).nullable(),
  /** Empty for the ledger. */
  sku: z.string(),
  location: z.string(),
  /** A movement's document, a count's sheet; empty for what has none. */
  document: z.string(),
  /** The document's or the sheet's line, the ledger's account. */
  line: z.string(),
  measure: z.enum(FIGURE_MEASURES),
  /** null: the file does not say it. */
  before: Decimal.nullable(),
  after: Decimal.nullable(),
  /** What the sum over the file moves by: a figure that one file does not have moves it by all of the other's. */
  delta: Decimal,
  /** When it was posted or counted, where the two files differ in that; null otherwise. */
  beforeInstant: Instant.nullable(),
  afterInstant: Instant.nullable(),
});
export type DifferenceLine = z.infer<typeof DifferenceLine>;

/** The sums over all lines of one system and measure, the equal ones included: before plus delta is after. */
export const DifferenceTotal = z.strictObject({
  system: z.enum(SYSTEMS).nullable(),
  measure: z.enum(FIGURE_MEASURES),
  before: Decimal,
  after: Decimal,
  delta: Decimal,
});
export type DifferenceTotal = z.infer<typeof DifferenceTotal>;

export const DifferenceCounts = z.strictObject({ added: z.int(), removed: z.int(), changed: z.int(), unchanged: z.int() });
export type DifferenceCounts = z.infer<typeof DifferenceCounts>;

/** How many lines of a difference come at once; the counts are of all. */
export const DIFFERENCE_LINES_LISTED = 500;

/** What a file says other than the one before it; the largest difference first. */
export const Difference = z.strictObject({
  counts: DifferenceCounts,
  totals: z.array(DifferenceTotal),
  /** The first `DIFFERENCE_LINES_LISTED`. */
  lines: z.array(DifferenceLine),
});
export type Difference = z.infer<typeof Difference>;

/** An import in whose place a file could be written. */
export const Replaceable = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  importedInstant: Instant,
  rowsAccepted: z.int(),
  /** The two speak of the same instant, the same stretch of time or the same sheets: replacing is proposed. */
  isProposed: z.boolean(),
  /** One sentence that says in what the two meet. */
  why: z.string(),
});
export type Replaceable = z.infer<typeof Replaceable>;
