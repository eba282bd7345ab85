/**
 * Locations, their aliases, and the keys of items at locations.
 */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';
import type { AliasRow } from './items';

export interface LocationRow {
  readonly location_id: number;
  readonly code: string;
  readonly name: string;
}

export const listLocations = (workbook: ReadableWorkbook): LocationRow[] =>
  workbook.all('SELECT location_id, code, name FROM locations ORDER BY location_id');

export const locationIdOf = (workbook: ReadableWorkbook, code: string): number | undefined =>
  workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', code)?.location_id;

/** Answers the new location's number. */
export const insertLocation = (workbook: WritableWorkbook, code: string, name: string): number =>
  workbook.run('INSERT INTO locations (code, name) VALUES (?, ?)', code, name).lastInsertRowid;

export const listLocationAliases = (workbook: ReadableWorkbook, source: string): AliasRow[] =>
  workbook.all('SELECT alias, location_id AS target_id FROM location_aliases WHERE source = ?', source);

/** The location that a source means by a name; null where nobody said so. */
export const codeOfAlias = (workbook: ReadableWorkbook, source: string, alias: string): string | null =>
  workbook.get<{ code: string }>(
    'SELECT l.code FROM location_aliases a JOIN locations l USING (location_id) WHERE a.source = ? AND a.alias = ?', source, alias,
  )?.code ?? null;

/** Sets what a source calls a location; answers the code it named before. */
export function setLocationAlias(workbook: WritableWorkbook, source: string, alias: string, locationId: number): string | null {
  const before = codeOfAlias(workbook, source, alias);
  workbook.run(
    'INSERT INTO location_aliases (source, alias, location_id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET location_id = excluded.location_id',
    source, alias, locationId,
  );
  return before;
}

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
