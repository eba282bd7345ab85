/**
 * Locations, and the keys of items at locations.
 */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface LocationRow {
  readonly location_id: number;
  readonly code: string;
  readonly name: string;
  /** NULL: the workbook's own. */
  readonly currency: string | null;
}

export const listLocations = (workbook: ReadableWorkbook): LocationRow[] =>
  workbook.all('SELECT location_id, code, name, currency FROM locations ORDER BY location_id');

export const locationCodeOf = (workbook: ReadableWorkbook, locationId: number): string =>
  workbook.get<{ code: string }>('SELECT code FROM locations WHERE location_id = ?', locationId)!.code;

export const locationIdOf = (workbook: ReadableWorkbook, code: string): number | undefined =>
  workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', code)?.location_id;

/**
 * Answers the new location's number.
 *
 * @param currency null: the workbook's own
 */
export const insertLocation = (workbook: WritableWorkbook, code: string, name: string, currency: string | null = null): number =>
  workbook.run('INSERT INTO locations (code, name, currency) VALUES (?, ?, ?)', code, name, currency).lastInsertRowid;

export const findStockKey = (workbook: ReadableWorkbook, itemId: number, locationId: number): number | undefined =>
  workbook.get<{ stock_key_id: number }>(
    'SELECT stock_key_id FROM stock_keys WHERE item_id = ? AND location_id = ?', itemId, locationId,
  )?.stock_key_id;

export const INSERT_STOCK_KEY = 'INSERT INTO stock_keys (stock_key_id, item_id, location_id)';

/** The highest key; 0 where there is none. */
export const lastStockKey = (workbook: ReadableWorkbook): number =>
  workbook.get<{ last: number }>('SELECT coalesce(max(stock_key_id), 0) AS last FROM stock_keys')!.last;

/** Every key, and beside it its item's number times `factor` plus its location's. */
export function listStockKeyPairs(workbook: ReadableWorkbook, factor: number): { readonly keys: number[]; readonly pairs: number[] } {
  return {
    keys: workbook.column('SELECT stock_key_id FROM stock_keys NOT INDEXED ORDER BY stock_key_id'),
    pairs: workbook.column('SELECT item_id * ? + location_id FROM stock_keys NOT INDEXED ORDER BY stock_key_id', factor),
  };
}
