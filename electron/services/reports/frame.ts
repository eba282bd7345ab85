/**
 * What every report begins with: the period's reconciled state, or the refusal that says why there is none.
 */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { ReportRequest, ReportSection, StandsFor, TierProposal } from '@shared/domain/report';
import type { ReadableWorkbook, SqlValue } from '../../workbook/workbook';
import { periodMissing } from '../periods';
import { readScope, type PeriodScope } from '../reconciliation/scope';
import { isStale } from '../reconciliation/staleness';
import { lockNotes } from '../sign-off/lock-notes';
import { workbookRow } from '../workbooks';

export type FrameFailure = 'period_missing' | 'not_reconciled' | 'location_unknown';

/** What a report is made with. */
export interface Frame {
  readonly workbook: ReadableWorkbook;
  readonly scope: PeriodScope;
  readonly request: ReportRequest;
  readonly standsFor: StandsFor;
  readonly currency: string;
  /** The location chosen; null: all. */
  readonly locationId: number | null;
  readonly linesMax: number;
}

/**
 * Conditions on lines `l` and keys `k`: of the period, and of the location where one is chosen. The parameters are named
 * `period` and `location`.
 */
export const LINES_SQL = `FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id`;
export const linesWhere = ({ locationId }: Pick<Frame, 'locationId'>): string =>
  `l.period_id = @period${locationId === null ? '' : ' AND k.location_id = @location'}`;
export const linesParameters = ({ scope, locationId }: Pick<Frame, 'scope' | 'locationId'>): Readonly<Record<string, SqlValue>> => ({
  period: scope.periodId,
  ...(locationId === null ? {} : { location: locationId }),
});

/** Versions of the rules as stamped on the lines: read from the ends of their order, as there is one and all others would be faults. */
const ruleVersions = (workbook: ReadableWorkbook, periodId: number): string[] => {
  const ends = workbook.get<{ first: string | null; last: string | null }>(
    'SELECT min(rule_version) AS first, max(rule_version) AS last FROM lines WHERE period_id = ?', periodId,
  )!;
  return [...new Set([ends.first, ends.last])].filter((version) => version !== null);
};

/** Refusals in their order: `period_missing`, `not_reconciled`, `location_unknown`. A stale period is no refusal: the report says so. */
export function openFrame(workbook: ReadableWorkbook, request: ReportRequest): Outcome<Frame, FrameFailure> {
  const scope = readScope(workbook, request.periodId);
  if (!scope) return periodMissing(request.periodId);
  if (scope.reconciledInstant === null) {
    return refused('not_reconciled', `${scope.code} is not reconciled yet, and a report reads only reconciled lines. Run the reconciliation first.`);
  }
  const location = request.location === null ? null : workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', request.location);
  if (location === undefined) {
    return refused('location_unknown', `There is no location ${request.location ?? ''} in this workbook. Choose one from the list, or leave it out for all.`);
  }
  const { company } = workbookRow(workbook);
  return done({
    workbook,
    scope,
    request,
    standsFor: {
      company,
      currency: scope.currency,
      timeZone: scope.timeZone,
      periodCode: scope.code,
      periodState: scope.state,
      cutOffInstant: scope.cutOffInstant,
      reconciledInstant: scope.reconciledInstant,
      ruleVersions: ruleVersions(workbook, scope.periodId),
      isStale: isStale(workbook, scope.periodId),
      lockNotes: lockNotes(workbook, scope.periodId, scope.timeZone),
    },
    currency: scope.currency,
    locationId: location === null ? null : location.location_id,
    linesMax: request.linesMax,
  });
}

/** What a report adds to its frame. */
export interface ReportBody {
  readonly sections: readonly ReportSection[];
  readonly notes: readonly string[];
  readonly proposals?: readonly TierProposal[];
}
