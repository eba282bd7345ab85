/**
 * Repeat offenders: what made exceptions in more than one period, by line, SKU, location, counter, reason and system; what
 * the repeats cost, whether it was mended, and which risk tiers the figures speak against.
 */
import { formatAmount } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import type { TierProposal } from '@shared/domain/report';
import type { Tier } from '@shared/domain/terms';
import type { VarianceKind } from '@shared/domain/variance';
import { currencyOfPeriod } from '@shared/domain/instant';
import { currencySql } from '../../workbook/tables/period-codes';
import { figure, makeSection, sum, text } from './section';
import { LINES_SQL, linesWhere, type Frame, type ReportBody } from './frame';

/** How many periods in a row without an exception speak for a lower tier. */
const QUIET_PERIODS = 3;
/** How many in a row with one speak for a higher. */
const LOUD_PERIODS = 2;
const PROPOSALS_MAX = 100;

const DIMENSIONS = ['line', 'sku', 'location', 'counter', 'reason', 'system'] as const;
type Dimension = (typeof DIMENSIONS)[number];
const TITLES: Readonly<Record<Dimension, readonly [string, string]>> = {
  line: ['SKU and location', 'Line'],
  sku: ['SKU', 'SKU'],
  location: ['Location', 'Location'],
  counter: ['Counter, of lines whose count differs', 'Counter'],
  reason: ['Reason, else cause', 'Reason'],
  system: ['System, whose figure differed most', 'System'],
};
/** Whose figure stands against the books in a variance. */
const SYSTEM_OF: Readonly<Record<VarianceKind, string>> = { count: 'count against the ERP', channel: 'storefront', ledger: 'ERP against its own postings' };

interface PeriodPlace {
  readonly period_id: number;
  readonly code: string;
}

/** What a thing did in one period. */
interface Occurrence {
  lines: number;
  /** Of those whose unit cost is known. */
  valueMinor: number;
}

interface Offender {
  readonly name: string;
  readonly reasons: Set<string>;
  /** By place in the list of periods. */
  readonly at: Map<number, Occurrence>;
}

type ExceptionRow = { readonly sku: string; readonly location: string; readonly counter: string | null; readonly reason: string; readonly kind: VarianceKind; readonly value: number | null };

const COUNTER_SQL = `(SELECT CASE WHEN min(c.counted_by) = max(c.counted_by) THEN min(c.counted_by) ELSE 'several' END
  FROM counts c JOIN imports m USING (import_id) WHERE c.stock_key_id = l.stock_key_id AND m.period_id = l.period_id AND c.counted_scaled IS NOT NULL)`;
const SIZE = (kind: VarianceKind) => `abs(coalesce(l.${kind}_variance_scaled, 0))`;
const KIND_SQL = `CASE WHEN ${SIZE('count')} >= ${SIZE('channel')} AND ${SIZE('count')} >= ${SIZE('ledger')} THEN 'count'
  WHEN ${SIZE('channel')} >= ${SIZE('ledger')} THEN 'channel' ELSE 'ledger' END`;

const exceptionsOf = ({ workbook, locationId }: Frame, periodId: number): IterableIterator<ExceptionRow> =>
  workbook.iterate<ExceptionRow>(
    `SELECT i.sku, o.code AS location, CASE WHEN coalesce(l.count_variance_scaled, 0) <> 0 THEN ${COUNTER_SQL} END AS counter,
       coalesce(t.reason_code, l.cause, 'no cause') AS reason, ${KIND_SQL} AS kind,
       CASE WHEN l.unit_cost_scaled IS NOT NULL THEN abs(l.variance_minor) END AS value
     ${LINES_SQL} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
     LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
     WHERE ${linesWhere({ locationId })} AND l.cleared_by IS NULL AND l.variance_scaled <> 0`,
    { period: periodId, ...(locationId === null ? {} : { location: locationId }) },
  );

type Offenders = Readonly<Record<Dimension, ReadonlyMap<string, Offender>>>;

/** Who made exceptions in which periods, and how many of these have no unit cost and count in no value. */
function gather(frame: Frame, periods: readonly PeriodPlace[]): { readonly found: Offenders; readonly withoutCost: number } {
  const found = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, new Map<string, Offender>()])) as Record<Dimension, Map<string, Offender>>;
  let withoutCost = 0;
  periods.forEach(({ period_id }, place) => {
    for (const row of exceptionsOf(frame, period_id)) {
      if (row.value === null) withoutCost += 1;
      const names: Readonly<Record<Dimension, string | null>> = {
        line: `${row.sku} at ${row.location}`, sku: row.sku, location: row.location, counter: row.counter || null, reason: row.reason, system: SYSTEM_OF[row.kind],
      };
      for (const dimension of DIMENSIONS) {
        const name = names[dimension];
        if (name === null) continue;
        const offender = found[dimension].get(name) ?? { name, reasons: new Set<string>(), at: new Map<number, Occurrence>() };
        found[dimension].set(name, offender);
        const occurrence = offender.at.get(place) ?? { lines: 0, valueMinor: 0 };
        occurrence.lines += 1;
        occurrence.valueMinor += row.value ?? 0;
        offender.at.set(place, occurrence);
        if (dimension !== 'reason') offender.reasons.add(row.reason);
      }
    }
  });
  return { found, withoutCost };
}

const STANDINGS = ['still there', 'back again', 'gone', 'new'] as const;
type Standing = (typeof STANDINGS)[number];

/** How an offender stands in the last of the periods, whose place is `last`. */
export function standingOf(places: ReadonlySet<number> | ReadonlyMap<number, unknown>, last: number): Standing {
  if (!places.has(last)) return 'gone';
  if (places.has(last - 1)) return 'still there';
  return places.size > 1 ? 'back again' : 'new';
}

/** How many periods in a row up to the last hold it. */
const runOf = (places: ReadonlyMap<number, unknown>, last: number): number => {
  let run = 0;
  while (places.has(last - run)) run += 1;
  return run;
};

/** The value of every time but the first. */
const costOf = ({ at }: Offender): number => {
  const first = Math.min(...at.keys());
  return [...at].reduce((total, [place, { valueMinor }]) => (place === first ? total : total + valueMinor), 0);
};

function offenderSection(frame: Frame, dimension: Dimension, offenders: ReadonlyMap<string, Offender>, periods: readonly PeriodPlace[]) {
  const last = periods.length - 1;
  const repeated = [...offenders.values()]
    .filter(({ at }) => at.size > 1)
    .map((offender) => {
      const places = [...offender.at.keys()].sort((one, other) => one - other);
      return {
        name: offender.name,
        standing: standingOf(offender.at, last),
        periods: places.length,
        first: periods[places[0]!]!.code,
        last: periods[places.at(-1)!]!.code,
        run: runOf(offender.at, last),
        lines: [...offender.at.values()].reduce((total, { lines }) => total + lines, 0),
        now: offender.at.get(last)?.lines ?? 0,
        cost: costOf(offender),
        reasons: [...offender.reasons].sort().join(', '),
      };
    })
    .sort((one, other) => other.cost - one.cost || (one.name < other.name ? -1 : 1));
  const all = { lines: 0, now: 0, cost: 0 };
  for (const row of repeated) {
    all.lines += row.lines;
    all.now += row.now;
    all.cost += row.cost;
  }
  return makeSection(
    {
      id: `by-${dimension}`,
      title: TITLES[dimension][0],
      columns: [
        text('name', TITLES[dimension][1], { wide: true }), text('standing', 'Now'), figure('count', 'periods', 'Periods'), text('first', 'First'), text('last', 'Last'),
        figure('count', 'run', 'In a row'), sum('count', 'lines', 'Exceptions'), sum('count', 'now', 'Of this period'), sum('amount', 'cost', 'Cost of repeats'),
        ...(dimension === 'line' || dimension === 'sku' ? [text('reasons', 'Reasons', { wide: true })] : []),
      ],
      lines: repeated.slice(0, frame.linesMax),
      all,
      linesInAll: repeated.length,
    },
    frame.currency,
  );
}

/** What became of last period's exceptions, and where this period's come from. */
function overviewSection(frame: Frame, found: Offenders, last: number) {
  const rows = DIMENSIONS.map((dimension) => {
    const tally = { 'still there': 0, 'back again': 0, gone: 0, new: 0 };
    for (const { at } of found[dimension].values()) {
      const standing = standingOf(at, last);
      // Only what last period still had can have been mended since.
      if (standing !== 'gone' || at.has(last - 1)) tally[standing] += 1;
    }
    return { name: TITLES[dimension][0], ...tally };
  });
  return makeSection(
    {
      id: 'overview', title: 'Standing, what became of each',
      columns: [text('name', 'By', { wide: true }), figure('count', 'gone', 'Gone since last period'), figure('count', 'still there', 'Still there'), figure('count', 'back again', 'Back again'), figure('count', 'new', 'New')],
      lines: rows, hasTotal: false,
    },
    frame.currency,
  );
}

const ORDER: readonly Tier[] = ['C', 'B', 'A'];
const moved = (tier: Tier, by: 1 | -1): Tier | undefined => ORDER[ORDER.indexOf(tier) + by];

function tierProposals(frame: Frame, offenders: ReadonlyMap<string, Offender>, periods: readonly PeriodPlace[]): TierProposal[] {
  const { workbook, currency } = frame;
  const last = periods.length - 1;
  const raised = [...offenders.values()]
    .filter((offender) => runOf(offender.at, last) >= LOUD_PERIODS && costOf(offender) > 0)
    .sort((one, other) => costOf(other) - costOf(one) || (one.name < other.name ? -1 : 1))
    .flatMap((offender): TierProposal[] => {
      const item = workbook.get<{ name: string; tier: Tier }>('SELECT name, tier FROM items WHERE sku = ?', offender.name)!;
      const to = moved(item.tier, 1);
      if (to === undefined) return [];
      const run = runOf(offender.at, last);
      const lines = [...offender.at.values()].reduce((total, each) => total + each.lines, 0);
      const evidence = `${plural(run, 'period')} in a row with exceptions, ${periods[last - run + 1]!.code} to ${periods[last]!.code}: ${plural(lines, 'line')} in all, cost of repeats ${formatAmount(costOf(offender), currency)} ${currency}.`;
      return [{ sku: offender.name, itemName: item.name, from: item.tier, to, evidence }];
    });
  return [...raised.slice(0, PROPOSALS_MAX), ...lowered(frame, periods).slice(0, PROPOSALS_MAX)];
}

/** Items that were looked at and gave no exception for a while. */
function lowered(frame: Frame, periods: readonly PeriodPlace[]): TierProposal[] {
  if (periods.length < QUIET_PERIODS || frame.locationId !== null) return [];
  const quiet = periods.slice(-QUIET_PERIODS);
  const rows = frame.workbook.all<{ sku: string; name: string; tier: Tier; counted: number }>(
    `SELECT i.sku, i.name, i.tier, g.counted FROM (
       SELECT k.item_id, sum(l.count_variance_scaled IS NOT NULL) AS counted FROM lines l JOIN stock_keys k USING (stock_key_id)
       WHERE l.period_id IN (SELECT value FROM json_each(?)) GROUP BY k.item_id
       HAVING count(DISTINCT l.period_id) = ? AND sum(l.cleared_by IS NULL) = 0 AND counted > 0) g
     JOIN items i ON i.item_id = g.item_id WHERE i.tier <> 'C' ORDER BY i.tier, i.sku LIMIT ?`,
    JSON.stringify(quiet.map(({ period_id }) => period_id)), QUIET_PERIODS, PROPOSALS_MAX,
  );
  return rows.map(({ sku, name, tier, counted }) => ({
    sku, itemName: name, from: tier, to: moved(tier, -1)!,
    evidence: `No exception in ${quiet.map(({ code }) => code).join(', ')}, with ${plural(counted, 'count')} that agreed.`,
  }));
}

export function repeatOffendersReport(frame: Frame): ReportBody {
  const { workbook, scope } = frame;
  const periods = workbook.all<PeriodPlace>(`SELECT period_id, code FROM periods WHERE reconciled_instant IS NOT NULL AND code <= ? AND ${currencySql('code')} = ? ORDER BY code`, scope.code, currencyOfPeriod(scope.code) ?? '');
  const { found, withoutCost } = gather(frame, periods);
  return {
    sections: [overviewSection(frame, found, periods.length - 1), ...DIMENSIONS.map((dimension) => offenderSection(frame, dimension, found[dimension], periods))],
    proposals: tierProposals(frame, found.sku, periods),
    notes: [
      `Read from ${plural(periods.length, 'reconciled period')}: ${periods.map(({ code }) => code).join(', ')}. A repeat offender made exceptions in more than one of them; its cost is the value, without sign, of every time but the first.`,
      'Still there: in this period and the one before. Back again: in this one, not in the one before, and earlier. Gone: not in this one. A reason is what a person set, else the cause that the engine found.',
      ...(withoutCost > 0 ? [`${plural(withoutCost, 'exception has', 'exceptions have')} no unit cost and no part in any cost of repeats.`] : []),
      'No file that Tieout reads names the supplier of an item, so suppliers are left out.',
      `A higher tier is proposed after ${LOUD_PERIODS} periods in a row with exceptions, a lower one after ${QUIET_PERIODS} without and with a count that agreed. Nothing changes until a person accepts it.`,
    ],
  };
}
