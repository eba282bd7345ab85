/**
 * What a file can tell: its kinds, the fields its columns can fill, and how figures and dates are written in it.
 */
import { z } from 'zod';
import { QUANTITY_STATES } from './states';

/** What a file tells. Snapshot, count and trial balance set; movements and ledger entries add; items and tags set by key. */
export const IMPORT_KINDS = ['snapshot', 'movements', 'count', 'items', 'trial_balance', 'ledger_entries', 'tags'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/**
 * How the cells of a field are read. `money` is exact to six places and only summed, `amount` is kept in minor units;
 * `date` is a due date and lasts until the end of its day, `calendar_date` has no time of day at all.
 */
export type FieldShape =
  | 'identifier' | 'text' | 'choice' | 'quantity' | 'unit_cost' | 'money' | 'amount' | 'instant' | 'date' | 'calendar_date' | 'number'
  | 'recipe';

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
  value: { label: 'Value', shape: 'money' },
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
  amount: { label: 'Amount, debit positive', shape: 'amount' },
  date: { label: 'Date', shape: 'calendar_date' },
  memo: { label: 'Memo', shape: 'text' },
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
    optional: ['uom', 'unit_cost', 'value', 'currency', 'name', 'barcode'],
  },
  movements: {
    required: ['system', 'type', 'document', 'sku', 'location', 'quantity', 'occurred_at', 'posted_at'],
    oneOf: [],
    optional: ['line', 'reference', 'reason', 'uom', 'value', 'currency', 'name', 'barcode'],
  },
  count: {
    required: ['sku', 'location', 'counted', 'counted_at'],
    oneOf: [],
    optional: ['sheet', 'line', 'bin', 'count_no', 'counted_by', 'note', 'uom', 'value', 'name', 'barcode'],
  },
  items: {
    required: ['sku'],
    oneOf: [],
    optional: ['name', 'barcode', 'category', 'uom', 'pack_size', 'tier', 'unit_cost', 'currency', 'kit_of'],
  },
  trial_balance: { required: ['account', 'debit', 'credit'], oneOf: [], optional: ['period', 'name', 'currency'] },
  ledger_entries: { required: ['document', 'date', 'account'], oneOf: ['debit', 'credit', 'amount'], optional: ['line', 'memo', 'currency'] },
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

/** A style that a file of this kind does not always have: decided over the whole column, asked for where that does not tell. */
export const BY_COLUMN = 'by_column';
