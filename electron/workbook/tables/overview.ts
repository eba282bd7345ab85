/**
 * The period's figures in groups, each read in one pass over its lines or components.
 *
 * Sums leave SQLite as text where they could pass what a number of JavaScript holds.
 */
import type { MapLine, RecurringLine } from '@shared/domain/overview';
import type { LineStatus, Owner } from '@shared/domain/lines';
import type { Cause, VarianceClass, VarianceKind } from '@shared/domain/variance';
import type { ReadableWorkbook } from '../workbook';
import { CLASS_SQL, exactOf, HAS_VARIANCE_SQL, IS_CONFIRMED_SQL, recursWith, STATUS_SQL, TAGS_SQL, VALUE_SUMS } from './lines';

export interface PartTally {
  readonly class: VarianceClass;
  readonly cause: Cause;
  readonly lines: number;
  readonly unitsScaled: bigint;
  /** Exact: scaled quantity times scaled unit cost. */
  readonly value: bigint;
}

interface PartRow {
  readonly class: VarianceClass;
  readonly cause: Cause;
  readonly lines: number;
  readonly units: string;
  readonly whole: string;
  readonly millionths: string;
}

const partOf = (row: PartRow): PartTally => ({ class: row.class, cause: row.cause, lines: row.lines, unitsScaled: BigInt(row.units), value: exactOf(row) });

/** Firm components by class and cause. */
export const tallyComponents = (workbook: ReadableWorkbook, periodId: number): readonly PartTally[] =>
  workbook
    .all<PartRow>(
      `SELECT c.class, c.cause, count(DISTINCT c.stock_key_id) AS lines, CAST(sum(abs(c.quantity_scaled)) AS TEXT) AS units, ${VALUE_SUMS('c.quantity_scaled')}
       FROM components c JOIN lines l ON l.period_id = c.period_id AND l.stock_key_id = c.stock_key_id
       WHERE c.period_id = ? AND c.suggested = 0 GROUP BY c.class, c.cause`,
      periodId,
    )
    .map(partOf);

const HAS_RESIDUAL_SQL = '(l.count_residual_scaled <> 0 OR l.channel_residual_scaled <> 0 OR l.ledger_residual_scaled <> 0)';

/** What the components leave: unexplained, or physical where a person has confirmed the count's. A line with both counts in both. */
export function tallyResiduals(workbook: ReadableWorkbook, periodId: number): readonly PartTally[] {
  const confirmed = `CASE WHEN ${IS_CONFIRMED_SQL} THEN coalesce(l.count_residual_scaled, 0) ELSE 0 END`;
  const others = ['coalesce(l.channel_residual_scaled, 0)', 'coalesce(l.ledger_residual_scaled, 0)'];
  const unconfirmed = `CASE WHEN ${IS_CONFIRMED_SQL} THEN 0 ELSE coalesce(l.count_residual_scaled, 0) END`;
  const rows = workbook.all<PartRow>(
    `WITH held AS MATERIALIZED (
       SELECT l.unit_cost_scaled, ${confirmed} AS confirmed, ${unconfirmed} AS unconfirmed, ${others[0]} AS channel, ${others[1]} AS ledger
       FROM lines l ${TAGS_SQL} WHERE l.period_id = ? AND ${HAS_RESIDUAL_SQL})
     SELECT class, 'residual' AS cause, count(*) AS lines, CAST(coalesce(sum(units), 0) AS TEXT) AS units,
       CAST(coalesce(sum(units * (unit_cost_scaled / 1000000)), 0) AS TEXT) AS whole,
       CAST(coalesce(sum(units * (unit_cost_scaled % 1000000)), 0) AS TEXT) AS millionths
     FROM (SELECT 'physical' AS class, abs(confirmed) AS units, unit_cost_scaled FROM held
           UNION ALL SELECT 'unexplained', abs(unconfirmed) + abs(channel) + abs(ledger), unit_cost_scaled FROM held)
     WHERE units <> 0 GROUP BY class`,
    periodId,
  );
  return rows.map(partOf);
}

/** How many lines have a firm component of each class. */
export const countLinesWithComponents = (workbook: ReadableWorkbook, periodId: number): ReadonlyMap<VarianceClass, number> =>
  new Map(
    workbook
      .all<{ class: VarianceClass; lines: number }>(
        'SELECT class, count(DISTINCT stock_key_id) AS lines FROM components WHERE period_id = ? AND suggested = 0 GROUP BY class',
        periodId,
      )
      .map((row) => [row.class, row.lines]),
  );

/** How many lines hold physical units: by a component, or by a residual that a person has confirmed. */
export const countLinesHoldingPhysical = (workbook: ReadableWorkbook, periodId: number): number =>
  workbook.get<{ lines: number }>(
    `SELECT count(*) AS lines FROM (
       SELECT stock_key_id FROM components WHERE period_id = @period AND suggested = 0 AND class = 'physical'
       UNION SELECT l.stock_key_id FROM lines l ${TAGS_SQL} WHERE l.period_id = @period AND l.count_residual_scaled <> 0 AND ${IS_CONFIRMED_SQL})`,
    { period: periodId },
  )!.lines;

export interface ExceptionGroup {
  readonly status: LineStatus;
  readonly owner: Owner | null;
  readonly locationId: number;
  readonly ageDays: number;
  /** Null in a period that was last reconciled before it was kept. */
  readonly ageCloses: number | null;
  readonly lines: number;
  readonly unitsScaled: number;
  readonly valueMinor: number;
  readonly withoutCost: number;
  /** Lines whose value is known and not nothing. */
  readonly ofValue: number;
}

/** Lines that no rule cleared, in groups as small as any figure needs; they are folded by whoever asks. */
export const groupExceptions = (workbook: ReadableWorkbook, periodId: number): readonly ExceptionGroup[] =>
  workbook.all<ExceptionGroup>(
    `SELECT ${STATUS_SQL} AS status, coalesce(t.owner, l.suggested_owner) AS owner, k.location_id AS locationId, l.age_days AS ageDays, l.age_closes AS ageCloses,
       count(*) AS lines, sum(abs(l.variance_scaled)) AS unitsScaled, sum(CASE WHEN l.unit_cost_scaled IS NULL THEN 0 ELSE abs(l.variance_minor) END) AS valueMinor,
       sum(l.unit_cost_scaled IS NULL) AS withoutCost, sum(l.unit_cost_scaled IS NOT NULL AND l.variance_minor <> 0) AS ofValue
     FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id ${TAGS_SQL}
     WHERE l.period_id = ? AND l.cleared_by IS NULL GROUP BY 1, 2, 3, 4, 5`,
    periodId,
  );

/** How many lines the period has, and on how many a known variance is not zero. */
export const countLines = (workbook: ReadableWorkbook, periodId: number): { readonly lines: number; readonly withVariance: number } =>
  workbook.get<{ lines: number; withVariance: number }>(
    `SELECT count(*) AS lines, coalesce(sum(${HAS_VARIANCE_SQL}), 0) AS withVariance FROM lines l WHERE l.period_id = ?`,
    periodId,
  )!;

interface RecurringRow extends Omit<RecurringLine, 'sameResiduals'> {
  readonly count: 0 | 1;
  readonly channel: 0 | 1;
  readonly ledger: 0 | 1;
}

const sameResidual = (kind: VarianceKind) => `coalesce(l.${kind}_residual_scaled <> 0 AND l.${kind}_residual_scaled = b.${kind}_residual_scaled, 0) AS ${kind}`;

/** Exceptions that stood in the period before as well, the largest value first. */
export const listRecurring = (workbook: ReadableWorkbook, periodId: number, previousPeriodId: number, limit: number): readonly RecurringLine[] =>
  workbook
    .all<RecurringRow>(
      `SELECT l.stock_key_id AS stockKeyId, i.sku, o.code AS location, l.tier, ${STATUS_SQL} AS status, l.cause, b.cause AS previousCause,
         l.variance_scaled AS varianceScaled, b.variance_scaled AS previousVarianceScaled,
         ${sameResidual('count')}, ${sameResidual('channel')}, ${sameResidual('ledger')},
         CASE WHEN l.unit_cost_scaled IS NOT NULL THEN l.variance_minor END AS valueMinor, u.reason_code AS previousReason
       FROM lines l JOIN lines b ON b.period_id = @previous AND b.stock_key_id = l.stock_key_id
       JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
       ${TAGS_SQL} LEFT JOIN tags u ON u.period_id = b.period_id AND u.stock_key_id = b.stock_key_id
       WHERE l.period_id = @period AND l.cleared_by IS NULL AND ${recursWith('b')}
       ORDER BY abs(l.variance_minor) DESC, i.sku, o.code LIMIT @limit`,
      { period: periodId, previous: previousPeriodId, limit },
    )
    .map(({ count, channel, ledger, ...line }) => ({
      ...line,
      sameResiduals: [...(count ? ['count' as const] : []), ...(channel ? ['channel' as const] : []), ...(ledger ? ['ledger' as const] : [])],
    }));

/** The exceptions that stood in the period before, added up by status. */
export const tallyRecurring = (
  workbook: ReadableWorkbook, periodId: number, previousPeriodId: number,
): readonly Pick<ExceptionGroup, 'status' | 'lines' | 'unitsScaled' | 'valueMinor'>[] =>
  workbook.all(
    `SELECT ${STATUS_SQL} AS status, count(*) AS lines, sum(abs(l.variance_scaled)) AS unitsScaled,
       sum(CASE WHEN l.unit_cost_scaled IS NULL THEN 0 ELSE abs(l.variance_minor) END) AS valueMinor
     FROM lines l JOIN lines b ON b.period_id = @previous AND b.stock_key_id = l.stock_key_id ${TAGS_SQL}
     WHERE l.period_id = @period AND l.cleared_by IS NULL AND ${recursWith('b')} GROUP BY 1`,
    { period: periodId, previous: previousPeriodId },
  );


/** Exceptions of known value, the largest first. */
export const listForMap = (workbook: ReadableWorkbook, periodId: number, limit: number): readonly MapLine[] =>
  workbook.all<MapLine>(
    `WITH largest AS MATERIALIZED (
       SELECT stock_key_id FROM lines WHERE period_id = @period AND cleared_by IS NULL AND unit_cost_scaled IS NOT NULL AND variance_minor <> 0
       ORDER BY abs(variance_minor) DESC, stock_key_id LIMIT @limit)
     SELECT l.stock_key_id AS stockKeyId, i.sku, o.code AS location, ${CLASS_SQL} AS class, ${STATUS_SQL} AS status, l.age_days AS ageDays,
       abs(l.variance_minor) AS valueMinor
     FROM largest g JOIN lines l ON l.period_id = @period AND l.stock_key_id = g.stock_key_id
     JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
     ${TAGS_SQL} ORDER BY valueMinor DESC, i.sku, o.code`,
    { period: periodId, limit },
  );
