/**
 * Exceptions by owner with their ageing: every line that no rule cleared and that holds a variance or lacks a figure.
 *
 * Age is counted at the cut-off, so that a replay gives the same; overdue is what was due when the lines were reconciled.
 */
import { plural } from '@shared/domain/plural';
import { HAS_VARIANCE_SQL, STATUS_SQL } from '../../workbook/tables/lines';
import { figure, makeSection, sum, text, type Column } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';

/** First day of each bucket. */
const BUCKETS = [
  { from: 0, name: '0 to 2 days' },
  { from: 3, name: '3 to 7 days' },
  { from: 8, name: '8 to 30 days' },
  { from: 31, name: '31 to 60 days' },
  { from: 61, name: 'over 60 days' },
] as const;

const BUCKET_SQL = `CASE ${[...BUCKETS].reverse().map(({ from }, index) => `WHEN l.age_days >= ${from} THEN ${BUCKETS.length - 1 - index}`).join(' ')} ELSE 0 END`;
const OWNER_SQL = `coalesce(t.owner, l.suggested_owner, 'nobody')`;
const DUE_SQL = 'coalesce(t.due_instant, l.due_instant)';
const FROM_SQL = `${LINES_SQL} LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id`;
const where = (frame: Frame) => `${linesWhere(frame)} AND l.cleared_by IS NULL`;

const SUMS_SQL = `count(*) AS lines, sum(${STATUS_SQL} = 'open') AS open, sum(${STATUS_SQL} = 'tagged') AS tagged, sum(${STATUS_SQL} = 'approved') AS approved,
  sum(${DUE_SQL} < @reconciled AND ${STATUS_SQL} <> 'approved') AS overdue, sum(abs(l.variance_scaled)) AS units,
  sum(CASE WHEN l.unit_cost_scaled IS NOT NULL THEN abs(l.variance_minor) END) AS value`;

const COLUMNS: readonly Column[] = [
  sum('count', 'lines', 'Lines'),
  sum('count', 'open', 'Open'),
  sum('count', 'tagged', 'Tagged'),
  sum('count', 'approved', 'Approved'),
  sum('count', 'overdue', 'Overdue'),
  sum('quantity', 'units', 'Units'),
  sum('amount', 'value', 'Value'),
];

type GroupRow = Readonly<Record<string, number | string | null>>;
const named = (owner: unknown) => (owner === 'nobody' ? 'Nobody' : String(owner).charAt(0).toUpperCase() + String(owner).slice(1));

export function exceptionsReport(frame: Frame): ReportBody {
  const { workbook, currency } = frame;
  const parameters = { ...linesParameters(frame), reconciled: frame.standsFor.reconciledInstant };
  const grouped = (expressions: string) =>
    workbook.all<GroupRow>(`SELECT ${expressions}, ${SUMS_SQL} ${FROM_SQL} JOIN locations o ON o.location_id = k.location_id WHERE ${where(frame)} GROUP BY 1, 2 ORDER BY 1, 2`, parameters);
  const all = workbook.get<Readonly<Record<string, number | null>>>(
    `SELECT ${SUMS_SQL}, sum(l.unit_cost_scaled IS NULL) AS without_cost, sum(NOT ${HAS_VARIANCE_SQL}) AS without_variance ${FROM_SQL} WHERE ${where(frame)}`, parameters,
  )!;
  const withoutCost = all['without_cost'] ?? 0;
  const withoutVariance = all['without_variance'] ?? 0;
  return {
    sections: [
      makeSection(
        {
          id: 'by-owner',
          title: 'By owner and age',
          columns: [text('owner', 'Owner'), text('age', 'Age at the cut-off'), ...COLUMNS],
          lines: grouped(`${OWNER_SQL} AS owner, ${BUCKET_SQL} AS bucket`).map((row) => ({ ...row, owner: named(row['owner']), age: BUCKETS[Number(row['bucket'])]!.name })),
          subtotalBy: 'owner',
        },
        currency,
      ),
      makeSection(
        {
          id: 'by-class',
          title: 'By class and cause',
          columns: [text('class', 'Class'), text('cause', 'Cause'), ...COLUMNS],
          lines: grouped(`coalesce(l.class, 'no variance') AS class, coalesce(l.cause, '') AS cause`),
          subtotalBy: 'class',
        },
        currency,
      ),
      makeSection(
        { id: 'by-location', title: 'By location and owner', columns: [text('location', 'Location'), text('owner', 'Owner'), ...COLUMNS],
          lines: grouped(`o.code AS location, ${OWNER_SQL} AS owner`).map((row) => ({ ...row, owner: named(row['owner']) })), subtotalBy: 'location' },
        currency,
      ),
      lineSection(frame, all),
    ],
    notes: [
      'An exception is a line that no rule cleared. Owner and due date are what a person set, else what the rules suggest; the value is that of the line\'s largest variance at unit cost, without its sign.',
      ...(withoutVariance > 0 ? [`${plural(withoutVariance, 'line holds', 'lines hold')} no variance because a figure is missing: the ERP does not list what was counted or is on sale.`] : []),
      ...(withoutCost > 0 ? [`${plural(withoutCost, 'line has', 'lines have')} no unit cost: the value is unknown and in no sum.`] : []),
    ],
  };
}

function lineSection(frame: Frame, all: Readonly<Record<string, number | null>>) {
  const rows = frame.workbook.all<GroupRow>(
    `SELECT ${OWNER_SQL} AS owner, i.sku, i.name AS item, o.code AS location, coalesce(l.class, '') AS class, coalesce(l.cause, '') AS cause, ${STATUS_SQL} AS status,
       coalesce(t.reason_code, '') AS reason, l.age_days AS age, ${DUE_SQL} AS due, l.variance_scaled AS variance, abs(l.variance_scaled) AS units,
       CASE WHEN l.unit_cost_scaled IS NOT NULL THEN abs(l.variance_minor) END AS value, l.next_step AS next
     ${FROM_SQL} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
     WHERE ${where(frame)} ORDER BY abs(l.variance_minor) DESC, i.sku, o.code LIMIT @limit`,
    { ...linesParameters(frame), limit: frame.linesMax },
  );
  return makeSection(
    {
      id: 'lines',
      title: 'By line, the highest value first',
      columns: [
        text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), text('owner', 'Owner'), text('class', 'Class'), text('cause', 'Cause'),
        text('status', 'Status'), text('reason', 'Reason'), figure('days', 'age', 'Age, days'), figure('instant', 'due', 'Due'),
        figure('quantity', 'variance', 'Variance'), sum('quantity', 'units', 'Units'), sum('amount', 'value', 'Value'), text('next', 'Next step', { wide: true }),
      ],
      lines: rows.map((row) => ({ ...row, owner: named(row['owner']) })),
      all: { units: all['units'] ?? null, value: all['value'] ?? null },
      linesInAll: all['lines'] ?? 0,
    },
    frame.currency,
  );
}
