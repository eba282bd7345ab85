/**
 * The life of an import after it was written, as the window, the command line and the services speak of it: undoing it,
 * replacing it by a corrected file, its evidence sheet, and a later export held against a locked period.
 *
 * Quantities and amounts are decimal text, instants epoch milliseconds. The work itself is `electron/services/imports`.
 */
import { z } from 'zod';
import { QUARANTINE_REASONS, TotalEffect } from './import';
import { DifferenceCounts, DifferenceLine, DifferenceTotal, ImportStateName } from './import-difference';
import { IMPORT_KINDS, TARGET_FIELD_NAMES } from './import-profile';
import { QUANTITY_STATES, SYSTEMS } from './states';

/** Why an import stays as it is, in the order in which it is looked for. */
export const UNDO_FAILURES = [
  'import_unknown', 'period_locked', 'import_not_standing', 'journal_rests_on_it', 'workbook_changed', 'file_unreadable', 'cancelled',
] as const;
export type UndoFailure = (typeof UNDO_FAILURES)[number];

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const Instant = z.int();

/** A thing of the workbook that an import brought or changed, and what becomes of it. */
export const Affected = z.strictObject({ name: z.string(), note: z.string() });
export type Affected = z.infer<typeof Affected>;

/** A list that may be long: all are counted, the first are named. */
export const AffectedList = z.strictObject({ count: z.int(), named: z.array(Affected) });
export type AffectedList = z.infer<typeof AffectedList>;

/** How many of a list are named. */
export const AFFECTED_NAMED = 200;

/** Everything that undoing an import would do and touch: it was done, read and rolled back. */
export const UndoPreview = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  kind: z.enum(IMPORT_KINDS),
  rowsLeaving: z.int(),
  /** Journals that rest on it; as long as there is one, the import stays. */
  blockedBy: z.array(Affected),
  /** Lines that a person gave a reason or an owner, and that the import has rows of: the tags stay, the figures move. */
  taggedLines: AffectedList,
  reconciliationStale: z.boolean(),
  /** Rows of the quarantine that go with it. */
  quarantine: z.strictObject({ waiting: z.int(), mended: z.int(), ignored: z.int() }),
  /** Items, locations and names that the import brought: nothing else uses the removed ones. */
  removed: AffectedList,
  kept: AffectedList,
  /** Values of items and tags of lines that the import set: put back where nobody changed them since. */
  restored: AffectedList,
  leftAsTheyAre: AffectedList,
  /** The import whose place it had taken, which comes back. */
  bringsBack: z.strictObject({ importId: z.int(), fileName: z.string(), rows: z.int() }).nullable(),
  /** Imports that passed rows over because this one held them: those rows are taken in now. */
  takesIn: z.array(z.strictObject({ importId: z.int(), fileName: z.string(), accepted: z.int(), quarantined: z.int() })),
  totals: z.array(TotalEffect),
  /** What cannot be told or put back because the import is older than what is kept of imports now. */
  notes: z.array(z.string()),
  /** Stands for this effect on this workbook: undoing is refused where it is no longer the same. */
  token: z.string(),
});
export type UndoPreview = z.infer<typeof UndoPreview>;

export const UndoRequest = z.strictObject({ importId: z.int(), why: z.string().trim().min(1).max(2000) });
export type UndoRequest = z.infer<typeof UndoRequest>;

const Counted = z.strictObject({ name: z.string(), rows: z.int() });

/** What an evidence sheet tells of an import: enough to find the file, the person and every row again. */
export const EvidenceSheet = z.strictObject({
  importId: z.int(),
  company: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  periodCode: z.string(),
  state: ImportStateName,
  source: z.string(),
  kind: z.enum(IMPORT_KINDS),
  systems: z.array(z.enum(SYSTEMS)),
  profileId: z.string(),
  profileName: z.string(),
  profileVersion: z.int(),
  /** Why this profile; empty where it was not kept. */
  why: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  byteLength: z.int(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  asOfFromInstant: Instant.nullable(),
  asOfUntilInstant: Instant.nullable(),
  asOfGivenInstant: Instant.nullable(),
  locationGiven: z.string().nullable(),
  importedInstant: Instant,
  importedBy: z.string(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsQuarantined: z.int(),
  rowsIgnored: z.int(),
  /** As they stand now, by reason and what became of them. */
  quarantined: z.array(z.strictObject({ reason: z.enum(QUARANTINE_REASONS), waiting: z.int(), mended: z.int(), ignored: z.int() })),
  passedOver: z.array(Counted),
  columnsUsed: z.array(z.strictObject({ position: z.int(), header: z.string(), field: z.enum(TARGET_FIELD_NAMES) })),
  columnsIgnored: z.array(z.strictObject({ position: z.int(), header: z.string() })),
  statesUnknown: z.array(z.enum(QUANTITY_STATES)),
  controlTotals: z.array(z.strictObject({ field: z.enum(TARGET_FIELD_NAMES), header: z.string(), sum: Decimal, rows: z.int() })),
  totals: z.array(TotalEffect),
  created: z.strictObject({ items: z.int(), locations: z.int(), changedItems: z.int(), changedTags: z.int() }),
  supersedes: z.strictObject({ importId: z.int(), fileName: z.string() }).nullable(),
  supersededBy: z.strictObject({ importId: z.int(), fileName: z.string() }).nullable(),
  stateInstant: Instant.nullable(),
  stateBy: z.string().nullable(),
  stateWhy: z.string().nullable(),
  difference: DifferenceCounts.omit({ unchanged: true }).nullable(),
  /** What happened to it, oldest first. */
  history: z.array(z.strictObject({ atInstant: Instant, actor: z.string(), sentence: z.string() })),
  /** Rows that a person corrected or ignored, with their reasons. */
  settled: z.array(z.strictObject({ rowNumber: z.int(), reason: z.enum(QUARANTINE_REASONS), became: z.enum(['replayed', 'ignored']), note: z.string() })),
  /** Whether the figures that only the import knew were kept with it. */
  isComplete: z.boolean(),
});
export type EvidenceSheet = z.infer<typeof EvidenceSheet>;

/** A line of a comparison: what the source system says now and did not say at the close. */
export const ComparisonLine = DifferenceLine.extend({
  /** The line's unit cost in the locked period; null: unknown. */
  unitCost: Decimal.nullable(),
  /** The change of stock on hand, times the unit cost, exact; null where the cost is unknown or the figure is no stock on hand. */
  value: Decimal.nullable(),
});
export type ComparisonLine = z.infer<typeof ComparisonLine>;

export const ComparisonTotal = DifferenceTotal.extend({
  /** Exact sum over the lines whose cost is known; null where the measure is no stock on hand. */
  value: Decimal.nullable(),
  /** Lines that differ, and whose value is unknown because their unit cost is. */
  withoutCost: z.int(),
});
export type ComparisonTotal = z.infer<typeof ComparisonTotal>;

/** A file held against what a period was given; nothing of the period was changed. */
export const Comparison = z.strictObject({
  periodCode: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  profileId: z.string(),
  profileName: z.string(),
  kind: z.enum(IMPORT_KINDS),
  currency: z.string(),
  /** The imports it was held against. */
  against: z.array(z.strictObject({ importId: z.int(), fileName: z.string() })),
  /** First and last instant that the rows of either side speak of. */
  spans: z.strictObject({ before: z.array(Instant).max(2), after: z.array(Instant).max(2) }),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsQuarantined: z.int(),
  rowsIgnored: z.int(),
  /** Of the quarantined ones: rows that read as they did at the close and are taken as they were mended then. */
  rowsAsMended: z.int(),
  quarantined: z.array(Counted),
  counts: DifferenceCounts,
  totals: z.array(ComparisonTotal),
  lines: z.array(ComparisonLine),
});
export type Comparison = z.infer<typeof Comparison>;

/** How many lines of a comparison the window lists; a file holds all. */
export const COMPARISON_LINES_LISTED = 5_000;
