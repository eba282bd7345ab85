/**
 * The entries of a period's journals, computed from the computed lines, against the entries that were prepared.
 *
 * Which lines a journal took up and their reasons are decisions of people and are taken over; quantities, costs, accounts and rounding are not.
 * A reversal has no figures of its own: it mirrors the entries of the journal it reverses.
 */
import { buildJournalLines } from '@shared/domain/journal';
import type { JournalRow } from '../../workbook/tables/journals';
import type { ReadableWorkbook, SqliteWorkbook } from '../../workbook/workbook';
import { linesOfJournal, postingLines } from '../journals/gather';
import { findPeriod } from '../periods';
import { stockKeyIn } from './carry-over';
import { type Findings, type Terms, writtenValue } from './compare';

type Entry = Readonly<Record<'account' | 'reason' | 'location' | 'memo' | 'exact amount', string> & Record<'debit_minor' | 'credit_minor', number>>;

/** What was put before the approver, so that the same lines are taken up. */
function takeOverReviews(kept: ReadableWorkbook, computed: SqliteWorkbook, journalId: number): void {
  for (const row of kept.all<{ sku: string; code: string; reason_code: string; owner: string }>(
    `SELECT i.sku, l.code, v.reason_code, v.owner FROM journal_reviews v JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
       JOIN locations l USING (location_id) WHERE v.journal_id = ?`,
    journalId,
  )) {
    const stockKeyId = stockKeyIn(computed, row.sku, row.code);
    if (stockKeyId === undefined) continue;
    computed.run(
      'INSERT INTO journal_reviews (journal_id, stock_key_id, reason_code, owner, adjustment_scaled, tag_revision) VALUES (?, ?, ?, ?, 0, 0)',
      journalId, stockKeyId, row.reason_code, row.owner,
    );
  }
}

const keptEntries = (kept: ReadableWorkbook, journalId: number): Entry[] =>
  kept.all<Entry>(
    `SELECT n.account_code AS account, n.reason_code AS reason, l.code AS location, n.memo, n.exact_amount AS "exact amount", n.debit_minor, n.credit_minor
     FROM journal_lines n JOIN locations l USING (location_id) WHERE n.journal_id = ? ORDER BY n.line_number`,
    journalId,
  );

function computedEntries(kept: ReadableWorkbook, computed: SqliteWorkbook, journal: JournalRow): Entry[] {
  takeOverReviews(kept, computed, journal.journal_id);
  const lines = linesOfJournal(computed, findPeriod(computed, journal.period_id)!, journal.journal_id);
  return buildJournalLines(postingLines(lines), journal.currency, journal.rounding).map((line) => ({
    account: line.accountCode, reason: line.reasonCode, location: line.location, memo: line.memo, 'exact amount': line.exactAmount,
    debit_minor: line.debitMinor, credit_minor: line.creditMinor,
  }));
}

/**
 * Holds the entries of every journal against each other that was prepared and neither reversed nor withdrawn since.
 *
 * @returns what was not computed, in words
 */
export function compareJournals(kept: ReadableWorkbook, computed: SqliteWorkbook, periodId: number, terms: Terms, findings: Findings): string[] {
  const journals = kept.all<JournalRow>('SELECT * FROM journals WHERE period_id = ? ORDER BY journal_id', periodId);
  const notComputed: string[] = [];
  // Its rows stand without a journal of the computed workbook, which has neither signers nor a signed file.
  computed.database.pragma('foreign_keys = OFF');
  for (const journal of journals) {
    if (journal.kind === 'reversal') {
      notComputed.push(`Reversal ${journal.number}: it mirrors the entries of the journal that it reverses.`);
      continue;
    }
    if (journal.withdrawn_instant !== null) {
      notComputed.push(`Journal ${journal.number}: it was withdrawn because its lines changed after it was prepared.`);
      continue;
    }
    const then = keptEntries(kept, journal.journal_id);
    const now = computedEntries(kept, computed, journal);
    findings.tally('journals', { kept: then.length, computed: now.length });
    for (let index = 0; index < Math.max(then.length, now.length); index += 1) {
      const [left, right] = [then[index], now[index]];
      const key = `${journal.number}, line ${index + 1}`;
      if (!left || !right) {
        findings.differ({ part: 'journals', key, column: '', kept: left ? 'there' : 'not there', computed: right ? 'there' : 'not there' });
        continue;
      }
      const columns = (Object.keys(left) as (keyof Entry)[]).filter((column) => left[column] !== right[column]);
      if (columns.length === 0) findings.tally('journals', { same: 1 });
      for (const column of columns) {
        findings.differ({ part: 'journals', key, column, kept: writtenValue(column, left[column], terms), computed: writtenValue(column, right[column], terms) });
      }
    }
  }
  computed.database.pragma('foreign_keys = ON');
  return notComputed;
}
