/**
 * The figures of two sides held against each other, line by line: an import and the one it supersedes, a locked period
 * and a later export.
 *
 * Both sides are laid into one temporary table, keyed by what a figure is of; one pass over it finds what differs. A
 * figure that a side does not have is unknown there, never zero; it moves the sum by all of the other side's.
 */
import { DIFFERENCE_LINES_LISTED, type Difference, type DifferenceLine, type DifferenceTotal, type FigureMeasure } from '@shared/domain/import-difference';
import type { ImportKind } from '@shared/domain/import-profile';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { QUANTITY_STATES, type System } from '@shared/domain/states';
import { SAME_POSTING } from '../../../workbook/tables/movements';
import type { ReadableWorkbook, SqliteWorkbook } from '../../../workbook/workbook';

export type Side = 'before' | 'after';

/** Makes the table of figures empty. Belongs in a transaction that is rolled back or ends with it. */
export function clearFigures(workbook: SqliteWorkbook): void {
  workbook.run(`CREATE TEMP TABLE IF NOT EXISTS figures (
    side TEXT NOT NULL, system TEXT, stock_key_id INTEGER NOT NULL, document TEXT NOT NULL, line TEXT NOT NULL,
    measure TEXT NOT NULL, quantity INTEGER, instant INTEGER)`);
  workbook.run('DELETE FROM temp.figures');
}

const INTO = 'INSERT INTO temp.figures (side, system, stock_key_id, document, line, measure, quantity, instant)';
const OF_IMPORTS = 'import_id IN (SELECT value FROM json_each(@imports))';
const MEASURES = [...QUANTITY_STATES, 'unit_cost'] as const;

/** Of a line's positions the one that counts: nearest to the cut-off, on a tie the later import. Its instant is no figure. */
const SNAPSHOTS = `
  WITH positions AS (
    SELECT s.*, row_number() OVER (
      PARTITION BY s.stock_key_id, s.system ORDER BY abs(s.as_of_instant - @cutOff), s.import_id DESC, s.row_number DESC
    ) AS place
    FROM snapshots s WHERE s.${OF_IMPORTS}
  ), measures AS (SELECT value AS measure FROM json_each('${JSON.stringify(MEASURES)}'))
  ${INTO}
  SELECT * FROM (
    SELECT @side, system, stock_key_id, '' AS document, '' AS line, measure,
      CASE measure ${MEASURES.map((measure) => `WHEN '${measure}' THEN ${measure}_scaled`).join(' ')} END AS quantity, NULL
    FROM positions CROSS JOIN measures WHERE place = 1)
  WHERE quantity IS NOT NULL`;

const same = SAME_POSTING.join(', ');
/** A posting that stands in several files counts once; a file that holds it twice tells of two. */
const MOVEMENTS = `
  ${INTO}
  SELECT @side, system, stock_key_id, document, line, type, sum(quantity_scaled * times), max(posted_instant) FROM (
    SELECT ${same}, max(times) AS times FROM (
      SELECT import_id, ${same}, count(*) AS times FROM movements WHERE ${OF_IMPORTS} GROUP BY import_id, ${same})
    GROUP BY ${same})
  GROUP BY system, stock_key_id, document, line, type`;

const COUNTS = `
  ${INTO}
  SELECT @side, NULL, stock_key_id, sheet,
    CASE WHEN line <> '' THEN line ELSE bin END || CASE WHEN count_no > 1 THEN ', count ' || count_no ELSE '' END AS place,
    'counted', sum(counted_scaled), max(counted_instant)
  FROM counts WHERE ${OF_IMPORTS} GROUP BY stock_key_id, sheet, place, count_no`;

const ledgerOf = (table: 'trial_balances' | 'ledger_entries') => (['debit', 'credit'] as const).map((measure) => `
  ${INTO}
  SELECT @side, NULL, 0, '', account_code, '${measure}', sum(${measure}_minor), NULL
  FROM ${table} WHERE ${OF_IMPORTS} GROUP BY account_code`);

const COLLECT: Readonly<Record<ImportKind, readonly string[]>> = {
  snapshot: [SNAPSHOTS],
  movements: [MOVEMENTS],
  count: [COUNTS],
  trial_balance: ledgerOf('trial_balances'),
  ledger_entries: ledgerOf('ledger_entries'),
  items: [],
  tags: [],
};

/** Lays the figures of these imports onto one side. */
export function collectFigures(workbook: SqliteWorkbook, side: Side, kind: ImportKind, importIds: readonly number[], cutOffInstant: number): void {
  for (const sql of COLLECT[kind]) {
    const parameters = { side, imports: JSON.stringify(importIds) };
    workbook.run(sql, kind === 'snapshot' ? { ...parameters, cutOff: cutOffInstant } : parameters);
  }
}

/**
 * Pairs the two sides, once both are laid out: one row for everything that either speaks of. `is_before` and `is_after`
 * say which side has it: a count that says "not counted" is there without a quantity.
 */
export function pairSides(workbook: SqliteWorkbook): void {
  workbook.run('DROP TABLE IF EXISTS temp.sides');
  workbook.run(`CREATE TEMP TABLE sides AS
    SELECT system, stock_key_id, document, line, measure,
      max(side = 'before') AS is_before, max(side = 'after') AS is_after,
      max(CASE side WHEN 'before' THEN quantity END) AS before_scaled, max(CASE side WHEN 'after' THEN quantity END) AS after_scaled,
      max(CASE side WHEN 'before' THEN instant END) AS before_instant, max(CASE side WHEN 'after' THEN instant END) AS after_instant
    FROM temp.figures GROUP BY system, stock_key_id, document, line, measure`);
}

const DIFFERS = `NOT (is_before AND is_after AND before_scaled IS after_scaled AND before_instant IS after_instant)`;

/** Everything that differs, the largest change first, under SKU and code. */
export const DIFFERING = `
  SELECT CASE WHEN NOT s.is_before THEN 'added' WHEN NOT s.is_after THEN 'removed' ELSE 'changed' END AS change,
    s.system, s.stock_key_id, coalesce(i.sku, '') AS sku, coalesce(l.code, '') AS location, s.document, s.line, s.measure,
    s.before_scaled, s.after_scaled,
    CASE WHEN s.is_before AND s.is_after AND s.before_instant IS NOT s.after_instant THEN s.before_instant END AS before_instant,
    CASE WHEN s.is_before AND s.is_after AND s.before_instant IS NOT s.after_instant THEN s.after_instant END AS after_instant,
    -- In one scale: a unit cost has two places more.
    row_number() OVER (ORDER BY abs(coalesce(s.after_scaled, 0) - coalesce(s.before_scaled, 0)) * CASE s.measure WHEN 'unit_cost' THEN 1 ELSE 100 END DESC,
      i.sku, l.code, s.system, s.document, s.line, s.measure) AS place
  FROM temp.sides s LEFT JOIN stock_keys k USING (stock_key_id) LEFT JOIN items i USING (item_id) LEFT JOIN locations l USING (location_id)
  WHERE ${DIFFERS}`;

export interface DifferenceRow {
  readonly change: DifferenceLine['change'];
  readonly system: System | null;
  readonly sku: string;
  readonly location: string;
  readonly document: string;
  readonly line: string;
  readonly measure: FigureMeasure;
  readonly before_scaled: number | null;
  readonly after_scaled: number | null;
  readonly before_instant: number | null;
  readonly after_instant: number | null;
}

/** A figure as text, in the scale of what it measures. */
export function figureText(measure: FigureMeasure, scaled: number | bigint, currency: string): string {
  if (measure === 'unit_cost') return formatUnitCost(Number(scaled));
  return measure === 'debit' || measure === 'credit' ? formatAmount(scaled, currency) : formatQuantity(scaled);
}

export function lineOfRow(row: DifferenceRow, currency: string): DifferenceLine {
  const written = (scaled: number | null) => (scaled === null ? null : figureText(row.measure, scaled, currency));
  return {
    change: row.change,
    system: row.system,
    sku: row.sku,
    location: row.location,
    document: row.document,
    line: row.line,
    measure: row.measure,
    before: written(row.before_scaled),
    after: written(row.after_scaled),
    delta: figureText(row.measure, (row.after_scaled ?? 0) - (row.before_scaled ?? 0), currency),
    beforeInstant: row.before_instant,
    afterInstant: row.after_instant,
  };
}

/** The sums of both sides by system and measure; unit costs are no sum. */
export function figureTotals(workbook: ReadableWorkbook, currency: string): DifferenceTotal[] {
  const rows = workbook.all<{ system: System | null; measure: FigureMeasure; before: string; after: string }>(
    `SELECT system, measure, CAST(coalesce(sum(CASE side WHEN 'before' THEN quantity END), 0) AS TEXT) AS before,
       CAST(coalesce(sum(CASE side WHEN 'after' THEN quantity END), 0) AS TEXT) AS after
     FROM temp.figures WHERE measure <> 'unit_cost' GROUP BY system, measure ORDER BY system, measure`,
  );
  return rows.map(({ system, measure, before, after }) => ({
    system,
    measure,
    before: figureText(measure, BigInt(before), currency),
    after: figureText(measure, BigInt(after), currency),
    delta: figureText(measure, BigInt(after) - BigInt(before), currency),
  }));
}

/** How many figures of the two sides are equal, and how many differ in which way. */
export function figureCounts(workbook: ReadableWorkbook): Difference['counts'] {
  const counts = workbook.get<{ [Column in keyof Difference['counts']]: number | null }>(
    `SELECT sum(NOT is_before) AS added, sum(NOT is_after) AS removed, sum(is_before AND is_after AND ${DIFFERS}) AS changed,
       sum(NOT (${DIFFERS})) AS unchanged FROM temp.sides`,
  )!;
  return { added: counts.added ?? 0, removed: counts.removed ?? 0, changed: counts.changed ?? 0, unchanged: counts.unchanged ?? 0 };
}

/** Keeps what differs with the import, and answers its beginning. */
export function keepDifference(workbook: SqliteWorkbook, importId: number, currency: string): Difference {
  pairSides(workbook);
  workbook.run(
    `INSERT INTO import_differences (import_id, place, change, system, sku, location, document, line, measure,
       before_scaled, after_scaled, before_instant, after_instant)
     SELECT ?, place, change, system, sku, location, document, line, measure, before_scaled, after_scaled, before_instant, after_instant
     FROM (${DIFFERING}) ORDER BY place`,
    importId,
  );
  const difference: Difference = {
    counts: figureCounts(workbook),
    totals: figureTotals(workbook, currency),
    lines: keptLines(workbook, importId, currency, 0, DIFFERENCE_LINES_LISTED),
  };
  workbook.run('DROP TABLE temp.sides');
  workbook.run('DELETE FROM temp.figures');
  return difference;
}

/** A page of the difference that an import was kept with, the largest change first. */
export function keptLines(workbook: ReadableWorkbook, importId: number, currency: string, offset: number, limit: number): DifferenceLine[] {
  return workbook
    .all<DifferenceRow>('SELECT * FROM import_differences WHERE import_id = ? AND place > ? ORDER BY place LIMIT ?', importId, offset, limit)
    .map((row) => lineOfRow(row, currency));
}
