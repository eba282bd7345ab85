/**
 * What a period's lines wait for after they were explained, as lists: changed tags, checks, second counts, lines nobody counted,
 * counters who contradict each other, postings that came in after the count, systems that do not add up.
 */
import { CheckFinding, type ChangedLine, type ConflictLine, type CountLists, type FollowUpLists, type IdentityLine, type LateLine, type RecountLine, type UncountedLine, type WaitingCheckLine } from '@shared/domain/follow-up/shapes';
import { exactValue, roundToMinor } from '@shared/domain/money';
import type { System } from '@shared/domain/states';
import type { Owner } from '@shared/domain/terms';
import { countConflicts } from '@shared/domain/follow-up/decide';
import { countRowsOfKeys } from '../../workbook/tables/counts';
import { anyCaseSql, CHANGED_SQL, CHECKS_WAITING_SQL, GONE_SQL, LATE_POSTINGS_FROM_SQL } from '../../workbook/tables/follow-up';
import { onHandEffectSql } from '../../workbook/tables/movements';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { findPeriod } from '../periods';

const NAMES_SQL = 'JOIN stock_keys k ON k.stock_key_id = x.stock_key_id JOIN items i USING (item_id) JOIN locations o USING (location_id)';
const NAMED = 'x.stock_key_id AS stockKeyId, i.sku, o.code AS location';

interface Listed<Row> {
  readonly total: number;
  readonly lines: Row[];
}

/** The first rows of a query over keys `x` and how many there are in all. */
function listOf<Row>(workbook: ReadableWorkbook, columns: string, from: string, periodId: number, limit: number, order = 'i.sku, o.code'): Listed<Row> {
  const rows = workbook.all<Row & { readonly total: number }>(
    `SELECT ${NAMED}, ${columns}, count(*) OVER () AS total FROM ${from} ORDER BY ${order} LIMIT @limit`,
    { period: periodId, limit },
  );
  return { total: rows[0]?.total ?? 0, lines: rows.map(({ total: _total, ...row }) => row as unknown as Row) };
}

interface ChangedRow {
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
  readonly reasonCode: string | null;
  readonly owner: Owner | null;
  readonly note: string;
  readonly thenCount: number | null;
  readonly thenChannel: number | null;
  readonly thenLedger: number | null;
  readonly thenAdjustment: number | null;
  readonly nowCount: number | null;
  readonly nowChannel: number | null;
  readonly nowLedger: number | null;
  readonly nowAdjustment: number | null;
  readonly kind: ChangedLine['kind'];
}

const CHANGE_STEPS: Readonly<Record<ChangedLine['kind'], string>> = {
  figures: 'Confirm the reason for the new figures, or give another.',
  cleared: 'A rule lets the line pass now: confirm that the reason stays on record, or empty it.',
  gone: 'The period has no such line any more: confirm that the reason stays on record.',
  approved: 'The journal stays as it was signed: take back the import that changed the line, or lock with a stated reason and correct it next period.',
};

/** Tags whose figures changed, whose line clears itself now or is gone. */
function changedLines(workbook: ReadableWorkbook, periodId: number, limit: number): Listed<ChangedLine> {
  const given = `t.given_count_scaled AS thenCount, t.given_channel_scaled AS thenChannel, t.given_ledger_scaled AS thenLedger,
    t.given_adjustment_scaled AS thenAdjustment`;
  const found = listOf<ChangedRow>(
    workbook,
    `x.reason_code AS reasonCode, x.owner, x.note, x.thenCount, x.thenChannel, x.thenLedger, x.thenAdjustment, x.nowCount, x.nowChannel, x.nowLedger,
     x.nowAdjustment, x.kind`,
    `(SELECT t.stock_key_id, t.reason_code, t.owner, t.note, ${given}, l.count_variance_scaled AS nowCount, l.channel_variance_scaled AS nowChannel,
        l.ledger_variance_scaled AS nowLedger, l.adjustment_scaled AS nowAdjustment,
        CASE WHEN t.approved_journal_id IS NOT NULL THEN 'approved' WHEN l.cleared_by IS NOT NULL THEN 'cleared' ELSE 'figures' END AS kind
      FROM lines l JOIN tags t USING (period_id, stock_key_id) WHERE l.period_id = @period AND ${CHANGED_SQL}
      UNION ALL SELECT t.stock_key_id, t.reason_code, t.owner, t.note, ${given}, NULL, NULL, NULL, NULL, 'gone' FROM tags t
      WHERE t.period_id = @period AND ${GONE_SQL} AND EXISTS (SELECT 1 FROM lines l WHERE l.period_id = @period)) x ${NAMES_SQL}`,
    periodId,
    limit,
    `CASE x.kind WHEN 'figures' THEN 0 WHEN 'approved' THEN 1 WHEN 'gone' THEN 2 ELSE 3 END, i.sku, o.code`,
  );
  return {
    total: found.total,
    lines: found.lines.map((row): ChangedLine => ({
      stockKeyId: row.stockKeyId, sku: row.sku, location: row.location, reasonCode: row.reasonCode, owner: row.owner, note: row.note, kind: row.kind,
      then: { countScaled: row.thenCount, channelScaled: row.thenChannel, ledgerScaled: row.thenLedger, adjustmentScaled: row.thenAdjustment },
      now: row.kind === 'gone' ? null : { countScaled: row.nowCount, channelScaled: row.nowChannel, ledgerScaled: row.nowLedger, adjustmentScaled: row.nowAdjustment },
      nextStep: CHANGE_STEPS[row.kind],
    })),
  };
}

function waitingChecks(workbook: ReadableWorkbook, periodId: number, limit: number): Listed<WaitingCheckLine> {
  const found = listOf<Omit<WaitingCheckLine, 'unanswered' | 'sentence'> & { readonly findings: string | null }>(
    workbook,
    'x.reasonCode, x.adjustmentScaled, x.valueMinor, x.findings',
    `(SELECT l.stock_key_id, t.reason_code AS reasonCode, l.adjustment_scaled AS adjustmentScaled,
        CASE WHEN l.unit_cost_scaled IS NOT NULL THEN l.variance_minor END AS valueMinor, f.findings
      FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id) LEFT JOIN line_checks f USING (period_id, stock_key_id)
      WHERE l.period_id = @period AND ${CHECKS_WAITING_SQL}) x ${NAMES_SQL}`,
    periodId,
    limit,
    'abs(x.valueMinor) DESC, i.sku, o.code',
  );
  return {
    total: found.total,
    lines: found.lines.map(({ findings, ...row }) => {
      const told = findings === null ? [] : CheckFinding.array().parse(JSON.parse(findings));
      return {
        ...row,
        unanswered: told.length === 0 ? ['orders', 'reservations', 'returns'] : told.filter(({ isAnswered }) => !isAnswered).map(({ subject }) => subject),
        sentence: told.length === 0 ? 'The files were not looked through yet: reconcile again, or look it up.' : told.map(({ sentence }) => sentence).join(' '),
      };
    }),
  };
}

const recounts = (workbook: ReadableWorkbook, periodId: number, limit: number): Listed<RecountLine> =>
  listOf<RecountLine>(
    workbook,
    `x.recount_why AS why, x.count_variance_scaled AS countScaled, x.adjustment_scaled AS adjustmentScaled,
     CASE WHEN x.unit_cost_scaled IS NOT NULL THEN x.variance_minor END AS valueMinor`,
    `(SELECT * FROM lines WHERE period_id = @period AND recount_why IS NOT NULL) x ${NAMES_SQL}`,
    periodId,
    limit,
    'abs(x.variance_minor) DESC, i.sku, o.code',
  );

/** On a sheet or in a count's file without a figure; or in the books with a quantity, at a location that was counted, and on no sheet. */
function notCounted(workbook: ReadableWorkbook, periodId: number, limit: number): Listed<UncountedLine> {
  const { currency } = findPeriod(workbook, periodId)!;
  const counted = `SELECT k.location_id FROM counts c JOIN imports n USING (import_id) JOIN stock_keys k USING (stock_key_id)
    WHERE n.period_id = @period AND c.counted_scaled IS NOT NULL`;
  const onSheet = `SELECT n.stock_key_id, s.number AS sheet FROM count_sheets s JOIN count_sheet_lines n USING (count_sheet_id) WHERE s.period_id = @period AND s.voided_instant IS NULL
    UNION SELECT c.stock_key_id, c.sheet FROM counts c JOIN imports n USING (import_id) WHERE n.period_id = @period`;
  const found = listOf<Omit<UncountedLine, 'valueMinor'> & { readonly unitCostScaled: number | null }>(
    workbook,
    'x.why, x.sheet, x.bookScaled, x.unitCostScaled',
    `(WITH sheets AS MATERIALIZED (SELECT stock_key_id, min(sheet) AS sheet FROM (${onSheet}) GROUP BY stock_key_id),
        places AS MATERIALIZED (SELECT DISTINCT location_id FROM (${counted}))
      SELECT l.stock_key_id, iif(s.stock_key_id IS NULL, 'no_sheet', 'no_figure') AS why, coalesce(s.sheet, '') AS sheet,
        l.erp_at_cut_off_scaled AS bookScaled, l.unit_cost_scaled AS unitCostScaled
      FROM lines l JOIN stock_keys q ON q.stock_key_id = l.stock_key_id LEFT JOIN sheets s ON s.stock_key_id = l.stock_key_id
      WHERE l.period_id = @period AND l.counted_scaled IS NULL
        AND (s.stock_key_id IS NOT NULL OR (l.erp_at_cut_off_scaled <> 0 AND q.location_id IN (SELECT location_id FROM places)))) x ${NAMES_SQL}`,
    periodId,
    limit,
    'x.why, o.code, i.sku',
  );
  return {
    total: found.total,
    lines: found.lines.map(({ unitCostScaled, ...row }) => ({
      ...row,
      valueMinor: unitCostScaled === null || row.bookScaled === null ? null : roundToMinor(exactValue(row.bookScaled, unitCostScaled), currency),
    })),
  };
}

function conflicts(workbook: ReadableWorkbook, periodId: number, limit: number): Listed<ConflictLine> {
  const found = listOf<{ stockKeyId: number; sku: string; location: string }>(
    workbook,
    '1 AS found',
    `(SELECT l.stock_key_id FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id) WHERE l.period_id = @period AND ${anyCaseSql(['conflict'])}) x ${NAMES_SQL}`,
    periodId,
    limit,
  );
  const rows = countRowsOfKeys(workbook, periodId, found.lines.map(({ stockKeyId }) => stockKeyId));
  const lines = found.lines.flatMap(({ stockKeyId, sku, location }) =>
    countConflicts(rows.get(stockKeyId) ?? []).map((conflict) => ({ stockKeyId, sku, location, ...conflict })),
  );
  return { total: found.total, lines };
}

/** Systems repeat each other: what happened counts once, by the system that tells of most. */
const lateLines = (workbook: ReadableWorkbook, periodId: number, limit: number): Listed<LateLine> =>
  listOf<LateLine>(
    workbook,
    'x.postings, x.onHandScaled, x.countScaled',
    `(WITH postings AS (
        SELECT DISTINCT l.stock_key_id, l.count_variance_scaled, m.system, m.type, m.document, m.line, m.import_id, m.row_number, m.record_number, ${onHandEffectSql} AS effect
        FROM (SELECT * FROM lines WHERE period_id = @period AND counted_instant IS NOT NULL) l JOIN ${LATE_POSTINGS_FROM_SQL}),
      told AS (SELECT stock_key_id, count_variance_scaled, type, document, line, count(*) AS postings, sum(effect) AS effect FROM postings
        GROUP BY stock_key_id, system, type, document, line),
      happened AS (SELECT stock_key_id, count_variance_scaled, sum(postings) AS postings, iif(max(effect) > -min(effect), max(effect), min(effect)) AS effect
        FROM told GROUP BY stock_key_id, type, document, line)
      SELECT stock_key_id, count_variance_scaled AS countScaled, sum(postings) AS postings, sum(effect) AS onHandScaled
      FROM happened GROUP BY stock_key_id) x ${NAMES_SQL}`,
    periodId,
    limit,
  );

function identities(workbook: ReadableWorkbook, periodId: number, limit: number): Listed<IdentityLine> {
  const found = listOf<Omit<IdentityLine, 'evidence'> & { system: System; importId: number; file: string; row: number }>(
    workbook,
    `x.system, x.on_hand_scaled AS onHandScaled, x.committed_scaled AS committedScaled, x.held_scaled AS heldScaled, x.available_scaled AS availableScaled,
     x.difference_scaled AS differenceScaled, x.import_id AS importId, n.file_name AS file, x.row_number AS row`,
    `(SELECT * FROM identity_differences WHERE period_id = @period) x JOIN imports n USING (import_id) ${NAMES_SQL}`,
    periodId,
    limit,
    'abs(x.difference_scaled) DESC, i.sku, o.code, x.system',
  );
  return { total: found.total, lines: found.lines.map(({ importId, file, row, ...line }) => ({ ...line, evidence: { importId, file, row } })) };
}

/** What stands between a period's lines and a journal; each list is cut at `limit` lines. */
export const followUpLists = (workbook: ReadableWorkbook, periodId: number, limit: number): FollowUpLists => ({
  changed: changedLines(workbook, periodId, limit),
  checks: waitingChecks(workbook, periodId, limit),
  identities: identities(workbook, periodId, limit),
});

/** What the counts of a period ask; each list is cut at `limit` lines. */
export const countLists = (workbook: ReadableWorkbook, periodId: number, limit: number): CountLists => ({
  recounts: recounts(workbook, periodId, limit),
  notCounted: notCounted(workbook, periodId, limit),
  conflicts: conflicts(workbook, periodId, limit),
  late: lateLines(workbook, periodId, limit),
});
