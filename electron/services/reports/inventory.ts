/**
 * Reconciled inventory: what is on hand after the adjustments of the period, the states within it, and the value, by
 * location, by account and by line.
 *
 * On hand and the states are those of the system that the source-of-truth rule named at the reconciliation, at the cut-off.
 */
import { plural } from '@shared/domain/plural';
import { BOOKED_SQL, REASON_STANDS_SQL } from '../../workbook/tables/follow-up';
import { makeSection, sum, text, type Column, type Figures } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';
import { exactOf, valueSumSql, type ValueRow } from './values';

const KEPT = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined', 'in_transit', 'incoming'] as const;

/** Where neither system nor rule gives an on hand there is none to adjust. */
const RECONCILED = `(l.on_hand_scaled + ${BOOKED_SQL})`;

const FROM_SQL = `${LINES_SQL} LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
  LEFT JOIN reason_codes r ON r.reason_code = t.reason_code`;

const SUMS_SQL = `count(*) AS lines, sum(${BOOKED_SQL}) AS adjustment, sum(${RECONCILED}) AS reconciled, sum(l.identity_scaled) AS available,
  ${KEPT.map((state) => `sum(l.${state}_scaled) AS ${state}`).join(', ')},
  ${valueSumSql('book', 'l.on_hand_scaled')}, ${valueSumSql('value', RECONCILED)}`;

const QUANTITIES = ['on_hand', 'adjustment', 'reconciled', 'committed', 'reserved', 'damaged', 'quarantined', 'available', 'in_transit', 'incoming'] as const;

const COLUMNS: readonly Column[] = [
  sum('quantity', 'on_hand', 'On hand'),
  sum('quantity', 'adjustment', 'Adjustment'),
  sum('quantity', 'reconciled', 'Reconciled on hand'),
  sum('amount', 'book', 'Book value'),
  sum('amount', 'change', 'Adjustment value', { minus: ['value', 'book'] }),
  sum('amount', 'value', 'Reconciled value'),
  sum('quantity', 'committed', 'Committed'),
  sum('quantity', 'reserved', 'Reserved'),
  sum('quantity', 'damaged', 'Damaged'),
  sum('quantity', 'quarantined', 'Quarantined'),
  sum('quantity', 'available', 'Available'),
  sum('quantity', 'in_transit', 'In transit'),
  sum('quantity', 'incoming', 'Incoming'),
];

type SumRow = ValueRow & { readonly lines: number };

const figuresOf = (row: SumRow): Figures => ({
  lines: row.lines,
  ...Object.fromEntries(QUANTITIES.map((column) => [column, row[column] ?? null])),
  book: exactOf(row, 'book'),
  value: exactOf(row, 'value'),
});

/** The account of lines whose reason names none: the one that most reason codes book inventory to. */
const GENERAL_ACCOUNT = `SELECT inventory_account FROM reason_codes WHERE inventory_account IS NOT NULL
  GROUP BY inventory_account ORDER BY count(*) DESC, inventory_account LIMIT 1`;
const ACCOUNT = `coalesce(CASE WHEN r.posting <> 'none' AND ${REASON_STANDS_SQL} THEN r.inventory_account END, @general)`;

/** Balances of the period's trial balance by account code; debits positive. */
function trialBalances({ workbook, scope }: Frame): ReadonlyMap<string, number> {
  const rows = workbook.all<{ account_code: string; balance: number }>(
    `SELECT b.account_code, sum(b.debit_minor - b.credit_minor) AS balance FROM trial_balances b
     WHERE b.import_id = (SELECT max(import_id) FROM imports WHERE period_id = ? AND kind = 'trial_balance' AND state = 'standing')
     GROUP BY b.account_code`,
    scope.periodId,
  );
  return new Map(rows.map((row) => [row.account_code, row.balance]));
}

function notesOf(frame: Frame, totals: SumRow & Readonly<Record<string, number>>): string[] {
  const unknown = [...KEPT, 'available' as const]
    .map((state) => [state.replace('_', ' '), totals.lines - (totals[`${state}_known`] ?? 0)] as const)
    .filter(([, lines]) => lines > 0);
  return [
    'On hand and the states are those of the system that the source-of-truth rule names, at the cut-off; in transit and incoming as that system stated them at its own instant. ' +
      'The adjustment is what the reasons of the lines book, in a journal or not yet, and none where a reason was given for other figures; reconciled on hand is on hand with it. Available is what the identity gives before it.',
    ...(unknown.length > 0
      ? [`Unknown, and in no sum: ${unknown.map(([state, lines]) => `${state} on ${plural(lines, 'line')}`).join(', ')}.`]
      : []),
    ...((totals['without_cost'] ?? 0) > 0 ? [`${plural(totals['without_cost']!, 'line has', 'lines have')} no unit cost: the quantity is in the sums, the value is unknown.`] : []),
    `Each value is quantity times unit cost, rounded half-even once per line; a row Rounding holds what that moved. Values are in ${frame.currency}.`,
  ];
}

export function inventoryReport(frame: Frame): ReportBody {
  const { workbook, currency } = frame;
  const general = workbook.get<{ inventory_account: string }>(GENERAL_ACCOUNT)?.inventory_account ?? null;
  const parameters = linesParameters(frame);
  const totals = workbook.get<SumRow & Readonly<Record<string, number>>>(
    `SELECT ${SUMS_SQL}, coalesce(sum(l.unit_cost_scaled IS NULL AND l.on_hand_scaled <> 0), 0) AS without_cost,
       count(l.identity_scaled) AS available_known, ${KEPT.map((state) => `count(l.${state}_scaled) AS ${state}_known`).join(', ')}
     ${FROM_SQL} WHERE ${linesWhere(frame)}`,
    parameters,
  )!;
  const places = workbook.all<SumRow & { readonly location: string; readonly account: string | null; readonly account_name: string | null }>(
    `SELECT o.code AS location, g.account, a.name AS account_name, g.* FROM (
       SELECT k.location_id, ${ACCOUNT} AS account, ${SUMS_SQL} ${FROM_SQL} WHERE ${linesWhere(frame)} GROUP BY 1, 2) g
     JOIN locations o ON o.location_id = g.location_id LEFT JOIN accounts a ON a.account_code = g.account ORDER BY o.code, g.account`,
    { ...parameters, general },
  );
  const accountText = (row: { readonly account: string | null; readonly account_name: string | null }) =>
    row.account === null ? 'no account' : `${row.account} ${row.account_name ?? ''}`.trimEnd();
  const grouped = (nameOf: (row: (typeof places)[number]) => string) => mergedBy(places.map((row) => ({ name: nameOf(row), figures: figuresOf(row) })));
  const lines = sum('count', 'lines', 'Lines');
  const balances = trialBalances(frame);
  const codeOf = new Map(places.map((row) => [accountText(row), row.account]));
  return {
    sections: [
      makeSection(
        { id: 'by-location', title: 'By location', columns: [text('name', 'Location'), lines, ...COLUMNS], lines: grouped((row) => row.location).map(({ name, figures }) => ({ name, ...figures })) },
        currency,
      ),
      makeSection(
        {
          id: 'by-account',
          title: 'By account',
          note: balances.size === 0 ? 'No trial balance was imported for the period: what the ledger says is unknown.' : frame.locationId === null ? '' : 'A trial balance is of all locations, and is not held against one.',
          columns: [
            text('name', 'Account'), lines, ...COLUMNS.filter(({ id }) => ['on_hand', 'adjustment', 'reconciled', 'book', 'change', 'value'].includes(id)),
            sum('amount', 'ledger', 'Trial balance'), sum('amount', 'difference', 'Book less ledger', { minus: ['book', 'ledger'] }),
          ],
          lines: grouped(accountText).map(({ name, figures }) => ({
            name, ...figures, ledger: frame.locationId === null ? (balances.get(codeOf.get(name) ?? '') ?? null) : null,
          })),
        },
        currency,
      ),
      makeSection(
        {
          id: 'by-location-and-account',
          title: 'By location and account',
          columns: [text('location', 'Location'), text('account', 'Account'), lines, ...COLUMNS],
          lines: places.map((row) => ({ location: row.location, account: accountText(row), ...figuresOf(row) })),
        },
        currency,
      ),
      lineSection(frame, totals, general),
    ],
    notes: notesOf(frame, totals),
  };
}

/** Lines of one name in one, in the order of their names. */
function mergedBy(rows: readonly { readonly name: string; readonly figures: Figures }[]): { readonly name: string; readonly figures: Figures }[] {
  const merged = new Map<string, Record<string, number | bigint | null>>();
  for (const { name, figures } of rows) {
    const known = merged.get(name) ?? {};
    for (const [id, value] of Object.entries(figures)) {
      if (typeof value === 'string') continue;
      const before = known[id] ?? null;
      known[id] = value === null ? before : typeof value === 'bigint' ? BigInt(before ?? 0) + value : Number(before ?? 0) + value;
    }
    merged.set(name, known);
  }
  return [...merged].map(([name, figures]) => ({ name, figures })).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** All lines by SKU where they fit; else those worth most. */
function lineSection(frame: Frame, totals: SumRow, general: string | null) {
  const isWhole = totals.lines <= frame.linesMax;
  const rows = frame.workbook.all<ValueRow & { readonly sku: string; readonly item: string; readonly location: string; readonly account: string | null; readonly lines: number }>(
    `SELECT i.sku, i.name AS item, o.code AS location, ${ACCOUNT} AS account, l.unit_cost_scaled AS cost, 1 AS lines,
       ${BOOKED_SQL} AS adjustment, ${RECONCILED} AS reconciled, l.identity_scaled AS available, ${KEPT.map((state) => `l.${state}_scaled AS ${state}`).join(', ')}
     ${FROM_SQL} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
     WHERE ${linesWhere(frame)} ORDER BY ${isWhole ? '' : `abs(CAST(${RECONCILED} AS REAL) * l.unit_cost_scaled) DESC NULLS LAST, `}i.sku, o.code LIMIT @limit`,
    { ...linesParameters(frame), general, limit: frame.linesMax },
  );
  const exact = (quantity: unknown, cost: unknown) => (typeof quantity === 'number' && typeof cost === 'number' ? BigInt(quantity) * BigInt(cost) : null);
  return makeSection(
    {
      id: 'lines',
      title: 'By line',
      note: isWhole ? '' : `The ${frame.linesMax.toLocaleString('en-US')} lines worth most; the rest is one row.`,
      columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), text('account', 'Account'), ...COLUMNS],
      lines: rows.map((row) => ({
        ...row, account: row.account ?? 'no account', book: exact(row['on_hand'], row['cost']), value: exact(row['reconciled'], row['cost']),
      })),
      all: figuresOf(totals),
      linesInAll: totals.lines,
    },
    frame.currency,
  );
}
