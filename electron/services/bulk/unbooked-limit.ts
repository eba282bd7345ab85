/**
 * How much of a month may be left unbooked by clearing: what tolerance let pass and what people cleared count against the one
 * limit of the rules, so that a thousand small differences do not pass where one large one would not.
 */
import type { Period } from '@shared/contract/workbook';
import { formatAmount } from '@shared/domain/money';
import { CHANGED_SQL } from '../../workbook/tables/follow-up';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import { TAGS_SQL } from '../../workbook/tables/lines';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { waivedLedger } from '../follow-up/waived';
import type { ChosenLine } from './chosen-lines';

/** Lines with an adjustment that a person has given a reason which books nothing. */
const UNBOOKED_SQL = `SELECT l.stock_key_id, abs(l.variance_minor) AS value_minor FROM lines l ${TAGS_SQL} JOIN reason_codes r ON r.reason_code = t.reason_code
  WHERE l.period_id = ? AND l.cleared_by IS NULL AND l.adjustment_scaled <> 0 AND t.owner IS NOT NULL AND r.posting IN ('none', 'accrue') AND NOT ${CHANGED_SQL}`;

/** What it would come to and the limit, where clearing these lines too would cross it; undefined where it does not. */
export function unbookedLimit(workbook: ReadableWorkbook, period: Period, cleared: readonly ChosenLine[]): string | undefined {
  const { waivedLimitMinor } = ruleSetFor(workbook, period.code).rules;
  if (waivedLimitMinor === null || cleared.length === 0) return undefined;
  const own = new Set(cleared.map(({ stockKeyId }) => stockKeyId));
  const ledger = waivedLedger(workbook, period.periodId)!;
  let totalMinor = BigInt(ledger.absoluteMinor);
  for (const { valueMinor } of cleared) totalMinor += BigInt(Math.abs(valueMinor ?? 0));
  for (const row of workbook.iterate<{ stock_key_id: number; value_minor: number }>(UNBOOKED_SQL, period.periodId)) {
    if (!own.has(row.stock_key_id)) totalMinor += BigInt(row.value_minor);
  }
  const amount = (minor: number | bigint) => `${formatAmount(minor, ledger.currency)} ${ledger.currency}`;
  return totalMinor > BigInt(waivedLimitMinor) ? `${amount(totalMinor)} would be left unbooked, the limit is ${amount(waivedLimitMinor)}` : undefined;
}
