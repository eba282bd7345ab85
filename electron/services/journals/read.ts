/**
 * Journals as the window and the command line read them.
 */
import type { Journal, JournalCost, JournalDraft, JournalLine } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { formatDecimal } from '@shared/domain/decimal';
import { lastDayOf } from '@shared/domain/instant';
import { buildJournalLines, journalTotals, roundingTotal } from '@shared/domain/journal';
import type { DraftedKind, JournalState } from '@shared/domain/journal-kinds';
import { EXACT_VALUE_PLACES, roundingDifference } from '@shared/domain/money';
import { refused } from '@shared/domain/outcome';
import { sha256Hex } from '../../workbook/hash';
import { CHANGED_SQL } from '../../workbook/tables/follow-up';
import { draftRow, type JournalRow, journalRow, journalRows, postingOf, reversalsOf, versionRows } from '../../workbook/tables/journals';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { waitingNames } from '../follow-up/person-check';
import { findPeriod } from '../periods';
import { costsOf } from './costs';
import { linesOfJournal, linesToPost, needsOf, posts, postingLines, untaggedExceptions, withoutCost } from './gather';

export const journalMissing = (journalId: number) => refused('journal_missing', `Journal ${journalId} is not in this workbook.`);

/** Absolute decimal text with ten places as the exact integer it stands for. */
const exactOf = (text: string): bigint => BigInt(text.replace('.', '')) * 10n ** BigInt(EXACT_VALUE_PLACES - (text.split('.')[1] ?? '').length);

function journalLines(workbook: ReadableWorkbook, journal: JournalRow): JournalLine[] {
  return workbook
    .all<{
      line_number: number; account_code: string; account_name: string; account_rule: string; debit_minor: number; credit_minor: number;
      reason_code: string; location: string; memo: string; exact_amount: string; source_lines: number;
    }>(
      `SELECT n.line_number, n.account_code, a.name AS account_name, n.account_rule, n.debit_minor, n.credit_minor, n.reason_code, l.code AS location, n.memo,
              n.exact_amount, (SELECT count(*) FROM journal_sources s WHERE s.journal_id = n.journal_id AND s.line_number = n.line_number) AS source_lines
       FROM journal_lines n JOIN accounts a USING (account_code) JOIN locations l USING (location_id)
       WHERE n.journal_id = ? ORDER BY n.line_number`,
      journal.journal_id,
    )
    .map((line) => ({
      lineNumber: line.line_number,
      accountCode: line.account_code,
      accountName: line.account_name,
      accountRule: line.account_rule,
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

export const costsOfJournal = (workbook: ReadableWorkbook, journalId: number): JournalCost[] =>
  workbook.all<JournalCost>(
    `SELECT c.system, c.import_id AS importId, coalesce(i.file_name, '') AS fileName, c.heading, c.method, c.line_count AS lines
     FROM journal_costs c LEFT JOIN imports i USING (import_id) WHERE c.journal_id = ? ORDER BY c.cost_number`,
    journalId,
  );

/** Lines of a journal that are not as they were put before the approver, by name. */
const partedLines = (workbook: ReadableWorkbook, { journal_id: journalId, period_id: periodId }: JournalRow): string[] =>
  workbook
    .all<{ name: string }>(
      `SELECT i.sku || ' ' || o.code AS name FROM journal_reviews r JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
       LEFT JOIN lines l ON l.period_id = @period AND l.stock_key_id = r.stock_key_id LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
       WHERE r.journal_id = @journal AND (l.stock_key_id IS NULL OR l.adjustment_scaled <> r.adjustment_scaled OR ${CHANGED_SQL}) ORDER BY i.sku, o.code`,
      { period: periodId, journal: journalId },
    )
    .map(({ name }) => name);

const bookingDayOf = (row: JournalRow, period: Period): string => row.booking_day ?? lastDayOf(period.code);

function linkTo(workbook: ReadableWorkbook, row: JournalRow): NonNullable<Journal['reverses']> {
  const period = findPeriod(workbook, row.period_id)!;
  return { journalId: row.journal_id, number: row.number, periodId: row.period_id, periodCode: period.code, bookingDay: bookingDayOf(row, period), isAutomatic: row.is_automatic === 1 };
}

/** Where a journal stands: posted and reversed follow from what came after it. */
function stateOf(workbook: ReadableWorkbook, row: JournalRow, reversals: readonly JournalRow[]): JournalState {
  const isReversed = reversals.some((each) => (each.is_automatic === 1 ? postingOf(workbook, each.journal_id) !== undefined : each.state === 'approved' || each.state === 'exported'));
  if (isReversed) return 'reversed';
  return postingOf(workbook, row.journal_id) === undefined ? row.state : 'posted';
}

export const journalState = (workbook: ReadableWorkbook, row: JournalRow): JournalState => stateOf(workbook, row, reversalsOf(workbook, row.journal_id));

function toJournal(workbook: ReadableWorkbook, row: JournalRow): Journal {
  const lines = journalLines(workbook, row);
  const person = (personId: number) => workbook.get<{ name: string; email: string }>('SELECT name, email FROM people WHERE person_id = ?', personId)!;
  const preparer = person(row.preparer_id);
  const approver = person(row.named_approver_id ?? row.preparer_id);
  const period = findPeriod(workbook, row.period_id)!;
  const reversals = reversalsOf(workbook, row.journal_id);
  const reversal = reversals.filter(({ state }) => state !== 'draft').at(-1);
  const reversed = row.reverses_journal_id === null ? undefined : journalRow(workbook, row.reverses_journal_id);
  const state = stateOf(workbook, row, reversals);
  const posting = postingOf(workbook, row.journal_id);
  const isWaiting = row.state === 'prepared' && row.withdrawn_instant === null && row.kind !== 'reversal';
  return {
    journalId: row.journal_id,
    number: row.number,
    kind: row.kind,
    version: row.version,
    state,
    periodId: period.periodId,
    periodCode: period.code,
    bookingDay: bookingDayOf(row, period),
    currency: row.currency,
    rounding: row.rounding,
    ...journalTotals(lines),
    roundingTotal: roundingTotal(lines, row.currency),
    lines,
    costs: costsOfJournal(workbook, row.journal_id),
    preparer: preparer.name,
    preparerEmail: preparer.email,
    preparedInstant: row.prepared_instant,
    namedApprover: approver.name,
    namedApproverEmail: approver.email,
    noSecondPerson: row.no_second_person,
    approvedInstant: row.approved_instant,
    approvalComment: row.approval_comment,
    exportedInstant: row.exported_instant,
    withdrawnInstant: row.withdrawn_instant,
    withdrawnWhy: row.withdrawn_why,
    needs: isWaiting ? needsOf(workbook, period, linesOfJournal(workbook, period, row.journal_id)) : [],
    reverses: reversed ? linkTo(workbook, reversed) : null,
    reversedBy: reversal ? linkTo(workbook, reversal) : null,
    isAutomatic: row.is_automatic === 1,
    posting: posting ? { document: posting.ledger_document, day: posting.ledger_day, statedInstant: posting.stated_instant, statedBy: posting.stated_by } : null,
    parted: state === 'exported' || state === 'posted' || state === 'approved' ? partedLines(workbook, row) : [],
    versions: versionRows(workbook, row.journal_id).map((version) => ({
      version: version.version,
      state: version.state,
      preparer: person(version.preparer_id).name,
      preparedInstant: version.prepared_instant,
      approver: version.approver_id === null ? null : person(version.approver_id).name,
      approvedInstant: version.approved_instant,
      endedInstant: version.ended_instant,
      endedBy: version.ended_by,
      why: version.why,
      contentHash: version.content_hash,
      fileSha256: sha256Hex(version.signed_file),
    })),
    contentHash: row.content_hash,
  };
}

/** The journals of a period, oldest first, and reversals of accruals that are due in it. */
export const listJournals = (workbook: ReadableWorkbook, periodId: number): Journal[] => journalRows(workbook, periodId).map((row) => toJournal(workbook, row));

export function findJournal(workbook: ReadableWorkbook, journalId: number): Journal | undefined {
  const row = journalRow(workbook, journalId);
  return row && toJournal(workbook, row);
}

/** What a journal of this kind would hold if it were prepared now. */
export function draftJournal(workbook: ReadableWorkbook, period: Period, kind: DraftedKind = 'adjustment'): JournalDraft {
  const { currency } = period;
  const { rounding } = ruleSetFor(workbook, period.code).rules;
  const { lines: tagged, kindsWaiting } = linesToPost(workbook, period, kind);
  const draft = draftRow(workbook, period.periodId, kind, null);
  const names = new Map(workbook.all<{ account_code: string; name: string }>('SELECT account_code, name FROM accounts').map((account) => [account.account_code, account.name]));
  const lines = buildJournalLines(postingLines(tagged), currency, rounding).map((line) => ({
    lineNumber: line.lineNumber,
    accountCode: line.accountCode,
    accountName: names.get(line.accountCode) ?? '',
    accountRule: line.accountRule,
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
    kind,
    kindsWaiting: [...kindsWaiting],
    number: draft?.number ?? null,
    version: (draft?.version ?? 0) + 1,
    bookingDay: lastDayOf(period.code),
    currency,
    rounding,
    ...journalTotals(lines),
    roundingTotal: roundingTotal(lines, currency),
    lines,
    costs: costsOf(workbook, period.periodId, tagged),
    needs: needsOf(workbook, period, tagged),
    untaggedLines: untaggedExceptions(workbook, period.periodId),
    notPostingLines: tagged.filter((line) => !posts(line)).length,
    withoutCost: withoutCost(tagged),
    checksWaiting: waitingNames(workbook, period.periodId, tagged.filter(posts).map((line) => line.stock_key_id)),
  };
}
