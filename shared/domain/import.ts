/**
 * Imports as the window, the command line and the services speak of them: what a file is, what a rehearsal says, what
 * waits in the quarantine.
 *
 * Quantities and amounts are decimal text, instants epoch milliseconds. The work itself is `electron/services/imports`.
 */
import { z } from 'zod';
import { LikelySource } from './column-meanings';
import { SheetReport } from './count-sheet';
import { Difference, ImportStateName, Replaceable } from './import-difference';
import { Mapping } from './import-mapping';
import { DATE_STYLES, IMPORT_KINDS, ImportProfile, NO_DATA_REASONS, NumberStyle, TARGET_FIELD_NAMES } from './import-profile';
import { MOVEMENT_TYPES, QUANTITY_STATES, SYSTEMS } from './states';

export * from './import-mapping';
export * from './import-profile';

/** Why a file was refused, in the order in which it is looked for. */
export const IMPORT_FAILURES = [
  'period_unknown', 'period_locked', 'file_missing', 'file_empty', 'file_too_large', 'file_unreadable', 'quote_not_closed',
  'too_many_columns', 'cell_too_large', 'sheet_unknown', 'profile_unknown', 'profile_invalid', 'profile_refused', 'file_unrecognised',
  'header_not_found', 'as_of_needed', 'as_of_outside_period', 'location_needed', 'location_unknown', 'date_style_needed',
  'number_style_needed', 'entries_unbalanced', 'items_in_own_currency', 'already_imported',
  'import_unknown', 'import_not_standing', 'not_replaceable', 'journal_rests_on_it', 'workbook_changed', 'cancelled',
] as const;
export type ImportFailure = (typeof IMPORT_FAILURES)[number];

/** Why a row waits in the quarantine. */
export const QUARANTINE_REASONS = [
  'unknown_item', 'unknown_location', 'missing_key', 'unreadable_number', 'unreadable_date', 'duplicate_row', 'negative_count',
  'outside_period', 'unknown_value', 'damaged_identifier', 'wrong_shape', 'currency_mismatch', 'not_on_sheet', 'unknown_unit',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Why a row was passed over: it is no data, or it is held already. */
export const IGNORE_REASONS = ['empty_row', 'repeated_header', 'already_held', 'not_counted', 'label_row', ...NO_DATA_REASONS] as const;
export type IgnoreReason = (typeof IGNORE_REASONS)[number];

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const Instant = z.int();

/** Encodings of text files that are told apart, and that a person can name where that went wrong. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'gb18030'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** Where a file comes from: a path, or its bytes where it was dropped without one. */
export const FileToImport = z.strictObject({
  filePath: z.string().min(1).optional(),
  bytes: z.instanceof(Uint8Array).optional(),
  fileName: z.string().min(1),
  /** Left out: the encoding that the bytes speak for. */
  encoding: z.enum(TEXT_ENCODINGS).optional(),
});
export type FileToImport = z.infer<typeof FileToImport>;

export const InspectRequest = FileToImport.extend({
  periodId: z.int(),
  sheet: z.string().optional(),
  /** Looked at as a file of this profile where its header fits; as what it is recognised as otherwise. */
  profileId: z.string().optional(),
});
export type InspectRequest = z.infer<typeof InspectRequest>;

/** What is to be imported and how. Without profile and mapping the profile is recognised by the header. */
export const ImportRequest = FileToImport.extend({
  periodId: z.int(),
  profileId: z.string().optional(),
  /** A profile given whole, for a file that no profile knows. */
  mapping: ImportProfile.optional(),
  /** When the snapshot was taken, where the file does not say it. */
  asOfInstant: Instant.optional(),
  /** The location of every row, where the file does not say it. */
  locationCode: z.string().optional(),
  sheet: z.string().optional(),
  /** How dates and numbers are written, where the file can be read in more than one way. */
  dateStyle: z.enum(DATE_STYLES).optional(),
  numberStyle: NumberStyle.optional(),
  /** Written in the place of this import, whose rows leave the figures and stay as evidence. */
  supersedesImportId: z.int().optional(),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

export const RecognisedProfile = z.strictObject({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  source: z.string(),
  kind: z.enum(IMPORT_KINDS),
  system: z.enum(SYSTEMS).nullable(),
  /** One sentence: which row, how many columns, what else would have fitted. */
  why: z.string(),
});
export type RecognisedProfile = z.infer<typeof RecognisedProfile>;

/** A column of the file beside its first values, for the mapping screen. */
export const FileColumn = z.strictObject({
  /** Counted from 1. */
  position: z.int(),
  header: z.string(),
  /** Which of several columns with the same header, counted from 1. */
  occurrence: z.int(),
  samples: z.array(z.string()),
  /** What a known profile calls a column with this header; a proposal only. */
  suggestedField: z.enum(TARGET_FIELD_NAMES).nullable(),
});
export type FileColumn = z.infer<typeof FileColumn>;

export const AlreadyImported = z.strictObject({ importId: z.int(), fileName: z.string(), atInstant: Instant });
export type AlreadyImported = z.infer<typeof AlreadyImported>;

/** A profile whose header rule a file meets: one way to read it. */
export const FittingProfile = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(IMPORT_KINDS),
  system: z.enum(SYSTEMS).nullable(),
  /** It is the one that is taken where nobody asks for another. */
  recognised: z.boolean(),
});
export type FittingProfile = z.infer<typeof FittingProfile>;

/** A first look at a file: what it is, or what a person needs to see to say what it is. */
export const FileInspection = z.strictObject({
  fileName: z.string(),
  sha256: z.string(),
  byteLength: z.int(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  columns: z.array(FileColumn),
  /** null: no profile knows the file, and it needs a mapping. */
  profile: RecognisedProfile.nullable(),
  /** Every profile that could read it, the recognised one first and those that are only taken when asked for last. */
  fits: z.array(FittingProfile),
  /** Whose file it probably is, where no profile knows it. */
  likelySource: LikelySource.nullable(),
  /** What must be given at import because the file does not say it. */
  needs: z.strictObject({ asOf: z.boolean(), location: z.boolean(), dateStyle: z.boolean(), numberStyle: z.boolean() }),
  /** It may bring locations that the workbook does not know yet: the one that is given may be new as well. */
  bringsLocations: z.boolean(),
  /** Movements that the file does not date: with an as-of instant they are told at that instant, without one they are not told. */
  toldAtAsOf: z.array(z.enum(MOVEMENT_TYPES)),
  /** Why a profile that looks alike cannot read it. */
  refusal: z.string().nullable(),
  guessedNumberStyle: NumberStyle,
  /** null: the dates can be read both ways, and a person has to say which is meant. */
  guessedDateStyle: z.enum(DATE_STYLES).nullable(),
  alreadyImported: AlreadyImported.nullable(),
});
export type FileInspection = z.infer<typeof FileInspection>;

export const BadRow = z.strictObject({
  rowNumber: z.int(),
  raw: z.string(),
  reason: z.enum(QUARANTINE_REASONS),
  /** The offending value: rows that share it are mended together. */
  subject: z.string(),
  detail: z.string(),
  whatWouldMend: z.string(),
});
export type BadRow = z.infer<typeof BadRow>;

/** How many bad rows a rehearsal lists; the groups count all of them. */
export const BAD_ROWS_LISTED = 20_000;

export const TotalEffect = z.strictObject({
  system: z.enum(SYSTEMS).nullable(),
  measure: z.enum([...QUANTITY_STATES, 'counted', 'debit', 'credit']),
  /** The location's code; null for the ledger. */
  location: z.string().nullable(),
  /** null: nothing known before. Positions for what sets, net movement for what adds. */
  before: Decimal.nullable(),
  after: Decimal.nullable(),
});
export type TotalEffect = z.infer<typeof TotalEffect>;

/** What an import will write, exactly, and what it will not. */
export const Rehearsal = z.strictObject({
  fileName: z.string(),
  sha256: z.string(),
  byteLength: z.int(),
  profile: RecognisedProfile,
  encoding: z.string(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  columnsUsed: z.array(z.strictObject({ position: z.int(), header: z.string(), field: z.enum(TARGET_FIELD_NAMES) })),
  columnsIgnored: z.array(z.strictObject({ position: z.int(), header: z.string() })),
  kind: z.enum(IMPORT_KINDS),
  effect: z.enum(['sets', 'adds']),
  /** The systems the accepted rows speak for. */
  systems: z.array(z.enum(SYSTEMS)),
  statesHeld: z.array(z.enum(QUANTITY_STATES)),
  statesUnknown: z.array(z.enum(QUANTITY_STATES)),
  periodId: z.int(),
  periodCode: z.string(),
  /** As given at import; null where each row says its own. */
  asOfInstant: Instant.nullable(),
  locationCode: z.string().nullable(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsQuarantined: z.int(),
  rowsIgnored: z.int(),
  ignoredByReason: z.array(z.strictObject({ reason: z.enum(IGNORE_REASONS), rows: z.int() })),
  quarantinedByReason: z.array(
    z.strictObject({ reason: z.enum(QUARANTINE_REASONS), subject: z.string(), rows: z.int(), whatWouldMend: z.string() }),
  ),
  newItems: z.array(z.string()),
  newLocations: z.array(z.string()),
  /** Items or tags that exist and would read otherwise afterwards. */
  changedItems: z.int(),
  changedTags: z.int(),
  totals: z.array(TotalEffect),
  /** Sums over every row of the file whose figure can be read, quarantined ones included: to hold against the source system. */
  controlTotals: z.array(z.strictObject({ field: z.enum(TARGET_FIELD_NAMES), header: z.string(), sum: Decimal, rows: z.int() })),
  duplicates: z.int(),
  /** Sheets, missing and extra, against the registry; null where the file names no count sheet of ours. */
  countSheets: SheetReport.nullable(),
  /** The first `BAD_ROWS_LISTED` bad rows in the file's order. */
  badRows: z.array(BadRow),
  alreadyImported: AlreadyImported.nullable(),
  /** Imports of the period in whose place the file could be written, the likeliest first. */
  replaceable: z.array(Replaceable),
  /** The import in whose place it is written; null: it is written beside what is there. */
  supersedes: z.strictObject({ importId: z.int(), fileName: z.string() }).nullable(),
  /** What it says other than that import, line by line. */
  difference: Difference.nullable(),
  /** Stands for this effect on this workbook: commit refuses where either is no longer the same. */
  token: z.string(),
});
export type Rehearsal = z.infer<typeof Rehearsal>;

/** What was written: the rehearsal come true. */
export const ImportResult = z.strictObject({ importId: z.int(), rehearsal: Rehearsal });
export type ImportResult = z.infer<typeof ImportResult>;

export const ImportListing = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  sha256: z.string(),
  profileId: z.string(),
  profileName: z.string(),
  source: z.string(),
  kind: z.enum(IMPORT_KINDS),
  /** null: several systems, or none. */
  system: z.enum(SYSTEMS).nullable(),
  sheet: z.string().nullable(),
  /** The earliest and latest as-of instants of its snapshot rows. */
  asOfFromInstant: Instant.nullable(),
  asOfUntilInstant: Instant.nullable(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsQuarantined: z.int(),
  rowsIgnored: z.int(),
  waiting: z.int(),
  importedInstant: Instant,
  importedBy: z.string(),
  state: ImportStateName,
  stateInstant: Instant.nullable(),
  stateBy: z.string().nullable(),
  stateWhy: z.string().nullable(),
  /** The import in whose place it was written. */
  supersedesImportId: z.int().nullable(),
});
export type ImportListing = z.infer<typeof ImportListing>;

/** What a reconciliation wants and the period does not have yet. */
export const MISSING_SOURCES = ['erp_snapshot', 'storefront_snapshot', 'count', 'movements'] as const;

export const ImportSummary = z.strictObject({
  imports: z.array(ImportListing),
  waiting: z.int(),
  missing: z.array(z.enum(MISSING_SOURCES)),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

/** A row of a kept source file, for tracing a figure to where it came from. */
export const OriginalRow = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  sha256: z.string(),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  rowNumber: z.int(),
  header: z.array(z.string()),
  cells: z.array(z.string()),
  /** The rows just before and after it, in the order of the file; the header is none of them. */
  neighbours: z.array(z.strictObject({ rowNumber: z.int(), cells: z.array(z.string()) })),
});
export type OriginalRow = z.infer<typeof OriginalRow>;

/** A profile and whether a person made it in this workbook. */
export const KnownProfile = z.strictObject({ profile: ImportProfile, saved: z.boolean() });
export type KnownProfile = z.infer<typeof KnownProfile>;

export const SaveProfileRequest = z.strictObject({ mapping: Mapping });
