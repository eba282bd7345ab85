/**
 * Conditions on single columns of the lines, as the filter row and the command line take them.
 *
 * A condition is kept exact: figures are scaled integers, days are instants, choices are keys. What people type becomes one in
 * `column-filter-text.ts`; what it means in SQL is `electron/workbook/tables/line-column-filters.ts`.
 */
import { z } from 'zod';

/** What can be asked of a column: it decides how a condition is written and what it is compared with. */
export const FILTERED_COLUMNS = {
  sku: 'text', itemName: 'text', note: 'text', nextStep: 'text', clearedBy: 'text',
  openingScaled: 'quantity', erpOnHandScaled: 'quantity', erpAtCutOffScaled: 'quantity', storefrontAvailableScaled: 'quantity', storefrontAtCutOffScaled: 'quantity',
  countedScaled: 'quantity', countedAtCutOffScaled: 'quantity', identityScaled: 'quantity', rollForwardScaled: 'quantity',
  countVarianceScaled: 'quantity', countResidualScaled: 'quantity', channelVarianceScaled: 'quantity', channelResidualScaled: 'quantity',
  ledgerVarianceScaled: 'quantity', ledgerResidualScaled: 'quantity', adjustmentScaled: 'quantity', varianceScaled: 'quantity',
  valueMinor: 'money', unitCostScaled: 'cost',
  ageDays: 'number', ageCloses: 'number', priority: 'number',
  location: 'choice', class: 'choice', cause: 'choice', reasonCode: 'choice', owner: 'choice', status: 'choice', tier: 'choice',
  dueInstant: 'day',
} as const satisfies Readonly<Record<string, 'text' | 'quantity' | 'money' | 'cost' | 'number' | 'choice' | 'day'>>;
export type FilteredColumn = keyof typeof FILTERED_COLUMNS;
export type FilterKind = (typeof FILTERED_COLUMNS)[FilteredColumn];
export const FILTERED_COLUMN_NAMES = Object.keys(FILTERED_COLUMNS) as [FilteredColumn, ...FilteredColumn[]];

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Letters in any case. */
const TextCondition = z.strictObject({ kind: z.literal('text'), is: z.enum(['holds', 'lacks', 'equals', 'differs']), text: z.string().max(200) });
/** Scaled as its column is. A figure that nobody knows fits no comparison. */
const FigureCondition = z.strictObject({ kind: z.literal('figure'), is: z.enum(COMPARISONS), figure: z.int() });
/** Both ends included. */
const SpanCondition = z.strictObject({ kind: z.literal('span'), least: z.int(), most: z.int() });
const KnownCondition = z.strictObject({ kind: z.literal('known'), isKnown: z.boolean() });
/** Any of these keys, or none of them; null is where nothing is chosen. */
const ChoiceCondition = z.strictObject({ kind: z.literal('choice'), isOneOf: z.boolean(), keys: z.array(z.string().nullable()).min(1).max(1000) });
/** Days from the first instant of one to the last of another, in the workbook's time zone; `endInstant` is no part of them. */
const DayCondition = z.strictObject({ kind: z.literal('day'), is: z.enum(COMPARISONS), startInstant: z.int(), endInstant: z.int() });

export const ColumnCondition = z.discriminatedUnion('kind', [TextCondition, FigureCondition, SpanCondition, KnownCondition, ChoiceCondition, DayCondition]);
export type ColumnCondition = z.infer<typeof ColumnCondition>;

const KINDS_OF: Readonly<Record<FilterKind, readonly ColumnCondition['kind'][]>> = {
  text: ['text'], choice: ['choice'], day: ['day', 'known'],
  quantity: ['figure', 'span', 'known'], money: ['figure', 'span', 'known'], cost: ['figure', 'span', 'known'], number: ['figure', 'span', 'known'],
};

/** By column; all of them hold together. A condition that its column cannot be asked is refused at the door. */
export const ColumnFilter = z
  .partialRecord(z.enum(FILTERED_COLUMN_NAMES), ColumnCondition)
  .refine((conditions) => Object.entries(conditions).every(([column, condition]) => KINDS_OF[FILTERED_COLUMNS[column as FilteredColumn]].includes(condition!.kind)), {
    message: 'A column is asked something that its kind does not know.',
  });
export type ColumnFilter = z.infer<typeof ColumnFilter>;
