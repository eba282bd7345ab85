/**
 * Whether the inventory value of a period ties to the general ledger: what the gate of the lock asks of the tie-out.
 *
 * It asks for the accounts on which stock lies. What is under way at the cut-off is told beside them and keeps no period open:
 * its account often holds freight and duty too, which no quantity speaks for.
 */
import { formatAmount } from '@shared/domain/money';
import { standsOf } from '@shared/domain/tie-out';
import type { Period } from '@shared/contract/workbook';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { readTieOut } from '../tie-out/read';

export type LedgerTie =
  | { readonly kind: 'ties'; readonly figure: string }
  | { readonly kind: 'differs'; readonly figure: string }
  | { readonly kind: 'no_trial_balance' };

/** Of a period that was reconciled. */
export function ledgerTie(workbook: ReadableWorkbook, { periodId }: Period): LedgerTie {
  const outcome = readTieOut(workbook, periodId);
  if (!outcome.ok || !outcome.value.trialBalance) return { kind: 'no_trial_balance' };
  const { accounts, currency } = outcome.value;
  const stands = standsOf(outcome.value, ['stock']);
  const underWay = accounts
    .filter(({ holds, standing }) => holds === 'transit' && standing === 'differs')
    .map(({ accountCode, name, afterMinor }) => `${accountCode} ${name} differs by ${formatAmount(afterMinor!, currency)} ${currency}`);
  return { kind: stands.standing === 'ties' ? 'ties' : 'differs', figure: [stands.sentence, ...underWay].join('; ') };
}
