/**
 * What a seal covers: for every table the rows and columns that belong to a period, in one order, as canonical JSON.
 *
 * Read at locking to make the sealed copy and again at verification to compare with it. State that locking itself
 * changes is left out here and checked by name.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface SealedTable {
  readonly table: string;
  /** Columns that name a row. A seal from before a column was added names its rows by the others. */
  readonly key: readonly string[];
  /** All rows of the period, ordered by key; the one parameter is the period's id. */
  readonly sql: string;
  /**
   * False for rules that may change for later periods: the sealed copy keeps them as they were in force and they are not
   * compared with today's.
   */
  readonly compared: boolean;
  /** Where only some columns must stay as they were; the others are kept as they were in force. */
  readonly comparedColumns?: readonly string[];
  /** Where only some rows must stay as they were: those that gave the period its meaning. Held against seals of a hash tree only. */
  readonly comparedRows?: (workbook: ReadableWorkbook, periodId: number) => (row: SealedRow) => boolean;
  /** Rows may come after the seal, and nothing is said of them; those that it holds stay. */
  readonly mayGrow?: boolean;
}

const IMPORTS_OF_PERIOD = 'SELECT import_id FROM imports WHERE period_id = ?';
const JOURNALS_OF_PERIOD = 'SELECT journal_id FROM journals WHERE period_id = ?';
const KEYS_OF_PERIOD = 'SELECT stock_key_id FROM lines WHERE period_id = ?';

const ofPeriod = (table: string, ...key: string[]): SealedTable => ({
  table,
  key,
  sql: `SELECT * FROM ${table} WHERE period_id = ? ORDER BY ${key.join(', ')}`,
  compared: true,
});
const ofImports = (table: string, ...key: string[]): SealedTable => ({
  table,
  key: ['import_id', ...key],
  sql: `SELECT * FROM ${table} WHERE import_id IN (${IMPORTS_OF_PERIOD}) ORDER BY ${['import_id', ...key].join(', ')}`,
  compared: true,
});
const ofJournals = (table: string, ...key: string[]): SealedTable => ({
  table,
  key,
  sql: `SELECT * FROM ${table} WHERE journal_id IN (${JOURNALS_OF_PERIOD}) ORDER BY ${key.join(', ')}`,
  compared: true,
});
const inForce = (table: string, ...key: string[]): SealedTable => ({
  table,
  key,
  sql: `SELECT * FROM ${table} WHERE ? IS NOT NULL ORDER BY ${key.join(', ')}`,
  compared: false,
});
/** Of what was in force, the rows that the period was booked or judged by: the columns that give them their meaning cannot change under it. */
const meantBy = (table: string, key: string, columns: readonly string[], comparedRows: NonNullable<SealedTable['comparedRows']>): SealedTable => ({
  ...inForce(table, key),
  compared: true,
  comparedColumns: [key, ...columns],
  comparedRows,
});
const namedIn = (column: string, sql: string): NonNullable<SealedTable['comparedRows']> => (workbook, periodId) => {
  const named = new Set(workbook.all<{ named: CanonicalValue }>(sql, periodId).map(({ named: each }) => each));
  return (row) => named.has(row[column]!);
};
/** Windows that touch the period, as migration 0018 has it. */
const touching: NonNullable<SealedTable['comparedRows']> = (workbook, periodId) => {
  const period = workbook.get<{ start_instant: number; cut_off_instant: number }>('SELECT start_instant, cut_off_instant FROM periods WHERE period_id = ?', periodId);
  return (row) => period === undefined || (Number(row['from_instant']) < period.cut_off_instant && Number(row['until_instant']) > period.start_instant);
};
/** Whom the workbook trusted when it was sealed: who comes after changes nothing of what was sealed. */
const trusted = (table: string, key: string, comparedColumns?: readonly string[]): SealedTable => ({
  ...inForce(table, key),
  compared: true,
  mayGrow: true,
  ...(comparedColumns ? { comparedColumns } : {}),
});
/** Names of a source by which rows of the period were read. The rows keep what they were read as: a name may mean something else later. */
const namesUsed = (table: string, kind: string): SealedTable => ({
  table,
  key: ['source', 'alias'],
  sql: `SELECT a.* FROM ${table} a WHERE EXISTS (SELECT 1 FROM imports i JOIN alias_uses u USING (import_id)
          WHERE i.period_id = ? AND i.source = a.source AND u.kind = '${kind}' AND u.alias = a.alias) ORDER BY a.source, a.alias`,
  compared: false,
});

export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: 'workbook', key: ['workbook_id'], compared: true,
    sql: 'SELECT workbook_id, workbook_uuid, company, currency, time_zone FROM workbook WHERE ? IS NOT NULL',
  },
  {
    table: 'periods', key: ['period_id'], compared: true,
    sql: 'SELECT period_id, code, start_instant, cut_off_instant, window_hours, reconciled_instant FROM periods WHERE period_id = ?',
  },
  ofPeriod('imports', 'import_id'),
  {
    table: 'source_files', key: ['sha256'], compared: true,
    sql: `SELECT sha256, file_name, byte_length FROM source_files
          WHERE sha256 IN (SELECT sha256 FROM imports WHERE period_id = ?) ORDER BY sha256`,
  },
  ofImports('quarantine_rows', 'row_number'),
  ofImports('withdrawn_rows', 'piece_number'),
  ofImports('import_differences', 'place'),
  {
    table: 'quarantine_steps', key: ['quarantine_row_id', 'sequence'], compared: true,
    sql: `SELECT * FROM quarantine_steps
          WHERE quarantine_row_id IN (SELECT quarantine_row_id FROM quarantine_rows WHERE import_id IN (${IMPORTS_OF_PERIOD}))
          ORDER BY quarantine_row_id, sequence`,
  },
  {
    table: 'alias_uses', key: ['import_id', 'kind', 'alias'], compared: true,
    sql: `SELECT * FROM alias_uses WHERE import_id IN (${IMPORTS_OF_PERIOD}) ORDER BY import_id, kind, alias`,
  },
  ofImports('snapshots', 'row_number', 'stock_key_id', 'system', 'as_of_instant'),
  ofImports('snapshot_parts', 'row_number', 'stock_key_id'),
  ofImports('movements', 'row_number', 'record_number'),
  ofImports('counts', 'row_number', 'record_number'),
  ofImports('trial_balances', 'row_number'),
  ofImports('ledger_entries', 'row_number'),
  ofPeriod('count_sheets', 'count_sheet_id'),
  {
    table: 'count_sheet_lines', key: ['count_sheet_id', 'line'], compared: true,
    sql: `SELECT * FROM count_sheet_lines WHERE count_sheet_id IN (SELECT count_sheet_id FROM count_sheets WHERE period_id = ?)
          ORDER BY count_sheet_id, line`,
  },
  ofPeriod('period_locations', 'location_id'),
  ofPeriod('line_truths', 'line_truth_id'),
  {
    table: 'rule_sets', key: ['rule_set_id'], compared: true,
    sql: `SELECT r.* FROM rule_sets r, (SELECT ? AS period_id) x WHERE r.rule_set_id IN (SELECT rule_set_id FROM lines l WHERE l.period_id = x.period_id)
            OR r.rule_set_id IN (SELECT rule_set_id FROM journals j WHERE j.period_id = x.period_id) ORDER BY r.rule_set_id`,
  },
  ofPeriod('lines', 'stock_key_id'),
  ofPeriod('components', 'stock_key_id', 'kind', 'position'),
  ofPeriod('tags', 'stock_key_id'),
  ofPeriod('line_notes', 'line_note_id'),
  ofPeriod('attachments', 'attachment_id'),
  {
    // The bytes follow from the hash: verification holds them against it.
    table: 'attached_files', key: ['sha256'], compared: true,
    sql: `SELECT * FROM attached_files WHERE sha256 IN (SELECT sha256 FROM attachments WHERE period_id = ?) ORDER BY sha256`,
  },
  ofPeriod('line_checks', 'stock_key_id'),
  ofPeriod('person_checks', 'stock_key_id'),
  ofPeriod('waived_differences', 'stock_key_id', 'kind'),
  ofPeriod('waived_acceptances', 'waived_acceptance_id'),
  ofPeriod('identity_differences', 'stock_key_id', 'system'),
  ofPeriod('journals', 'journal_id'),
  ofJournals('journal_lines', 'journal_id', 'line_number'),
  ofJournals('journal_sources', 'journal_id', 'line_number', 'stock_key_id'),
  ofJournals('journal_reviews', 'journal_id', 'stock_key_id'),
  ofJournals('journal_costs', 'journal_id', 'cost_number'),
  ofJournals('journal_versions', 'journal_id', 'version'),
  {
    // What is stated of the ledger after the lock is no part of what was sealed; the audit trail holds it.
    table: 'journal_postings', key: ['journal_posting_id'], compared: true,
    sql: `SELECT g.* FROM periods p JOIN journals j USING (period_id) JOIN journal_postings g USING (journal_id)
          WHERE p.period_id = ? AND (p.locked_instant IS NULL OR g.stated_instant <= p.locked_instant) ORDER BY g.journal_posting_id`,
  },
  ofPeriod('closings', 'stock_key_id'),
  ofPeriod('reopenings', 'reopening_id'),
  {
    table: 'stock_keys', key: ['stock_key_id'], compared: true,
    sql: `SELECT * FROM stock_keys WHERE stock_key_id IN (${KEYS_OF_PERIOD}) ORDER BY stock_key_id`,
  },
  {
    table: 'items', key: ['item_id'], compared: true, comparedColumns: ['item_id', 'sku', 'uom'],
    sql: `SELECT * FROM items
          WHERE item_id IN (SELECT item_id FROM stock_keys WHERE stock_key_id IN (${KEYS_OF_PERIOD})) ORDER BY item_id`,
  },
  {
    table: 'locations', key: ['location_id'], compared: true, comparedColumns: ['location_id', 'code', 'currency'],
    sql: `SELECT * FROM locations
          WHERE location_id IN (SELECT location_id FROM stock_keys WHERE stock_key_id IN (${KEYS_OF_PERIOD})) ORDER BY location_id`,
  },
  {
    table: 'people', key: ['person_id'], compared: true,
    sql: `SELECT p.* FROM people p, (SELECT ? AS period_id) x
          WHERE EXISTS (SELECT 1 FROM journals j WHERE j.period_id = x.period_id AND p.person_id IN (j.preparer_id, j.named_approver_id))
             OR EXISTS (SELECT 1 FROM journal_versions v JOIN journals j USING (journal_id) WHERE j.period_id = x.period_id AND p.person_id IN (v.preparer_id, v.approver_id))
             OR EXISTS (SELECT 1 FROM waived_acceptances a WHERE a.period_id = x.period_id AND a.person_id = p.person_id)
             OR EXISTS (SELECT 1 FROM reopenings r WHERE r.period_id = x.period_id AND p.person_id IN (r.asker_id, r.controller_id))
          ORDER BY p.person_id`,
  },
  namesUsed('item_aliases', 'item'),
  namesUsed('location_aliases', 'location'),
  namesUsed('unit_aliases', 'unit'),
  inForce('item_units', 'item_id', 'unit', 'valid_from_instant'),
  inForce('kit_parts', 'kit_item_id', 'valid_from_instant', 'part_item_id'),
  meantBy('risk_windows', 'risk_window_id', ['kind', 'item_id', 'location_id'], touching),
  meantBy('reason_codes', 'reason_code', ['class', 'posting', 'inventory_account', 'offset_account'], namedIn('reason_code', 'SELECT DISTINCT reason_code AS named FROM tags WHERE period_id = ?')),
  meantBy('accounts', 'account_code', ['kind'], namedIn('account_code', `SELECT DISTINCT account_code AS named FROM journal_lines WHERE journal_id IN (${JOURNALS_OF_PERIOD})`)),
  trusted('person_certificates', 'fingerprint'),
  // A root is withdrawn later, once: the trail tells of it.
  trusted('trusted_roots', 'trusted_root_id', ['trusted_root_id', 'fingerprint', 'name', 'certificate_pem', 'trusted_instant', 'trusted_by']),
  trusted('revocations', 'revocation_id'),
];

/** Every other table of the schema, and why no row of it is in a seal. */
export const NOT_SEALED: Readonly<Record<string, string>> = {
  audit_events: 'the statement names the head of the trail, whose hash follows from every event before it',
  source_file_parts: 'the bytes follow from the SHA-256 and the length in source_files, against which verification holds them',
  attached_file_parts: 'the bytes follow from the SHA-256 and the length in attached_files, against which verification holds them',
  seals: 'a seal is signed itself, and the next one names its root',
  seal_pieces: 'what the pieces hold are the leaves under the root',
  revocation_lists: 'not the period’s: each list is signed by its own authority, and says what holds from its day on',
  saved_profiles: 'not the period’s: each import keeps the profile it was read by, whole, in its definition',
  saved_views: 'not the period’s: which columns and filters somebody likes to look through',
};

export type SealedRow = Readonly<Record<string, CanonicalValue>>;

/** A stored value as it is hashed: bytes by their SHA-256, so that the sealed copy stays small. */
const sealedValue = (value: unknown): CanonicalValue =>
  value instanceof Uint8Array ? `sha256:${sha256Hex(value)}` : (value as CanonicalValue);

/** The period's rows of one table as they are now, in key order. */
export function* sealedRows(workbook: ReadableWorkbook, table: SealedTable, periodId: number): Generator<SealedRow> {
  for (const row of workbook.iterate<Record<string, unknown>>(table.sql, periodId)) {
    yield Object.fromEntries(Object.entries(row).map(([column, value]) => [column, sealedValue(value)]));
  }
}

/** One row as a line of a piece. */
export const sealedLine = (row: SealedRow): string => canonicalJson(row);

export interface PieceHash {
  readonly table: string;
  readonly rows: number;
  readonly hash: string;
}

/** What was signed in format 1: a hash over the statement and every piece’s hash, in order. */
export const rootHashOf = (statement: string, pieces: readonly PieceHash[]): string =>
  sha256Hex(canonicalJson({ statement: sha256Hex(statement), pieces: pieces.map(({ table, rows, hash }) => ({ table, rows, hash })) }));

