/** Movements around the cut-off: so many of each system, type and side, and what other systems say of the same documents. */
import type { MovementType, System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../workbook';

export interface CutOffRow {
  readonly import_id: number;
  readonly row_number: number;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly quantity_scaled: number;
  readonly occurred_instant: number;
  readonly posted_instant: number;
  readonly cut_off_instant: number;
  readonly unit_cost_scaled: number | null;
}

/** The standing movement files of these periods. Exports overlap: the same posting of two files is read from the one named first. */
const SCOPE = `scope AS (
    SELECT import_id, row_number() OVER (ORDER BY file_name, sha256, import_id) AS place FROM imports
    WHERE kind = 'movements' AND state = 'standing' AND period_id IN (SELECT value FROM json_each(@periodIds))),
  wanted AS (SELECT value AS type FROM json_each(@types)),
  posted AS (
    SELECT m.*, coalesce(b.cut_off_instant, @cutOff) AS cut_off_instant,
      min(s.place) OVER (PARTITION BY m.stock_key_id, m.system, m.type, m.document, m.line, m.quantity_scaled, m.occurred_instant, m.posted_instant) = s.place AS is_first
    FROM movements m JOIN scope s ON s.import_id = m.import_id JOIN stock_keys k ON k.stock_key_id = m.stock_key_id
    LEFT JOIN period_locations b ON b.period_id = @periodId AND b.location_id = k.location_id
    WHERE m.type IN (SELECT type FROM wanted) AND m.posted_instant BETWEEN @from AND @until)`;

const COLUMNS = `p.import_id, p.row_number, p.stock_key_id, i.sku, o.code AS location, p.system, p.type, p.document, p.quantity_scaled,
  p.occurred_instant, p.posted_instant, p.cut_off_instant, l.unit_cost_scaled`;
const NAMED = `JOIN stock_keys k ON k.stock_key_id = p.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
  LEFT JOIN lines l ON l.period_id = @periodId AND l.stock_key_id = p.stock_key_id`;

export interface CutOffQuestion {
  readonly periodId: number;
  readonly periodIds: readonly number[];
  readonly cutOffInstant: number;
  /** Nothing posted earlier or later is looked at. */
  readonly fromInstant: number;
  readonly untilInstant: number;
  readonly types: readonly MovementType[];
  /** Of each system, type and side. */
  readonly count: number;
}

/** The nearest postings of each system, type and side of the cut-off, and the postings of other systems with the same document, type and line. */
export function cutOffMovements(workbook: ReadableWorkbook, question: CutOffQuestion): CutOffRow[] {
  const { periodId, periodIds, cutOffInstant, fromInstant, untilInstant, types, count } = question;
  return workbook.all<CutOffRow>(
    `WITH ${SCOPE},
     ranked AS (
       SELECT *, row_number() OVER (
         PARTITION BY system, type, posted_instant < cut_off_instant
         ORDER BY abs(posted_instant - cut_off_instant), document, row_number, import_id) AS rank
       FROM posted WHERE is_first),
     near AS (SELECT * FROM ranked WHERE rank <= @count)
     SELECT ${COLUMNS} FROM near p ${NAMED}
     UNION
     SELECT ${COLUMNS} FROM posted p ${NAMED}
     WHERE p.is_first AND EXISTS (SELECT 1 FROM near n WHERE n.type = p.type AND n.document = p.document AND n.stock_key_id = p.stock_key_id AND n.system <> p.system)`,
    { periodId, periodIds: JSON.stringify(periodIds), cutOff: cutOffInstant, from: fromInstant, until: untilInstant, types: JSON.stringify(types), count },
  );
}
