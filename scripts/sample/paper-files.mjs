/** The files that people make: count sheets, the trial balance, reason codes and owners. */
import { itemOf, splitKey } from './catalogue.mjs';
import { iso } from './clock.mjs';
import { amountText } from './csv.mjs';
import { ON_HAND, postingsOf } from './events.mjs';

export function countFile(rows) {
  return [
    ['sheet', 'line', 'sku', 'location', 'bin', 'count_no', 'counted', 'counted_at', 'counted_by', 'note'],
    ...rows.map((row) => {
      const [sku, location] = splitKey(row.key);
      return [
        row.sheet,
        row.line,
        sku,
        location,
        row.bin,
        row.countNo,
        row.counted ?? '',
        iso(row.at),
        row.by,
        row.note,
      ];
    }),
  ];
}

export function tagsFile(lines) {
  return [
    ['sku', 'location', 'reason', 'owner', 'note', 'due'],
    ...lines
      .filter((line) => line.cleared === null)
      .map(({ sku, location, plant: { tag } }) => [sku, location, tag.reason, tag.owner, tag.note, tag.due]),
  ];
}

/** October's freight, which a journal written by hand moved to 1310 and no stock speaks for: why that account does not tie out. */
const FREIGHT_CENTS = 31_240;

/** What operating expenses come to in each month, journal by journal: what, on which day, and what it was paid from. */
const EXPENSES = [
  ['Rent of warehouses and shop', '01', 210_000, '1000'],
  ['Insurance', '15', 35_000, '1000'],
  ['Software', '18', 39_500, '1000'],
  ['Power and telephone', '30', 24_000, '2000'],
  ['Cleaning and security', '30', 76_000, '2000'],
];
const EXPENSE_CENTS = EXPENSES.reduce((sum, [, , amount]) => sum + amount, 0);

const LEDGER_NAMES = {
  1000: 'Cash',
  1310: 'Inventory in transit',
  2000: 'Accounts payable',
  6100: 'Operating expenses',
};

/**
 * The journals that people wrote in a month, under the labels of NetSuite's journal records. What the ERP books by itself
 * (shipments, receipts, counts) is no journal and not among them.
 */
export function journalsFile(month) {
  const freight = [
    ['Inbound freight of October', '27', FREIGHT_CENTS, '2000'],
    ['Freight to be allocated to the goods', '29', FREIGHT_CENTS, '6100', '1310'],
  ];
  const [first, written] = month.code === '2026-09' ? [1081, EXPENSES] : [1088, EXPENSES.toSpliced(3, 0, ...freight)];
  const account = (code) => `${code} ${LEDGER_NAMES[code]}`;
  return [
    ['External ID', 'Currency', 'Date', 'Memo', 'Account', 'Debit', 'Credit', 'Line Memo', 'Department', 'Class', 'Location'],
    ...written.flatMap(([memo, day, amount, credited, debited = '6100'], index) => {
      const [year, monthOfYear] = month.code.split('-');
      const entry = [`JE-${first + index}`, 'USD', `${monthOfYear}/${day}/${year}`, memo];
      return [
        [...entry, account(debited), amountText(amount), '', '', '', '', ''],
        [...entry, account(credited), '', amountText(amount), '', '', '', ''],
      ];
    }),
  ];
}

/** Half-even, from tenths of a cent: costs have three places and quantities none. */
function cents(thousandths) {
  const whole = Math.floor(thousandths / 10);
  const rest = thousandths % 10;
  return rest > 5 || (rest === 5 && whole % 2 === 1) ? whole + 1 : whole;
}

/**
 * The ledger at the end of a month. Inventory is what the ERP has on hand times its average cost; what else there is
 * was made up around it so that the balance balances.
 */
export function trialBalanceFile(world, month, costOf) {
  const { figures } = world;
  const value = (figure) =>
    cents(
      world.keys.reduce(
        (sum, key) => sum + figures.at(figure, key, month.cutOff - 1) * costOf(splitKey(key)[0], month.code),
        0,
      ),
    );
  const posted = { shipment: 0, receipt: 0, adjustment: 0, count_post: 0 };
  for (const event of world.events) {
    for (const { system, sku, quantity, at } of postingsOf(event)) {
      if (system !== 'erp' || at >= month.cutOff || posted[event.type] === undefined) continue;
      posted[event.type] += ON_HAND[event.type] * quantity * itemOf(sku).costThousandths;
    }
  }
  const inventory = value('erpOnHand');
  const inTransit = value('erpInTransit') + (month.code === '2026-10' ? FREIGHT_CENTS : 0);
  const costOfSales = cents(-posted.shipment);
  const sales = Math.round(costOfSales * 2.4);
  const months = month.code === '2026-09' ? 1 : 2;
  const debits = [
    ['1100', 'Accounts receivable', Math.round(sales * 0.18)],
    ['1300', 'Inventory', inventory],
    ['1310', 'Inventory in transit', inTransit],
    ['4050', 'Sales returns and allowances', Math.round(sales * 0.021)],
    ['5100', 'Cost of goods sold', costOfSales],
    ['5190', 'Inventory shrinkage', 6_460 * months + Math.max(0, cents(Math.abs(posted.count_post)))],
    ['5192', 'Inventory differences not explained', 0],
    ['5195', 'Damage write-off', 4_315 * months],
    ['6100', 'Operating expenses', EXPENSE_CENTS * months],
  ];
  const credits = [
    ['2000', 'Accounts payable', Math.round(cents(posted.receipt) * 0.62)],
    ['2150', 'Goods received not invoiced', Math.round(cents(posted.receipt) * 0.21)],
    ['3000', 'Retained earnings', 15_460_000],
    ['4000', 'Sales', sales],
    ['5198', 'Inventory gains', 4_205 * months],
  ];
  const total = (rows) => rows.reduce((sum, [, , amount]) => sum + amount, 0);
  const cash = total(credits) - total(debits);
  (cash >= 0 ? debits : credits).push(['1000', 'Cash', Math.abs(cash)]);
  const sides = [
    ...debits.map(([account, name, amount]) => [account, name, amount, 0]),
    ...credits.map(([account, name, amount]) => [account, name, 0, amount]),
  ];
  return [
    ['period', 'account', 'name', 'debit', 'credit', 'currency'],
    ...sides
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([account, name, debit, credit]) => [
        month.code,
        account,
        name,
        amountText(debit),
        amountText(credit),
        'USD',
      ]),
  ];
}
