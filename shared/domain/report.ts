/**
 * A report: what it stands for, and sections of typed columns whose rows add up to their totals. Screen, print, Excel and
 * comma-separated text are each made from it by one writer.
 *
 * Figures stay integers: quantities scaled, amounts in minor units, percentages in hundredths, instants in epoch
 * milliseconds. Unknown is null, never zero.
 */
import { z } from 'zod';
import { formatDecimal } from './decimal';
import { formatInstant } from './instant';
import { formatAmount } from './money';
import { formatQuantity } from './quantity';
import { SYSTEMS } from './states';

/** The names are an interface of the command line. */
export const REPORT_IDS = [
  'inventory', 'exceptions', 'adjustments', 'count-accuracy', 'roll-forward', 'proof-of-quantity', 'change', 'repeat-offenders', 'tie-out',
] as const;
export type ReportId = (typeof REPORT_IDS)[number];

export const REPORTS: Readonly<Record<ReportId, { readonly title: string; readonly about: string }>> = {
  inventory: { title: 'Reconciled inventory', about: 'Quantities and value, by location and account' },
  exceptions: { title: 'Exceptions by owner', about: 'What waits for whom, how long, and its value' },
  adjustments: { title: 'Adjustments by reason', about: 'What is booked and why, with accounts and journals' },
  'count-accuracy': { title: 'Count accuracy', about: 'Lines and value within tolerance, by place and counter' },
  'roll-forward': { title: 'Roll-forward', about: 'From opening to closing as the ERP posted it' },
  'proof-of-quantity': { title: 'Proof of quantity', about: 'Two systems side by side: opening, in, out, closing' },
  change: { title: 'Change against last period', about: 'Variances, value and what is explained, then and now' },
  'repeat-offenders': { title: 'Repeat offenders', about: 'What keeps coming back, and what it costs' },
  'tie-out': { title: 'Tie-out to the ledger', about: 'Value against the trial balance, and why they part' },
};

/** `days` and `count` are whole numbers; a column of `amount` is in the report's currency. */
export const COLUMN_KINDS = ['text', 'count', 'quantity', 'amount', 'percent', 'days', 'instant'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

export const ReportColumn = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(COLUMN_KINDS),
  /** The cells of its rows add up to the total's. */
  sums: z.boolean(),
  /** Long text: given room, and broken into lines. */
  wide: z.boolean(),
  /** Stands over neighbouring columns with the same group. */
  group: z.string().nullable(),
});
export type ReportColumn = z.infer<typeof ReportColumn>;

export const Cell = z.union([z.string(), z.int(), z.null()]);
export type Cell = z.infer<typeof Cell>;

/**
 * A `subtotal` repeats the lines above it and adds nothing. `other` stands for the lines that a limit left out, `rounding` for
 * what rounding each line once moved: with them the rows add up to the total.
 */
export const ROW_KINDS = ['line', 'subtotal', 'other', 'rounding'] as const;

export const ReportRow = z.strictObject({ kind: z.enum(ROW_KINDS), cells: z.array(Cell) });
export type ReportRow = z.infer<typeof ReportRow>;

export const ReportSection = z.strictObject({
  id: z.string(),
  title: z.string(),
  note: z.string(),
  columns: z.array(ReportColumn),
  rows: z.array(ReportRow),
  /** How many lines there are; more than `rows` holds where a limit was set. */
  linesInAll: z.int(),
  /** Null where the section has nothing to add up. */
  total: z.array(Cell).nullable(),
});
export type ReportSection = z.infer<typeof ReportSection>;

/** The instant and the rules that a report stands for. */
export const StandsFor = z.strictObject({
  company: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  periodCode: z.string(),
  periodState: z.enum(['open', 'locked']),
  cutOffInstant: z.int(),
  reconciledInstant: z.int(),
  /** As stamped on the lines; more than one would be a fault. */
  ruleVersions: z.array(z.string()),
  /** Something came in after the reconciliation: the figures do not hold it. */
  isStale: z.boolean(),
  /** What stays visible for ever of how the period was locked: with what open and why, reopened by whom and why. */
  lockNotes: z.array(z.string()),
});
export type StandsFor = z.infer<typeof StandsFor>;

/** A change of an item's risk tier that the figures speak for; a person accepts it. */
export const TierProposal = z.strictObject({
  sku: z.string(),
  itemName: z.string(),
  from: z.enum(['A', 'B', 'C']),
  to: z.enum(['A', 'B', 'C']),
  evidence: z.string(),
});
export type TierProposal = z.infer<typeof TierProposal>;

/** What changed between two seals: made at the lock, and no choice among the reports of a period. */
export const SEAL_REPORT_ID = 'seals';

export const Report = z.strictObject({
  id: z.enum([...REPORT_IDS, SEAL_REPORT_ID]),
  title: z.string(),
  standsFor: StandsFor,
  /** What was chosen, in words; empty where everything is in it. */
  choice: z.string(),
  sections: z.array(ReportSection),
  notes: z.array(z.string()),
  proposals: z.array(TierProposal),
});
export type Report = z.infer<typeof Report>;

/** Lines that a section may hold before the rest is one row. A sheet of Excel ends at 1,048,576 rows. */
export const REPORT_LINES_MAX = 1_000_000;
export const REPORT_LINES_SHOWN = 500;

export const ReportRequest = z.strictObject({
  periodId: z.int(),
  report: z.enum(REPORT_IDS),
  /** One location's code; null: all of them. */
  location: z.string().nullable().default(null),
  /** The two systems of a proof of quantity. */
  systems: z.strictObject({ left: z.enum(SYSTEMS), right: z.enum(SYSTEMS) }).default({ left: 'erp', right: 'storefront' }),
  linesMax: z.int().min(1).max(REPORT_LINES_MAX).default(REPORT_LINES_SHOWN),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

export const STALE_WORDS =
  'Stale: something came in after this reconciliation, and the figures do not hold it. Run the reconciliation before they are used.';

/** What stands under the title, as names and values. */
export function standsForFacts({ standsFor, choice }: Pick<Report, 'standsFor' | 'choice'>): readonly (readonly [string, string])[] {
  const at = (instant: number) => formatInstant(instant, standsFor.timeZone);
  return [
    ['Period', `${standsFor.periodCode}, ${standsFor.periodState}`],
    ['Cut-off', at(standsFor.cutOffInstant)],
    ['Reconciled', at(standsFor.reconciledInstant)],
    ['Rules', standsFor.ruleVersions.join('; ')],
    ['Currency', standsFor.currency],
    ...standsFor.lockNotes.map((note) => ['Lock', note] as const),
    ...(choice === '' ? [] : [['Choice', choice] as const]),
  ];
}

/** A cell as plain text: decimals without separators, instants as ISO 8601, null where it is unknown. */
export function plainCell(cell: Cell, kind: ColumnKind, { currency, timeZone }: Pick<StandsFor, 'currency' | 'timeZone'>): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  switch (kind) {
    case 'quantity':
      return formatQuantity(cell);
    case 'amount':
      return formatAmount(cell, currency);
    case 'percent':
      return formatDecimal(cell, 2, 2);
    case 'instant':
      return formatInstant(cell, timeZone);
    case 'text':
    case 'count':
    case 'days':
      return String(cell);
  }
}
