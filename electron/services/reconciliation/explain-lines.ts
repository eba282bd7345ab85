/**
 * Explains the lines that hold a variance, in batches in key order, and writes what follows from each.
 *
 * Twins need the residuals of all lines, so lines with a twin are gone through a second time.
 */
import { explainLine, type TracedVariance } from '@shared/domain/explanation/explain';
import { suggestTwins, type CountResidual } from '@shared/domain/explanation/patterns/twins';
import type { TracedComponent } from '@shared/domain/explanation/rule';
import type { Tier } from '@shared/domain/lines';
import type { LineOutcome } from '@shared/domain/routing';
import { VARIANCE_KINDS, type VarianceKind } from '@shared/domain/variance';
import { ComponentInserter, deleteComponents } from '../../workbook/tables/components';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { LineCases } from './line-case';
import { LineDecisions } from './line-decisions';
import type { LineNames } from './line-facts';
import type { ReconciliationScope } from './scope';
import { soldScaled, tellsOfSales } from './sold';

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
}

const COLUMNS = `stock_key_id, tier, unit_cost_scaled, erp_at_cut_off_scaled, storefront_at_cut_off_scaled, identity_scaled, roll_forward_scaled,
  count_variance_scaled, channel_variance_scaled, ledger_variance_scaled`;
const HAS_VARIANCE = `(coalesce(count_variance_scaled, 0) <> 0 OR coalesce(channel_variance_scaled, 0) <> 0
  OR coalesce(ledger_variance_scaled, 0) <> 0)`;
/** So many lines are held at once, with all their postings. */
const BATCH = 250;

function* varyingLines(workbook: SqliteWorkbook, periodId: number): Generator<readonly VarianceRow[]> {
  for (let last = -1; ;) {
    const batch = workbook.all<VarianceRow>(
      `SELECT ${COLUMNS} FROM lines WHERE period_id = ? AND stock_key_id > ? AND ${HAS_VARIANCE} ORDER BY stock_key_id LIMIT ${BATCH}`,
      periodId,
      last,
    );
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1)!.stock_key_id;
  }
}

function* linesOf(workbook: SqliteWorkbook, periodId: number, stockKeyIds: readonly number[]): Generator<readonly VarianceRow[]> {
  for (let start = 0; start < stockKeyIds.length; start += BATCH) {
    yield workbook.all<VarianceRow>(
      `SELECT ${COLUMNS} FROM lines WHERE period_id = ? AND stock_key_id IN (SELECT value FROM json_each(?)) ORDER BY stock_key_id`,
      periodId,
      JSON.stringify(stockKeyIds.slice(start, start + BATCH)),
    );
  }
}

const residualOf = (variances: readonly TracedVariance[], kind: VarianceKind): number | null =>
  variances.find((variance) => variance.kind === kind)?.residualScaled ?? null;

const firmScaled = (variance: TracedVariance | undefined): number =>
  (variance?.components ?? []).reduce((sum, each) => sum + (each.suggested ? 0 : each.quantityScaled), 0);

class LineExplainer {
  readonly #cases: LineCases;
  readonly #components: ComponentInserter;
  readonly #decisions: LineDecisions;
  readonly #tellsOfSales: boolean;

  constructor(
    private readonly workbook: SqliteWorkbook,
    private readonly scope: ReconciliationScope,
    names: LineNames,
  ) {
    this.#cases = new LineCases(workbook, scope, names);
    this.#components = new ComponentInserter(workbook, scope.periodId);
    this.#tellsOfSales = tellsOfSales(scope);
    this.#decisions = new LineDecisions(scope, (stockKeyId) => names.of(stockKeyId));
  }

  /** Explains lines and writes their components and outcomes; answers their count residuals. */
  explain(rows: readonly VarianceRow[], twins: ReadonlyMap<number, readonly TracedComponent[]>): readonly CountResidual[] {
    const lines = this.#cases.of(
      rows.map((row) => ({
        stockKeyId: row.stock_key_id,
        identityScaled: row.identity_scaled,
        variances: { count: row.count_variance_scaled, channel: row.channel_variance_scaled, ledger: row.ledger_variance_scaled },
      })),
    );
    const residuals = lines.map((each, index) => {
      const row = rows[index]!;
      const variances = explainLine(each.line, twins.get(row.stock_key_id) ?? []);
      for (const { kind, components } of variances) this.#components.insert(row.stock_key_id, kind, components);
      const sold = this.#tellsOfSales ? soldScaled(each.rows.postings, each.rows.bounds) : null;
      this.#saveOutcome(row, variances, sold, this.#decisions.outcomeOf({ ...row, sold_scaled: sold }, each.rows.name, variances));
      const { stockKeyId, itemId, sku, locationId, location, category } = each.rows.name;
      return { stockKeyId, itemId, sku, locationId, location, category, residualScaled: residualOf(variances, 'count') ?? 0 };
    });
    this.#components.flush();
    return residuals;
  }

  #saveOutcome(row: VarianceRow, variances: readonly TracedVariance[], sold: number | null, outcome: LineOutcome): void {
    const parts = VARIANCE_KINDS.flatMap((kind) =>
      row[`${kind}_variance_scaled`] === null
        ? [null, null]
        : [residualOf(variances, kind) ?? 0, firmScaled(variances.find((variance) => variance.kind === kind))],
    );
    this.workbook.run(
      `UPDATE lines SET ${VARIANCE_KINDS.map((kind) => `${kind}_residual_scaled = ?, ${kind}_explained_scaled = ?`).join(', ')},
         adjustment_scaled = ?, variance_scaled = ?, variance_minor = ?, class = ?, cause = ?, cleared_by = ?, suggested_owner = ?,
         routed_by = ?, next_step = ?, due_instant = ?, age_days = ?, priority = ?, sold_scaled = ? WHERE period_id = ? AND stock_key_id = ?`,
      ...parts,
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
      sold,
      this.scope.periodId,
      row.stock_key_id,
    );
  }
}

/** Explains every line of the period that holds a variance; answers how many there were. */
export function explainLines(workbook: SqliteWorkbook, scope: ReconciliationScope, names: LineNames, job: Job): number {
  const { periodId } = scope;
  const total = workbook.get<{ n: number }>(
    `SELECT count(*) AS n FROM lines WHERE period_id = ? AND ${HAS_VARIANCE}`,
    periodId,
  )!.n;
  const explainer = new LineExplainer(workbook, scope, names);
  const residuals: CountResidual[] = [];
  job.progress('explanation', 0, total);
  let done = 0;
  for (const rows of varyingLines(workbook, periodId)) {
    for (const residual of explainer.explain(rows, new Map())) if (residual.residualScaled !== 0) residuals.push(residual);
    done += rows.length;
    job.progress('explanation', done, total);
    job.checkCancelled();
  }
  const twins = suggestTwins(residuals);
  let paired = 0;
  for (const rows of linesOf(workbook, periodId, [...twins.keys()])) {
    deleteComponents(workbook, periodId, rows.map((row) => row.stock_key_id));
    explainer.explain(rows, twins);
    paired += rows.length;
    job.progress('twins', paired, twins.size);
    job.checkCancelled();
  }
  return total;
}
