/** The cut-off test of a period, gathered from its movements and judged. */
import { cutOffTest, CUT_OFF_TYPES, type CutOffItem } from '@shared/domain/audit/cut-off';
import { DAY_MS, formatInstant, nextPeriodCode } from '@shared/domain/instant';
import { formatAmount, roundToMinor } from '@shared/domain/money';
import { done, type Outcome } from '@shared/domain/outcome';
import type { Period } from '@shared/contract/workbook';
import { cutOffMovements } from '../../workbook/tables/cut-off-movements';
import { importById } from '../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { parseDefinition } from '../imports/profiles/definition';
import { findPeriod, findPeriodByCode, periodMissing } from '../periods';
import { workbookRow } from '../workbooks';

/** How far from the cut-off a posting is looked for: a month, beyond which it says nothing of this cut-off. */
const REACH_MS = 31 * DAY_MS;

/** Whether the rows of an import say when a movement occurred apart from when it was posted. */
function tellsBothTimes(workbook: ReadableWorkbook): (importId: number) => boolean {
  const known = new Map<number, boolean>();
  return (importId) => {
    let tells = known.get(importId);
    if (tells === undefined) {
      const row = importById(workbook, importId);
      const fields = row ? parseDefinition(row.definition).profile.columns.map(({ field }) => field) : [];
      tells = fields.includes('occurred_at') && fields.includes('posted_at');
      known.set(importId, tells);
    }
    return tells;
  };
}

export interface CutOffTest {
  readonly periodCode: string;
  readonly cutOffInstant: number;
  readonly count: number;
  readonly items: CutOffItem[];
}

function judged(workbook: ReadableWorkbook, period: Period, count: number): CutOffItem[] {
  const { currency } = period;
  const { time_zone } = workbookRow(workbook);
  const next = findPeriodByCode(workbook, nextPeriodCode(period.code));
  const tells = tellsBothTimes(workbook);
  const rows = cutOffMovements(workbook, {
    periodId: period.periodId, periodIds: [period.periodId, ...(next ? [next.periodId] : [])], cutOffInstant: period.cutOffInstant,
    fromInstant: period.cutOffInstant - REACH_MS, untilInstant: period.cutOffInstant + REACH_MS, types: CUT_OFF_TYPES, count,
  });
  return cutOffTest(
    rows.map((row) => ({
      importId: row.import_id, rowNumber: row.row_number, stockKeyId: row.stock_key_id, sku: row.sku, location: row.location, system: row.system, type: row.type,
      document: row.document, quantityScaled: row.quantity_scaled, occurredInstant: row.occurred_instant, postedInstant: row.posted_instant,
      tellsOccurred: tells(row.import_id), cutOffInstant: row.cut_off_instant, unitCostScaled: row.unit_cost_scaled,
    })),
    count,
    {
      instant: (instant) => formatInstant(instant, time_zone).slice(0, 16).replace('T', ' '),
      amount: (exact) => (exact === null ? 'an amount that no unit cost is known for' : `${formatAmount(roundToMinor(exact, currency), currency)} ${currency}`),
    },
  );
}

/**
 * The last and the first postings around the cut-off of each system and kind, judged.
 *
 * @param count how many on either side
 */
export function runCutOffTest(workbook: ReadableWorkbook, periodId: number, count: number): Outcome<CutOffTest, 'period_missing'> {
  const period = findPeriod(workbook, periodId);
  if (!period) return periodMissing(periodId);
  return done({ periodCode: period.code, cutOffInstant: period.cutOffInstant, count, items: judged(workbook, period, count) });
}
