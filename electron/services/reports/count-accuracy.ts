/**
 * Count accuracy: how many counted lines, and how much book value, agreed with the ERP exactly or within the tolerance of
 * their tier; by location, category, tier and counter; and the lines that nobody counted.
 *
 * What is judged is the count variance less its timing components, by the rules that the lines were reconciled with.
 */
import { plural } from '@shared/domain/plural';
import { isWithinTolerance } from '@shared/domain/tolerance';
import type { Tier } from '@shared/domain/terms';
import { LATEST_OF_PLACE } from '../../workbook/tables/counts';
import { ruleSetById } from '../../workbook/tables/rule-sets';
import { LineDecisions } from '../reconciliation/line-decisions';
import { figure, makeSection, sum, text, type Column, type Figure, type Figures } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';
import { exactOf, shareHundredths, valueSumSql, type ValueRow } from './values';

const NOBODY = 'not said';

/** Who counted the figure of a line: the rows that the counted figure was added up from. */
const COUNTERS_SQL = `(
  SELECT stock_key_id, CASE WHEN min(counted_by) = max(counted_by) THEN coalesce(nullif(min(counted_by), ''), '${NOBODY}') ELSE 'several' END AS counter
  FROM (SELECT stock_key_id, counted_by, rank() OVER (PARTITION BY stock_key_id ORDER BY count_no DESC) AS age FROM (
    SELECT c.stock_key_id, c.count_no, c.counted_by, c.counted_scaled, ${LATEST_OF_PLACE} AS place
    FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = @period)
    WHERE place = 1 AND counted_scaled IS NOT NULL)
  WHERE age = 1 GROUP BY stock_key_id)`;

const FROM_SQL = `${LINES_SQL} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
  LEFT JOIN line_truths h ON h.period_id = l.period_id AND h.line_truth_id = l.line_truth_id
  LEFT JOIN ${COUNTERS_SQL} b ON b.stock_key_id = l.stock_key_id`;

const DIMENSIONS = ['location', 'category', 'tier', 'counter'] as const;
type Dimension = (typeof DIMENSIONS)[number];
/** The category is the one that the line was reconciled under: a later one of the item moves nothing between the groups. */
const DIMENSION_SQL = `o.code AS location, coalesce(nullif(coalesce(h.category, i.category), ''), 'no category') AS category, l.tier, coalesce(b.counter, '${NOBODY}') AS counter`;

/** A line was counted against the books where both figures are known. */
const COUNTED = 'l.count_variance_scaled IS NOT NULL';
/** The books know it and no count holds it. */
const MISSED = 'l.counted_scaled IS NULL AND l.erp_at_cut_off_scaled IS NOT NULL';

interface Tally {
  lines: number; counted: number; missed: number; exact: number; within: number; netUnits: number; absUnits: number;
  /** Null while no line with a unit cost was met. */
  book: bigint | null; bookWithin: bigint | null;
  netValue: bigint; absValue: bigint;
  differ: number; differWithoutCost: number;
}
const nothing = (): Tally => ({
  lines: 0, counted: 0, missed: 0, exact: 0, within: 0, netUnits: 0, absUnits: 0, book: null, bookWithin: null, netValue: 0n, absValue: 0n, differ: 0, differWithoutCost: 0,
});

/** What a tally tells: the value of differences is unknown where none of them has a cost. */
function figuresOf({ differ, differWithoutCost, ...tally }: Tally): Figures {
  const isUnknown = differ > 0 && differ === differWithoutCost;
  return isUnknown ? { ...tally, netValue: null, absValue: null } : { ...tally };
}

type OffLine = Readonly<Record<Dimension, string>> & {
  readonly sku: string; readonly item: string; readonly item_id: number; readonly location_id: number; readonly cost: number | null; readonly book: number;
  readonly counted: number; readonly variance: number; readonly adjustment: number; readonly cleared: string | null; readonly tier: Tier; isWithin: boolean;
};

/** Lines whose count differs from the books, each judged as the reconciliation judges. */
function offLines(frame: Frame): OffLine[] {
  const { workbook, scope, currency } = frame;
  const stamped = workbook.get<{ id: number | null }>('SELECT max(rule_set_id) AS id FROM lines WHERE period_id = ?', scope.periodId)!.id;
  const rules = (stamped === null ? undefined : ruleSetById(workbook, stamped, scope.code)?.rules) ?? scope.rules;
  const decisions = new LineDecisions({ ...scope, rules }, () => undefined);
  const rows = workbook.all<OffLine>(
    `SELECT i.sku, i.name AS item, k.item_id, k.location_id, ${DIMENSION_SQL}, l.unit_cost_scaled AS cost, l.erp_at_cut_off_scaled AS book,
       l.counted_at_cut_off_scaled AS counted, l.count_variance_scaled AS variance, l.adjustment_scaled AS adjustment, l.cleared_by AS cleared
     ${FROM_SQL} WHERE ${linesWhere(frame)} AND l.count_variance_scaled <> 0`,
    linesParameters(frame),
  );
  for (const row of rows) {
    const granted = decisions.toleranceOf(row.tier, { itemId: row.item_id, locationId: row.location_id });
    row.isWithin =
      row.adjustment === 0 || row.cleared !== null ||
      (granted !== null &&
        isWithinTolerance(
          granted.bounds, { kind: 'count', quantityScaled: row.variance, exceptionalScaled: row.adjustment, bookScaled: row.book }, row.cost, currency,
        ));
  }
  return rows;
}

const valueOf = (quantityScaled: number, cost: number | null): bigint => (cost === null ? 0n : BigInt(quantityScaled) * BigInt(cost));
const size = (value: bigint): bigint => (value < 0n ? -value : value);

function tallies(frame: Frame, off: readonly OffLine[]): Readonly<Record<Dimension, ReadonlyMap<string, Tally>>> {
  const groups = frame.workbook.all<ValueRow & Readonly<Record<Dimension, string>> & { readonly lines: number; readonly counted: number; readonly missed: number; readonly exact: number }>(
    `SELECT ${DIMENSION_SQL}, count(*) AS lines, sum(${COUNTED}) AS counted, sum(${MISSED}) AS missed, coalesce(sum(l.count_variance_scaled = 0), 0) AS exact,
       ${valueSumSql('book', `CASE WHEN ${COUNTED} THEN l.erp_at_cut_off_scaled ELSE 0 END`)}
     ${FROM_SQL} WHERE ${linesWhere(frame)} GROUP BY 1, 2, 3, 4`,
    linesParameters(frame),
  );
  const found = { location: new Map<string, Tally>(), category: new Map<string, Tally>(), tier: new Map<string, Tally>(), counter: new Map<string, Tally>() };
  const each = (row: Readonly<Record<Dimension, string>>, add: (tally: Tally) => void) => {
    for (const dimension of DIMENSIONS) {
      const tally = found[dimension].get(row[dimension]) ?? nothing();
      found[dimension].set(row[dimension], tally);
      add(tally);
    }
  };
  for (const row of groups) {
    const book = exactOf(row, 'book');
    each(row, (tally) => {
      tally.lines += row.lines;
      tally.counted += row.counted;
      tally.missed += row.missed;
      tally.exact += row.exact;
      tally.within += row.exact;
      if (book === null) return;
      tally.book = (tally.book ?? 0n) + book;
      tally.bookWithin = (tally.bookWithin ?? 0n) + book;
    });
  }
  for (const row of off) {
    const value = valueOf(row.variance, row.cost);
    each(row, (tally) => {
      tally.within += row.isWithin ? 1 : 0;
      if (!row.isWithin && tally.bookWithin !== null) tally.bookWithin -= valueOf(row.book, row.cost);
      tally.differ += 1;
      tally.differWithoutCost += row.cost === null ? 1 : 0;
      tally.netUnits += row.variance;
      tally.absUnits += Math.abs(row.variance);
      tally.netValue += value;
      tally.absValue += size(value);
    });
  }
  return found;
}

const COLUMNS: readonly Column[] = [
  sum('count', 'lines', 'Lines'),
  sum('count', 'counted', 'Counted'),
  sum('count', 'missed', 'Not counted'),
  sum('count', 'exact', 'Exact'),
  sum('count', 'within', 'Within tolerance'),
  figure('percent', 'share', 'Lines within, %'),
  sum('amount', 'book', 'Book value counted'),
  sum('amount', 'bookWithin', 'Book value within'),
  figure('percent', 'valueShare', 'Value within, %'),
  sum('quantity', 'netUnits', 'Net units'),
  sum('quantity', 'absUnits', 'Absolute units'),
  sum('amount', 'netValue', 'Net value'),
  sum('amount', 'absValue', 'Absolute value'),
];

const shares = (figures: Readonly<Record<string, Figure>>): Figures => ({
  share: shareHundredths(Number(figures['within'] ?? 0), Number(figures['counted'] ?? 0)),
  valueShare: shareHundredths((figures['bookWithin'] ?? 0n) as bigint, (figures['book'] ?? 0n) as bigint),
});

const TITLES: Readonly<Record<Dimension, readonly [string, string]>> = {
  location: ['By location', 'Location'], category: ['By category', 'Category'], tier: ['By risk tier', 'Tier'], counter: ['By counter', 'Counter'],
};

export function countAccuracyReport(frame: Frame): ReportBody {
  const off = offLines(frame);
  const found = tallies(frame, off);
  const sections = DIMENSIONS.map((dimension) =>
    makeSection(
      {
        id: `by-${dimension}`,
        title: TITLES[dimension][0],
        columns: [text('name', TITLES[dimension][1]), ...COLUMNS.filter(({ id }) => dimension !== 'counter' || (id !== 'lines' && id !== 'missed'))],
        lines: [...found[dimension]]
          .filter(([, tally]) => dimension !== 'counter' || tally.counted > 0)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, tally]) => {
            const figures = figuresOf(tally);
            return { name, ...figures, ...shares(figures) };
          }),
        total: shares,
      },
      frame.currency,
    ),
  );
  const withoutCost = off.filter(({ cost }) => cost === null).length;
  return {
    sections: [...sections, offSection(frame, off), missedSection(frame)],
    notes: [
      'A line is counted where both the count and the ERP have a figure at the cut-off. Exact: they agree. Within tolerance: what is not timing of their difference lies within the units, percent and value of the tier, or the line cleared.',
      'Shares are rounded down. A counter stands for the rows that the figure was added up from; several counters of one line are one group.',
      ...(withoutCost > 0 ? [`${plural(withoutCost, 'line that differs has', 'lines that differ have')} no unit cost and no part in the values.`] : []),
    ],
  };
}

function offSection(frame: Frame, off: readonly OffLine[]) {
  const outside = off
    .filter(({ isWithin }) => !isWithin)
    .map((row) => ({ ...row, timing: row.variance - row.adjustment, absUnits: Math.abs(row.variance), absValue: row.cost === null ? null : size(valueOf(row.variance, row.cost)) }))
    .sort((one, other) => (one.absValue === other.absValue ? (`${one.sku} ${one.location}` < `${other.sku} ${other.location}` ? -1 : 1) : (other.absValue ?? 0n) > (one.absValue ?? 0n) ? 1 : -1));
  const all: { absUnits: number; absValue: bigint | null } = { absUnits: 0, absValue: null };
  for (const row of outside) {
    all.absUnits += row.absUnits;
    if (row.absValue !== null) all.absValue = (all.absValue ?? 0n) + row.absValue;
  }
  return makeSection(
    {
      id: 'outside',
      title: 'Outside tolerance, the highest value first',
      columns: [
        text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), text('tier', 'Tier'), text('counter', 'Counter'), figure('quantity', 'book', 'ERP'),
        figure('quantity', 'counted', 'Counted'), figure('quantity', 'variance', 'Variance'), figure('quantity', 'timing', 'Of it timing'),
        sum('quantity', 'absUnits', 'Absolute units'), sum('amount', 'absValue', 'Absolute value'),
      ],
      lines: outside.slice(0, frame.linesMax).map(({ isWithin: _, ...row }) => row),
      all,
      linesInAll: outside.length,
    },
    frame.currency,
  );
}

function missedSection(frame: Frame) {
  const { workbook } = frame;
  const all = workbook.get<ValueRow & { readonly lines: number; readonly book: number | null }>(
    `SELECT count(*) AS lines, sum(l.erp_at_cut_off_scaled) AS book, ${valueSumSql('value', 'l.erp_at_cut_off_scaled')} ${LINES_SQL} WHERE ${linesWhere(frame)} AND ${MISSED}`,
    linesParameters(frame),
  )!;
  const rows = workbook.all<Readonly<Record<string, number | string | null>>>(
    `SELECT i.sku, i.name AS item, o.code AS location, l.tier, CASE WHEN EXISTS (SELECT 1 FROM counts c JOIN imports m USING (import_id) WHERE c.stock_key_id = l.stock_key_id AND m.period_id = l.period_id)
         THEN 'on a sheet without a figure' ELSE 'in no count' END AS why,
       l.erp_at_cut_off_scaled AS book, l.unit_cost_scaled AS cost
     ${LINES_SQL} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
     WHERE ${linesWhere(frame)} AND ${MISSED} ORDER BY abs(CAST(l.erp_at_cut_off_scaled AS REAL) * l.unit_cost_scaled) DESC NULLS LAST, i.sku, o.code LIMIT @limit`,
    { ...linesParameters(frame), limit: frame.linesMax },
  );
  return makeSection(
    {
      id: 'not-counted',
      title: 'Not counted, the highest book value first',
      columns: [
        text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), text('tier', 'Tier'), text('why', 'Why', { wide: true }),
        sum('quantity', 'book', 'ERP'), sum('amount', 'value', 'Book value'),
      ],
      lines: rows.map((row) => ({ ...row, value: typeof row['cost'] === 'number' ? BigInt(row['book']!) * BigInt(row['cost']) : null })),
      all: { book: all.book, value: exactOf(all, 'value') },
      linesInAll: all.lines,
    },
    frame.currency,
  );
}
