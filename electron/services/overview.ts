/**
 * The period on one page, and an item at a location over its periods. Only reads; sums are exact.
 *
 * What an exception is, which status it has and whether it recurs is said once, in `workbook/tables/lines.ts`, so that
 * each figure here and the grid behind it count the same lines.
 */
import { previousPeriodCode } from '@shared/domain/instant';
import { roundToMinor } from '@shared/domain/money';
import type { CauseTally, ClosesTally, ExceptionTally, ExplainedShare, Overview, PeriodShare, Tally } from '@shared/domain/overview';
import { CLOSES_TOLD_APART, EXCEPTION_STATUSES, type ExceptionStatus } from '@shared/domain/overview';
import { OWNERS } from '@shared/domain/terms';
import { VARIANCE_CLASSES, type VarianceClass } from '@shared/domain/variance';
import {
  countLines, countLinesHoldingPhysical, countLinesWithComponents, type ExceptionGroup, groupExceptions, listForMap, listRecurring, type PartTally, tallyComponents, tallyRecurring, tallyResiduals,
} from '../workbook/tables/overview';
import type { ReadableWorkbook } from '../workbook/workbook';
import { findPeriodByCode, listPeriods } from './periods';
import type { Period } from '@shared/contract/workbook';
import { isStale } from './reconciliation/staleness';

export { lineOverPeriods } from './line-periods';

const RECURRING_MOST = 50;
/** More marks would hide each other. */
const MAP_MOST = 400;
const PERIODS_MOST = 12;
/** The first day of each stretch of ages. */
const AGE_STRETCHES_DAYS = [0, 3, 8, 15, 31, 61, 91] as const;

/** @throws where a sum no longer fits into a whole number of JavaScript: it is never rounded */
function exactNumber(sum: bigint): number {
  const number = Number(sum);
  if (!Number.isSafeInteger(number)) throw new Error(`the sum ${sum} is too large to be shown exactly`);
  return number;
}

/** Hundredths of a percent, rounded down so that only a whole explanation reads as 100 %. */
const shareHundredths = (part: bigint, whole: bigint): number | null => (whole === 0n ? null : Number((part * 10_000n) / whole));

const sumOf = (parts: readonly PartTally[], figure: 'unitsScaled' | 'value'): bigint => parts.reduce((sum, part) => sum + part[figure], 0n);

const figuresOf = (parts: readonly PartTally[], currency: string) => ({
  unitsScaled: exactNumber(sumOf(parts, 'unitsScaled')),
  valueMinor: roundToMinor(sumOf(parts, 'value'), currency),
});

function explainedOf(parts: readonly PartTally[], currency: string): ExplainedShare {
  const explained = parts.filter((part) => part.class !== 'unexplained');
  return {
    ...figuresOf(explained, currency),
    unitsShareHundredths: shareHundredths(sumOf(explained, 'unitsScaled'), sumOf(parts, 'unitsScaled')),
    valueShareHundredths: shareHundredths(sumOf(explained, 'value'), sumOf(parts, 'value')),
  };
}

const forEachClass = <Value>(value: (each: VarianceClass) => Value): Record<VarianceClass, Value> =>
  Object.fromEntries(VARIANCE_CLASSES.map((each) => [each, value(each)])) as Record<VarianceClass, Value>;

/** Every cause with its units, the largest first; a cause of two classes stands twice. */
const causesOf = (parts: readonly PartTally[], currency: string): CauseTally[] =>
  [...parts]
    .sort((one, other) => (other.unitsScaled > one.unitsScaled ? 1 : other.unitsScaled < one.unitsScaled ? -1 : one.cause < other.cause ? -1 : 1))
    .map((part) => ({ class: part.class, cause: part.cause, lines: part.lines, ...figuresOf([part], currency) }));

const isException = (status: string): status is ExceptionStatus => EXCEPTION_STATUSES.some((each) => each === status);

type Addend = Pick<ExceptionGroup, 'status' | 'lines' | 'unitsScaled' | 'valueMinor'>;

function exceptionTally(groups: readonly Addend[]): ExceptionTally {
  const tallyOf = (status: ExceptionStatus): Tally => {
    const own = groups.filter((group) => group.status === status);
    const sum = (figure: 'lines' | 'unitsScaled' | 'valueMinor') => exactNumber(own.reduce((total, group) => total + BigInt(group[figure]), 0n));
    return { lines: sum('lines'), unitsScaled: sum('unitsScaled'), valueMinor: sum('valueMinor') };
  };
  return { open: tallyOf('open'), tagged: tallyOf('tagged'), approved: tallyOf('approved') };
}

const valueOf = ({ open, tagged, approved }: ExceptionTally): number => open.valueMinor + tagged.valueMinor + approved.valueMinor;

interface Stretch {
  readonly fromDays: number;
  readonly untilDays: number | null;
}

/** From the first days of stretches: each ends the day before the next begins, the last has no end. */
const stretchesOf = (starts: readonly number[]): readonly Stretch[] =>
  starts.map((fromDays, index) => ({ fromDays, untilDays: index + 1 < starts.length ? starts[index + 1]! - 1 : null }));

const tallyOfStretch = (groups: readonly ExceptionGroup[], stretch: Stretch) => ({
  ...stretch,
  tally: exceptionTally(groups.filter(({ ageDays }) => ageDays >= stretch.fromDays && (stretch.untilDays === null || ageDays <= stretch.untilDays))),
});

/** Exceptions by the closes they have been open over, as far as the workbook has closes; those of unknown age only where there are any. */
function ageInCloses(workbook: ReadableWorkbook, period: Period, groups: readonly ExceptionGroup[]): ClosesTally[] {
  const most = Math.min(CLOSES_TOLD_APART, listPeriods(workbook).filter(({ code }) => code <= period.code).length);
  const known = Array.from({ length: most }, (_, index) => {
    const closes = index + 1;
    const isLast = closes === most;
    const own = groups.filter(({ ageCloses }) => ageCloses !== null && (isLast ? ageCloses >= closes : ageCloses === closes));
    return { fromCloses: closes, untilCloses: isLast ? null : closes, tally: exceptionTally(own) };
  });
  const unknown = groups.filter(({ ageCloses }) => ageCloses === null);
  return unknown.length === 0 ? known : [...known, { fromCloses: null, untilCloses: null, tally: exceptionTally(unknown) }];
}

/** How many lines hold units of a class; residuals are unexplained on the lines that `parts` counts, or confirmed as physical. */
function linesByClass(workbook: ReadableWorkbook, periodId: number, parts: readonly PartTally[]): (wanted: VarianceClass) => number {
  const withComponents = countLinesWithComponents(workbook, periodId);
  const residual = (wanted: VarianceClass) => parts.find((part) => part.class === wanted && part.cause === 'residual')?.lines ?? 0;
  return (wanted) => {
    if (wanted === 'unexplained') return residual(wanted);
    if (wanted === 'physical' && residual(wanted) > 0) return countLinesHoldingPhysical(workbook, periodId);
    return withComponents.get(wanted) ?? 0;
  };
}

function recurringOf(workbook: ReadableWorkbook, periodId: number, previousPeriodId: number): Overview['recurring'] {
  const lines = listRecurring(workbook, periodId, previousPeriodId, RECURRING_MOST);
  // Few enough to be listed are few enough to be added up.
  const addends =
    lines.length < RECURRING_MOST
      ? lines.map((line) => ({ status: line.status, lines: 1, unitsScaled: Math.abs(line.varianceScaled), valueMinor: Math.abs(line.valueMinor ?? 0) }))
      : tallyRecurring(workbook, periodId, previousPeriodId);
  return { tally: exceptionTally(addends), lines: [...lines] };
}

/** The figures of a period; a period that was never reconciled has none of them. */
export function overviewOf(workbook: ReadableWorkbook, period: Period): Overview {
  const { periodId, currency } = period;
  const version = workbook.get<{ rule_version: string }>('SELECT rule_version FROM lines WHERE period_id = ? LIMIT 1', periodId);
  const parts = [...tallyComponents(workbook, periodId), ...tallyResiduals(workbook, periodId)];
  const linesHolding = linesByClass(workbook, periodId, parts);
  const groups = groupExceptions(workbook, periodId).filter((group) => isException(group.status));
  const counted = countLines(workbook, periodId);
  const previous = findPeriodByCode(workbook, previousPeriodCode(period.code));
  const map = listForMap(workbook, periodId, MAP_MOST);
  const ofValue = groups.reduce((sum, group) => sum + group.ofValue, 0);
  const locations = workbook.all<{ location_id: number; code: string; name: string }>('SELECT location_id, code, name FROM locations ORDER BY code');
  return {
    periodId,
    periodCode: period.code,
    isLocked: period.state === 'locked',
    currency,
    reconciledInstant: period.reconciledInstant,
    ruleVersion: version?.rule_version ?? null,
    isStale: isStale(workbook, periodId),
    lines: counted.lines,
    linesWithVariance: counted.withVariance,
    exceptionsWithoutCost: groups.reduce((sum, group) => sum + group.withoutCost, 0),
    variance: figuresOf(parts, currency),
    explained: explainedOf(parts, currency),
    byClass: forEachClass((each) => ({ lines: linesHolding(each), ...figuresOf(parts.filter((part) => part.class === each), currency) })),
    byCause: causesOf(parts, currency),
    exceptions: exceptionTally(groups),
    byOwner: [...OWNERS, null]
      .map((owner) => ({ owner, own: groups.filter((group) => group.owner === owner) }))
      .filter(({ own }) => own.length > 0)
      .map(({ owner, own }) => ({ owner, tally: exceptionTally(own) })),
    byLocation: locations
      .map(({ location_id, code, name }) => ({ location: code, name, own: groups.filter((group) => group.locationId === location_id) }))
      .filter(({ own }) => own.length > 0)
      .map(({ location, name, own }) => ({ location, name, tally: exceptionTally(own) }))
      .sort((one, other) => valueOf(other.tally) - valueOf(one.tally) || (one.location < other.location ? -1 : 1)),
    ageInDays: stretchesOf(AGE_STRETCHES_DAYS).map((stretch) => tallyOfStretch(groups, stretch)),
    ageInCloses: ageInCloses(workbook, period, groups),
    previousCode: previous?.code ?? null,
    recurring: previous ? recurringOf(workbook, periodId, previous.periodId) : { tally: exceptionTally([]), lines: [] },
    map: { lines: [...map], notShown: ofValue - map.length },
  };
}

/** The explained share of the last twelve reconciled periods up to this one, oldest first. */
export function sharesOverPeriods(workbook: ReadableWorkbook, period: Period): PeriodShare[] {
  const { currency } = period;
  return listPeriods(workbook)
    .filter((each) => each.currency === currency && each.code <= period.code && each.reconciledInstant !== null)
    .slice(-PERIODS_MOST)
    .map((each) => {
      const parts = [...tallyComponents(workbook, each.periodId), ...tallyResiduals(workbook, each.periodId)];
      return {
        periodId: each.periodId,
        code: each.code,
        isLocked: each.state === 'locked',
        variance: figuresOf(parts, currency),
        explained: explainedOf(parts, currency),
        byClass: forEachClass((wanted) => figuresOf(parts.filter((part) => part.class === wanted), currency)),
      };
    });
}
