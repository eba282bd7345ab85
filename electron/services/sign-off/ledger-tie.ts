/**
 * Whether the inventory value of a period ties to the general ledger: the one place that the gate of the lock asks.
 */
import { formatAmount } from '@shared/domain/money';
import type { Period } from '@shared/contract/workbook';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { readReport } from '../reports';
import { workbookRow } from '../workbooks';

export type LedgerTie =
  | { readonly kind: 'ties'; readonly figure: string }
  | { readonly kind: 'differs'; readonly figure: string }
  | { readonly kind: 'no_trial_balance' };

interface AccountTie {
  readonly account: string;
  readonly bookMinor: number;
  readonly valueMinor: number;
  readonly ledgerMinor: number;
}

/** Accounts that hold stock and stand in the trial balance, from the report of reconciled inventory. */
function accountTies(workbook: ReadableWorkbook, periodId: number): AccountTie[] {
  const report = readReport(workbook, { periodId, report: 'inventory', location: null, systems: { left: 'erp', right: 'warehouse' }, linesMax: 1 });
  const section = report.ok ? report.value.sections.find(({ id }) => id === 'by-account') : undefined;
  if (!section) return [];
  const place = (id: string) => section.columns.findIndex((column) => column.id === id);
  const [account, book, value, ledger] = ['name', 'book', 'value', 'ledger'].map(place) as [number, number, number, number];
  return section.rows.flatMap(({ kind, cells }) => {
    const [bookMinor, valueMinor, ledgerMinor] = [cells[book], cells[value], cells[ledger]];
    if (kind !== 'line' || typeof ledgerMinor !== 'number' || typeof bookMinor !== 'number') return [];
    return [{ account: String(cells[account]), bookMinor, valueMinor: typeof valueMinor === 'number' ? valueMinor : bookMinor, ledgerMinor }];
  });
}

/**
 * The ledger ties where each account's balance is the value of the stock it holds, before the journals of the period or, where they
 * are posted already, after them.
 */
export function tieOutStands(workbook: ReadableWorkbook, period: Period): LedgerTie {
  const { currency } = workbookRow(workbook);
  const ties = accountTies(workbook, period.periodId);
  if (ties.length === 0) return { kind: 'no_trial_balance' };
  const words = (minor: number) => `${formatAmount(minor, currency)} ${currency}`;
  const off = ties.filter(({ bookMinor, valueMinor, ledgerMinor }) => ledgerMinor !== bookMinor && ledgerMinor !== valueMinor);
  const told = (off.length === 0 ? ties : off).map(({ account, bookMinor, ledgerMinor }) =>
    off.length === 0 ? `${account}: ${words(ledgerMinor)}` : `${account}: inventory ${words(bookMinor)}, ledger ${words(ledgerMinor)}, difference ${words(bookMinor - ledgerMinor)}`,
  );
  return { kind: off.length === 0 ? 'ties' : 'differs', figure: told.join('; ') };
}
