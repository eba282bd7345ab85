/**
 * Journals as the window and the command line read them.
 */
import type { Journal, JournalDraft, JournalLine } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { formatDecimal } from '@shared/domain/decimal';
import { buildJournalLines, journalTotals } from '@shared/domain/journal';
import { EXACT_VALUE_PLACES, roundingDifference } from '@shared/domain/money';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { waitingNames } from '../follow-up/person-check';
import { workbookRow } from '../workbooks';
import { linesToPost, posts, postingLines, untaggedExceptions, withoutCost } from './gather';

export interface JournalRow {
  readonly journal_id: number;
  readonly period_id: number;
  readonly number: string;
  readonly state: 'prepared' | 'approved' | 'exported';
  readonly currency: string;
  readonly content_hash: string;
  readonly preparer_id: number;
  readonly prepared_instant: number;
  readonly named_approver_id: number;
  readonly approver_id: number | null;
  readonly approved_instant: number | null;
  readonly approval_comment: string;
  readonly exported_instant: number | null;
  readonly withdrawn_instant: number | null;
  readonly withdrawn_why: string | null;
}

const JOURNAL_COLUMNS =
  'journal_id, period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, approver_id, approved_instant, approval_comment, exported_instant, withdrawn_instant, withdrawn_why';

export const journalRow = (workbook: ReadableWorkbook, journalId: number): JournalRow | undefined =>
  workbook.get<JournalRow>(`SELECT ${JOURNAL_COLUMNS} FROM journals WHERE journal_id = ?`, journalId);

/** Absolute decimal text with ten places as the exact integer it stands for. */
const exactOf = (text: string): bigint => BigInt(text.replace('.', '')) * 10n ** BigInt(EXACT_VALUE_PLACES - (text.split('.')[1] ?? '').length);

function journalLines(workbook: ReadableWorkbook, journal: JournalRow): JournalLine[] {
  return workbook
    .all<{
      line_number: number; account_code: string; account_name: string; debit_minor: number; credit_minor: number;
      reason_code: string; location: string; memo: string; exact_amount: string; source_lines: number;
    }>(
      `SELECT n.line_number, n.account_code, a.name AS account_name, n.debit_minor, n.credit_minor, n.reason_code, l.code AS location, n.memo,
              n.exact_amount, (SELECT count(*) FROM journal_sources s WHERE s.journal_id = n.journal_id AND s.line_number = n.line_number) AS source_lines
       FROM journal_lines n JOIN accounts a USING (account_code) JOIN locations l USING (location_id)
       WHERE n.journal_id = ? ORDER BY n.line_number`,
      journal.journal_id,
    )
    .map((line) => ({
      lineNumber: line.line_number,
      accountCode: line.account_code,
      accountName: line.account_name,
      debitMinor: line.debit_minor,
      creditMinor: line.credit_minor,
      reasonCode: line.reason_code,
      location: line.location,
      memo: line.memo,
      exactAmount: line.exact_amount,
      roundingDifference: formatDecimal(
        roundingDifference(exactOf(line.exact_amount), line.debit_minor + line.credit_minor, journal.currency), EXACT_VALUE_PLACES, 2,
      ),
      sourceLines: line.source_lines,
    }));
}

function toJournal(workbook: ReadableWorkbook, row: JournalRow): Journal {
  const lines = journalLines(workbook, row);
  const person = (personId: number) => workbook.get<{ name: string; email: string }>('SELECT name, email FROM people WHERE person_id = ?', personId)!;
  const preparer = person(row.preparer_id);
  const approver = person(row.named_approver_id);
  return {
    journalId: row.journal_id,
    number: row.number,
    state: row.state,
    currency: row.currency,
    ...journalTotals(lines),
    lines,
    preparer: preparer.name,
    preparerEmail: preparer.email,
    preparedInstant: row.prepared_instant,
    namedApprover: approver.name,
    namedApproverEmail: approver.email,
    approvedInstant: row.approved_instant,
    approvalComment: row.approval_comment,
    exportedInstant: row.exported_instant,
    withdrawnInstant: row.withdrawn_instant,
    withdrawnWhy: row.withdrawn_why,
    contentHash: row.content_hash,
  };
}

/** The journals of a period, oldest first. */
export const listJournals = (workbook: ReadableWorkbook, periodId: number): Journal[] =>
  workbook
    .all<JournalRow>(`SELECT ${JOURNAL_COLUMNS} FROM journals WHERE period_id = ? ORDER BY journal_id`, periodId)
    .map((row) => toJournal(workbook, row));

export function findJournal(workbook: ReadableWorkbook, journalId: number): Journal | undefined {
  const row = journalRow(workbook, journalId);
  return row && toJournal(workbook, row);
}

/** What a journal would hold if it were prepared now. */
export function draftJournal(workbook: ReadableWorkbook, period: Period): JournalDraft {
  const { currency } = workbookRow(workbook);
  const tagged = linesToPost(workbook, period.periodId);
  const names = new Map(workbook.all<{ account_code: string; name: string }>('SELECT account_code, name FROM accounts').map((account) => [account.account_code, account.name]));
  const lines = buildJournalLines(postingLines(tagged), currency).map((line) => ({
    lineNumber: line.lineNumber,
    accountCode: line.accountCode,
    accountName: names.get(line.accountCode) ?? '',
    debitMinor: line.debitMinor,
    creditMinor: line.creditMinor,
    reasonCode: line.reasonCode,
    location: line.location,
    memo: line.memo,
    exactAmount: line.exactAmount,
    roundingDifference: line.roundingDifference,
    sourceLines: line.sources.length,
  }));
  return {
    currency,
    ...journalTotals(lines),
    lines,
    untaggedLines: untaggedExceptions(workbook, period.periodId),
    notPostingLines: tagged.filter((line) => !posts(line)).length,
    withoutCost: withoutCost(tagged),
    checksWaiting: waitingNames(workbook, period.periodId, tagged.filter(posts).map((line) => line.stock_key_id)),
  };
}
