/**
 * Items, their units and recipes.
 */
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface ItemRow {
  readonly item_id: number;
  readonly sku: string;
  readonly name: string;
  readonly barcode: string | null;
  readonly category: string | null;
  readonly uom: string;
  readonly pack_size_scaled: number | null;
  readonly tier: 'A' | 'B' | 'C';
  readonly unit_cost_scaled: number | null;
}

/** What can be set of an item; what is left out stays. */
export type ItemChange = Partial<Omit<ItemRow, 'item_id' | 'sku'>>;

export interface KitPart {
  readonly partItemId: number;
  readonly quantityScaled: number;
}

export const listItemKeys = (workbook: ReadableWorkbook): { readonly item_id: number; readonly sku: string }[] =>
  workbook.all('SELECT item_id, sku FROM items ORDER BY item_id');

export const itemById = (workbook: ReadableWorkbook, itemId: number): ItemRow | undefined =>
  workbook.get('SELECT * FROM items WHERE item_id = ?', itemId);

export const itemIdOf = (workbook: ReadableWorkbook, sku: string): number | undefined =>
  workbook.get<{ item_id: number }>('SELECT item_id FROM items WHERE sku = ?', sku)?.item_id;

export const INSERT_ITEM = 'INSERT INTO items (item_id, sku, name, uom)';

/** The highest number of an item; 0 where there is none. */
export const lastItemId = (workbook: ReadableWorkbook): number =>
  workbook.get<{ last: number }>('SELECT coalesce(max(item_id), 0) AS last FROM items')!.last;

/** Answers the new item's number. */
export const insertItem = (workbook: WritableWorkbook, sku: string, name: string, uom: string): number =>
  workbook.run(`${INSERT_ITEM} VALUES (?, ?, ?, ?)`, lastItemId(workbook) + 1, sku, name, uom).lastInsertRowid;

/** Sets the given columns of an item. */
export function updateItem(workbook: WritableWorkbook, itemId: number, change: ItemChange): void {
  const row = itemById(workbook, itemId);
  if (!row) throw new Error(`no item ${itemId}`);
  const after = { ...row, ...change };
  workbook.run(
    `UPDATE items SET name = ?, barcode = ?, category = ?, uom = ?, pack_size_scaled = ?, tier = ?, unit_cost_scaled = ?
     WHERE item_id = ?`,
    after.name, after.barcode, after.category, after.uom, after.pack_size_scaled, after.tier, after.unit_cost_scaled, itemId,
  );
}

/** The last locked period that counted an item in its base unit: the unit cannot change under it. */
export const lockedPeriodOfItem = (workbook: ReadableWorkbook, itemId: number): string | undefined =>
  workbook.get<{ code: string }>(
    `SELECT p.code FROM stock_keys k CROSS JOIN periods p ON p.state = 'locked' JOIN lines l ON l.period_id = p.period_id AND l.stock_key_id = k.stock_key_id
     WHERE k.item_id = ? ORDER BY p.code DESC LIMIT 1`,
    itemId,
  )?.code;

/** The last locked period with a line of the item that reads it by what holds from this instant on: that cannot change under it. */
export const lockedPeriodReading = (workbook: ReadableWorkbook, itemId: number, fromInstant: number): string | undefined =>
  workbook.get<{ code: string }>(
    `SELECT p.code FROM stock_keys k CROSS JOIN periods p ON p.state = 'locked' AND p.cut_off_instant > @from
       JOIN lines l ON l.period_id = p.period_id AND l.stock_key_id = k.stock_key_id
     WHERE k.item_id = @item ORDER BY p.code DESC LIMIT 1`,
    { item: itemId, from: fromInstant },
  )?.code;

/** The recipe of a kit at an instant; empty where it has none then. */
export const listKitParts = (workbook: ReadableWorkbook, kitItemId: number, atInstant: number): KitPart[] =>
  workbook
    .all<{ part_item_id: number; quantity_scaled: number }>(
      `SELECT part_item_id, quantity_scaled FROM kit_parts WHERE kit_item_id = @kit AND valid_from_instant =
         (SELECT max(valid_from_instant) FROM kit_parts WHERE kit_item_id = @kit AND valid_from_instant <= @at)
       ORDER BY part_item_id`,
      { kit: kitItemId, at: atInstant },
    )
    .map((row) => ({ partItemId: row.part_item_id, quantityScaled: row.quantity_scaled }));

/** What holds from the beginning: the first recipe of a kit, the first size of a pack. */
export const FROM_THE_BEGINNING = 0;

/**
 * Sets an item's recipe from an instant on; the one before stays for what happened earlier. The first recipe of a kit
 * holds from the beginning, unless a locked period has a line of the kit: that was reconciled without one.
 */
export function setKitParts(workbook: WritableWorkbook, kitItemId: number, parts: readonly KitPart[], fromInstant: number): void {
  const isFirst = workbook.get('SELECT 1 FROM kit_parts WHERE kit_item_id = ? LIMIT 1', kitItemId) === undefined;
  const validFrom = isFirst && lockedPeriodReading(workbook, kitItemId, FROM_THE_BEGINNING) === undefined ? FROM_THE_BEGINNING : fromInstant;
  workbook.run('DELETE FROM kit_parts WHERE kit_item_id = ? AND valid_from_instant = ?', kitItemId, validFrom);
  for (const part of parts) {
    workbook.run(
      'INSERT INTO kit_parts (kit_item_id, valid_from_instant, part_item_id, quantity_scaled) VALUES (?, ?, ?, ?)',
      kitItemId, validFrom, part.partItemId, part.quantityScaled,
    );
  }
}

/** From when on the recipe holds that an item has at an instant; undefined where it has none then. */
export const recipeSince = (workbook: ReadableWorkbook, kitItemId: number, atInstant: number): number | undefined =>
  workbook.get<{ since: number | null }>('SELECT max(valid_from_instant) AS since FROM kit_parts WHERE kit_item_id = ? AND valid_from_instant <= ?', kitItemId, atInstant)?.since ?? undefined;

/** Takes back the recipe that holds at an instant, so that the one before it holds again. */
export function withdrawKitParts(workbook: WritableWorkbook, kitItemId: number, atInstant: number): void {
  workbook.run(
    `DELETE FROM kit_parts WHERE kit_item_id = @kit AND valid_from_instant =
       (SELECT max(valid_from_instant) FROM kit_parts WHERE kit_item_id = @kit AND valid_from_instant <= @at)`,
    { kit: kitItemId, at: atInstant },
  );
}

export interface ItemUnitRow {
  readonly unit: string;
  readonly valid_from_instant: number;
  readonly factor_scaled: number;
}

/** The further units of an item with what they held when, the latest first. */
export const listItemUnits = (workbook: ReadableWorkbook, itemId: number): ItemUnitRow[] =>
  workbook.all('SELECT unit, valid_from_instant, factor_scaled FROM item_units WHERE item_id = ? ORDER BY unit, valid_from_instant DESC', itemId);

/** Says how many base units a unit holds from an instant on; what is said first holds from the beginning. Answers what it held then. */
export function setItemUnit(workbook: WritableWorkbook, itemId: number, unit: string, factorScaled: number, fromInstant: number): number | null {
  const held = listItemUnits(workbook, itemId).filter((row) => row.unit === unit);
  const before = held.find((row) => row.valid_from_instant <= fromInstant)?.factor_scaled ?? null;
  if (before === factorScaled) return before;
  workbook.run(
    `INSERT INTO item_units (item_id, unit, valid_from_instant, factor_scaled) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET factor_scaled = excluded.factor_scaled`,
    itemId, unit, held.length === 0 ? FROM_THE_BEGINNING : fromInstant, factorScaled,
  );
  return before;
}

/** Takes back what a unit holds at an instant, so that what it held before holds again. */
export function withdrawItemUnit(workbook: WritableWorkbook, itemId: number, unit: string, atInstant: number): void {
  workbook.run(
    `DELETE FROM item_units WHERE item_id = @item AND unit = @unit AND valid_from_instant =
       (SELECT max(valid_from_instant) FROM item_units WHERE item_id = @item AND unit = @unit AND valid_from_instant <= @at)`,
    { item: itemId, unit, at: atInstant },
  );
}

/** Items as a suggestion looks at them. */
export const iterateItems = (workbook: ReadableWorkbook): IterableIterator<Pick<ItemRow, 'sku' | 'name' | 'barcode'>> =>
  workbook.iterate('SELECT sku, name, barcode FROM items');
