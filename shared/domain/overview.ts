/**
 * The period on one page: how much of its variance is explained, what is left, and where it sits.
 *
 * Two populations, never mixed in one figure: `holds` counts units by what explains them, over every line; an exception
 * is a line that no rule cleared, counted once, with its largest variance. Units are sums of absolute scaled quantities,
 * values are minor units at unit cost. Every figure names the lines behind it by a filter of the grid.
 */
import { z } from 'zod';
import { LINE_STATUSES, LineFilter, OWNERS, TIERS } from './lines';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS, type Cause } from './variance';

const scaled = z.int();
const cause = z.enum(CAUSES as [Cause, ...Cause[]]);

/** Lines, with units and value of what is counted of them. */
export const Tally = z.strictObject({ lines: z.int(), unitsScaled: scaled, valueMinor: z.int() });
export type Tally = z.infer<typeof Tally>;

/** An exception stands open until a person gave it reason and owner, then tagged, then approved. */
export const EXCEPTION_STATUSES = ['open', 'tagged', 'approved'] as const satisfies readonly (typeof LINE_STATUSES)[number][];
export type ExceptionStatus = (typeof EXCEPTION_STATUSES)[number];
export const ExceptionTally = z.strictObject({ open: Tally, tagged: Tally, approved: Tally });
export type ExceptionTally = z.infer<typeof ExceptionTally>;

/** Units that one cause explains; a residual that a person has confirmed by a reason of class physical stands under physical. */
export const CauseTally = Tally.extend({ class: z.enum(VARIANCE_CLASSES), cause });
export type CauseTally = z.infer<typeof CauseTally>;

/** Exceptions of an age; both ends are included, and the last stretch has no end. */
export const AgeTally = z.strictObject({ fromDays: z.int(), untilDays: z.int().nullable(), tally: ExceptionTally });
export type AgeTally = z.infer<typeof AgeTally>;

/**
 * Exceptions by how many closes they have been open over, this one counted; both ends are included, and the last stretch has no
 * end. Both are null for lines of a period that was last reconciled before this was kept.
 */
export const ClosesTally = z.strictObject({ fromCloses: z.int().nullable(), untilCloses: z.int().nullable(), tally: ExceptionTally });
export type ClosesTally = z.infer<typeof ClosesTally>;

/** From this close on, one is as bad as the next. */
export const CLOSES_TOLD_APART = 6;

/** `new in this close`, `open over 2 closes`. */
export function ageInClosesText({ fromCloses }: Pick<ClosesTally, 'fromCloses'>): string {
  if (fromCloses === null) return 'age in closes not known';
  if (fromCloses === 1) return 'new in this close';
  return `open over ${fromCloses} closes${fromCloses === CLOSES_TOLD_APART ? ' or more' : ''}`;
}

/** An exception whose residual, or whose cause, stood in the period before as well. */
export const RecurringLine = z.strictObject({
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  tier: z.enum(TIERS),
  status: z.enum(LINE_STATUSES),
  cause: cause.nullable(),
  previousCause: cause.nullable(),
  varianceScaled: scaled,
  previousVarianceScaled: scaled,
  /** The kinds whose residual is the same, to the unit, as in the period before. */
  sameResiduals: z.array(z.enum(VARIANCE_KINDS)),
  /** Null where no unit cost is known. */
  valueMinor: z.int().nullable(),
  /** The reason a person gave it in the period before. */
  previousReason: z.string().nullable(),
});
export type RecurringLine = z.infer<typeof RecurringLine>;

/** A line as a mark on the map of value and age. */
export const MapLine = z.strictObject({
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  class: z.enum(VARIANCE_CLASSES).nullable(),
  status: z.enum(LINE_STATUSES),
  ageDays: z.int(),
  /** Absolute. */
  valueMinor: z.int(),
});
export type MapLine = z.infer<typeof MapLine>;

/** How much is explained: shares in hundredths of a percent, rounded down so that only a whole explanation reads as 100 %. */
export const ExplainedShare = z.strictObject({
  unitsScaled: scaled,
  valueMinor: z.int(),
  unitsShareHundredths: z.int().nullable(),
  valueShareHundredths: z.int().nullable(),
});
export type ExplainedShare = z.infer<typeof ExplainedShare>;

const byClass = z.strictObject({ timing: Tally, alignment: Tally, physical: Tally, unexplained: Tally });

export const Overview = z.strictObject({
  periodId: z.int(),
  periodCode: z.string(),
  isLocked: z.boolean(),
  currency: z.string(),
  reconciledInstant: z.int().nullable(),
  ruleVersion: z.string().nullable(),
  /** Rows came in, or a rule changed, after the reconciliation. */
  isStale: z.boolean(),
  lines: z.int(),
  linesWithVariance: z.int(),
  /** Exceptions whose value is unknown because no unit cost is; their value counts as nothing in every sum. */
  exceptionsWithoutCost: z.int(),
  variance: z.strictObject({ unitsScaled: scaled, valueMinor: z.int() }),
  explained: ExplainedShare,
  /** Lines that hold units of the class; a line that holds two classes counts in both. */
  byClass,
  byCause: z.array(CauseTally),
  exceptions: ExceptionTally,
  byOwner: z.array(z.strictObject({ owner: z.enum(OWNERS).nullable(), tally: ExceptionTally })),
  byLocation: z.array(z.strictObject({ location: z.string(), name: z.string(), tally: ExceptionTally })),
  ageInDays: z.array(AgeTally),
  /** By the age that the reconciliation stamped: one close is new in this one. */
  ageInCloses: z.array(ClosesTally),
  /** The code of the period before; null where the workbook has none. */
  previousCode: z.string().nullable(),
  recurring: z.strictObject({ tally: ExceptionTally, lines: z.array(RecurringLine) }),
  /** Exceptions of the largest value; `notShown` have less. */
  map: z.strictObject({ lines: z.array(MapLine), notShown: z.int() }),
});
export type Overview = z.infer<typeof Overview>;

/** One period of the row of months. */
export const PeriodShare = z.strictObject({
  periodId: z.int(),
  code: z.string(),
  isLocked: z.boolean(),
  variance: z.strictObject({ unitsScaled: scaled, valueMinor: z.int() }),
  explained: ExplainedShare,
  byClass: z.strictObject(
    Object.fromEntries(VARIANCE_CLASSES.map((each) => [each, z.strictObject({ unitsScaled: scaled, valueMinor: z.int() })])) as Record<
      (typeof VARIANCE_CLASSES)[number],
      z.ZodObject<{ unitsScaled: z.ZodInt; valueMinor: z.ZodInt }>
    >,
  ),
});
export type PeriodShare = z.infer<typeof PeriodShare>;

/** The grid's filter for the exceptions behind a figure. */
export const exceptionsFilter = (status: ExceptionStatus | undefined, where: LineFilter = {}): LineFilter => ({
  ...where,
  onlyExceptions: true,
  ...(status === undefined ? {} : { statuses: [status] }),
});

/** An item at a location in one period: what it differed by and what became of it. */
export const LineInPeriod = z.strictObject({
  periodId: z.int(),
  periodCode: z.string(),
  isLocked: z.boolean(),
  variances: z.array(
    z.strictObject({ kind: z.enum(VARIANCE_KINDS), quantityScaled: scaled, residualScaled: scaled }),
  ),
  varianceScaled: scaled,
  valueMinor: z.int().nullable(),
  class: z.enum(VARIANCE_CLASSES).nullable(),
  cause: cause.nullable(),
  status: z.enum(LINE_STATUSES),
  reasonCode: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  clearedBy: z.string().nullable(),
  /** What approved journals of the period booked for the line; null where none did. */
  bookedScaled: scaled.nullable(),
  /** The kinds whose residual stood the same, to the unit, in the period before. */
  recurs: z.array(z.enum(VARIANCE_KINDS)),
  /** An exception in both periods, of the same cause. */
  sameCause: z.boolean(),
});
export type LineInPeriod = z.infer<typeof LineInPeriod>;
