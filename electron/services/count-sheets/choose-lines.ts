/**
 * Which items and places are to be counted, by what a person chose.
 *
 * The choice may look at what the books hold; what it answers names items and places only, so that nothing else can
 * reach a sheet.
 */
import { inWalkingOrder, type LineToCount, type SheetChoice } from '@shared/domain/count-sheet';
import { QUANTITY_STATES } from '@shared/domain/states';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { currencySql } from '../../workbook/tables/period-codes';

/** A line with what is printed of it. */
export interface ChosenLine extends LineToCount {
  readonly locationId: number;
  readonly item: string;
  readonly barcode: string;
  readonly unit: string;
}

const HOLDS_STOCK = QUANTITY_STATES.map((state) => `coalesce(s.${state}_scaled, 0) <> 0`).join(' OR ');

const IN_SCOPE: Readonly<Record<SheetChoice['scope'], string>> = {
  all: 'TRUE',
  // What the last locked period left behind counts as stock too: nothing may have moved since.
  in_use: `(
    EXISTS (SELECT 1 FROM snapshots s JOIN imports m USING (import_id) WHERE s.stock_key_id = k.stock_key_id AND m.period_id = @period AND (${HOLDS_STOCK}))
    OR EXISTS (SELECT 1 FROM movements v JOIN imports m USING (import_id) WHERE v.stock_key_id = k.stock_key_id AND m.period_id = @period)
    OR EXISTS (SELECT 1 FROM counts c JOIN imports m USING (import_id) WHERE c.stock_key_id = k.stock_key_id AND m.period_id = @period)
    OR EXISTS (SELECT 1 FROM closings o WHERE o.stock_key_id = k.stock_key_id AND o.quantity_scaled <> 0
      AND o.period_id = (SELECT p.period_id FROM periods p, periods now WHERE now.period_id = @period AND p.cut_off_instant = now.start_instant AND ${currencySql('p.code')} = ${currencySql('now.code')})))`,
  variance: 'EXISTS (SELECT 1 FROM lines n WHERE n.period_id = @period AND n.stock_key_id = k.stock_key_id AND n.count_variance_scaled <> 0)',
  over_tolerance: `EXISTS (SELECT 1 FROM lines n WHERE n.period_id = @period AND n.stock_key_id = k.stock_key_id
    AND n.count_variance_scaled <> 0 AND n.cleared_by IS NULL)`,
  recount_asked: 'EXISTS (SELECT 1 FROM lines n WHERE n.period_id = @period AND n.stock_key_id = k.stock_key_id AND n.recount_why IS NOT NULL)',
};

/** The bins in which a line was found when it was last counted; a line that was in two bins is counted in both. */
const LAST_BINS = `
  SELECT DISTINCT stock_key_id, bin FROM (
    SELECT c.stock_key_id, c.bin, rank() OVER (PARTITION BY c.stock_key_id ORDER BY p.start_instant DESC) AS place
    FROM counts c JOIN imports i USING (import_id) JOIN periods p USING (period_id)
    WHERE c.bin <> '' AND p.start_instant <= (SELECT start_instant FROM periods WHERE period_id = @period))
  WHERE place = 1`;

const inList = (column: string, name: string) => `(@${name} = '[]' OR ${column} IN (SELECT value FROM json_each(@${name})))`;

/** The lines that are chosen, in walking order. */
export function chosenLines(workbook: ReadableWorkbook, choice: SheetChoice): ChosenLine[] {
  const rows = workbook.all<ChosenLine>(
    `SELECT k.stock_key_id AS stockKeyId, l.location_id AS locationId, l.code AS location, coalesce(b.bin, '') AS bin, i.sku, i.name AS item,
       coalesce(i.barcode, '') AS barcode, i.uom AS unit
     FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) LEFT JOIN (${LAST_BINS}) b USING (stock_key_id)
     WHERE coalesce(l.currency, '') = (SELECT ${currencySql('code')} FROM periods WHERE period_id = @period) AND ${inList('l.code', 'locations')} AND ${inList('i.sku', 'skus')}
       AND (@category IS NULL OR i.category = @category) AND (@tier IS NULL OR i.tier = @tier) AND ${IN_SCOPE[choice.scope]}`,
    {
      period: choice.periodId,
      locations: JSON.stringify(choice.locations),
      skus: JSON.stringify(choice.skus),
      category: choice.category,
      tier: choice.tier,
    },
  );
  return inWalkingOrder(rows);
}

/**
 * The highest count number that any of these lines has in the period, counted or with space for it on a sheet that came
 * back in part or whole; 0 where none was counted.
 */
export function highestCountNo(workbook: ReadableWorkbook, periodId: number, lines: readonly LineToCount[]): number {
  const keys = JSON.stringify([...new Set(lines.map(({ stockKeyId }) => stockKeyId))]);
  return (
    workbook.get<{ highest: number | null }>(
      `SELECT max(c.count_no) AS highest FROM counts c JOIN imports i USING (import_id)
       WHERE i.period_id = ? AND c.counted_scaled IS NOT NULL AND c.stock_key_id IN (SELECT value FROM json_each(?))`,
      periodId, keys,
    )?.highest ?? 0
  );
}

/** How many of the lines stand, in the same bin, on a sheet that is out and has space for one of these counts. */
export function linesAlreadyOut(workbook: ReadableWorkbook, periodId: number, lines: readonly LineToCount[], countNumbers: readonly number[]): number {
  const out = new Set(
    workbook
      .all<{ stock_key_id: number; bin: string }>(
        `SELECT n.stock_key_id, n.bin FROM count_sheets s JOIN count_sheet_lines n USING (count_sheet_id)
         WHERE s.period_id = ? AND s.voided_instant IS NULL AND s.first_count_no BETWEEN ? AND ?`,
        periodId, countNumbers[0]! - countNumbers.length + 1, countNumbers.at(-1)!,
      )
      .map(({ stock_key_id, bin }) => `${stock_key_id}\n${bin}`),
  );
  return lines.filter(({ stockKeyId, bin }) => out.has(`${stockKeyId}\n${bin}`)).length;
}
