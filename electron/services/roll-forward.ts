/**
 * The period's roll-forward: from the opening to the ERP's closing, by location and by line.
 *
 * Only lines whose opening is known take part, so that the columns add up.
 */
import { ROLL_FORWARD_TYPES } from '@shared/domain/explanation/positions';
import { ROLL_FORWARD_COLUMNS, type RollForwardColumn } from '@shared/domain/lines';
import { EFFECTS, type MovementType } from '@shared/domain/states';
import { effectSql } from '../workbook/tables/movements';
import type { ReadableWorkbook, SqlValue } from '../workbook/workbook';
import { postedInPeriod } from './flows';
import { readScope, type PeriodScope } from './reconciliation/scope';

/** Scaled quantities; null where a figure is unknown. */
export type RollForwardFigures = Record<RollForwardColumn, number | null>;

export interface RollForwardTotals {
  readonly location: string;
  readonly columns: RollForwardFigures;
}

export interface RollForwardLine {
  readonly sku: string;
  readonly item: string;
  readonly location: string;
  readonly columns: RollForwardFigures;
}

type FiguresRow = RollForwardFigures & { readonly sku: string; readonly item: string; readonly location: string };

const FLOW_COLUMNS = Object.keys(ROLL_FORWARD_TYPES) as (keyof typeof ROLL_FORWARD_TYPES)[];
const LINE_COLUMNS = { opening: 'opening_scaled', expected: 'roll_forward_scaled', reported: 'erp_at_cut_off_scaled', difference: 'ledger_variance_scaled' } as const;

const flowSql = (column: keyof typeof ROLL_FORWARD_TYPES): string =>
  effectSql((type) => ((ROLL_FORWARD_TYPES[column] as readonly MovementType[]).includes(type) ? (EFFECTS[type].on_hand ?? 0) : 0));

/** Lines with a known opening, joined with what the ERP posted on each. */
function source(workbook: ReadableWorkbook, scope: PeriodScope, locationId: number | null) {
  const flows = postedInPeriod(workbook, scope, ['erp'], Object.values(ROLL_FORWARD_TYPES).flat());
  const parameters: Record<string, SqlValue> = { ...flows.parameters };
  if (locationId !== null) parameters['location'] = locationId;
  return {
    parameters,
    sql: `FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id
      LEFT JOIN (SELECT m.stock_key_id, ${FLOW_COLUMNS.map((column) => `sum(${flowSql(column)}) AS ${column}`).join(', ')}
        FROM ${flows.sql} GROUP BY m.stock_key_id) f ON f.stock_key_id = l.stock_key_id`,
    where: `l.period_id = @period AND l.roll_forward_scaled IS NOT NULL${locationId === null ? '' : ' AND k.location_id = @location'}`,
  };
}

const figuresOf = (row: FiguresRow): RollForwardFigures =>
  Object.fromEntries(ROLL_FORWARD_COLUMNS.map((column) => [column, row[column]])) as RollForwardFigures;

/** One row per location, in the order of their codes. */
export function rollForwardByLocation(workbook: ReadableWorkbook, scope: PeriodScope, locationId: number | null = null): (RollForwardTotals & { readonly lines: number })[] {
  const { sql, where, parameters } = source(workbook, scope, locationId);
  const columns = [
    ...FLOW_COLUMNS.map((column) => `coalesce(sum(f.${column}), 0) AS ${column}`),
    ...Object.entries(LINE_COLUMNS).map(([column, of]) => `sum(l.${of}) AS ${column}`),
  ];
  return workbook
    .all<FiguresRow & { readonly lines: number }>(
      `SELECT o.code AS location, g.* FROM (SELECT k.location_id, count(*) AS lines, ${columns.join(', ')} ${sql} WHERE ${where} GROUP BY k.location_id) g
       JOIN locations o ON o.location_id = g.location_id ORDER BY o.code`,
      parameters,
    )
    .map((row) => ({ location: row.location, lines: row.lines, columns: figuresOf(row) }));
}

/** Lines, the largest difference first. */
export function rollForwardLines(workbook: ReadableWorkbook, scope: PeriodScope, locationId: number | null, limit: number): RollForwardLine[] {
  const { sql, where, parameters } = source(workbook, scope, locationId);
  const columns = [...FLOW_COLUMNS.map((column) => `coalesce(f.${column}, 0) AS ${column}`), ...Object.entries(LINE_COLUMNS).map(([column, of]) => `l.${of} AS ${column}`)];
  return workbook
    .all<FiguresRow>(
      `SELECT i.sku, i.name AS item, o.code AS location, ${columns.join(', ')} ${sql} JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
       WHERE ${where} ORDER BY abs(l.ledger_variance_scaled) DESC, i.sku, o.code LIMIT @limit`,
      { ...parameters, limit },
    )
    .map((row) => ({ sku: row.sku, item: row.item, location: row.location, columns: figuresOf(row) }));
}

/** Empty where there is no such period. */
export function rollForwardTotals(workbook: ReadableWorkbook, periodId: number): RollForwardTotals[] {
  const scope = readScope(workbook, periodId);
  return scope ? rollForwardByLocation(workbook, scope).map(({ location, columns }) => ({ location, columns })) : [];
}
