/**
 * What a tie-out reads: values of lines by where their stock lies, the trial balance, the ledger's entries on stock accounts,
 * and the ERP's postings that may part the two.
 *
 * The same posting may stand in two exports; it counts as often as the file that holds it most often says.
 */
import { EFFECTS, MOVEMENT_TYPES } from '@shared/domain/states';
import { BOOKED_IN_PERIOD_SQL } from './journals';
import type { ReadableWorkbook } from '../workbook';
import { BOOKED_SQL, REASON_STANDS_SQL } from './follow-up';
import { effectSql, onHandEffectSql, SAME_POSTING } from './movements';

export interface TrialBalanceFile {
  readonly import_id: number;
  readonly file_name: string;
  readonly imported_instant: number;
}

/** The trial balance that stands: the newest one of the period. */
export const trialBalanceFile = (workbook: ReadableWorkbook, periodId: number): TrialBalanceFile | undefined =>
  workbook.get<TrialBalanceFile>(
    `SELECT import_id, file_name, imported_instant FROM imports WHERE period_id = ? AND kind = 'trial_balance' AND state = 'standing' ORDER BY import_id DESC LIMIT 1`,
    periodId,
  );

/** Debits less credits by what the file calls the account. */
export const trialBalances = (workbook: ReadableWorkbook, importId: number): { readonly account: string; readonly balance_minor: number }[] =>
  workbook.all('SELECT account_code AS account, sum(debit_minor - credit_minor) AS balance_minor FROM trial_balances WHERE import_id = ? GROUP BY account_code', importId);

export interface LedgerRow {
  readonly document: string;
  readonly account: string;
  readonly day: string;
  readonly amount_minor: number;
  readonly rows: number;
  readonly memo: string;
  readonly import_id: number;
  readonly file_name: string;
  readonly row_number: number;
}

const LEDGER_FILES = `SELECT import_id FROM imports WHERE period_id = @period AND kind = 'ledger_entries' AND state = 'standing'`;

export const ledgerFileCount = (workbook: ReadableWorkbook, periodId: number): number =>
  Number(workbook.sum(`SELECT count(*) FROM (${LEDGER_FILES})`, { period: periodId }));

/** Whatever the ledger's files call an account. */
export const ledgerAccounts = (workbook: ReadableWorkbook, periodId: number): string[] =>
  workbook
    .all<{ account_code: string }>(`SELECT DISTINCT account_code FROM ledger_entries WHERE import_id IN (${LEDGER_FILES})`, { period: periodId })
    .map(({ account_code: account }) => account);

/** The ledger's entries on these accounts, document by document. */
export const ledgerDocuments = (workbook: ReadableWorkbook, periodId: number, accounts: readonly string[]): LedgerRow[] =>
  workbook.all<LedgerRow>(
    `SELECT e.document, e.account_code AS account, max(e.entry_date) AS day, sum(e.debit_minor - e.credit_minor) AS amount_minor, count(*) AS rows, max(e.memo) AS memo,
       e.import_id, i.file_name, min(e.row_number) AS row_number
     FROM ledger_entries e JOIN imports i USING (import_id)
     WHERE e.import_id IN (${LEDGER_FILES}) AND e.account_code IN (SELECT value FROM json_each(@accounts))
     GROUP BY e.document, e.account_code ORDER BY e.document`,
    { period: periodId, accounts: JSON.stringify(accounts) },
  );

const SAME = SAME_POSTING.map((column) => `m.${column}`).join(', ');

/** Postings `m` of the ERP that fulfil a condition, each once with how often it counts. */
const postings = (from: string, where: string) => `(
  SELECT ${SAME}, m.reference, max(m.times) AS times, m.import_id, m.row_number FROM (
    SELECT ${SAME}, m.reference, count(*) AS times, m.import_id, min(m.row_number) AS row_number FROM ${from}
    WHERE m.system = 'erp' AND m.import_id IN (SELECT value FROM json_each(@imports)) AND ${where} GROUP BY m.import_id, ${SAME}) m
  GROUP BY ${SAME})`;

const ON_HAND_TYPES = MOVEMENT_TYPES.filter((type) => EFFECTS[type].on_hand !== undefined);
const MOVES_ON_HAND = `m.type IN (${ON_HAND_TYPES.map((type) => `'${type}'`).join(', ')})`;
const asJson = (values: readonly (string | number)[]): string => JSON.stringify(values);

export interface MovementOfDocumentRow {
  readonly document: string;
  readonly stock_key_id: number;
  readonly posted_instant: number;
  readonly postings: number;
  readonly on_hand_scaled: number;
}

/** What the ERP moved on hand under these documents, by document and line. */
export const movementsOfDocuments = (workbook: ReadableWorkbook, importIds: readonly number[], documents: readonly string[]): MovementOfDocumentRow[] =>
  workbook.all<MovementOfDocumentRow>(
    `SELECT m.document, m.stock_key_id, max(m.posted_instant) AS posted_instant, sum(m.times) AS postings, sum(${onHandEffectSql} * m.times) AS on_hand_scaled
     FROM ${postings('json_each(@documents) asked CROSS JOIN movements m ON m.document = asked.value', MOVES_ON_HAND)} m GROUP BY m.document, m.stock_key_id`,
    { imports: asJson(importIds), documents: asJson(documents) },
  );

/** Which of these numbers a movement of any system bears as its document or its reference. */
export const borneNumbers = (workbook: ReadableWorkbook, importIds: readonly number[], numbers: readonly string[]): string[] =>
  workbook
    .all<{ number: string }>(
      `SELECT value AS number FROM json_each(@numbers) asked WHERE EXISTS (SELECT 1 FROM movements m WHERE m.document = asked.value AND m.import_id IN (SELECT value FROM json_each(@imports)))
       UNION SELECT DISTINCT m.reference FROM movements m WHERE m.import_id IN (SELECT value FROM json_each(@imports)) AND m.reference IN (SELECT value FROM json_each(@numbers))`,
      { imports: asJson(importIds), numbers: asJson(numbers) },
    )
    .map(({ number }) => number);

export interface StrayRow {
  readonly document: string;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly on_hand_scaled: number;
  readonly occurred_instant: number;
  readonly posted_instant: number;
  readonly import_id: number;
  readonly file_name: string;
  readonly row_number: number;
}

const within = (column: string) => `(m.${column} > @start AND m.${column} <= @until)`;
const NAMES = `JOIN stock_keys k ON k.stock_key_id = m.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id JOIN imports f ON f.import_id = m.import_id`;

export interface Bounds {
  readonly startInstant: number;
  readonly cutOffInstant: number;
}

/** Postings that happened in the period and were posted outside of it, or the other way round. */
export const strayPostings = (workbook: ReadableWorkbook, importIds: readonly number[], bounds: Bounds): StrayRow[] =>
  workbook.all<StrayRow>(
    `SELECT m.document, m.stock_key_id, i.sku, o.code AS location, ${onHandEffectSql} * m.times AS on_hand_scaled, m.occurred_instant, m.posted_instant, m.import_id, f.file_name, m.row_number
     FROM ${postings('movements m', `${MOVES_ON_HAND} AND ${within('posted_instant')} <> ${within('occurred_instant')}`)} m ${NAMES} ORDER BY m.document, i.sku`,
    { imports: asJson(importIds), start: bounds.startInstant, until: bounds.cutOffInstant },
  );

export interface TransferRow {
  readonly document: string;
  readonly sku: string;
  /** The line that it left; the one that it came to where it never left. */
  readonly stock_key_id: number;
  readonly sent_from: string | null;
  readonly sent_to: string | null;
  readonly received_at: string | null;
  readonly out_scaled: number;
  readonly in_scaled: number;
  readonly posted_instant: number;
  readonly import_id: number;
  readonly file_name: string;
  readonly row_number: number;
}

const TRANSFERS = `m.type IN ('transfer_out', 'transfer_in') AND m.posted_instant <= @until`;
const ONE_ITEM = effectSql((type) => (type === 'transfer_out' ? 1 : type === 'transfer_in' ? -1 : 0));

/** Transfers whose dispatch and receipt differ at the cut-off, by document and item. */
export const openTransfers = (workbook: ReadableWorkbook, importIds: readonly number[], bounds: Bounds): TransferRow[] =>
  workbook.all<TransferRow>(
    `SELECT m.document, i.sku, coalesce(max(m.stock_key_id) FILTER (WHERE m.type = 'transfer_out'), max(m.stock_key_id)) AS stock_key_id,
       max(o.code) FILTER (WHERE m.type = 'transfer_out') AS sent_from, max(m.reference) FILTER (WHERE m.type = 'transfer_out') AS sent_to, max(o.code) FILTER (WHERE m.type = 'transfer_in') AS received_at,
       coalesce(sum(m.quantity_scaled * m.times) FILTER (WHERE m.type = 'transfer_out'), 0) AS out_scaled,
       coalesce(sum(m.quantity_scaled * m.times) FILTER (WHERE m.type = 'transfer_in'), 0) AS in_scaled,
       max(m.posted_instant) AS posted_instant, m.import_id, f.file_name, min(m.row_number) AS row_number
     FROM ${postings('movements m', TRANSFERS)} m ${NAMES} GROUP BY m.document, k.item_id HAVING sum(${ONE_ITEM} * m.times) <> 0 ORDER BY m.document, i.sku`,
    { imports: asJson(importIds), until: bounds.cutOffInstant },
  );

/**
 * What was sent less what was received, line by line. A system states what is under way at the instant of its own figures: `stated`
 * is what moved between that instant and the cut-off, less where the cut-off lies before it; else all up to the cut-off.
 */
export const unitsUnderWay = (workbook: ReadableWorkbook, importIds: readonly number[], periodId: number, bounds: Bounds, stated: boolean): { readonly stock_key_id: number; readonly net_scaled: number }[] =>
  workbook.all(
    `SELECT m.stock_key_id, sum(${ONE_ITEM} * m.times * ((m.posted_instant <= @until) - ${stated ? '(m.posted_instant <= coalesce(l.erp_as_of_instant, @until))' : '0'})) AS net_scaled
     FROM ${postings('movements m', `m.type IN ('transfer_out', 'transfer_in')`)} m JOIN lines l ON l.period_id = @period AND l.stock_key_id = m.stock_key_id
     GROUP BY m.stock_key_id HAVING net_scaled <> 0`,
    { imports: asJson(importIds), period: periodId, until: bounds.cutOffInstant },
  );

export const transferCount = (workbook: ReadableWorkbook, importIds: readonly number[], bounds: Bounds): number =>
  Number(
    workbook.sum(
      `SELECT count(DISTINCT m.document) FROM movements m WHERE m.system = 'erp' AND m.import_id IN (SELECT value FROM json_each(@imports)) AND ${TRANSFERS}`,
      { imports: asJson(importIds), until: bounds.cutOffInstant },
    ),
  );

export interface CostChangeRow {
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly before_scaled: number;
  readonly now_scaled: number;
  readonly quantity_scaled: number;
}

const COMPARED = `FROM lines l JOIN lines p ON p.period_id = @previous AND p.stock_key_id = l.stock_key_id
  WHERE l.period_id = @period AND l.unit_cost_scaled IS NOT NULL AND p.unit_cost_scaled IS NOT NULL`;

export const costsCompared = (workbook: ReadableWorkbook, periodId: number, previousPeriodId: number): number =>
  Number(workbook.sum(`SELECT count(*) ${COMPARED}`, { period: periodId, previous: previousPeriodId }));

/** Lines whose cost is another than at the close before, with the units that can have lain there at both. */
export const costChanges = (workbook: ReadableWorkbook, periodId: number, previousPeriodId: number): CostChangeRow[] =>
  workbook.all<CostChangeRow>(
    `SELECT c.*, i.sku, o.code AS location FROM (
       SELECT l.stock_key_id, p.unit_cost_scaled AS before_scaled, l.unit_cost_scaled AS now_scaled, min(coalesce(l.opening_scaled, p.on_hand_scaled, 0), coalesce(l.on_hand_scaled, 0)) AS quantity_scaled
       ${COMPARED} AND l.unit_cost_scaled <> p.unit_cost_scaled) c
     JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id) WHERE c.quantity_scaled > 0 ORDER BY i.sku, o.code`,
    { period: periodId, previous: previousPeriodId },
  );

/** What decides on which account a line's stock lies. */
export interface StockPlaceRow {
  readonly category: string | null;
  readonly location: string;
  /** The reason that stands for the line and books; null where none does. */
  readonly reason: string | null;
}

const BOOKING_REASON = `CASE WHEN r.posting <> 'none' AND ${REASON_STANDS_SQL} THEN r.reason_code END`;
const LINES = `FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
  LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id LEFT JOIN reason_codes r ON r.reason_code = t.reason_code`;
const PLACE = `nullif(i.category, '') AS category, o.code AS location, ${BOOKING_REASON} AS reason`;

/** Sums of products past 64 bits: the whole units of the cost and its fraction are added apart. */
const value = (name: string, quantity: string) =>
  `CAST(sum((${quantity}) * (l.unit_cost_scaled / 1000000)) AS TEXT) AS ${name}_whole, CAST(sum((${quantity}) * (l.unit_cost_scaled % 1000000)) AS TEXT) AS ${name}_rest`;

export type PlaceValueRow = StockPlaceRow & {
  readonly lines: number;
  readonly without_cost: number;
  readonly transit_without_cost: number;
  readonly transit_stated: number;
} & Readonly<Record<`${'book' | 'reconciled' | 'transit' | 'moved'}_${'whole' | 'rest'}`, string | null>>;

/** Lines by what decides on their account, with their exact values: by the books, reconciled, under way, and moved to another asset account. */
export const valuesByPlace = (workbook: ReadableWorkbook, periodId: number): PlaceValueRow[] =>
  workbook.all<PlaceValueRow>(
    `SELECT ${PLACE}, count(*) AS lines,
       sum(l.unit_cost_scaled IS NULL AND (coalesce(l.on_hand_scaled, 0) <> 0 OR ${BOOKED_SQL} <> 0)) AS without_cost,
       sum(l.unit_cost_scaled IS NULL AND coalesce(l.in_transit_scaled, 0) <> 0) AS transit_without_cost, count(l.in_transit_scaled) AS transit_stated,
       ${value('book', 'coalesce(l.on_hand_scaled, 0)')}, ${value('reconciled', `coalesce(l.on_hand_scaled, 0) + ${BOOKED_SQL}`)}, ${value('transit', 'coalesce(l.in_transit_scaled, 0)')}, ${value('moved', `CASE WHEN r.posting = 'reclassify' THEN -${BOOKED_SQL} ELSE 0 END`)}
     ${LINES} WHERE l.period_id = ? GROUP BY 1, 2, 3`,
    periodId,
  );

export type PlacedLineRow = StockPlaceRow & { readonly stock_key_id: number; readonly unit_cost_scaled: number | null };

/** Place and cost of these lines. */
export const placedLines = (workbook: ReadableWorkbook, periodId: number, stockKeyIds: readonly number[]): PlacedLineRow[] =>
  workbook.all<PlacedLineRow>(
    `SELECT l.stock_key_id, l.unit_cost_scaled, ${PLACE} ${LINES} WHERE l.period_id = ? AND l.stock_key_id IN (SELECT value FROM json_each(?))`,
    periodId, asJson(stockKeyIds),
  );

/** Journals of which a person stated that the ledger has them: under which document, and since when that is known. */
export const statedPostings = (workbook: ReadableWorkbook): { readonly journal_id: number; readonly ledger_document: string; readonly stated_instant: number }[] =>
  workbook.all('SELECT journal_id, ledger_document, min(stated_instant) AS stated_instant FROM journal_postings GROUP BY journal_id, ledger_document');

export interface JournalEffectRow {
  readonly journal_id: number;
  readonly number: string;
  readonly state: string;
  readonly account_code: string;
  readonly effect_minor: number;
  readonly lines: number;
}

/** What the period's signed journals book, by account; one that was withdrawn books nothing until it is prepared again. */
export const journalEffects = (workbook: ReadableWorkbook, periodId: number): JournalEffectRow[] =>
  workbook.all<JournalEffectRow>(
    `SELECT j.journal_id, j.number, j.state, n.account_code, sum(n.debit_minor - n.credit_minor) AS effect_minor, count(*) AS lines
     FROM journals j JOIN journal_lines n USING (journal_id) WHERE ${BOOKED_IN_PERIOD_SQL} AND j.withdrawn_instant IS NULL GROUP BY j.journal_id, n.account_code ORDER BY j.journal_id`,
    { period: periodId },
  );
