/**
 * A later export held against a locked period: which lines the source system changed after the close, and by how much
 * money.
 *
 * The file goes through the import's own reader and writers, into a period that is there only inside a transaction which
 * is rolled back: nothing of the locked period is touched, and its triggers stay where they are.
 */
import { formatDecimal } from '@shared/domain/decimal';
import { EXACT_VALUE_PLACES, exactValue, formatUnitCost } from '@shared/domain/money';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { ImportFailure, ImportRequest } from '@shared/domain/import';
import type { DifferenceTotal, FigureMeasure } from '@shared/domain/import-difference';
import { COMPARISON_LINES_LISTED, type Comparison, type ComparisonLine, type ComparisonTotal } from '@shared/domain/import-life';
import type { ImportKind } from '@shared/domain/import-profile';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { EFFECTS, MOVEMENT_TYPES, type MovementType, type System } from '@shared/domain/states';
import { appendAudit } from '../../../workbook/audit';
import { importById, listStandingImports, type ImportRow } from '../../../workbook/tables/imports';
import { inTransaction, type ReadableWorkbook, type SqliteWorkbook, type SqlValue } from '../../../workbook/workbook';
import { actorText, type ServiceContext } from '../../context';
import { parseDefinition } from '../profiles/definition';
import { clearFigures, collectFigures, DIFFERING, figureCounts, figureTotals, lineOfRow, pairSides, type DifferenceRow, type Side } from './figures';
import { inTrialPeriod } from '../import';

type CompareFailure = ImportFailure | 'period_open' | 'nothing_to_compare';

/** How a change of the measure moves stock on hand: that is what inventory is worth. */
function weightOf(measure: FigureMeasure): number {
  if (measure === 'on_hand' || measure === 'counted') return 1;
  return (MOVEMENT_TYPES as readonly string[]).includes(measure) ? (EFFECTS[measure as MovementType].on_hand ?? 0) : 0;
}

/** The imports of the period that the file is a later state of: the same report where there is one, else the same system. */
function comparedWith(workbook: ReadableWorkbook, periodId: number, trial: ImportRow): ImportRow[] {
  const kept = listStandingImports(workbook, periodId).filter(
    (row) => row.kind === trial.kind && (row.system === null || trial.system === null || row.system === trial.system),
  );
  const given = parseDefinition(trial.definition).locationCode;
  const sameReport = kept.filter(
    (row) => row.source === trial.source && row.sheet === trial.sheet && parseDefinition(row.definition).locationCode === given,
  );
  return sameReport.length > 0 ? sameReport : kept;
}

const INSTANT: Readonly<Partial<Record<ImportKind, readonly [table: string, column: string]>>> = {
  snapshot: ['snapshots', 'as_of_instant'],
  movements: ['movements', 'posted_instant'],
  count: ['counts', 'counted_instant'],
};

function spanOf(workbook: ReadableWorkbook, kind: ImportKind, importIds: readonly number[]): number[] {
  const place = INSTANT[kind];
  if (!place) return [];
  const [table, column] = place;
  const span = workbook.get<{ first: number | null; last: number | null }>(
    `SELECT min(${column}) AS first, max(${column}) AS last FROM ${table} WHERE import_id IN (SELECT value FROM json_each(?))`, JSON.stringify(importIds),
  )!;
  return span.first === null || span.last === null ? [] : [span.first, span.last];
}

/**
 * Leaves out of one side what the file does not speak of at all: systems it says nothing of, and locations none of its
 * rows is at. An export of one location does not make the lines of the others disappear.
 */
function keepWhatBothSpeakOf(workbook: SqliteWorkbook, kind: ImportKind): void {
  workbook.run("DELETE FROM temp.figures WHERE side = 'before' AND system IS NOT NULL AND system NOT IN (SELECT system FROM temp.figures WHERE side = 'after' AND system IS NOT NULL)");
  if (kind !== 'snapshot' && kind !== 'count') return;
  workbook.run(
    `DELETE FROM temp.figures WHERE side = 'before' AND stock_key_id IN (SELECT k.stock_key_id FROM stock_keys k WHERE k.location_id NOT IN (
       SELECT k2.location_id FROM temp.figures f JOIN stock_keys k2 USING (stock_key_id) WHERE f.side = 'after'))`,
  );
}

/**
 * A row that could not be used at the close and was mended by a person stands in a later export as it stood then: it is
 * taken as it was mended, so that it does not look as if the system had changed it.
 *
 * @returns how many rows
 */
function takeAsMended(workbook: SqliteWorkbook, kind: ImportKind, trialId: number, againstIds: readonly number[]): number {
  const place = INSTANT[kind];
  if (!place) return 0;
  const [table] = place;
  const mended = workbook.all<{ trial_row: number; import_id: number; row_number: number }>(
    `SELECT min(t.row_number) AS trial_row, q.import_id, q.row_number FROM quarantine_rows q JOIN quarantine_rows t ON t.raw_text = q.raw_text
     WHERE t.import_id = ? AND q.state = 'replayed' AND q.import_id IN (SELECT value FROM json_each(?))
     GROUP BY q.import_id, q.row_number`,
    trialId, JSON.stringify(againstIds),
  );
  let taken = 0;
  for (const { trial_row, import_id, row_number } of mended) {
    const rows = workbook.all<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE import_id = ? AND row_number = ?`, import_id, row_number);
    for (const row of rows) {
      const copy: Record<string, SqlValue> = { ...row, import_id: trialId, row_number: trial_row };
      const columns = Object.keys(copy);
      workbook.run(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`, copy);
    }
    if (rows.length > 0) taken += 1;
  }
  return taken;
}

interface ValuedRow extends DifferenceRow {
  readonly stock_key_id: number;
  readonly unit_cost_scaled: number | null;
}

/** Every line that differs with its unit cost in the locked period, the largest change first. */
const VALUED = `SELECT d.*, l.unit_cost_scaled FROM (${DIFFERING}) d
  LEFT JOIN lines l ON l.period_id = @period AND l.stock_key_id = d.stock_key_id ORDER BY d.place`;

interface Worth {
  exact: bigint;
  withoutCost: number;
}

const totalKey = (total: { readonly system: System | null; readonly measure: FigureMeasure }) => `${total.system ?? ''} ${total.measure}`;

function valuedLines(workbook: ReadableWorkbook, periodId: number, currency: string): { readonly lines: ComparisonLine[]; readonly worth: Map<string, Worth> } {
  const lines: ComparisonLine[] = [];
  const worth = new Map<string, Worth>();
  for (const row of workbook.iterate<ValuedRow>(VALUED, { period: periodId })) {
    const weight = weightOf(row.measure);
    const cost = row.unit_cost_scaled;
    const moved = weight * ((row.after_scaled ?? 0) - (row.before_scaled ?? 0));
    const exact = weight === 0 || cost === null ? null : exactValue(moved, cost);
    if (weight !== 0) {
      const held = worth.get(totalKey(row)) ?? { exact: 0n, withoutCost: 0 };
      if (exact === null) held.withoutCost += 1;
      else held.exact += exact;
      worth.set(totalKey(row), held);
    }
    lines.push({
      ...lineOfRow(row, currency),
      unitCost: cost === null ? null : formatUnitCost(cost),
      value: exact === null ? null : formatDecimal(exact, EXACT_VALUE_PLACES, 2),
    });
  }
  return { lines, worth };
}

const valuedTotal = (total: DifferenceTotal, worth: ReadonlyMap<string, Worth>): ComparisonTotal => {
  const held = worth.get(totalKey(total));
  return {
    ...total,
    value: weightOf(total.measure) === 0 ? null : formatDecimal(held?.exact ?? 0n, EXACT_VALUE_PLACES, 2),
    withoutCost: held?.withoutCost ?? 0,
  };
};

/**
 * Holds a file against what a locked period was given. The period is not changed; that it was compared, and with which
 * result, is told in the audit trail.
 *
 * @returns every line that differs; the window lists the first of them
 */
export async function compareWithPeriod(context: ServiceContext, request: ImportRequest): Promise<Outcome<Comparison, CompareFailure>> {
  const { workbook } = context;
  const outcome = await inTrialPeriod<Outcome<Comparison, CompareFailure>>(context, request, ({ frame, importId, effect }) => {
    if (!frame.locked) {
      return refused('period_open', `Period ${frame.code} is open: import ${request.fileName} into it, beside or in the place of what is there. Comparing is for a period that is locked.`);
    }
    if (effect.kind === 'items' || effect.kind === 'tags') {
      return refused('nothing_to_compare', `${request.fileName} sets ${effect.kind === 'items' ? 'values of items' : 'reasons and owners'}; it holds no quantities that could be compared. Choose a snapshot, movements, a count or a ledger.`);
    }
    const trial = importById(workbook, importId)!;
    const against = comparedWith(workbook, frame.periodId, trial);
    if (against.length === 0) {
      return refused('nothing_to_compare', `Period ${frame.code} holds no import of that kind and system: there is nothing that ${request.fileName} could be compared with. Choose the period that the file is of.`);
    }
    const ids: Readonly<Record<Side, readonly number[]>> = { before: against.map((row) => row.import_id), after: [importId] };
    const rowsAsMended = takeAsMended(workbook, trial.kind, importId, ids.before);
    clearFigures(workbook);
    collectFigures(workbook, 'before', trial.kind, ids.before, frame.cutOffInstant);
    collectFigures(workbook, 'after', trial.kind, ids.after, frame.cutOffInstant);
    keepWhatBothSpeakOf(workbook, trial.kind);
    pairSides(workbook);
    const { lines, worth } = valuedLines(workbook, frame.periodId, frame.currency);
    const byReason = new Map<string, number>();
    for (const { reason, rows } of effect.quarantinedByReason) byReason.set(reason, (byReason.get(reason) ?? 0) + rows);
    return done({
      periodCode: frame.code,
      fileName: request.fileName,
      sha256: effect.sha256,
      profileId: effect.profile.id,
      profileName: effect.profile.name,
      kind: effect.kind,
      currency: frame.currency,
      against: against.map((row) => ({ importId: row.import_id, fileName: row.file_name })),
      spans: { before: spanOf(workbook, trial.kind, ids.before), after: spanOf(workbook, trial.kind, ids.after) },
      rowsRead: effect.rowsRead,
      rowsAccepted: effect.rowsAccepted,
      rowsQuarantined: effect.rowsQuarantined,
      rowsIgnored: effect.rowsIgnored,
      rowsAsMended,
      quarantined: [...byReason].map(([reason, rows]) => ({ name: QUARANTINE_REASON_WORDS[reason as keyof typeof QUARANTINE_REASON_WORDS], rows })),
      counts: figureCounts(workbook),
      totals: figureTotals(workbook, frame.currency).map((total) => valuedTotal(total, worth)),
      lines,
    });
  });
  if (outcome.ok) tellComparison(context, request.periodId, outcome.value);
  return outcome;
}

function tellComparison(context: ServiceContext, periodId: number, comparison: Comparison): void {
  const { workbook } = context;
  inTransaction(workbook, () => {
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'comparison.made',
      periodId,
      subject: `period:${comparison.periodCode}`,
      detail: {
        fileName: comparison.fileName,
        sha256: comparison.sha256,
        profile: comparison.profileId,
        against: comparison.against.map(({ importId }) => importId),
        rowsRead: comparison.rowsRead,
        rowsQuarantined: comparison.rowsQuarantined,
        ...comparison.counts,
        totals: comparison.totals.map(({ system, measure, before, after, delta, value, withoutCost }) => ({ system, measure, before, after, delta, value, withoutCost })),
      },
    });
  });
}

/** What the window is handed: the beginning of the lines, everything else whole. */
export const forWindow = (comparison: Comparison): Comparison => ({ ...comparison, lines: comparison.lines.slice(0, COMPARISON_LINES_LISTED) });
