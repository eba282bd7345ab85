/**
 * Lines for the window and the command line: a page of the grid, the summary over it, one line whole.
 *
 * Only reads; the lines are written by `reconciliation/`, tags by the service of tags.
 */
import { type LinesPage, type LinesQuery, type LinesSummary, type LineStatus, OPEN_LINES } from '@shared/domain/lines';
import { roundToMinor } from '@shared/domain/money';
import type { VarianceClass } from '@shared/domain/variance';
import { readLinesPage, readNextOpen } from '../workbook/tables/line-pages';
import { tallyByClass, tallyByStatus, type StatusTally } from '../workbook/tables/lines';
import type { ReadableWorkbook } from '../workbook/workbook';
import { closingCurrency } from '../workbook/tables/period-codes';
import { isStale } from './reconciliation/staleness';

export { lineDetail } from './line-detail';
export { explainJson, lineDetailsOf, lineJsonOf, linesJson, type LinesJsonOptions } from './lines-json';
export { explainText } from './explain-text';

/** A page of a period's lines as columns, sorted and filtered in SQLite. */
export const pageOfLines = (workbook: ReadableWorkbook, query: LinesQuery): LinesPage => readLinesPage(workbook, query);

/** Has the lines ready that a window asks for first: those that are open in the period that is open, or else in the last one. */
export function readFirstLines(workbook: ReadableWorkbook): void {
  const period = workbook.get<{ period_id: number }>(`SELECT period_id FROM periods ORDER BY state <> 'open', CASE WHEN state = 'open' THEN code END, code DESC LIMIT 1`);
  if (period) pageOfLines(workbook, { periodId: period.period_id, sort: [...OPEN_LINES.sort], filter: OPEN_LINES.filter, offset: 0, limit: 1 });
}

/** The next line that waits for a person, in the query's own order; see `readNextOpen`. */
export function nextOpenLine(
  workbook: ReadableWorkbook, query: Pick<LinesQuery, 'periodId' | 'sort' | 'filter' | 'groupBy'>, after: number, direction: 'next' | 'previous',
): { index: number | null; stockKeyId: number | null } {
  const next = readNextOpen(workbook, query, after, direction);
  return { index: next?.place ?? null, stockKeyId: next?.stock_key_id ?? null };
}

/** Hundredths of a percent, rounded down so that only a whole explanation reads as 100 %. */
const shareHundredths = (part: bigint, whole: bigint): number | null =>
  whole === 0n ? null : Number((part * 10_000n) / whole);

/** The figures over the grid; undefined where there is no such period. */
export function summaryOfLines(workbook: ReadableWorkbook, periodId: number): LinesSummary | undefined {
  const period = workbook.get<{ reconciled_instant: number | null; code: string }>(
    'SELECT reconciled_instant, code FROM periods WHERE period_id = ?',
    periodId,
  );
  if (!period) return undefined;
  const currency = closingCurrency(workbook, period.code);
  const statuses = tallyByStatus(workbook, periodId);
  const classes = tallyByClass(workbook, periodId);
  const version = workbook.get<{ rule_version: string }>(
    'SELECT rule_version FROM lines WHERE period_id = ? LIMIT 1',
    periodId,
  );
  const sum = (
    rows: readonly StatusTally[],
    figure: 'lines' | 'with_variance' | 'without_cost' | 'units_scaled' | 'value_minor' | 'unexplained',
  ) => rows.reduce((total, row) => total + row[figure], 0);
  const ofStatus = (status: LineStatus) => {
    const rows = statuses.filter((row) => row.status === status);
    return { lines: sum(rows, 'lines'), unitsScaled: sum(rows, 'units_scaled'), valueMinor: sum(rows, 'value_minor') };
  };
  const exactOf = (which: (each: VarianceClass) => boolean) =>
    classes.filter((row) => which(row.class)).reduce((total, row) => total + row.value, 0n);
  const unitsOf = (which: (each: VarianceClass) => boolean) =>
    classes.filter((row) => which(row.class)).reduce((total, row) => total + row.units_scaled, 0);
  const ofClass = (wanted: VarianceClass) => ({
    lines: sum(
      statuses.filter((row) => row.class === wanted),
      'lines',
    ),
    unitsScaled: unitsOf((each) => each === wanted),
    valueMinor: roundToMinor(
      exactOf((each) => each === wanted),
      currency,
    ),
  });
  const isAny = () => true;
  const isExplained = (each: VarianceClass) => each !== 'unexplained';
  const open = statuses.filter((row) => row.status === 'open');
  return {
    periodId,
    currency,
    reconciledInstant: period.reconciled_instant,
    ruleVersion: version?.rule_version ?? null,
    isStale: isStale(workbook, periodId),
    lines: sum(statuses, 'lines'),
    linesWithVariance: sum(statuses, 'with_variance'),
    exceptions: workbook.get<{ n: number }>(
      'SELECT count(*) AS n FROM lines WHERE period_id = ? AND cleared_by IS NULL',
      periodId,
    )!.n,
    byStatus: {
      open: ofStatus('open'),
      tagged: ofStatus('tagged'),
      approved: ofStatus('approved'),
      cleared: ofStatus('cleared'),
    },
    byClass: {
      timing: ofClass('timing'),
      alignment: ofClass('alignment'),
      physical: ofClass('physical'),
      unexplained: ofClass('unexplained'),
    },
    variance: { unitsScaled: unitsOf(isAny), valueMinor: roundToMinor(exactOf(isAny), currency) },
    explained: {
      unitsScaled: unitsOf(isExplained),
      valueMinor: roundToMinor(exactOf(isExplained), currency),
      unitsShareHundredths: shareHundredths(BigInt(unitsOf(isExplained)), BigInt(unitsOf(isAny))),
      valueShareHundredths: shareHundredths(exactOf(isExplained), exactOf(isAny)),
    },
    valueAtStakeMinor: sum(open, 'value_minor'),
    unexplainedLines: sum(statuses, 'unexplained'),
    suggestedLines: workbook.get<{ n: number }>(
      'SELECT count(DISTINCT stock_key_id) AS n FROM components WHERE period_id = ? AND suggested = 1',
      periodId,
    )!.n,
    linesWithoutCost: sum(statuses, 'without_cost'),
    quarantinedRows: workbook.get<{ n: number }>(
      `SELECT count(*) AS n FROM quarantine_rows q JOIN imports i USING (import_id) WHERE i.period_id = ? AND i.state = 'standing' AND q.state = 'waiting'`,
      periodId,
    )!.n,
  };
}
