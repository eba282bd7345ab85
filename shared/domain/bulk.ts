/**
 * Bulk work: one change of reason, owner, due date or note for many lines, and the statement of what it would do.
 *
 * Values in minor units, instants epoch milliseconds. Deciding for one line is `bulk-decide.ts`; carrying it out is
 * `electron/services/bulk`.
 */
import { z } from 'zod';
import { LineOrder, RowSpans } from './line-grid';
import { LINE_STATUSES } from './lines';
import { OWNERS } from './terms';
import { VARIANCE_CLASSES } from './variance';

/** A note of a line is no longer than that. */
export const NOTE_LONGEST = 2000;

/** Which lines: all that a filter lets through, places of a listing (also of lines that nobody has read), or lines by key. */
export const BulkTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('filter'), query: LineOrder }),
  z.strictObject({ kind: z.literal('places'), query: LineOrder, spans: RowSpans }),
  z.strictObject({ kind: z.literal('lines'), periodId: z.int(), stockKeyIds: z.array(z.int()).min(1).max(100_000) }),
]);
export type BulkTarget = z.infer<typeof BulkTarget>;

export const periodOfTarget = (target: BulkTarget): number => (target.kind === 'lines' ? target.periodId : target.query.periodId);

/** Fields that are left out stay as they are; null empties them. */
export const BulkChange = z.strictObject({
  reason: z.string().min(1).nullable().optional(),
  owner: z.enum(OWNERS).nullable().optional(),
  dueInstant: z.int().nullable().optional(),
  note: z.strictObject({ text: z.string().trim().max(NOTE_LONGEST), how: z.enum(['append', 'set']) }).optional(),
  /** Settles lines without booking anything; DECISIONS.md says which lines a person may clear. */
  clear: z.boolean().optional(),
});
export type BulkChange = z.infer<typeof BulkChange>;

export const BULK_FIELDS = ['reason', 'owner', 'due', 'note'] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

/** Why a line is left as it is, in the order in which it is asked. */
export const BULK_REFUSALS = [
  'line_approved', 'line_prepared', 'cleared_by_rule', 'reason_missing', 'reason_posts', 'value_unknown', 'over_materiality', 'checks_missing', 'over_limit', 'note_too_long',
] as const;
export type BulkRefusal = (typeof BULK_REFUSALS)[number];

const NamedLine = z.strictObject({ stockKeyId: z.int(), sku: z.string(), location: z.string() });

/** What becomes of one field. `values` are what a person had set there, most lines first; the rest of them is `otherLines`. */
const FieldEffect = z.strictObject({
  field: z.enum(BULK_FIELDS),
  /** Lines on which the field changes. */
  lines: z.int(),
  /** Lines on which it takes the place of something that was set. */
  replaced: z.int(),
  /** A reason code, an owner, an instant as ISO 8601 in UTC, or a note. */
  values: z.array(z.strictObject({ before: z.string(), lines: z.int() })),
  otherLines: z.int(),
});
export type FieldEffect = z.infer<typeof FieldEffect>;

const RefusedLines = z.strictObject({ why: z.enum(BULK_REFUSALS), lines: z.int(), first: z.array(NamedLine.extend({ detail: z.string() })) });

const ClassValue = z.strictObject({
  /** Null: no variance. */
  class: z.enum(VARIANCE_CLASSES).nullable(),
  lines: z.int(),
  /** Absolute variances at unit cost as the grid shows them line by line, of the lines whose cost is known. */
  valueMinor: z.int(),
  linesWithoutCost: z.int(),
});
export type ClassValue = z.infer<typeof ClassValue>;

const byStatus = z.strictObject(Object.fromEntries(LINE_STATUSES.map((status) => [status, z.int()])) as Record<(typeof LINE_STATUSES)[number], z.ZodInt>);

/** What a change of many lines would do, exactly: applying it does that or is refused. */
export const BulkStatement = z.strictObject({
  periodCode: z.string(),
  currency: z.string(),
  /** Lines that were chosen: those that would change, that hold it already, and that are refused. */
  lines: z.int(),
  changes: z.int(),
  already: z.int(),
  refused: z.int(),
  fields: z.array(FieldEffect),
  refusals: z.array(RefusedLines),
  /** What the lines that change are worth, by their dominant class. */
  value: z.array(ClassValue),
  valueMinor: z.int(),
  /** How the chosen lines stand before and after. */
  before: byStatus,
  after: byStatus,
  /** Open lines of the whole period. */
  openInPeriodBefore: z.int(),
  openInPeriodAfter: z.int(),
  /** Lines that have this reason already, given for other figures: they wait to be confirmed. */
  toConfirm: z.int(),
  /** What it was worked out on. */
  fingerprint: z.string(),
});
export type BulkStatement = z.infer<typeof BulkStatement>;

export const BulkRequest = z.strictObject({ target: BulkTarget, change: BulkChange });
export type BulkRequest = z.infer<typeof BulkRequest>;

export const BulkApplyRequest = BulkRequest.extend({
  /** Of the statement that the person saw. */
  fingerprint: z.string(),
});
export type BulkApplyRequest = z.infer<typeof BulkApplyRequest>;

export const BulkResult = z.strictObject({
  changed: z.int(),
  already: z.int(),
  refused: z.int(),
  /** The event of the whole change, which takes it back. */
  sequence: z.int(),
});
export type BulkResult = z.infer<typeof BulkResult>;

export const BulkUndoResult = z.strictObject({
  undone: z.int(),
  /** Lines that are left as they are because something was changed since, the first of them by name. */
  left: z.int(),
  leftFirst: z.array(NamedLine.extend({ detail: z.string() })),
  /** The event of the undo, which takes the undo back. */
  sequence: z.int(),
});
export type BulkUndoResult = z.infer<typeof BulkUndoResult>;

export const BULK_PLAN_FAILURES = ['period_missing', 'period_locked', 'nothing_asked', 'reason_unknown', 'reason_posts', 'note_needed', 'nothing_chosen'] as const;
export type BulkPlanFailure = (typeof BULK_PLAN_FAILURES)[number];
export const BULK_APPLY_FAILURES = [...BULK_PLAN_FAILURES, 'changed_since', 'nothing_changes'] as const;
export type BulkApplyFailure = (typeof BULK_APPLY_FAILURES)[number];
export const BULK_UNDO_FAILURES = ['event_missing', 'period_locked', 'changed_since'] as const;
export type BulkUndoFailure = (typeof BULK_UNDO_FAILURES)[number];
