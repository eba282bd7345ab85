/**
 * A journal's own rows, read back: its entries with their sources, the lines it put before its approver, what stands behind one
 * line, and the journals behind one variance line.
 */
import type { JournalSource, LineJournal } from '@shared/contract/journals';
import { formatDecimal } from '@shared/domain/decimal';
import type { JournalLineDraft, PostingLine } from '@shared/domain/journal';
import { exactValue, EXACT_VALUE_PLACES } from '@shared/domain/money';
import type { JournalRow } from '../../workbook/tables/journals';
import { journalRow } from '../../workbook/tables/journals';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { linesOfJournal, type TaggedLine } from './gather';
import { findPeriod } from '../periods';
import { journalState } from './read';

interface EntryRow {
  readonly line_number: number;
  readonly account_code: string;
  readonly account_rule: string;
  readonly debit_minor: number;
  readonly credit_minor: number;
  readonly reason_code: string;
  readonly location_id: number;
  readonly location: string;
  readonly memo: string;
  readonly exact_amount: string;
}

/** The entries of a journal as they were written. */
export function entriesOfJournal(workbook: ReadableWorkbook, journalId: number): JournalLineDraft[] {
  const sources = workbook.all<{ line_number: number; stock_key_id: number; sku: string; quantity_scaled: number; unit_cost_scaled: number }>(
    `SELECT s.*, i.sku FROM journal_sources s JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) WHERE s.journal_id = ? ORDER BY s.line_number, i.sku`,
    journalId,
  );
  return workbook
    .all<EntryRow>('SELECT n.*, l.code AS location FROM journal_lines n JOIN locations l USING (location_id) WHERE n.journal_id = ? ORDER BY n.line_number', journalId)
    .map((row) => ({
      lineNumber: row.line_number, accountCode: row.account_code, accountRule: row.account_rule, debitMinor: row.debit_minor, creditMinor: row.credit_minor,
      reasonCode: row.reason_code, locationId: row.location_id, location: row.location, memo: row.memo, exactAmount: row.exact_amount, roundingDifference: '0.00',
      sources: sources
        .filter((source) => source.line_number === row.line_number)
        .map((source): PostingLine => ({
          stockKeyId: source.stock_key_id, sku: source.sku, locationId: row.location_id, location: row.location, reasonCode: row.reason_code, reasonName: '',
          inventoryAccount: '', inventoryRule: '', offsetAccount: '', offsetRule: '', quantityScaled: source.quantity_scaled, unitCostScaled: source.unit_cost_scaled,
        })),
    }));
}

/** The lines that a journal put before its approver, with what it booked of them and at what cost; figures beside as they stand now. */
export function reviewedLines(workbook: ReadableWorkbook, row: JournalRow): TaggedLine[] {
  const booked = new Map(
    workbook
      .all<{ stock_key_id: number; booked_scaled: number; unit_cost_scaled: number | null }>(
        `SELECT v.stock_key_id, v.booked_scaled, (SELECT max(unit_cost_scaled) FROM journal_sources s WHERE s.journal_id = v.journal_id AND s.stock_key_id = v.stock_key_id) AS unit_cost_scaled
         FROM journal_reviews v WHERE v.journal_id = ?`,
        row.journal_id,
      )
      .map((review) => [review.stock_key_id, review]),
  );
  return linesOfJournal(workbook, findPeriod(workbook, row.period_id)!, row.journal_id).map((line) => {
    const review = booked.get(line.stock_key_id)!;
    return { ...line, booked_scaled: review.booked_scaled, unit_cost_scaled: review.unit_cost_scaled ?? line.unit_cost_scaled };
  });
}

/** The variance lines behind a journal line; undefined where there is no such journal. */
export function lineSources(workbook: ReadableWorkbook, journalId: number, lineNumber: number): JournalSource[] | undefined {
  const row = journalRow(workbook, journalId);
  if (!row) return undefined;
  // A reversal books what the journal that it reverses took from lines of its own period.
  const ownerId = row.reverses_journal_id ?? row.journal_id;
  const { period_id: periodId } = journalRow(workbook, ownerId)!;
  return workbook
    .all<{ stock_key_id: number; sku: string; item_name: string; location: string; quantity_scaled: number; unit_cost_scaled: number }>(
      `SELECT s.stock_key_id, i.sku, i.name AS item_name, o.code AS location, s.quantity_scaled, s.unit_cost_scaled
       FROM journal_sources s JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
       WHERE s.journal_id = ? AND s.line_number = ? ORDER BY i.sku, o.code`,
      journalId, lineNumber,
    )
    .map((source) => ({
      periodId, stockKeyId: source.stock_key_id, sku: source.sku, itemName: source.item_name, location: source.location,
      quantityScaled: source.quantity_scaled, unitCostScaled: source.unit_cost_scaled,
      exactValue: formatDecimal(exactValue(source.quantity_scaled, source.unit_cost_scaled), EXACT_VALUE_PLACES, 2),
    }));
}

/** Every journal line that a variance line of a period stands behind, in the order of the journals. */
export function journalsOfLine(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): LineJournal[] {
  const rows = workbook.all<{ journal_id: number; line_number: number | null; account_code: string | null; account_name: string | null; debit_minor: number | null; credit_minor: number | null }>(
    `SELECT j.journal_id, n.line_number, n.account_code, a.name AS account_name, n.debit_minor, n.credit_minor
     FROM journals j LEFT JOIN journal_sources s ON s.journal_id = j.journal_id AND s.stock_key_id = @key
     LEFT JOIN journal_lines n ON n.journal_id = s.journal_id AND n.line_number = s.line_number LEFT JOIN accounts a ON a.account_code = n.account_code
     WHERE coalesce((SELECT o.period_id FROM journals o WHERE o.journal_id = j.reverses_journal_id), j.period_id) = @period
       AND (s.journal_id IS NOT NULL OR EXISTS (SELECT 1 FROM journal_reviews v WHERE v.journal_id = j.journal_id AND v.stock_key_id = @key))
     ORDER BY j.journal_id, n.line_number`,
    { period: periodId, key: stockKeyId },
  );
  return rows.map((row) => {
    const journal = journalRow(workbook, row.journal_id)!;
    return {
      journalId: journal.journal_id, number: journal.number, kind: journal.kind, state: journalState(workbook, journal), lineNumber: row.line_number,
      accountCode: row.account_code ?? '', accountName: row.account_name ?? '', debitMinor: row.debit_minor ?? 0, creditMinor: row.credit_minor ?? 0, currency: journal.currency,
    };
  });
}
