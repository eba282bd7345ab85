/**
 * Gathers what a posting file is made from: the journal's lines and units in the words of the receiving system.
 *
 * A workbook knows what a source calls an item or a location from the names that were mapped for its imports; where nothing
 * was mapped, both use the same name.
 */
import { lastDayOf } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { PostedJournal, PostedLine, PostingSystem, StockAdjustment } from '@shared/domain/posting/shapes';
import { ownCurrency } from '../../workbook/tables/period-codes';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { workbookRow } from '../workbooks';

export interface JournalToPost {
  readonly journalId: number;
  readonly number: string;
  readonly currency: string;
  readonly periodCode: string;
  /** Null: the last day of the period. */
  readonly bookingDay: string | null;
}

class NameAmbiguous extends Error {
  override readonly name = 'NameAmbiguous';
}

const KINDS = {
  item: { table: 'item_aliases', key: 'item_id' },
  location: { table: 'location_aliases', key: 'location_id' },
} as const;

/** What the source calls the item or location, read once for each. @throws NameAmbiguous where it has several names that are not its own */
function namesIn(workbook: ReadableWorkbook, kind: keyof typeof KINDS, source: string): (id: number, ownName: string) => string {
  const known = new Map<number, string>();
  const { table, key } = KINDS[kind];
  return (id, ownName) => {
    const read = known.get(id);
    if (read !== undefined) return read;
    const names = workbook.all<{ alias: string }>(`SELECT alias FROM ${table} WHERE source = ? AND ${key} = ? ORDER BY alias`, source, id).map(({ alias }) => alias);
    if (names.length > 1 && !names.includes(ownName)) {
      throw new NameAmbiguous(`${source} has ${names.length} names for ${kind} ${ownName}: ${names.join(', ')}. Take back those that are not in use any more (Map, Names), then export again.`);
    }
    const name = names.includes(ownName) ? ownName : (names[0] ?? ownName);
    known.set(id, name);
    return name;
  };
}

/** Refusal: `name_ambiguous`. */
export function gatherJournal(workbook: ReadableWorkbook, journal: JournalToPost, system: PostingSystem): Outcome<PostedJournal, 'name_ambiguous'> {
  try {
    const locationName = namesIn(workbook, 'location', system.source);
    return done({
      number: journal.number,
      title: `Inventory journal ${journal.periodCode}`,
      company: workbookRow(workbook).company,
      currency: journal.currency,
      ownCurrency: ownCurrency(workbook),
      bookDay: journal.bookingDay ?? lastDayOf(journal.periodCode),
      lines: linesOf(workbook, journal.journalId, locationName),
      adjustments: system.books === 'stock' ? adjustmentsOf(workbook, journal.journalId, locationName, namesIn(workbook, 'item', system.source)) : [],
    });
  } catch (error) {
    if (error instanceof NameAmbiguous) return refused('name_ambiguous', error.message);
    throw error;
  }
}

const linesOf = (workbook: ReadableWorkbook, journalId: number, locationName: (id: number, ownName: string) => string): PostedLine[] =>
  workbook
    .all<{ line_number: number; account_code: string; name: string; debit_minor: number; credit_minor: number; location_id: number; code: string; memo: string }>(
      `SELECT n.line_number, n.account_code, a.name, n.debit_minor, n.credit_minor, n.location_id, o.code, n.memo
       FROM journal_lines n JOIN accounts a USING (account_code) JOIN locations o USING (location_id) WHERE n.journal_id = ? ORDER BY n.line_number`,
      journalId,
    )
    .map((row) => ({
      lineNumber: row.line_number, accountCode: row.account_code, accountName: row.name, debitMinor: row.debit_minor, creditMinor: row.credit_minor,
      location: locationName(row.location_id, row.code), memo: row.memo,
    }));

interface SourceRow {
  readonly line_number: number;
  readonly account_code: string;
  readonly account_name: string;
  readonly credit_minor: number;
  readonly debit_minor: number;
  readonly reason: string;
  readonly location_id: number;
  readonly location: string;
  readonly stock_key_id: number;
  readonly item_id: number;
  readonly sku: string;
  readonly quantity_scaled: number;
  readonly unit_cost_scaled: number;
}

/**
 * Each unit stands behind two lines, its stock account's and the other's. What is added to stock is debited to the stock
 * account: the other is then the credit, and the other way round. Where both lines are of 0.00, the debit stands first.
 */
function adjustmentsOf(
  workbook: ReadableWorkbook, journalId: number, locationName: (id: number, ownName: string) => string, itemName: (id: number, ownName: string) => string,
): StockAdjustment[] {
  const rows = workbook.all<SourceRow>(
    `SELECT n.line_number, n.account_code, a.name AS account_name, n.debit_minor, n.credit_minor, r.name AS reason, n.location_id, o.code AS location,
       s.stock_key_id, k.item_id, i.sku, s.quantity_scaled, s.unit_cost_scaled
     FROM journal_sources s JOIN journal_lines n USING (journal_id, line_number) JOIN accounts a USING (account_code) JOIN reason_codes r USING (reason_code)
     JOIN locations o USING (location_id) JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
     WHERE s.journal_id = ? ORDER BY i.sku, s.stock_key_id, n.credit_minor > 0, n.line_number`,
    journalId,
  );
  const pairs = new Map<number, SourceRow[]>();
  for (const row of rows) pairs.set(row.stock_key_id, [...(pairs.get(row.stock_key_id) ?? []), row]);
  return [...pairs.values()].map((pair) => {
    const other = pair[0]!.quantity_scaled > 0 ? pair.at(-1)! : pair[0]!;
    return {
      item: itemName(other.item_id, other.sku), location: locationName(other.location_id, other.location),
      accountCode: other.account_code, accountName: other.account_name,
      quantityScaled: other.quantity_scaled, unitCostScaled: other.unit_cost_scaled, reason: other.reason,
    };
  });
}
