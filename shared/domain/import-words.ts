/**
 * The words for what imports speak of in identifiers: kinds, systems, states, reasons. One place, so that the window
 * and the command line say the same.
 */
import type { IGNORE_REASONS, ImportKind, MISSING_SOURCES, QuarantineReason } from './import';
import type { FigureMeasure, ImportState } from './import-difference';
import type { QuantityState, System } from './states';

export const KIND_WORDS: Readonly<Record<ImportKind, string>> = {
  snapshot: 'Stock snapshot',
  movements: 'Movements',
  count: 'Stock count',
  items: 'Items',
  trial_balance: 'Trial balance',
  ledger_entries: 'Ledger entries',
  tags: 'Reasons and owners',
};

export const SYSTEM_WORDS: Readonly<Record<System, string>> = {
  erp: 'ERP',
  storefront: 'Storefront',
  warehouse: 'Warehouse',
};

export const STATE_WORDS: Readonly<Record<QuantityState | 'counted' | 'debit' | 'credit', string>> = {
  on_hand: 'On hand',
  available: 'Available',
  committed: 'Committed',
  reserved: 'Reserved',
  damaged: 'Damaged',
  quarantined: 'Quarantined',
  unavailable: 'Unavailable',
  in_transit: 'In transit',
  incoming: 'Incoming',
  counted: 'Counted',
  debit: 'Debit',
  credit: 'Credit',
};

/** What a figure is of, in words: a state, a unit cost, a movement's type. */
export function measureWords(measure: FigureMeasure): string {
  const known: Readonly<Record<string, string>> = STATE_WORDS;
  const words = known[measure] ?? measure.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const IMPORT_STATE_WORDS: Readonly<Record<ImportState, string>> = { standing: 'Stands', superseded: 'Replaced', undone: 'Undone' };

export const QUARANTINE_REASON_WORDS: Readonly<Record<QuarantineReason, string>> = {
  unknown_item: 'Unknown item',
  unknown_location: 'Unknown location',
  missing_key: 'Empty key',
  unreadable_number: 'Unreadable number',
  unreadable_date: 'Unreadable date',
  duplicate_row: 'Duplicate row',
  negative_count: 'Negative count',
  outside_period: 'Outside the period',
  unknown_value: 'Unknown value',
  damaged_identifier: 'Damaged identifier',
  wrong_shape: 'Wrong number of cells',
  currency_mismatch: 'Another currency',
  not_on_sheet: 'Not on its count sheet',
  unknown_unit: 'Unknown unit',
};

export const IGNORE_REASON_WORDS: Readonly<Record<(typeof IGNORE_REASONS)[number], string>> = {
  empty_row: 'empty',
  repeated_header: 'header again',
  already_held: 'held already',
  not_stocked: 'not stocked there',
  total_row: 'total of the report',
  category_row: 'category of the report',
  group_row: 'head of a group',
  folder_row: 'folder',
  parent_row: 'parent of variations',
  image_row: 'further picture',
  non_stock: 'service, not stock',
  not_tracked: 'stock not tracked',
  stock_of_parent: 'stock kept with the parent',
  virtual_location: 'virtual location',
  foreign_owned: 'owned by others',
  template_note: 'note of the template',
  opening_row: 'opening balance of the report',
  ruler: 'drawn line',
  time_stamp: 'time stamp of the report',
  serial_row: 'serial numbers of the row above',
  no_change: 'no change of quantity',
  counterpart: 'other half of a movement',
  other_event: 'another kind of event',
  not_counted: 'not counted',
  label_row: 'title or signature',
};

export const MISSING_SOURCE_WORDS: Readonly<Record<(typeof MISSING_SOURCES)[number], string>> = {
  erp_snapshot: 'ERP snapshot',
  storefront_snapshot: 'Storefront snapshot',
  count: 'Stock count',
  movements: 'Movements',
};

/** Whose figure a total is: a system's, the count's or the ledger's. */
export const ofWhom = ({ system, measure }: { readonly system: System | null; readonly measure: keyof typeof STATE_WORDS }): string => {
  if (system !== null) return SYSTEM_WORDS[system];
  return measure === 'debit' || measure === 'credit' ? 'Ledger' : 'Count';
};
