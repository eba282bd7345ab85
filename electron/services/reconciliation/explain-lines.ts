/**
 * Explains the lines that hold a variance, one after another in key order, and writes what follows from each.
 *
 * Twins need the residuals of all lines, so lines with a twin are gone through a second time.
 */
import { explainLine, type TracedVariance } from '@shared/domain/explanation/explain';
import { suggestTwins, type CountResidual } from '@shared/domain/explanation/patterns/twins';
import type { TracedComponent } from '@shared/domain/explanation/rule';
import type { Tier } from '@shared/domain/lines';
import type { LineOutcome } from '@shared/domain/routing';
import { NOT_COUNTED } from '@shared/domain/tolerance';
import type { VarianceKind } from '@shared/domain/variance';
import { replaceComponents } from '../../workbook/tables/components';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { LineCases } from './line-case';
import { LineDecisions } from './line-decisions';
import { LineNames } from './line-facts';
import type { ReconciliationScope } from './scope';

interface VarianceRow {
  readonly stock_key_id: number;
  readonly tier: Tier;
  readonly unit_cost_scaled: number | null;
  readonly erp_at_cut_off_scaled: number | null;
  readonly storefront_at_cut_off_scaled: number | null;
  readonly identity_scaled: number | null;
  readonly roll_forward_scaled: number | null;
  readonly count_variance_scaled: number | null;
  readonly channel_variance_scaled: number | null;
  readonly ledger_variance_scaled: number | null;
  readonly sold_scaled: number | null;
}

const HAS_VARIANCE = `(coalesce(count_variance_scaled, 0) <> 0 OR coalesce(channel_variance_scaled, 0) <> 0
  OR coalesce(ledger_variance_scaled, 0) <> 0)`;
/** Lines are read in batches: the connection cannot write while a query is open. */
const BATCH = 1000;

function* rowsWithVariance(workbook: SqliteWorkbook, periodId: number): Generator<VarianceRow> {
  for (let last = -1; ;) {
    const batch = workbook.all<VarianceRow>(
      `SELECT * FROM lines WHERE period_id = ? AND stock_key_id > ? AND ${HAS_VARIANCE} ORDER BY stock_key_id LIMIT ${BATCH}`,
      periodId,
      last,
    );
    yield* batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1)!.stock_key_id;
  }
}

const residualOf = (variances: readonly TracedVariance[], kind: VarianceKind): number | null =>
  variances.find((variance) => variance.kind === kind)?.residualScaled ?? null;

const firmScaled = (variance: TracedVariance | undefined): number =>
  (variance?.components ?? []).reduce((sum, each) => sum + (each.suggested ? 0 : each.quantityScaled), 0);

class LineExplainer {
  readonly #cases: LineCases;
  readonly #decisions: LineDecisions;

  constructor(
    private readonly workbook: SqliteWorkbook,
    private readonly scope: ReconciliationScope,
  ) {
    const names = new LineNames(workbook);
    this.#cases = new LineCases(workbook, scope, names);
    this.#decisions = new LineDecisions(scope, (stockKeyId) => names.of(stockKeyId));
  }

  /** Explains one line, writes its components and outcome, and answers its count residual. */
  explain(row: VarianceRow, twins: readonly TracedComponent[]): CountResidual {
    const { facts, line } = this.#cases.of(row.stock_key_id, {
      count: row.count_variance_scaled,
      channel: row.channel_variance_scaled,
      ledger: row.ledger_variance_scaled,
    });
    const variances = explainLine(line, twins);
    replaceComponents(this.workbook, this.scope.periodId, row.stock_key_id, variances);
    this.#saveOutcome(row, variances, this.#decisions.outcomeOf(row, facts.name, variances));
    return { ...line, category: facts.name.category, residualScaled: residualOf(variances, 'count') ?? 0 };
  }

  #saveOutcome(row: VarianceRow, variances: readonly TracedVariance[], outcome: LineOutcome): void {
    const residual = (kind: VarianceKind, varianceScaled: number | null) =>
      varianceScaled === null ? null : (residualOf(variances, kind) ?? 0);
    const explained = (kind: VarianceKind, varianceScaled: number | null) =>
      varianceScaled === null ? null : firmScaled(variances.find((variance) => variance.kind === kind));
    this.workbook.run(
      `UPDATE lines SET count_residual_scaled = ?, channel_residual_scaled = ?, ledger_residual_scaled = ?,
         count_explained_scaled = ?, channel_explained_scaled = ?, ledger_explained_scaled = ?, adjustment_scaled = ?,
         variance_scaled = ?, variance_minor = ?, class = ?, cause = ?, cleared_by = ?, suggested_owner = ?, routed_by = ?, next_step = ?,
         due_instant = ?, age_days = ?, priority = ? WHERE period_id = ? AND stock_key_id = ?`,
      residual('count', row.count_variance_scaled),
      residual('channel', row.channel_variance_scaled),
      residual('ledger', row.ledger_variance_scaled),
      explained('count', row.count_variance_scaled),
      explained('channel', row.channel_variance_scaled),
      explained('ledger', row.ledger_variance_scaled),
      outcome.adjustmentScaled,
      outcome.varianceScaled,
      outcome.varianceMinor,
      outcome.class,
      outcome.cause,
      outcome.clearedBy,
      outcome.suggestedOwner,
      outcome.routedBy,
      outcome.nextStep,
      outcome.dueInstant,
      outcome.ageDays,
      outcome.priority,
      this.scope.periodId,
      row.stock_key_id,
    );
  }
}

/** Lines that nothing could be compared on, though somebody should: what was to be counted, what the ERP does not list. */
function routeIncomparable(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run(
    `UPDATE lines SET suggested_owner = found.owner,
       next_step = CASE found.owner
         WHEN 'operations' THEN 'Find out why the ERP does not list ' || found.place || ', and import its figure.'
         ELSE 'Count ' || found.place || ': it stands on a count sheet without a figure.' END,
       due_instant = CASE tier WHEN 'A' THEN @urgent ELSE @due END,
       priority = CASE tier WHEN 'A' THEN 30 WHEN 'B' THEN 20 ELSE 10 END
     FROM (
       SELECT x.stock_key_id, i.sku || ' at ' || o.code AS place,
         CASE WHEN x.erp_at_cut_off_scaled IS NULL
           AND (coalesce(x.counted_scaled, 0) <> 0 OR coalesce(x.storefront_at_cut_off_scaled, 0) <> 0)
           THEN 'operations' ELSE 'warehouse' END AS owner
       FROM lines x JOIN stock_keys k ON k.stock_key_id = x.stock_key_id JOIN items i ON i.item_id = k.item_id
       JOIN locations o ON o.location_id = k.location_id
       WHERE x.period_id = @periodId AND (x.cleared_by IS NULL OR x.cleared_by = @notCounted) AND NOT ${HAS_VARIANCE}) found
     WHERE lines.period_id = @periodId AND lines.stock_key_id = found.stock_key_id`,
    { periodId: scope.periodId, notCounted: NOT_COUNTED, urgent: scope.urgentDueInstant, due: scope.dueInstant },
  );
}

/** Explains every line of the period that holds a variance; answers how many there were. */
export function explainLines(workbook: SqliteWorkbook, scope: ReconciliationScope, job: Job): number {
  const total = workbook.get<{ n: number }>(
    `SELECT count(*) AS n FROM lines WHERE period_id = ? AND ${HAS_VARIANCE}`,
    scope.periodId,
  )!.n;
  const explainer = new LineExplainer(workbook, scope);
  const residuals: CountResidual[] = [];
  job.progress('explanation', 0, total);
  let done = 0;
  for (const row of rowsWithVariance(workbook, scope.periodId)) {
    const residual = explainer.explain(row, []);
    if (residual.residualScaled !== 0)
      residuals.push({
        stockKeyId: residual.stockKeyId,
        itemId: residual.itemId,
        sku: residual.sku,
        locationId: residual.locationId,
        location: residual.location,
        category: residual.category,
        residualScaled: residual.residualScaled,
      });
    done += 1;
    if (done % 100 === 0 || done === total) {
      job.progress('explanation', done, total);
      job.checkCancelled();
    }
  }
  for (const [stockKeyId, twins] of suggestTwins(residuals)) {
    explainer.explain(
      workbook.get<VarianceRow>(
        'SELECT * FROM lines WHERE period_id = ? AND stock_key_id = ?',
        scope.periodId,
        stockKeyId,
      )!,
      twins,
    );
  }
  routeIncomparable(workbook, scope);
  return total;
}
