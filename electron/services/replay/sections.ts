/**
 * What of a period is held against what came out, part by part: which rows, what names them, which columns.
 *
 * Numbers that a workbook gives by itself (of items, locations, lines) differ between two workbooks that say the same, so that every
 * query puts SKU, code and file row in their place.
 */
import type { ReplayPart } from '@shared/domain/replay';
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface Section {
  readonly part: ReplayPart;
  /** Whether the query asks for one import, or for the period. */
  readonly of: 'import' | 'period';
  /** The first columns of the query: they name the row, and the query is in their order. */
  readonly keys: readonly string[];
  /** The columns after them, compared one by one. */
  readonly columns: readonly string[];
  /** Answers rows for `@id`, the import's or the period's number. */
  readonly sql: string;
}

interface Described {
  readonly part: ReplayPart;
  readonly of: Section['of'];
  /** Name and expression. */
  readonly keys: readonly (readonly [name: string, sql: string])[];
  readonly columns: readonly (readonly [name: string, sql: string])[];
  readonly from: string;
}

const plain = (alias: string, ...columns: readonly string[]) => columns.map((column) => [column, `${alias}.${column}`] as const);

const section = ({ part, of, keys, columns, from }: Described): Section => ({
  part,
  of,
  keys: keys.map(([name]) => name),
  columns: columns.map(([name]) => name),
  sql: `SELECT ${[...keys, ...columns].map(([, sql]) => sql).join(', ')} FROM ${from} ORDER BY ${keys.map((_, index) => index + 1).join(', ')}`,
});

const LINE = 'JOIN stock_keys k ON k.stock_key_id = t.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations l ON l.location_id = k.location_id';
const LINE_KEYS = [['sku', 'i.sku'], ['location', 'l.code']] as const;
const ofImport = (table: string) => `${table} t ${LINE} WHERE t.import_id = @id`;
const ofPeriod = (table: string) => `${table} t ${LINE} WHERE t.period_id = @id`;

const STATES = ['on_hand', 'available', 'committed', 'reserved', 'damaged', 'quarantined', 'unavailable', 'in_transit', 'incoming', 'unit_cost'].map((state) => `${state}_scaled`);

/** Numbers of the workbook's own, and what is compared through another table. */
const NOT_OF_LINES = new Set(['period_id', 'stock_key_id', 'line_truth_id']);
const TRUTHS = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined', 'unit_cost'] as const;

/** Every column that lines have: a figure that a later schema adds is compared from the first day. */
const lineColumns = (workbook: ReadableWorkbook): string[] =>
  workbook.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', 'lines').flatMap(({ name }) => (NOT_OF_LINES.has(name) ? [] : [name]));

/** The sections that are read from both workbooks by the same query. */
export const sectionsOf = (workbook: ReadableWorkbook): readonly Section[] =>
  [
    {
      part: 'imports', of: 'import', keys: [['file', 't.file_name']],
      columns: plain('t', 'kind', 'system', 'source', 'profile_id', 'profile_version', 'sheet', 'header_row', 'encoding', 'as_of_instant', 'state', 'rows_read', 'rows_accepted', 'rows_quarantined', 'rows_ignored'),
      from: 'imports t WHERE t.import_id = @id',
    },
    {
      part: 'snapshots', of: 'import', keys: [...LINE_KEYS, ['system', 't.system'], ['as_of_instant', 't.as_of_instant']],
      columns: plain('t', 'row_number', ...STATES), from: ofImport('snapshots'),
    },
    {
      part: 'movements', of: 'import', keys: plain('t', 'row_number', 'record_number'),
      columns: [...LINE_KEYS, ...plain('t', 'system', 'type', 'document', 'line', 'quantity_scaled', 'occurred_instant', 'posted_instant', 'reference', 'reason')], from: ofImport('movements'),
    },
    {
      part: 'counts', of: 'import', keys: plain('t', 'row_number', 'record_number'),
      columns: [...LINE_KEYS, ...plain('t', 'sheet', 'line', 'bin', 'count_no', 'counted_scaled', 'counted_instant', 'counted_by', 'note')], from: ofImport('counts'),
    },
    {
      part: 'trial_balances', of: 'import', keys: plain('t', 'row_number'), columns: plain('t', 'account_code', 'name', 'debit_minor', 'credit_minor'),
      from: 'trial_balances t WHERE t.import_id = @id',
    },
    {
      part: 'ledger_entries', of: 'import', keys: plain('t', 'row_number'),
      columns: plain('t', 'document', 'line', 'entry_date', 'account_code', 'debit_minor', 'credit_minor', 'memo'), from: 'ledger_entries t WHERE t.import_id = @id',
    },
    {
      part: 'quarantine', of: 'import', keys: plain('t', 'row_number'),
      columns: plain('t', 'raw_text', 'reason', 'detail', 'subject', 'state', 'corrected_text'), from: 'quarantine_rows t WHERE t.import_id = @id',
    },
    {
      part: 'lines', of: 'period', keys: LINE_KEYS,
      columns: [...plain('t', ...lineColumns(workbook)), ...TRUTHS.map((state) => [`source of ${state}`, `r.${state}`] as const)],
      from: `lines t ${LINE} LEFT JOIN line_truths r ON r.period_id = t.period_id AND r.line_truth_id = t.line_truth_id WHERE t.period_id = @id`,
    },
    {
      part: 'components', of: 'period', keys: [...LINE_KEYS, ...plain('t', 'kind', 'position')],
      columns: [
        ...plain('t', 'class', 'cause', 'quantity_scaled', 'suggested', 'rule', 'sentence', 'documents', 'evidence'),
        ['twin', `(SELECT y.sku || ' at ' || z.code FROM stock_keys x JOIN items y USING (item_id) JOIN locations z USING (location_id) WHERE x.stock_key_id = t.twin_stock_key_id)`],
      ],
      from: ofPeriod('components'),
    },
    {
      part: 'checks', of: 'period', keys: LINE_KEYS, columns: plain('t', 'waiting', 'findings'), from: ofPeriod('line_checks'),
    },
    {
      part: 'checks', of: 'period', keys: [...LINE_KEYS, ...plain('t', 'kind')], columns: plain('t', 'quantity_scaled', 'class'), from: ofPeriod('waived_differences'),
    },
    {
      part: 'checks', of: 'period', keys: [...LINE_KEYS, ...plain('t', 'system')],
      columns: plain('t', 'row_number', 'on_hand_scaled', 'committed_scaled', 'held_scaled', 'available_scaled', 'difference_scaled'), from: ofPeriod('identity_differences'),
    },
    { part: 'closings', of: 'period', keys: LINE_KEYS, columns: plain('t', 'quantity_scaled'), from: ofPeriod('closings') },
  ].map((described) => section(described as Described));
