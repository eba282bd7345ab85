/**
 * What became of one line after it was explained, read for its detail: the tag then and now, checks, second count, what arrived late,
 * where systems do not add up or disagree.
 */
import { countConflicts, disagreementsOf, identityCheckOf } from '@shared/domain/follow-up/decide';
import { CheckFinding, type FollowUp, type LateLayer, type LatePosting, type LineChecks } from '@shared/domain/follow-up/shapes';
import type { Evidence } from '@shared/domain/lines';
import { effectOn, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import type { EvidenceRef } from '@shared/domain/variance';
import type { StoredComponent } from '../../workbook/tables/components';
import { CHECKPOINT_SQL, CHECKS_WAITING_SQL, LATE_POSTINGS_FROM_SQL, NEEDS_CHECK_SQL } from '../../workbook/tables/follow-up';
import type { LineRow } from '../../workbook/tables/lines';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { LineFacts } from '../reconciliation/line-facts';
import { truthFor, type PeriodScope } from '../reconciliation/scope';
import { changedSinceTag } from './tag-figures';

interface ChecksRow {
  readonly needs: 0 | 1;
  readonly waits: 0 | 1;
  readonly findings: string | null;
  readonly note: string | null;
  readonly checked_instant: number | null;
  readonly checked_by: string | null;
  readonly is_stale: 0 | 1 | null;
}

function checksOf(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): LineChecks | null {
  const row = workbook.get<ChecksRow>(
    `SELECT ${NEEDS_CHECK_SQL} AS needs, coalesce(${CHECKS_WAITING_SQL}, 0) AS waits, f.findings, p.note, p.checked_instant, p.checked_by,
       p.count_scaled IS NOT l.count_variance_scaled OR p.adjustment_scaled <> l.adjustment_scaled AS is_stale
     FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id) LEFT JOIN line_checks f USING (period_id, stock_key_id)
     LEFT JOIN person_checks p USING (period_id, stock_key_id) WHERE l.period_id = ? AND l.stock_key_id = ?`,
    periodId,
    stockKeyId,
  );
  if (!row || row.needs === 0) return null;
  return {
    findings: row.findings === null ? [] : CheckFinding.array().parse(JSON.parse(row.findings)),
    byPerson:
      row.note === null
        ? null
        : { note: row.note, checkedInstant: row.checked_instant!, checkedBy: row.checked_by!, isStale: row.is_stale === 1 },
    isWaiting: row.waits === 1,
  };
}

interface LateRow {
  readonly import_id: number;
  readonly row_number: number;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly line: string;
  readonly quantity_scaled: number;
  readonly occurred_instant: number;
  readonly posted_instant: number;
  readonly imported_instant: number;
  readonly checkpoint_instant: number;
}

function lateLayerOf(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyId: number,
  components: readonly StoredComponent[],
  evidenceOf: (ref: EvidenceRef) => Evidence,
): LateLayer | null {
  const rows = workbook.all<LateRow>(
    `SELECT DISTINCT m.import_id, m.row_number, m.record_number, m.system, m.type, m.document, m.line, m.quantity_scaled, m.occurred_instant, m.posted_instant,
       mi.imported_instant, min(${CHECKPOINT_SQL}) OVER () AS checkpoint_instant
     FROM (SELECT * FROM lines WHERE period_id = ? AND stock_key_id = ?) l JOIN ${LATE_POSTINGS_FROM_SQL}
     ORDER BY m.occurred_instant, m.system, m.document, m.line, m.import_id, m.row_number, m.record_number`,
    periodId,
    stockKeyId,
  );
  if (rows.length === 0) return null;
  const late = new Set(rows.map((row) => `${row.import_id}:${row.row_number}`));
  const rests = (component: StoredComponent) =>
    component.kind === 'count' && !component.suggested && component.evidence.some(({ importId, rowNumber }) => late.has(`${importId}:${rowNumber}`));
  return {
    checkpointInstant: rows[0]!.checkpoint_instant,
    postings: rows.map(
      (row): LatePosting => ({
        system: row.system,
        type: row.type,
        document: row.document,
        line: row.line,
        quantityScaled: row.quantity_scaled,
        onHandScaled: effectOn('on_hand', row.type, row.quantity_scaled),
        occurredInstant: row.occurred_instant,
        postedInstant: row.posted_instant,
        importedInstant: row.imported_instant,
        evidence: evidenceOf({ importId: row.import_id, rowNumber: row.row_number }),
      }),
    ),
    explainsScaled: components.filter(rests).reduce((sum, component) => sum + component.quantityScaled, 0),
  };
}

/** Everything after the explanation of one line, from its facts and the rows behind them. */
export function followUpOf(
  workbook: ReadableWorkbook,
  scope: PeriodScope,
  row: LineRow,
  facts: LineFacts,
  components: readonly StoredComponent[],
  evidenceOf: (ref: EvidenceRef) => Evidence,
): FollowUp {
  const { stock_key_id: stockKeyId } = row;
  const { positions } = facts;
  return {
    changedSinceTag: changedSinceTag(workbook, scope.periodId, stockKeyId),
    checks: checksOf(workbook, scope.periodId, stockKeyId),
    ageCloses: row.age_closes,
    recountWhy: row.recount_why,
    countConflicts: [...countConflicts(facts.countRows)],
    late: row.counted_scaled === null ? null : lateLayerOf(workbook, scope.periodId, stockKeyId, components, evidenceOf),
    identityChecks: SYSTEMS.flatMap((system) => {
      const position = positions[system];
      return position ? [{ ...identityCheckOf(system, position), evidence: evidenceOf(position) }] : [];
    }),
    disagreements: [
      ...disagreementsOf(
        facts.states,
        { erp: positions.erp?.unitCostScaled ?? null, storefront: positions.storefront?.unitCostScaled ?? null, warehouse: positions.warehouse?.unitCostScaled ?? null },
        truthFor(scope.truthRules, facts.name.locationId, facts.name.category),
      ),
    ],
  };
}
