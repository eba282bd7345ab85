/**
 * Journals with their lines, sources, reviews, costs, versions and postings.
 */
import type { JournalKind } from '@shared/domain/journal-kinds';
import type { JournalLineDraft } from '@shared/domain/journal';
import type { JournalCost } from '@shared/contract/journals';
import type { Rounding } from '@shared/domain/money';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface JournalRow {
  readonly journal_id: number;
  readonly period_id: number;
  readonly number: string;
  readonly kind: JournalKind;
  readonly version: number;
  readonly state: 'draft' | 'prepared' | 'approved' | 'exported';
  readonly currency: string;
  readonly booking_day: string | null;
  readonly rounding: Rounding;
  readonly rule_set_id: number | null;
  readonly content_hash: string;
  readonly preparer_id: number;
  readonly prepared_instant: number;
  readonly named_approver_id: number | null;
  readonly no_second_person: string | null;
  readonly approver_id: number | null;
  readonly approved_instant: number | null;
  readonly approval_comment: string;
  readonly exported_instant: number | null;
  readonly withdrawn_instant: number | null;
  readonly withdrawn_why: string | null;
  readonly reverses_journal_id: number | null;
  readonly is_automatic: 0 | 1;
}

/** Without the signed file, which is large. */
const COLUMNS = `journal_id, period_id, number, kind, version, state, currency, booking_day, rounding, rule_set_id, content_hash, preparer_id, prepared_instant,
  named_approver_id, no_second_person, approver_id, approved_instant, approval_comment, exported_instant, withdrawn_instant, withdrawn_why, reverses_journal_id, is_automatic`;

/**
 * A journal `j` that is booked in the period `@period`: one that was made in it, but for the automatic reversal of an accrual,
 * which is booked in the month of its day.
 */
export const BOOKED_IN_PERIOD_SQL = `(CASE WHEN j.is_automatic = 1 THEN substr(j.booking_day, 1, 7) || substr((SELECT m.code FROM periods m WHERE m.period_id = j.period_id), 8) = (SELECT code FROM periods WHERE period_id = @period)
  ELSE j.period_id = @period END)`;

export const journalRow = (workbook: ReadableWorkbook, journalId: number): JournalRow | undefined =>
  workbook.get<JournalRow>(`SELECT ${COLUMNS} FROM journals WHERE journal_id = ?`, journalId);

/** Journals made in a period, and reversals of accruals of another that are due in it; oldest first. */
export const journalRows = (workbook: ReadableWorkbook, periodId: number): JournalRow[] =>
  workbook.all<JournalRow>(`SELECT ${COLUMNS} FROM journals j WHERE j.period_id = @period OR ${BOOKED_IN_PERIOD_SQL} ORDER BY journal_id`, { period: periodId });

/** The journals that reverse another: one at most stands. */
export const reversalsOf = (workbook: ReadableWorkbook, journalId: number): JournalRow[] =>
  workbook.all<JournalRow>(`SELECT ${COLUMNS} FROM journals WHERE reverses_journal_id = ? ORDER BY journal_id`, journalId);

/** The automatic reversal of an accrual. */
export const automaticReversalOf = (workbook: ReadableWorkbook, journalId: number): JournalRow | undefined =>
  reversalsOf(workbook, journalId).find((row) => row.is_automatic === 1);

/** A journal of this kind that was taken back to draft, the oldest. */
export const draftRow = (workbook: ReadableWorkbook, periodId: number, kind: JournalKind, reverses: number | null): JournalRow | undefined =>
  workbook.get<JournalRow>(
    `SELECT ${COLUMNS} FROM journals WHERE period_id = ? AND kind = ? AND reverses_journal_id IS ? AND state = 'draft' ORDER BY journal_id LIMIT 1`,
    periodId, kind, reverses,
  );

/** The bytes with the signatures they have so far. @throws for a journal in draft, which has none */
export function signedFileOf(workbook: ReadableWorkbook, journalId: number): Uint8Array {
  const file = workbook.get<{ signed_file: Uint8Array | null }>('SELECT signed_file FROM journals WHERE journal_id = ?', journalId)?.signed_file;
  if (!file) throw new Error(`journal ${journalId} has no signed file`);
  return file;
}

export type PreparedJournal = Omit<
  JournalRow,
  'journal_id' | 'state' | 'approver_id' | 'approved_instant' | 'approval_comment' | 'exported_instant' | 'withdrawn_instant' | 'withdrawn_why'
> & { readonly signed_file: Uint8Array };

const WRITTEN = [
  'period_id', 'number', 'kind', 'version', 'currency', 'booking_day', 'rounding', 'rule_set_id', 'content_hash', 'preparer_id', 'prepared_instant',
  'named_approver_id', 'no_second_person', 'reverses_journal_id', 'is_automatic', 'signed_file',
] as const satisfies readonly (keyof PreparedJournal)[];

/** Writes a prepared journal, a new one or over the draft of its number; answers its id. */
export function writePrepared(workbook: WritableWorkbook, journal: PreparedJournal, draftId: number | undefined): number {
  const values = Object.fromEntries(WRITTEN.map((column) => [column, journal[column]]));
  if (draftId !== undefined) {
    workbook.run(
      `UPDATE journals SET ${WRITTEN.map((column) => `${column} = @${column}`).join(', ')}, state = 'prepared', withdrawn_instant = NULL, withdrawn_why = NULL
       WHERE journal_id = @journal_id`,
      { ...values, journal_id: draftId },
    );
    return draftId;
  }
  return workbook.run(
    `INSERT INTO journals (${WRITTEN.join(', ')}, state) VALUES (${WRITTEN.map((column) => `@${column}`).join(', ')}, 'prepared')`,
    values,
  ).lastInsertRowid;
}

export interface ReviewRow {
  readonly stock_key_id: number;
  readonly reason_code: string;
  readonly owner: string;
  readonly adjustment_scaled: number;
  readonly tag_revision: number;
  readonly booked_scaled: number;
}

/** Writes what a journal says and stands on. */
export function writeJournalRows(
  workbook: WritableWorkbook,
  journalId: number,
  { lines, reviews, costs }: { readonly lines: readonly JournalLineDraft[]; readonly reviews: readonly ReviewRow[]; readonly costs: readonly JournalCost[] },
): void {
  for (const line of lines) {
    workbook.run(
      `INSERT INTO journal_lines (journal_id, line_number, account_code, debit_minor, credit_minor, reason_code, location_id, memo, exact_amount, account_rule)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      journalId, line.lineNumber, line.accountCode, line.debitMinor, line.creditMinor, line.reasonCode, line.locationId, line.memo, line.exactAmount, line.accountRule,
    );
    for (const source of line.sources) {
      workbook.run(
        'INSERT INTO journal_sources (journal_id, line_number, stock_key_id, quantity_scaled, unit_cost_scaled) VALUES (?, ?, ?, ?, ?)',
        journalId, line.lineNumber, source.stockKeyId, source.quantityScaled, source.unitCostScaled,
      );
    }
  }
  for (const review of reviews) {
    workbook.run(
      'INSERT INTO journal_reviews (journal_id, stock_key_id, reason_code, owner, adjustment_scaled, tag_revision, booked_scaled) VALUES (?, ?, ?, ?, ?, ?, ?)',
      journalId, review.stock_key_id, review.reason_code, review.owner, review.adjustment_scaled, review.tag_revision, review.booked_scaled,
    );
  }
  for (const [index, cost] of costs.entries()) {
    workbook.run(
      'INSERT INTO journal_costs (journal_id, cost_number, system, import_id, heading, method, line_count) VALUES (?, ?, ?, ?, ?, ?, ?)',
      journalId, index + 1, cost.system, cost.importId, cost.heading, cost.method, cost.lines,
    );
  }
}

const OWN_ROWS = ['journal_lines', 'journal_sources', 'journal_reviews', 'journal_costs'] as const;

/** Every row of a journal but its own, as JSON: what a version keeps. */
export const rowsAsJson = (workbook: ReadableWorkbook, journalId: number): string =>
  JSON.stringify(Object.fromEntries(OWN_ROWS.map((table) => [table, workbook.all(`SELECT * FROM ${table} WHERE journal_id = ? ORDER BY 2, 3`, journalId)])));

/** Takes these rows away, from the last table that refers to another on. */
export function removeRows(workbook: WritableWorkbook, journalId: number): void {
  for (const table of ['journal_costs', 'journal_reviews', 'journal_sources', 'journal_lines']) workbook.run(`DELETE FROM ${table} WHERE journal_id = ?`, journalId);
}

export interface VersionRow {
  readonly version: number;
  readonly state: 'prepared' | 'approved';
  readonly content_hash: string;
  readonly preparer_id: number;
  readonly prepared_instant: number;
  readonly approver_id: number | null;
  readonly approved_instant: number | null;
  readonly signed_file: Uint8Array;
  readonly ended_instant: number;
  readonly ended_by: string;
  readonly why: string;
}

/** The earlier versions of a journal, oldest first. */
export const versionRows = (workbook: ReadableWorkbook, journalId: number): VersionRow[] =>
  workbook.all<VersionRow>('SELECT * FROM journal_versions WHERE journal_id = ? ORDER BY version', journalId);

/** Keeps what a journal is as a version. */
export function keepVersion(workbook: WritableWorkbook, row: JournalRow, ended: { readonly instant: number; readonly by: string; readonly why: string }): void {
  workbook.run(
    `INSERT INTO journal_versions (journal_id, version, state, content_hash, preparer_id, prepared_instant, approver_id, approved_instant, approval_comment, rows,
       signed_file, ended_instant, ended_by, why)
     SELECT journal_id, version, iif(approver_id IS NULL, 'prepared', 'approved'), content_hash, preparer_id, prepared_instant, approver_id, approved_instant,
       approval_comment, @rows, signed_file, @instant, @by, @why FROM journals WHERE journal_id = @journal`,
    { journal: row.journal_id, rows: rowsAsJson(workbook, row.journal_id), ...ended },
  );
}

export interface PostingRow {
  readonly ledger_document: string;
  readonly ledger_day: string;
  readonly stated_instant: number;
  readonly stated_by: string;
}

/** What was stated last of a journal in the ledger. */
export const postingOf = (workbook: ReadableWorkbook, journalId: number): PostingRow | undefined =>
  workbook.get<PostingRow>('SELECT * FROM journal_postings WHERE journal_id = ? ORDER BY journal_posting_id DESC LIMIT 1', journalId);
