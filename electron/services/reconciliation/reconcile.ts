/**
 * Reconciles a period: positions and variances of all lines, each variance explained, each line cleared or routed.
 *
 * Computed whole each time, in one transaction; what people said of lines (tags) stays. How a line is reconciled and
 * explained is written in DECISIONS.md, sections 1 to 3.
 */
import { RULE_VERSION } from '@shared/domain/explanation/explain';
import { formatAmount } from '@shared/domain/money';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { formatQuantity } from '@shared/domain/quantity';
import { findUnbalancedLine } from '../../workbook/tables/components';
import { appendAudit } from '../../workbook/audit';
import { inTransaction, type SqliteWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { followUpReconciliation } from '../follow-up/after-reconcile';
import { explainLines } from './explain-lines';
import { LineNames } from './line-facts';
import { readScope, withReach, type ReconciliationScope } from './scope';
import { writeLines } from './write-lines';

export type ReconcileFailure = 'period_missing' | 'period_locked' | 'nothing_imported';

export interface ReconciliationSummary {
  readonly periodId: number;
  readonly periodCode: string;
  readonly ruleVersion: string;
  readonly reconciledInstant: number;
  readonly lines: number;
  readonly linesWithVariance: number;
  readonly cleared: number;
  readonly exceptions: number;
  /** Sums of absolute figures over all lines and kinds. */
  readonly varianceScaled: number;
  readonly residualScaled: number;
  /** The lines' largest variances at unit cost, absolute. */
  readonly valueMinor: number;
}

interface TotalsRow {
  readonly cleared: number;
  readonly exceptions: number;
  readonly variance_scaled: number;
  readonly residual_scaled: number;
  readonly value_minor: number;
  readonly largest: number;
}

/** Figures past 2^53 would reach JavaScript inexactly, and so must not reach it. */
function readTotals(workbook: SqliteWorkbook, periodId: number): TotalsRow {
  const kinds = ['count', 'channel', 'ledger'];
  const sumOf = (part: string) => kinds.map((kind) => `abs(coalesce(${kind}_${part}_scaled, 0))`).join(' + ');
  const figures = [
    'erp_at_cut_off_scaled',
    'storefront_at_cut_off_scaled',
    'counted_at_cut_off_scaled',
    'identity_scaled',
    'roll_forward_scaled',
  ];
  const totals = workbook.get<TotalsRow>(
    `SELECT coalesce(sum(cleared_by IS NOT NULL), 0) AS cleared, coalesce(sum(cleared_by IS NULL), 0) AS exceptions,
       coalesce(sum(${sumOf('variance')}), 0) AS variance_scaled, coalesce(sum(${sumOf('residual')}), 0) AS residual_scaled,
       coalesce(sum(abs(variance_minor)), 0) AS value_minor,
       coalesce(max(max(${figures.map((figure) => `abs(coalesce(${figure}, 0))`).join(', ')})), 0) AS largest
     FROM lines WHERE period_id = ?`,
    periodId,
  )!;
  for (const figure of [totals.largest, totals.variance_scaled, totals.value_minor]) {
    if (!Number.isSafeInteger(figure))
      throw new RangeError(`a figure of the period does not fit an exact integer: ${figure}`);
  }
  return totals;
}

/** What follows once every line is written and explained, in the same transaction. */
function afterLines(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  const unbalanced = findUnbalancedLine(workbook, scope.periodId);
  if (unbalanced !== undefined) throw new Error(`the components and residuals of stock key ${unbalanced} do not add up to its variances`);
}

/**
 * Reconciles the period and writes its lines and components anew.
 *
 * Refusals: `period_missing`; `period_locked`, where the period is sealed; `nothing_imported`, where neither a snapshot nor
 * a count was imported for it. A cancelled job throws `JobCancelled` and leaves the workbook as it was.
 */
export function reconcilePeriod(
  context: ServiceContext,
  periodId: number,
): Outcome<ReconciliationSummary, ReconcileFailure> {
  const { workbook, job } = context;
  return inTransaction(workbook, (): Outcome<ReconciliationSummary, ReconcileFailure> => {
    const period = readScope(workbook, periodId);
    if (!period) return refused('period_missing', `The workbook has no period with id ${periodId}.`);
    if (period.state === 'locked') {
      return refused(
        'period_locked',
        `Period ${period.code} is locked. A locked period does not change; work in an open one.`,
      );
    }
    const imported = workbook.get<{ n: number }>(
      "SELECT count(*) AS n FROM imports WHERE period_id = ? AND state = 'standing' AND kind IN ('snapshot', 'count')",
      periodId,
    )!.n;
    if (imported === 0) {
      return refused(
        'nothing_imported',
        `Period ${period.code} has no snapshot and no count yet. Import what the ERP, the storefront or the count say.`,
      );
    }
    job.progress('files', 0, null);
    const scope = withReach(workbook, period);
    job.checkCancelled();
    const ruleVersion = `${RULE_VERSION} rules ${scope.ruleSetId}`;
    const names = new LineNames(workbook);
    const lines = writeLines(workbook, scope, names, ruleVersion, job);
    job.checkCancelled();
    const linesWithVariance = explainLines(workbook, scope, names, job);
    afterLines(workbook, scope);
    job.checkCancelled();
    const totals = readTotals(workbook, periodId);
    const reconciledInstant = context.now();
    workbook.run('UPDATE periods SET reconciled_instant = ? WHERE period_id = ?', reconciledInstant, periodId);
    appendAudit(workbook, {
      atInstant: reconciledInstant,
      actor: actorText(context.actor),
      action: 'reconciliation.run',
      periodId,
      subject: `period:${scope.code}`,
      detail: {
        ruleVersion,
        lines,
        linesWithVariance,
        cleared: totals.cleared,
        exceptions: totals.exceptions,
        varianceUnits: formatQuantity(totals.variance_scaled),
        residualUnits: formatQuantity(totals.residual_scaled),
        value: `${formatAmount(totals.value_minor, scope.currency)} ${scope.currency}`,
      },
    });
    followUpReconciliation(context, scope);
    return done({
      periodId,
      periodCode: scope.code,
      ruleVersion,
      reconciledInstant,
      lines,
      linesWithVariance,
      cleared: totals.cleared,
      exceptions: totals.exceptions,
      varianceScaled: totals.variance_scaled,
      residualScaled: totals.residual_scaled,
      valueMinor: totals.value_minor,
    });
  });
}
