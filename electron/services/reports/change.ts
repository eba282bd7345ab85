/**
 * Change against last period: lines, variances, their value, what is explained and what waits, now and then; by class, by
 * location and by reason.
 */
import { roundToMinor } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import { VARIANCE_CLASSES, type VarianceClass } from '@shared/domain/variance';
import { REASON_STANDS_SQL } from '../../workbook/tables/follow-up';
import { HAS_VARIANCE_SQL, IS_CONFIRMED_SQL } from '../../workbook/tables/lines';
import { figure, makeSection, sum, text, type Column, type Figure, type Figures } from './section';
import { LINES_SQL, linesWhere, type Frame, type ReportBody } from './frame';
import { exactOf, shareHundredths, valueSumSql, type ValueRow } from './values';

interface Explained {
  readonly location: string;
  readonly class: VarianceClass;
  readonly units: number;
  readonly value: bigint;
}

interface Standing {
  readonly location: string;
  readonly lines: number;
  readonly withVariance: number;
  readonly exceptions: number;
  /** Lines with a variance and without a unit cost. */
  readonly withoutCost: number;
}

interface ByReason {
  readonly reason: string;
  readonly lines: number;
  readonly units: number;
  readonly value: number;
}

interface PeriodFigures {
  readonly code: string;
  readonly explained: readonly Explained[];
  readonly standing: readonly Standing[];
  readonly reasons: readonly ByReason[];
}

const TAGS_SQL = 'LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id';
const KINDS = ['count', 'channel', 'ledger'] as const;

function readFigures({ workbook, locationId }: Frame, periodId: number, code: string): PeriodFigures {
  const parameters = { period: periodId, ...(locationId === null ? {} : { location: locationId }) };
  const where = linesWhere({ locationId });
  const firm = workbook.all<ValueRow & { readonly location: string; readonly class: VarianceClass; readonly units: number }>(
    `SELECT o.code AS location, c.class, sum(abs(c.quantity_scaled)) AS units, ${valueSumSql('value', 'abs(c.quantity_scaled)')}
     FROM components c JOIN lines l ON l.period_id = c.period_id AND l.stock_key_id = c.stock_key_id
     JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN locations o ON o.location_id = k.location_id
     WHERE c.period_id = @period AND c.suggested = 0 AND ${where} GROUP BY 1, 2`,
    parameters,
  );
  const residual = (kind: string) => `abs(l.${kind}_residual_scaled)`;
  const rest = workbook.all<ValueRow & { readonly location: string; readonly confirmed: 0 | 1 } & Readonly<Record<string, number | null>>>(
    `SELECT o.code AS location, ${IS_CONFIRMED_SQL} AS confirmed, ${KINDS.map((kind) => `sum(${residual(kind)}) AS ${kind}, ${valueSumSql(kind, residual(kind))}`).join(', ')}
     ${LINES_SQL} JOIN locations o ON o.location_id = k.location_id ${TAGS_SQL}
     WHERE ${where} AND (l.count_residual_scaled <> 0 OR l.channel_residual_scaled <> 0 OR l.ledger_residual_scaled <> 0) GROUP BY 1, 2`,
    parameters,
  );
  const standing = workbook.all<Standing>(
    `SELECT o.code AS location, g.* FROM (SELECT k.location_id, count(*) AS lines, sum(${HAS_VARIANCE_SQL}) AS withVariance, sum(l.cleared_by IS NULL) AS exceptions,
         sum(${HAS_VARIANCE_SQL} AND l.unit_cost_scaled IS NULL) AS withoutCost
       ${LINES_SQL} WHERE ${where} GROUP BY 1) g JOIN locations o ON o.location_id = g.location_id ORDER BY o.code`,
    parameters,
  );
  const reasons = workbook.all<ByReason>(
    `SELECT t.reason_code || ' ' || r.name AS reason, count(*) AS lines, sum(abs(l.variance_scaled)) AS units, sum(abs(l.variance_minor)) AS value
     ${LINES_SQL} JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id JOIN reason_codes r ON r.reason_code = t.reason_code
     WHERE ${where} AND ${REASON_STANDS_SQL} GROUP BY t.reason_code ORDER BY r.display_order`,
    parameters,
  );
  const residuals = rest.flatMap((row) =>
    KINDS.map((kind): Explained => ({
      location: row.location, class: kind === 'count' && row.confirmed === 1 ? 'physical' : 'unexplained', units: row[kind] ?? 0, value: exactOf(row, kind) ?? 0n,
    })),
  );
  return {
    code,
    explained: [...firm.map((row) => ({ location: row.location, class: row.class, units: row.units, value: exactOf(row, 'value') ?? 0n })), ...residuals],
    standing,
    reasons,
  };
}

const added = <Row>(rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
const addedExact = (rows: readonly Explained[]): bigint => rows.reduce((total, { value }) => total + value, 0n);

function headOf(figures: PeriodFigures): Record<string, Figure> {
  const unexplained = figures.explained.filter((row) => row.class === 'unexplained');
  const units = added(figures.explained, (row) => row.units);
  const value = addedExact(figures.explained);
  return {
    lines: added(figures.standing, (row) => row.lines),
    withVariance: added(figures.standing, (row) => row.withVariance),
    exceptions: added(figures.standing, (row) => row.exceptions),
    units,
    unexplainedUnits: added(unexplained, (row) => row.units),
    unitsShare: shareHundredths(units - added(unexplained, (row) => row.units), units),
    value,
    unexplainedValue: addedExact(unexplained),
    valueShare: shareHundredths(value - addedExact(unexplained), value),
  };
}

const HEAD_COLUMNS: readonly Column[] = [
  figure('count', 'lines', 'Lines'),
  figure('count', 'withVariance', 'With a variance'),
  figure('count', 'exceptions', 'Exceptions'),
  figure('quantity', 'units', 'Variance, units'),
  figure('quantity', 'unexplainedUnits', 'Unexplained, units'),
  figure('percent', 'unitsShare', 'Units explained, %'),
  figure('amount', 'value', 'Variance, value'),
  figure('amount', 'unexplainedValue', 'Unexplained, value'),
  figure('percent', 'valueShare', 'Value explained, %'),
];

/** This period, the last one and the change of each figure, side by side. */
function pairColumns(figures: readonly (readonly [kind: Column['kind'], id: string, title: string])[], now: string, then: string): readonly Column[] {
  return [
    ...figures.map(([kind, id, title]) => sum(kind, `now_${id}`, title, { group: now })),
    ...figures.map(([kind, id, title]) => sum(kind, `then_${id}`, title, { group: then })),
    ...figures.map(([kind, id, title]) => sum(kind, `change_${id}`, title, { group: 'Change', minus: [`now_${id}`, `then_${id}`] })),
  ];
}

const prefixed = (prefix: string, figures: Figures): Figures => Object.fromEntries(Object.entries(figures).map(([id, value]) => [`${prefix}_${id}`, value]));

export function changeReport(frame: Frame): ReportBody {
  const { workbook, scope, currency } = frame;
  const now = readFigures(frame, scope.periodId, scope.code);
  const { previous } = scope;
  const isThere = previous !== null && workbook.get('SELECT 1 FROM lines WHERE period_id = ? LIMIT 1', previous.periodId) !== undefined;
  const then = isThere ? readFigures(frame, previous.periodId, previous.code) : null;
  const thenCode = previous?.code ?? 'last period';
  // What a period that was reconciled does not hold is none; what was never reconciled is unknown.
  const pair = (ids: readonly string[], current: Figures | undefined, before: Figures | undefined): Figures => ({
    ...prefixed('now', Object.fromEntries(ids.map((id) => [id, current?.[id] ?? (id === 'value' && !isRounded(current, before) ? 0n : 0)]))),
    ...prefixed('then', Object.fromEntries(ids.map((id) => [id, then === null ? null : (before?.[id] ?? (id === 'value' && !isRounded(current, before) ? 0n : 0))]))),
  });
  const classOf = (figures: PeriodFigures | null, wanted: VarianceClass): Figures | undefined => {
    const rows = figures?.explained.filter((row) => row.class === wanted);
    return rows && { units: added(rows, (row) => row.units), value: addedExact(rows) };
  };
  const placeOf = (figures: PeriodFigures | null, location: string): Figures | undefined => {
    const place = figures?.standing.find((row) => row.location === location);
    if (!figures || !place) return undefined;
    const rows = figures.explained.filter((row) => row.location === location);
    const unexplained = rows.filter((row) => row.class === 'unexplained');
    return { exceptions: place.exceptions, units: added(rows, (row) => row.units), unexplained: added(unexplained, (row) => row.units), value: addedExact(rows) };
  };
  const reasonOf = (figures: PeriodFigures | null, reason: string): Figures | undefined => figures?.reasons.find((row) => row.reason === reason) as Figures | undefined;
  const locations = [...new Set([...now.standing, ...(then?.standing ?? [])].map(({ location }) => location))].sort();
  const reasons = [...new Set([...now.reasons, ...(then?.reasons ?? [])].map(({ reason }) => reason))].sort();
  return {
    sections: [
      headSection(now, then, thenCode, currency),
      makeSection(
        {
          id: 'by-class', title: 'By class',
          columns: [text('name', 'Class'), ...pairColumns([['quantity', 'units', 'Units'], ['amount', 'value', 'Value']], now.code, thenCode)],
          lines: VARIANCE_CLASSES.map((each) => ({ name: each, ...pair(['units', 'value'], classOf(now, each), classOf(then, each)) })),
        },
        currency,
      ),
      makeSection(
        {
          id: 'by-location', title: 'By location',
          columns: [
            text('name', 'Location'),
            ...pairColumns([['count', 'exceptions', 'Exceptions'], ['quantity', 'units', 'Units'], ['quantity', 'unexplained', 'Unexplained'], ['amount', 'value', 'Value']], now.code, thenCode),
          ],
          lines: locations.map((location) => ({ name: location, ...pair(['exceptions', 'units', 'unexplained', 'value'], placeOf(now, location), placeOf(then, location)) })),
        },
        currency,
      ),
      makeSection(
        {
          id: 'by-reason', title: 'By reason of the tagged lines',
          columns: [text('name', 'Reason', { wide: true }), ...pairColumns([['count', 'lines', 'Lines'], ['quantity', 'units', 'Units'], ['amount', 'value', 'Value']], now.code, thenCode)],
          lines: reasons.map((reason) => ({ name: reason, ...pair(['lines', 'units', 'value'], reasonOf(now, reason), reasonOf(then, reason)) })),
        },
        currency,
      ),
    ],
    notes: [
      'Units and values are without sign, over all three kinds of variance: firm components by their class, the rest as unexplained unless a person confirmed it. By reason stands the largest variance of each tagged line.',
      ...[now, ...(then === null ? [] : [then])].flatMap((figures) => {
        const withoutCost = added(figures.standing, (row) => row.withoutCost);
        return withoutCost === 0 ? [] : [`In ${figures.code} ${plural(withoutCost, 'line that differs has', 'lines that differ have')} no unit cost: the units are in the sums, the value is unknown.`];
      }),
      ...(then === null
        ? [previous ? `${previous.code} was not reconciled: there is nothing to hold this period against.` : 'The workbook has no period before this one.']
        : []),
    ],
  };
}

/** Values of tagged lines come rounded; those of components exact. */
const isRounded = (...figures: readonly (Figures | undefined)[]): boolean => figures.some((each) => typeof each?.['value'] === 'number');

function headSection(now: PeriodFigures, then: PeriodFigures | null, thenCode: string, currency: string) {
  // Rounded first, so that the change is that of the figures as they stand there.
  const rounded = (figures: Figures): Figures =>
    Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, typeof value === 'bigint' ? roundToMinor(value, currency) : value]));
  const current = rounded(headOf(now));
  const before = then ? rounded(headOf(then)) : {};
  const change = Object.fromEntries(
    Object.entries(current).map(([id, value]) => {
      const other = before[id];
      return [id, typeof value === 'number' && typeof other === 'number' ? value - other : null];
    }),
  );
  return makeSection(
    {
      id: 'in-all', title: 'In all',
      columns: [text('name', 'Period'), ...HEAD_COLUMNS],
      lines: [{ name: now.code, ...current }, { name: thenCode, ...before }, { name: 'Change', ...change }],
      hasTotal: false,
    },
    currency,
  );
}
