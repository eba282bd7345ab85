/**
 * Import profiles: what a file of one kind from one source looks like, written as data that an accountant can read.
 *
 * The same shape holds the profiles that come with the program, the mapping that a person made for an unknown file,
 * and the mapping file of the command line. Recognising and reading by them is `electron/files/profiles`.
 */
import { z } from 'zod';
import { QUANTITY_STATES, SYSTEMS, type QuantityState, type System } from './states';

/** What a file tells. Snapshot, count and trial balance set; movements add; items and tags set by key. */
export const IMPORT_KINDS = ['snapshot', 'movements', 'count', 'items', 'trial_balance', 'tags'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** How the cells of a field are read. */
export type FieldShape = 'identifier' | 'text' | 'choice' | 'quantity' | 'unit_cost' | 'amount' | 'instant' | 'date' | 'number' | 'recipe';

interface FieldMeaning {
  readonly label: string;
  readonly shape: FieldShape;
}

/** Every field that a column can fill, with the words for the mapping screen. */
export const TARGET_FIELDS = {
  system: { label: 'System', shape: 'choice' },
  sku: { label: 'SKU', shape: 'identifier' },
  location: { label: 'Location', shape: 'identifier' },
  as_of: { label: 'As of', shape: 'instant' },
  on_hand: { label: 'On hand', shape: 'quantity' },
  available: { label: 'Available', shape: 'quantity' },
  committed: { label: 'Committed', shape: 'quantity' },
  reserved: { label: 'Reserved', shape: 'quantity' },
  damaged: { label: 'Damaged', shape: 'quantity' },
  quarantined: { label: 'Quarantined', shape: 'quantity' },
  unavailable: { label: 'Unavailable', shape: 'quantity' },
  in_transit: { label: 'In transit', shape: 'quantity' },
  incoming: { label: 'Incoming', shape: 'quantity' },
  unit_cost: { label: 'Unit cost', shape: 'unit_cost' },
  currency: { label: 'Currency', shape: 'choice' },
  type: { label: 'Movement type', shape: 'choice' },
  document: { label: 'Document', shape: 'identifier' },
  line: { label: 'Line', shape: 'identifier' },
  quantity: { label: 'Quantity', shape: 'quantity' },
  occurred_at: { label: 'Occurred at', shape: 'instant' },
  posted_at: { label: 'Posted at', shape: 'instant' },
  reference: { label: 'Reference', shape: 'text' },
  reason: { label: 'Reason', shape: 'text' },
  sheet: { label: 'Count sheet', shape: 'identifier' },
  bin: { label: 'Bin', shape: 'identifier' },
  count_no: { label: 'Count number', shape: 'number' },
  counted: { label: 'Counted', shape: 'quantity' },
  counted_at: { label: 'Counted at', shape: 'instant' },
  counted_by: { label: 'Counted by', shape: 'text' },
  note: { label: 'Note', shape: 'text' },
  name: { label: 'Name', shape: 'text' },
  barcode: { label: 'Barcode', shape: 'identifier' },
  category: { label: 'Category', shape: 'text' },
  uom: { label: 'Unit of measure', shape: 'text' },
  pack_size: { label: 'Pack size', shape: 'quantity' },
  tier: { label: 'Risk tier', shape: 'choice' },
  kit_of: { label: 'Kit of', shape: 'recipe' },
  period: { label: 'Period', shape: 'choice' },
  account: { label: 'Account', shape: 'identifier' },
  debit: { label: 'Debit', shape: 'amount' },
  credit: { label: 'Credit', shape: 'amount' },
  owner: { label: 'Owner', shape: 'choice' },
  due: { label: 'Due', shape: 'date' },
} as const satisfies Record<string, FieldMeaning>;
export type TargetField = keyof typeof TARGET_FIELDS;
export const TARGET_FIELD_NAMES = Object.keys(TARGET_FIELDS) as [TargetField, ...TargetField[]];

interface KindFields {
  /** Must be filled in every row; `system`, `as_of` and `location` may be given at import or by the profile instead. */
  readonly required: readonly TargetField[];
  /** At least one of them must be a column of the file; empty where there is no such demand. */
  readonly oneOf: readonly TargetField[];
  readonly optional: readonly TargetField[];
}

/** The fields each kind of file can fill. */
export const FIELDS_OF_KIND: Readonly<Record<ImportKind, KindFields>> = {
  snapshot: {
    required: ['system', 'sku', 'location', 'as_of'],
    oneOf: QUANTITY_STATES,
    optional: ['unit_cost', 'currency', 'name', 'uom', 'barcode'],
  },
  movements: {
    required: ['system', 'type', 'document', 'sku', 'location', 'quantity', 'occurred_at', 'posted_at'],
    oneOf: [],
    optional: ['line', 'reference', 'reason', 'name', 'uom', 'barcode'],
  },
  count: {
    required: ['sku', 'location', 'counted', 'counted_at'],
    oneOf: [],
    optional: ['sheet', 'line', 'bin', 'count_no', 'counted_by', 'note', 'name', 'uom', 'barcode'],
  },
  items: {
    required: ['sku'],
    oneOf: [],
    optional: ['name', 'barcode', 'category', 'uom', 'pack_size', 'tier', 'unit_cost', 'currency', 'kit_of'],
  },
  trial_balance: { required: ['account', 'debit', 'credit'], oneOf: [], optional: ['period', 'name', 'currency'] },
  tags: { required: ['sku', 'location', 'reason'], oneOf: [], optional: ['owner', 'note', 'due'] },
};

/** How numbers are written in a file. Brackets, a trailing minus and a leading apostrophe are understood in every style. */
export const NumberStyle = z.strictObject({
  decimal: z.enum(['.', ',']),
  /** The sign between groups of three digits; `none` where a group sign makes the number unreadable. */
  thousands: z.enum([',', '.', ' ', "'", 'none']),
});
export type NumberStyle = z.infer<typeof NumberStyle>;
export const PLAIN_NUMBERS: NumberStyle = { decimal: '.', thousands: 'none' };

/** iso: with an offset, as the plain formats demand; the others are read on the workbook's wall clock. */
export const DATE_STYLES = ['iso', 'iso_local', 'month_day_year', 'day_month_year'] as const;
export type DateStyle = (typeof DATE_STYLES)[number];

export const ProfileColumn = z.strictObject({
  field: z.enum(TARGET_FIELD_NAMES),
  /** Header texts that name this column; compared trimmed, without regard to case, no-break spaces as spaces. */
  headers: z.array(z.string().min(1)).min(1),
  /** Which of several columns with the same header, counted from 1. */
  occurrence: z.int().min(1).default(1),
  /** Which count the figure is of, for a row with a column for each count; it gives one count for each figure in it. */
  countNo: z.int().min(1).optional(),
  /** What an empty cell says. */
  empty: z.enum(['unknown', 'zero']).default('unknown'),
  numberStyle: NumberStyle.optional(),
  /** What happens to decimal places past those that are kept: the row is quarantined, or the figure rounded half-even. */
  excessPlaces: z.enum(['quarantine', 'round']).default('quarantine'),
  comment: z.string().optional(),
});
export type ProfileColumn = z.infer<typeof ProfileColumn>;

/** Rows that are no data: counted as ignored, by reason, never quarantined. */
export const IgnoreRule = z.discriminatedUnion('rule', [
  /** Every quantity of the row is this text or empty: the location does not hold the item. */
  z.strictObject({ rule: z.literal('not_stocked'), text: z.string().min(1), comment: z.string().optional() }),
  /** The first filled cell starts with one of the texts, and the row lacks an item or a location: a total of a report. */
  z.strictObject({ rule: z.literal('total_row'), startsWith: z.array(z.string().min(1)).min(1), comment: z.string().optional() }),
  /** The same for the titles and signature lines of a form. */
  z.strictObject({ rule: z.literal('label_row'), startsWith: z.array(z.string().min(1)).min(1), comment: z.string().optional() }),
]);
export type IgnoreRule = z.infer<typeof IgnoreRule>;

/** ignore_leading_zeros: `417` is `00417`, where exactly one code fits. */
const IdentifierRule = z.enum(['as_written', 'last_part_after_colon', 'ignore_leading_zeros']);
/** erp_rows: only rows of the ERP may, in a file that holds several systems. */
const MayCreate = z.enum(['never', 'always', 'erp_rows']);

/** One kind of file from one source. */
export const ImportProfile = z
  .strictObject({
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
      /** and none of these texts. */
      withoutHeaders: z.array(z.string().min(1)).default([]),
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
    statesHeld: z.array(z.enum(QUANTITY_STATES)).default([]),
    /** States the file says nothing of: unknown, never zero. */
    statesUnknown: z.array(z.enum(QUANTITY_STATES)).default([]),
    effect: z.enum(['sets', 'adds']),
    numberStyle: NumberStyle.default(PLAIN_NUMBERS),
    dateStyle: z.enum(DATE_STYLES).default('iso'),
    identifiers: z
      .strictObject({ sku: IdentifierRule, location: IdentifierRule })
      .default({ sku: 'as_written', location: 'as_written' }),
    ignore: z.array(IgnoreRule).default([]),
    createsItems: MayCreate.default('never'),
    createsLocations: MayCreate.default('never'),
  })
  .superRefine((profile, check) => {
    const { required, oneOf, optional } = FIELDS_OF_KIND[profile.kind];
    const known = new Set<TargetField>([...required, ...oneOf, ...optional]);
    for (const column of profile.columns) {
      if (!known.has(column.field)) {
        check.addIssue({ code: 'custom', path: ['columns'], message: `${column.field} is no field of ${profile.kind}` });
      }
    }
    const filled = new Set<TargetField>(profile.columns.map((column) => column.field));
    const fills = new Set(profile.columns.map(({ field, countNo }) => `${field} ${field === 'counted' ? (countNo ?? '') : ''}`));
    if (fills.size !== profile.columns.length) {
      check.addIssue({ code: 'custom', path: ['columns'], message: 'a field is named by two columns' });
    }
    for (const field of required) {
      const givenElsewhere = field === 'as_of' || field === 'location' || (field === 'system' && profile.system !== null);
      if (!givenElsewhere && !filled.has(field)) {
        check.addIssue({ code: 'custom', path: ['columns'], message: `${profile.kind} needs a column for ${field}` });
      }
    }
    if (oneOf.length > 0 && !oneOf.some((field) => filled.has(field))) {
      check.addIssue({ code: 'custom', path: ['columns'], message: `${profile.kind} needs at least one of ${oneOf.join(', ')}` });
    }
    for (const field of [...profile.recognise.requiredFields, ...profile.recognise.oneOfFields]) {
      if (!filled.has(field)) {
        check.addIssue({ code: 'custom', path: ['recognise'], message: `${field} is recognised by no column` });
      }
    }
  });
export type ImportProfile = z.infer<typeof ImportProfile>;
/** The profile as it is written: what has a default may be left out. */
export type ImportProfileText = z.input<typeof ImportProfile>;

/** What the mapping screen collects for a file that no profile knows. */
export const Mapping = z.strictObject({
  name: z.string().trim().min(1),
  source: z.string().regex(/^[a-z0-9_]+$/),
  kind: z.enum(IMPORT_KINDS),
  system: z.enum(SYSTEMS).nullable(),
  columns: z
    .array(z.strictObject({ field: z.enum(TARGET_FIELD_NAMES), header: z.string().min(1), occurrence: z.int().min(1).default(1) }))
    .min(1),
  numberStyle: NumberStyle,
  dateStyle: z.enum(DATE_STYLES),
});
export type Mapping = z.infer<typeof Mapping>;

/** A name as part of an identifier: letters beyond a to z by their code, so that two names do not become one. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/[^a-z0-9-]/gu, (letter) => `u${letter.codePointAt(0)!.toString(16)}`)
    .replace(/^-+|-+$/g, '');

/**
 * The profile that a person's mapping stands for. Only an ERP's snapshots and item files may create items and
 * locations, as with the profiles that come with the program.
 */
export function profileOfMapping(mapping: Mapping): ImportProfileText {
  const fields = mapping.columns.map((column) => column.field);
  const held = QUANTITY_STATES.filter((state) => fields.includes(state));
  const creates = mapping.kind === 'items' || (mapping.kind === 'snapshot' && mapping.system === 'erp');
  const creation = creates ? 'always' : mapping.kind === 'snapshot' && mapping.system === null ? 'erp_rows' : 'never';
  return {
    id: `mapped-${slugOf(mapping.name) || 'file'}`,
    version: 1,
    name: mapping.name,
    source: mapping.source,
    kind: mapping.kind,
    system: mapping.system,
    recognise: { requiredFields: fields, minimumColumns: fields.length },
    columns: mapping.columns.map(({ field, header, occurrence }) => ({ field, headers: [header], occurrence })),
    statesHeld: held,
    statesUnknown: mapping.kind === 'snapshot' ? QUANTITY_STATES.filter((state) => !held.includes(state)) : [],
    effect: mapping.kind === 'movements' ? 'adds' : 'sets',
    numberStyle: mapping.numberStyle,
    dateStyle: mapping.dateStyle,
    createsItems: creation,
    createsLocations: mapping.kind === 'items' ? 'never' : creation,
  };
}

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
