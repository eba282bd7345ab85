/**
 * What the grid asks of lines beside its pages: sums of chosen rows, where a text is, where the data ends, groups.
 */
import { z } from 'zod';
import { LINE_COLUMNS, LINE_GROUPINGS, type LineColumn, LinesQuery } from './lines';

/** Columns whose figures can be added up: quantities, scaled, and one value in minor units. */
export const SUMMED_COLUMNS = [
  'openingScaled', 'erpOnHandScaled', 'erpAtCutOffScaled', 'storefrontAvailableScaled', 'storefrontAtCutOffScaled', 'countedScaled', 'countedAtCutOffScaled',
  'identityScaled', 'rollForwardScaled', 'countVarianceScaled', 'countResidualScaled', 'channelVarianceScaled', 'channelResidualScaled',
  'ledgerVarianceScaled', 'ledgerResidualScaled', 'adjustmentScaled', 'varianceScaled', 'valueMinor',
] as const satisfies readonly LineColumn[];
export type SummedColumn = (typeof SUMMED_COLUMNS)[number];

/** The rows a place belongs to: what `lines:page` was asked, without the page. */
export const LineOrder = LinesQuery.omit({ offset: true, limit: true });
export type LineOrder = z.infer<typeof LineOrder>;

/** Every second line of a month of a million: a choice of lines is never in more pieces. */
export const SPANS_MOST = 500_000;

/** Rows by place, both ends included. */
export const RowSpans = z.array(z.strictObject({ from: z.int().min(0), to: z.int().min(0) })).min(1).max(SPANS_MOST);

export const ColumnSumsRequest = z.strictObject({
  query: LineOrder,
  columns: z.array(z.enum(SUMMED_COLUMNS)).min(1),
  /** They do not overlap. */
  spans: RowSpans,
});
export type ColumnSumsRequest = z.infer<typeof ColumnSumsRequest>;

/** Figures of one column: unknown ones are counted and are in no sum. The sum is digits, because it may pass 2^53. */
export const ColumnSums = z.strictObject({
  count: z.int(),
  unknown: z.int(),
  sum: z.string(),
  least: z.int().nullable(),
  most: z.int().nullable(),
});
export type ColumnSums = z.infer<typeof ColumnSums>;

export const FindRequest = z.strictObject({
  query: LineOrder,
  text: z.string().min(1).max(200),
  after: z.int().min(-1),
  direction: z.enum(['next', 'previous']),
});
export type FindRequest = z.infer<typeof FindRequest>;

/** Which of the lines that hold the text is meant, and where it stands; null where none holds it. */
export const FoundLine = z.strictObject({
  matches: z.int(),
  /** Its number among them in the query's order, from 1. */
  number: z.int().nullable(),
  index: z.int().nullable(),
  stockKeyId: z.int().nullable(),
  column: z.string().nullable(),
});
export type FoundLine = z.infer<typeof FoundLine>;

export const EdgeRequest = z.strictObject({
  query: LineOrder,
  column: z.enum(LINE_COLUMNS as [LineColumn, ...LineColumn[]]),
  from: z.int().min(-1),
  direction: z.enum(['next', 'previous']),
  seeks: z.enum(['filled', 'empty']),
});
export type EdgeRequest = z.infer<typeof EdgeRequest>;

export const LineGroup = z.strictObject({
  /** Null where the lines have none. */
  key: z.string().nullable(),
  lines: z.int(),
  sums: z.partialRecord(z.enum(SUMMED_COLUMNS), ColumnSums),
});
export type LineGroup = z.infer<typeof LineGroup>;

export const GroupsRequest = LineOrder.pick({ periodId: true, filter: true }).extend({ by: z.enum(LINE_GROUPINGS), columns: z.array(z.enum(SUMMED_COLUMNS)) });
export type GroupsRequest = z.infer<typeof GroupsRequest>;
