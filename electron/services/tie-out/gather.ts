/**
 * Gathers what a tie-out is decided from: values and balances by account, and what the ledger and the ERP posted.
 */
import { formatInstant } from '@shared/domain/instant';
import { formatUnitCost } from '@shared/domain/money';
import { matchAccount, type AccountFacts, type TieOutFacts } from '@shared/domain/tie-out';
import type { CauseFacts, DocumentMovement, LedgerDocument } from '@shared/domain/tie-out-causes';
import {
  borneNumbers, costChanges, costsCompared, journalEffects, ledgerAccounts, ledgerDocuments, ledgerFileCount, movementsOfDocuments, openTransfers,
  placedLines, statedPostings, strayPostings, transferCount, trialBalanceFile, trialBalances, unitsUnderWay, valuesByPlace, type PlaceValueRow,
} from '../../workbook/tables/tie-out';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { PeriodScope } from '../reconciliation/scope';
import { isStale } from '../reconciliation/staleness';
import { stockAccounts, type StockAccounts } from './stock-account';

const UNIT = 1_000_000n;
const exactOf = (row: PlaceValueRow, name: 'book' | 'reconciled' | 'transit' | 'moved'): bigint =>
  BigInt(row[`${name}_whole`] ?? '0') * UNIT + BigInt(row[`${name}_rest`] ?? '0');

interface Held {
  lines: number;
  linesWithoutCost: number;
  bookExact: bigint;
  valueExact: bigint;
}

/** Values by account: stock where it lies, goods under way on their own account. Lines of no account are left out, as nothing could tie them. */
function valuesHeld(workbook: ReadableWorkbook, scope: PeriodScope, accounts: StockAccounts): ReadonlyMap<string, Held & { readonly holds: 'stock' | 'transit' }> {
  const held = new Map<string, Held & { holds: 'stock' | 'transit' }>();
  const add = (account: string | null, holds: 'stock' | 'transit', what: Held) => {
    if (account === null) return;
    const known = held.get(account) ?? { holds, lines: 0, linesWithoutCost: 0, bookExact: 0n, valueExact: 0n };
    held.set(account, {
      holds: known.holds, lines: known.lines + what.lines, linesWithoutCost: known.linesWithoutCost + what.linesWithoutCost,
      bookExact: known.bookExact + what.bookExact, valueExact: known.valueExact + what.valueExact,
    });
  };
  let transit = 0n;
  let transitWithoutCost = 0;
  let movedToTransit = 0n;
  let transitStated = 0;
  for (const row of valuesByPlace(workbook, scope.periodId)) {
    add(accounts.accountOf(row), 'stock', { lines: row.lines, linesWithoutCost: row.without_cost, bookExact: exactOf(row, 'book'), valueExact: exactOf(row, 'reconciled') });
    transit += exactOf(row, 'transit');
    if (accounts.transit !== null && accounts.movedTo(row) === accounts.transit) movedToTransit += exactOf(row, 'moved');
    transitWithoutCost += row.transit_without_cost;
    transitStated += row.transit_stated;
  }
  transit += movedUnderWay(workbook, scope, transitStated > 0);
  if (accounts.transit !== null) add(accounts.transit, 'transit', { lines: 0, linesWithoutCost: transitWithoutCost, bookExact: transit, valueExact: transit + movedToTransit });
  return held;
}

/** What transfers add to the goods under way at the cut-off, beyond what the ERP states of its own instant; all of it where it states nothing. */
function movedUnderWay(workbook: ReadableWorkbook, scope: PeriodScope, stated: boolean): bigint {
  const moved = unitsUnderWay(workbook, [...scope.movements.rankOf.keys()], scope.periodId, scope, stated);
  const costs = new Map(placedLines(workbook, scope.periodId, moved.map((row) => row.stock_key_id)).map((row) => [row.stock_key_id, row.unit_cost_scaled]));
  return moved.reduce((sum, row) => sum + BigInt(row.net_scaled) * BigInt(costs.get(row.stock_key_id) ?? 0), 0n);
}

interface ChartAccount {
  readonly accountCode: string;
  readonly name: string;
  readonly kind: string;
}

const chartOf = (workbook: ReadableWorkbook): ChartAccount[] =>
  workbook
    .all<{ account_code: string; name: string; kind: string }>('SELECT account_code, name, kind FROM accounts ORDER BY account_code')
    .map(({ account_code: accountCode, name, kind }) => ({ accountCode, name, kind }));

export interface Gathered {
  readonly facts: TieOutFacts;
  readonly causes: CauseFacts;
}

/** A journal that is being prepared: it counts as the journals do that are kept already. */
export interface JournalAtHand {
  readonly number: string;
  readonly lines: readonly { readonly accountCode: string; readonly debitMinor: number; readonly creditMinor: number }[];
}

/** @param atHand the journal for whose file the tie-out is made; it is not among the kept ones */
export function gatherTieOut(workbook: ReadableWorkbook, scope: PeriodScope, atHand?: JournalAtHand): Gathered {
  const chart = chartOf(workbook);
  const accounts = stockAccounts(workbook, scope.code);
  const held = valuesHeld(workbook, scope, accounts);
  const ledger = gatherLedger(workbook, scope, chart, [...held.keys()]);
  const causes = gatherCauses(workbook, scope, accounts, ledger);
  const file = trialBalanceFile(workbook, scope.periodId);
  const balances = new Map<string, number>();
  for (const { account, balance_minor: balanceMinor } of file ? trialBalances(workbook, file.import_id) : []) {
    const code = matchAccount(account, chart);
    if (code !== undefined) balances.set(code, (balances.get(code) ?? 0) + balanceMinor);
  }
  return {
    facts: {
      periodCode: scope.code,
      currency: scope.currency,
      trialBalance: file ? { importId: file.import_id, fileName: file.file_name, importedInstant: file.imported_instant } : null,
      accounts: accountFacts(workbook, scope.periodId, chart, held, balances, ledger, atHand),
      isStale: isStale(workbook, scope.periodId),
    },
    causes,
  };
}

/** Accounts that hold stock, and other assets that the journals move. */
function accountFacts(
  workbook: ReadableWorkbook, periodId: number, chart: readonly ChartAccount[], held: ReturnType<typeof valuesHeld>, balances: ReadonlyMap<string, number>, ledger: readonly LedgerDocument[],
  atHand: JournalAtHand | undefined,
): AccountFacts[] {
  const effects = journalEffects(workbook, periodId);
  const file = trialBalanceFile(workbook, periodId);
  const stated = statedPostings(workbook);
  // By the ledger's own entries under the journal's number or the document stated for it; without entries, by what was stated before the balance came in.
  const isInLedger = (journalId: number, number: string) => {
    const ofJournal = stated.filter((each) => each.journal_id === journalId);
    const names = [number, ...ofJournal.map((each) => each.ledger_document)];
    return (
      ledger.some(({ document }) => names.some((name) => document === name || document.startsWith(`${name}/`))) ||
      (file !== undefined && ofJournal.some((each) => each.stated_instant < file.imported_instant))
    );
  };
  return chart.flatMap(({ accountCode, name, kind }): AccountFacts[] => {
    const stock = held.get(accountCode);
    const linesAtHand = atHand?.lines.filter((line) => line.accountCode === accountCode) ?? [];
    const journals = [
      ...effects
        .filter((row) => row.account_code === accountCode)
        .map((row) => ({ number: row.number, state: row.state, effectMinor: row.effect_minor, lines: row.lines, isInLedger: isInLedger(row.journal_id, row.number) })),
      ...(linesAtHand.length === 0
        ? []
        : [{ number: atHand!.number, state: 'prepared', effectMinor: linesAtHand.reduce((sum, line) => sum + line.debitMinor - line.creditMinor, 0), lines: linesAtHand.length, isInLedger: false }]),
    ];
    if (!stock && (kind !== 'asset' || journals.length === 0)) return [];
    return [{
      accountCode, name, holds: stock?.holds ?? 'other', lines: stock?.lines ?? 0, linesWithoutCost: stock?.linesWithoutCost ?? 0,
      bookExact: stock?.bookExact ?? null, valueExact: stock?.valueExact ?? null, ledgerMinor: balances.get(accountCode) ?? null, journals,
    }];
  });
}

/** The ledger's documents on accounts that hold stock. */
function gatherLedger(workbook: ReadableWorkbook, { periodId }: PeriodScope, chart: readonly ChartAccount[], heldOn: readonly string[]): LedgerDocument[] {
  const codeOf = new Map<string, string>();
  for (const written of ledgerAccounts(workbook, periodId)) {
    const code = matchAccount(written, chart);
    if (code !== undefined && heldOn.includes(code)) codeOf.set(written, code);
  }
  return ledgerDocuments(workbook, periodId, [...codeOf.keys()]).map((row) => ({
    document: row.document, accountCode: codeOf.get(row.account)!, day: row.day, amountMinor: row.amount_minor, rows: row.rows, memo: row.memo,
    place: { importId: row.import_id, fileName: row.file_name, rowNumber: row.row_number },
  }));
}

/** The numbers of the period's journals, and what the ledger calls those that were posted. */
function ownNumbers(workbook: ReadableWorkbook, periodId: number): string[] {
  const effects = journalEffects(workbook, periodId);
  const ids = new Set(effects.map((row) => row.journal_id));
  return [...effects.map(({ number }) => number), ...statedPostings(workbook).filter((each) => ids.has(each.journal_id)).map((each) => each.ledger_document)];
}

/** The day on the clock of the workbook, `YYYY-MM-DD`; what is posted at the cut-off itself belongs to the period that ends there. */
const dayIn = (timeZone: string) => (instant: number) => formatInstant(instant - 1, timeZone).slice(0, 10);

function gatherCauses(workbook: ReadableWorkbook, scope: PeriodScope, accounts: StockAccounts, ledger: readonly LedgerDocument[]): CauseFacts {
  const importIds = [...scope.movements.rankOf.keys()];
  const documents = [...new Set(ledger.map(({ document }) => document))];
  const moved = movementsOfDocuments(workbook, importIds, documents);
  const strays = strayPostings(workbook, importIds, scope);
  const open = openTransfers(workbook, importIds, scope);
  const changes = scope.previous ? costChanges(workbook, scope.periodId, scope.previous.periodId) : [];
  const placed = new Map(
    placedLines(workbook, scope.periodId, [...new Set([...moved, ...strays, ...open, ...changes].map((row) => row.stock_key_id))]).map((row) => [row.stock_key_id, row]),
  );
  const accountOf = (stockKeyId: number): string => {
    const place = placed.get(stockKeyId);
    return (place && accounts.accountOf(place)) ?? '';
  };
  const costOf = (stockKeyId: number): number | null => placed.get(stockKeyId)?.unit_cost_scaled ?? null;
  const valueOf = (stockKeyId: number, quantityScaled: number): bigint => BigInt(quantityScaled) * BigInt(costOf(stockKeyId) ?? 0);
  const day = dayIn(scope.timeZone);

  const byDocument = new Map<string, DocumentMovement>();
  for (const row of moved) {
    const accountCode = accountOf(row.stock_key_id);
    const key = `${accountCode}\n${row.document}`;
    const known = byDocument.get(key);
    const postedDay = day(row.posted_instant);
    byDocument.set(key, {
      document: row.document, accountCode, postedDay: known && known.postedDay > postedDay ? known.postedDay : postedDay,
      valueExact: (known?.valueExact ?? 0n) + valueOf(row.stock_key_id, row.on_hand_scaled), postings: (known?.postings ?? 0) + row.postings,
    });
  }
  return {
    periodCode: scope.code,
    currency: scope.currency,
    ownJournals: ownNumbers(workbook, scope.periodId),
    ledger: { files: ledgerFileCount(workbook, scope.periodId), documents: ledger },
    movements: { files: importIds.length, ofDocuments: [...byDocument.values()] },
    knownDocuments: new Set(borneNumbers(workbook, importIds, documents).map((number) => number.toLowerCase())),
    strays: strays.map((row) => ({
      document: row.document, accountCode: accountOf(row.stock_key_id), sku: row.sku, location: row.location, quantityScaled: row.on_hand_scaled,
      valueExact: valueOf(row.stock_key_id, row.on_hand_scaled), occurredDay: day(row.occurred_instant), postedDay: day(row.posted_instant),
      place: { importId: row.import_id, fileName: row.file_name, rowNumber: row.row_number },
    })),
    transfers: {
      documents: transferCount(workbook, importIds, scope),
      open: open.map((row) => ({
        document: row.document, accountCode: accountOf(row.stock_key_id), sku: row.sku, from: row.sent_from ?? '', to: row.received_at ?? row.sent_to ?? '',
        outScaled: row.out_scaled, inScaled: row.in_scaled, unitCostScaled: costOf(row.stock_key_id), day: day(row.posted_instant),
        place: { importId: row.import_id, fileName: row.file_name, rowNumber: row.row_number },
      })),
    },
    costs: {
      previousPeriod: scope.previous?.code ?? null,
      linesCompared: scope.previous ? costsCompared(workbook, scope.periodId, scope.previous.periodId) : 0,
      changes: changes.map((row) => ({
        accountCode: accountOf(row.stock_key_id), sku: row.sku, location: row.location, beforeText: formatUnitCost(row.before_scaled), nowText: formatUnitCost(row.now_scaled),
        quantityScaled: row.quantity_scaled, effectExact: BigInt(row.quantity_scaled) * (BigInt(row.before_scaled) - BigInt(row.now_scaled)),
      })),
    },
  };
}
