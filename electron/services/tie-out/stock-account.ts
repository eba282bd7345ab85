/**
 * On which ledger account a line's stock lies, and on which the goods that are under way.
 *
 * The one place that says so: what the journals book of a line and where its stock is held have to be the same account.
 */
import { chooseAccount } from '@shared/domain/account-map';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { StockPlaceRow } from '../../workbook/tables/tie-out';

export interface StockAccounts {
  /** Null where no reason code names an account for stock at all. */
  accountOf(place: StockPlaceRow): string | null;
  /** Where a reason that reclassifies moves the line's value to; null where it names none. */
  movedTo(place: StockPlaceRow): string | null;
  /** The account of goods in transit; null where no reason speaks of them. */
  readonly transit: string | null;
}

/** The account of lines whose reason names none: the one that most reason codes book inventory to. */
const GENERAL = `SELECT inventory_account AS account FROM reason_codes WHERE inventory_account IS NOT NULL GROUP BY inventory_account ORDER BY count(*) DESC, inventory_account LIMIT 1`;

/** What codes for goods on their way book against, where that is an asset. */
const TRANSIT = `SELECT r.offset_account AS account FROM reason_codes r JOIN accounts a ON a.account_code = r.offset_account, json_each(r.causes) c
  WHERE a.kind = 'asset' AND c.value IN ('in_transit', 'unrecorded_transfer', 'location_mismatch') GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`;

export function stockAccounts(workbook: ReadableWorkbook, periodCode: string): StockAccounts {
  const { accounts } = ruleSetFor(workbook, periodCode).rules;
  const general = workbook.get<{ account: string }>(GENERAL)?.account ?? null;
  const own = new Map(
    workbook
      .all<{ reason_code: string; inventory_account: string | null; offset_account: string | null }>('SELECT reason_code, inventory_account, offset_account FROM reason_codes')
      .map((row) => [row.reason_code, row]),
  );
  const ownOf = (place: StockPlaceRow) => (place.reason === null ? undefined : own.get(place.reason));
  return {
    accountOf: (place) => chooseAccount(accounts, 'inventoryAccount', place, ownOf(place)?.inventory_account ?? general).account,
    movedTo: (place) => chooseAccount(accounts, 'offsetAccount', place, ownOf(place)?.offset_account ?? null).account,
    transit: workbook.get<{ account: string }>(TRANSIT)?.account ?? null,
  };
}
