/**
 * The quarantine and the names behind it, as the window, the command line and the services speak of them.
 *
 * Why a row waits is told in `import.ts`, beside the rehearsal that says it first.
 */
import { z } from 'zod';
import { QUARANTINE_REASONS } from './import';
import { SUGGESTION_REASONS } from './suggestions';

const Why = z.string().trim().min(1);
const Instant = z.int();

/** What a name can stand for. A unit's target is the unit's own word. */
export const ALIAS_KINDS = ['item', 'location', 'unit'] as const;
export type AliasKind = (typeof ALIAS_KINDS)[number];
/** How an alias came: a person's own choice, a path that a file spelled out, or a suggestion by its reason. */
export const ALIAS_ORIGINS = ['by_hand', 'learnt_path', ...SUGGESTION_REASONS] as const;

export const QuarantineRow = z.strictObject({
  quarantineRowId: z.int(),
  importId: z.int(),
  fileName: z.string(),
  source: z.string(),
  rowNumber: z.int(),
  reason: z.enum(QUARANTINE_REASONS),
  subject: z.string(),
  detail: z.string(),
  whatWouldMend: z.string(),
  /** The file's header beside the row's cells, as read or as corrected so far; for correcting. */
  header: z.array(z.string()),
  cells: z.array(z.string()),
  raw: z.string(),
  /** What a person made of the row; null where it is tried as the file has it. */
  corrected: z.string().nullable(),
  state: z.enum(['waiting', 'replayed', 'ignored']),
  settledNote: z.string().nullable(),
});
export type QuarantineRow = z.infer<typeof QuarantineRow>;

/** Waiting rows that one action can mend. */
export const QuarantineGroup = z.strictObject({
  source: z.string(),
  reason: z.enum(QUARANTINE_REASONS),
  subject: z.string(),
  rows: z.int(),
  /** What a mapping would name: an item, a location, a unit, or nothing that a mapping mends. */
  mapping: z.enum(ALIAS_KINDS).nullable(),
  whatWouldMend: z.string(),
});
export type QuarantineGroup = z.infer<typeof QuarantineGroup>;

/** How many groups are listed; rows and groups are counted whole. */
export const GROUPS_LISTED = 500;

export const QuarantineListing = z.strictObject({
  waiting: z.int(),
  replayed: z.int(),
  ignored: z.int(),
  /** The first `GROUPS_LISTED`, reason by reason. */
  groups: z.array(QuarantineGroup),
  groupsTotal: z.int(),
  reasons: z.array(z.strictObject({ reason: z.enum(QUARANTINE_REASONS), source: z.string(), rows: z.int(), groups: z.int() })),
  rows: z.array(QuarantineRow),
});
export type QuarantineListing = z.infer<typeof QuarantineListing>;

/** Rows one by one, or all of a group; without a subject all that wait for the same reason. */
export const RowSelection = z.union([
  z.strictObject({ quarantineRowIds: z.array(z.int()).min(1).max(100_000) }),
  z.strictObject({
    periodId: z.int(),
    source: z.string().min(1),
    reason: z.enum(QUARANTINE_REASONS),
    subject: z.string().optional(),
  }),
]);
export type RowSelection = z.infer<typeof RowSelection>;

export const QuarantinePageRequest = z.strictObject({
  periodId: z.int(),
  state: z.enum(['waiting', 'settled']),
  source: z.string().optional(),
  reason: z.enum(QUARANTINE_REASONS).optional(),
  subject: z.string().optional(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(1_000),
});
export type QuarantinePageRequest = z.infer<typeof QuarantinePageRequest>;

export const QuarantinePage = z.strictObject({ total: z.int(), rows: z.array(QuarantineRow) });

export const MapAliasRequest = z.strictObject({
  source: z.string().min(1),
  kind: z.enum(ALIAS_KINDS),
  alias: z.string().trim().min(1),
  targetCode: z.string().trim().min(1),
});
export type MapAliasRequest = z.infer<typeof MapAliasRequest>;

/** An item or a location that the workbook does not have yet, and the name by which rows wait for it. */
export const AddTargetRequest = z.strictObject({
  source: z.string().min(1),
  kind: z.enum(['item', 'location']),
  alias: z.string().trim().min(1),
  /** Its SKU or code in the workbook. */
  code: z.string().trim().min(1).max(200),
  name: z.string().trim().max(200).default(''),
  /** The base unit of an item. */
  unit: z.string().trim().min(1).default('each'),
});
export type AddTargetRequest = z.infer<typeof AddTargetRequest>;

/** One name and what it may stand for; the reason is told so that what is accepted is what was shown. */
export const AcceptedSuggestion = MapAliasRequest.extend({ kind: z.enum(['item', 'location']), reason: z.enum(SUGGESTION_REASONS) });
export type AcceptedSuggestion = z.infer<typeof AcceptedSuggestion>;

export const Suggestion = z.strictObject({
  targetCode: z.string(),
  targetName: z.string(),
  reason: z.enum(SUGGESTION_REASONS),
  sentence: z.string(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** A name that rows wait for, with what it may stand for, the strongest reason first. */
export const SuggestedName = z.strictObject({
  source: z.string(),
  kind: z.enum(['item', 'location']),
  alias: z.string(),
  rows: z.int(),
  suggestions: z.array(Suggestion).min(1),
});
export type SuggestedName = z.infer<typeof SuggestedName>;

export const CorrectRowRequest = z.strictObject({
  quarantineRowId: z.int(),
  /** Every cell of the row, in the order of the header. */
  cells: z.array(z.string()),
  why: Why,
});
export type CorrectRowRequest = z.infer<typeof CorrectRowRequest>;

/** One value in one column of many rows. */
export const ReplaceValueRequest = z.strictObject({
  rows: RowSelection,
  /** The column's header, as the file writes it. */
  column: z.string().trim().min(1),
  /** What the cell must read; null: whatever it reads. */
  from: z.string().nullable(),
  to: z.string(),
  why: Why,
});
export type ReplaceValueRequest = z.infer<typeof ReplaceValueRequest>;

/** What an action on many rows would touch, told before it is carried out. */
export const TouchRequest = z.strictObject({
  rows: RowSelection,
  column: z.string().optional(),
  from: z.string().nullable().optional(),
});
export type TouchRequest = z.infer<typeof TouchRequest>;
export const Touched = z.strictObject({
  rows: z.int(),
  files: z.array(z.string()),
  /** What the column reads in these rows, the most frequent first; empty without a column. */
  values: z.array(z.strictObject({ value: z.string(), rows: z.int() })),
});
export type Touched = z.infer<typeof Touched>;

export const IgnoreRowsRequest = z.strictObject({ rows: RowSelection, why: Why });
export type IgnoreRowsRequest = z.infer<typeof IgnoreRowsRequest>;

export const RestoreRowsRequest = z.strictObject({ quarantineRowIds: z.array(z.int()).min(1).max(100_000), why: Why });
export type RestoreRowsRequest = z.infer<typeof RestoreRowsRequest>;

/** How many base units of an item one unit holds. */
export const SetUnitRequest = z.strictObject({
  periodId: z.int(),
  itemCode: z.string().trim().min(1),
  unit: z.string().trim().min(1),
  /** Decimal text of at most four places, above zero. */
  factor: z.string().trim(),
  /** Whose word for the unit it is. */
  source: z.string().optional(),
});
export type SetUnitRequest = z.infer<typeof SetUnitRequest>;

export const ReplayResult = z.strictObject({ tried: z.int(), written: z.int(), stillWaiting: z.int() });
export type ReplayResult = z.infer<typeof ReplayResult>;

export const QUARANTINE_STEPS = [
  'came_in', 'written', 'passed_over', 'reason_changed', 'corrected', 'ignored', 'brought_back', 'taken_back', 'settled_earlier',
] as const;

/** One thing that happened to a row. */
export const QuarantineStep = z.strictObject({
  step: z.enum(QUARANTINE_STEPS),
  /** null where an earlier version did not keep it. */
  atInstant: Instant.nullable(),
  actor: z.string(),
  /** One sentence: what it was and what it became. */
  sentence: z.string(),
  why: z.string(),
  /** The audit event behind it; null for the import itself and for what an earlier version did. */
  sequence: z.int().nullable(),
});
export type QuarantineStep = z.infer<typeof QuarantineStep>;

export const AliasKey = z.strictObject({ kind: z.enum(ALIAS_KINDS), source: z.string().min(1), alias: z.string().min(1) });
export type AliasKey = z.infer<typeof AliasKey>;

export const AliasListing = AliasKey.extend({
  targetCode: z.string(),
  how: z.enum(ALIAS_ORIGINS),
  /** What it means was added with it, and goes with it. */
  added: z.boolean(),
  acceptedInstant: Instant.nullable(),
  acceptedBy: z.string(),
  /**
   * Data rows of open periods in files that used the name, on the item or location it means: at most so many rest on it, fewer
   * where the same file also uses the code itself. Taking it back reads each row and tells the exact number.
   */
  rowsOpenMost: z.int(),
  /** The same of locked periods: they stay whatever becomes of the name. */
  rowsLockedMost: z.int(),
});
export type AliasListing = z.infer<typeof AliasListing>;

export const AliasPageRequest = z.strictObject({
  source: z.string().nullable(),
  text: z.string(),
  /** Without the names learnt from paths, of which there may be as many as items. */
  acceptedOnly: z.boolean(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(1_000),
});
export type AliasPageRequest = z.infer<typeof AliasPageRequest>;
export const AliasPage = z.strictObject({ total: z.int(), rows: z.array(AliasListing) });
export type AliasPage = z.infer<typeof AliasPage>;

export const TakeBackRequest = z.strictObject({ aliases: z.array(AliasKey).min(1).max(10_000), why: Why });
export type TakeBackRequest = z.infer<typeof TakeBackRequest>;

export const TakeBackResult = z.strictObject({
  aliases: z.int(),
  /** Data rows taken out; they wait in the quarantine again. */
  rowsReturned: z.int(),
  /** Rows of locked periods that may have been written through the names, and stay. */
  rowsLockedMost: z.int(),
  byImport: z.array(z.strictObject({ importId: z.int(), fileName: z.string(), periodCode: z.string(), rows: z.int() })),
});
export type TakeBackResult = z.infer<typeof TakeBackResult>;

/** Why an action on the quarantine was refused. */
export const QUARANTINE_FAILURES = [
  'row_unknown', 'row_settled', 'row_waits', 'nothing_chosen', 'period_unknown', 'period_locked', 'target_unknown', 'target_used', 'code_taken', 'alias_taken',
  'alias_unknown', 'suggestion_gone', 'factor_unreadable', 'column_unknown', 'still_bad', 'cancelled', 'unit_in_use',
] as const;
export type QuarantineFailure = (typeof QUARANTINE_FAILURES)[number];
