/** The lines of a period as an auditor samples them: on hand in the books at the cut-off, and unit cost. */
import type { ReadableWorkbook } from '../workbook';
import { BOOKED_SQL } from './follow-up';

export interface PopulationRow {
  readonly stock_key_id: number;
  readonly sku: string;
  readonly item_name: string;
  readonly location: string;
  readonly tier: 'A' | 'B' | 'C';
  readonly book_scaled: number | null;
  readonly unit_cost_scaled: number | null;
}

const NAMES = 'l.stock_key_id, i.sku, i.name AS item_name, o.code AS location, l.tier, l.unit_cost_scaled';
const FROM = `FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id
  JOIN locations o ON o.location_id = k.location_id`;

/** @param afterAdjustment with what the reasons of the lines book, as the reconciled inventory report has it */
export const populationRows = (workbook: ReadableWorkbook, periodId: number, afterAdjustment: boolean): IterableIterator<PopulationRow> =>
  workbook.iterate(
    afterAdjustment
      ? `SELECT ${NAMES}, l.on_hand_scaled + ${BOOKED_SQL} AS book_scaled ${FROM}
         LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id LEFT JOIN reason_codes r ON r.reason_code = t.reason_code WHERE l.period_id = ?`
      : `SELECT ${NAMES}, l.on_hand_scaled AS book_scaled ${FROM} WHERE l.period_id = ?`,
    periodId,
  );

/** One line by its names; undefined where the period has none. */
export const populationRowOf = (workbook: ReadableWorkbook, periodId: number, sku: string, location: string): PopulationRow | undefined =>
  workbook.get(`SELECT ${NAMES}, l.on_hand_scaled AS book_scaled ${FROM} WHERE l.period_id = ? AND i.sku = ? AND o.code = ?`, periodId, sku, location);
