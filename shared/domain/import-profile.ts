/**
 * Import profiles: what a file of one kind from one source looks like, written as data that an accountant can read.
 *
 * The same shape holds the profiles that come with the program, the mapping that a person made for an unknown file,
 * and the mapping file of the command line. Recognising and reading by them is `electron/files/profiles`.
 */
import { z } from 'zod';
import {
  BY_COLUMN, DATE_STYLES, FIELDS_OF_KIND, IMPORT_KINDS, NumberStyle, PLAIN_NUMBERS, TARGET_FIELD_NAMES, type ImportKind, type TargetField,
} from './import-fields';
import { CarriedDown, ColumnName, IgnoreRule, ProfileColumn, ProfileRecord } from './profile-rules';
import { QUANTITY_STATES, SYSTEMS, type QuantityState, type System } from './states';

export * from './import-fields';
export * from './profile-rules';

/** ignore_leading_zeros: `417` is `00417`, where exactly one code fits. */
const IdentifierRule = z.enum(['as_written', 'last_part_after_colon', 'ignore_leading_zeros']);
/** erp_rows: only rows of the ERP may, in a file that holds several systems. */
const MayCreate = z.enum(['never', 'always', 'erp_rows']);

const ImportProfileShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.int().min(1),
  name: z.string().min(1),
  /** Whose words for items and locations the file uses: aliases are kept per source. */
  source: z.string().regex(/^[a-z0-9_]+$/),
  kind: z.enum(IMPORT_KINDS),
  /** The system the file speaks for; null where a column says it or where it speaks for none. */
  system: z.enum(SYSTEMS).nullable(),
  comment: z.string().optional(),
  recognise: z.strictObject({
    /** The header must name all of these fields, */
    requiredFields: z.array(z.enum(TARGET_FIELD_NAMES)),
    /** at least one of these, */
    oneOfFields: z.array(z.enum(TARGET_FIELD_NAMES)).default([]),
    /** at least this many of the profile's columns, */
    minimumColumns: z.int().min(1).default(1),
    /** of each group of texts at least one, */
    withHeaders: z.array(z.array(z.string()).min(1)).default([]),
    /** none of these texts, */
    withoutHeaders: z.array(z.string().min(1)).default([]),
    /** and, where this says so, nothing that the profile does not know: for headers of few and common words. */
    onlyKnownHeaders: z.boolean().default(false),
    /** Two profiles that know the same file: this one is taken only when it is asked for. */
    onlyWhenAskedFor: z.boolean().default(false),
    /** How far down the header row is looked for. */
    searchRows: z.int().min(1).max(200).default(30),
  }),
  /** A header that looks like this source but cannot be used: refused with the message that says why. */
  refuse: z
    .array(
      z.strictObject({
        /** Of each group of texts at least one is in the header, */
        headersPresent: z.array(z.array(z.string().min(1)).min(1)).min(1),
        /** and none of these fields is. */
        fieldsAbsent: z.array(z.enum(TARGET_FIELD_NAMES)),
        message: z.string().min(1),
      }),
    )
    .default([]),
  columns: z.array(ProfileColumn).min(1),
  /** One column for each location: those after the named one that no other rule knows, each holding this field. */
  locationColumns: z
    .strictObject({ field: z.enum(QUANTITY_STATES), after: ColumnName, comment: z.string().optional() })
    .optional(),
  carriedDown: CarriedDown.optional(),
  /** The file has no line numbers: rows that follow one another with the same cell here are numbered from 1. */
  linesNumberedWithin: ColumnName.optional(),
  /** What a row tells. Empty: one record of its fields. */
  records: z.array(ProfileRecord).default([]),
  /** Whether a row tells the first record that fits, or every one. A row that none fits is quarantined. */
  recordsPerRow: z.enum(['first', 'every']).default('first'),
  /** Two rows of the same item and location: the same thing twice, or parts (lots, bins) that add up. */
  sameKey: z.enum(['duplicate', 'add_up']).default('duplicate'),
  /** Cells that no two rows share, beyond item and location: a row that repeats them all is the same row again. */
  rowKey: z.array(ColumnName).default([]),
  /** Fields that no column fills and that take the as-of instant given at import. */
  asOfFills: z.array(z.enum(TARGET_FIELD_NAMES)).default([]),
  /** The file names people: of its cells only those that are read are kept with a quarantined row. */
  personalData: z.boolean().default(false),
  statesHeld: z.array(z.enum(QUANTITY_STATES)).default([]),
  /** States the file says nothing of: unknown, never zero. */
  statesUnknown: z.array(z.enum(QUANTITY_STATES)).default([]),
  effect: z.enum(['sets', 'adds']),
  numberStyle: z.union([NumberStyle, z.literal(BY_COLUMN)]).default(PLAIN_NUMBERS),
  dateStyle: z.enum([...DATE_STYLES, BY_COLUMN]).default('iso'),
  identifiers: z
    .strictObject({ sku: IdentifierRule, location: IdentifierRule })
    .default({ sku: 'as_written', location: 'as_written' }),
  ignore: z.array(IgnoreRule).default([]),
  createsItems: MayCreate.default('never'),
  createsLocations: MayCreate.default('never'),
});

/** What makes a profile unusable whatever file it meets. */
function checkProfile(profile: z.infer<typeof ImportProfileShape>, check: z.RefinementCtx): void {
  const object = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
  const { required, oneOf, optional } = FIELDS_OF_KIND[profile.kind];
  const known = new Set<TargetField>([...required, ...oneOf, ...optional]);
  const { columns, records } = profile;
  const recordNames = new Set(records.map(({ name }) => name));
  for (const { field, onlyFor } of columns) {
    if (!known.has(field)) object('columns', `${field} is no field of ${profile.kind}`);
    for (const name of onlyFor) if (!recordNames.has(name)) object('columns', `${field} is for a record ${name} that there is not`);
  }
  const scopes = columns.flatMap(({ field, countNo, onlyFor }) => {
    const fill = field === 'counted' ? `${field} ${countNo ?? ''}` : field;
    return onlyFor.length === 0 ? [fill] : onlyFor.map((name) => `${fill} of ${name}`);
  });
  if (new Set(scopes).size !== scopes.length) object('columns', 'a field is named by two columns');
  const filled = new Set<TargetField>([...columns.map(({ field }) => field), ...profile.asOfFills]);
  if (profile.locationColumns) filled.add('location').add(profile.locationColumns.field);
  if (profile.linesNumberedWithin) filled.add('line');
  const setByEvery = (field: TargetField) =>
    records.length > 0 && records.every((record) => (field === 'type' && record.type) || record.set[field] !== undefined);
  for (const field of required) {
    const givenElsewhere = field === 'as_of' || field === 'location' || (field === 'system' && profile.system !== null);
    if (!givenElsewhere && !filled.has(field) && !setByEvery(field)) object('columns', `${profile.kind} needs a column for ${field}`);
  }
  if (oneOf.length > 0 && !oneOf.some((field) => filled.has(field))) object('columns', `${profile.kind} needs at least one of ${oneOf.join(', ')}`);
  for (const field of [...profile.recognise.requiredFields, ...profile.recognise.oneOfFields]) {
    if (!filled.has(field)) object('recognise', `${field} is recognised by no column`);
  }
}

/** One kind of file from one source. */
export const ImportProfile = ImportProfileShape.superRefine(checkProfile);
export type ImportProfile = z.infer<typeof ImportProfile>;
/** The profile as it is written: what has a default may be left out. */
export type ImportProfileText = z.input<typeof ImportProfile>;

/** One line of the list of known profiles. */
export interface ProfileListing {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly source: string;
  readonly kind: ImportKind;
  readonly system: System | null;
  readonly statesHeld: readonly QuantityState[];
  readonly statesUnknown: readonly QuantityState[];
  readonly effect: 'sets' | 'adds';
  /** Made by a person in this workbook. */
  readonly saved: boolean;
  readonly comment: string;
}
