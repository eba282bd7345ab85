/**
 * Items, their aliases and recipes.
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

export interface AliasRow {
  readonly alias: string;
  readonly target_id: number;
}

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

export const INSERT_ITEM = 'INSERT INTO items (item_id, sku, name)';

/** The highest number of an item; 0 where there is none. */
export const lastItemId = (workbook: ReadableWorkbook): number =>
  workbook.get<{ last: number }>('SELECT coalesce(max(item_id), 0) AS last FROM items')!.last;

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

export const listKitParts = (workbook: ReadableWorkbook, kitItemId: number): KitPart[] =>
  workbook
    .all<{ part_item_id: number; quantity_scaled: number }>(
      'SELECT part_item_id, quantity_scaled FROM kit_parts WHERE kit_item_id = ? ORDER BY part_item_id',
      kitItemId,
    )
    .map((row) => ({ partItemId: row.part_item_id, quantityScaled: row.quantity_scaled }));

/** Replaces an item's recipe. */
export function replaceKitParts(workbook: WritableWorkbook, kitItemId: number, parts: readonly KitPart[]): void {
  workbook.run('DELETE FROM kit_parts WHERE kit_item_id = ?', kitItemId);
  for (const part of parts) {
    workbook.run(
      'INSERT INTO kit_parts (kit_item_id, part_item_id, quantity_scaled) VALUES (?, ?, ?)',
      kitItemId, part.partItemId, part.quantityScaled,
    );
  }
}

export const listItemAliases = (workbook: ReadableWorkbook, source: string): AliasRow[] =>
  workbook.all('SELECT alias, item_id AS target_id FROM item_aliases WHERE source = ?', source);

/** The SKU that a source means by a name; null where nobody said so. */
export const skuOfAlias = (workbook: ReadableWorkbook, source: string, alias: string): string | null =>
  workbook.get<{ sku: string }>(
    'SELECT i.sku FROM item_aliases a JOIN items i USING (item_id) WHERE a.source = ? AND a.alias = ?', source, alias,
  )?.sku ?? null;

/** Sets what a source calls an item; answers the SKU it named before. */
export function setItemAlias(workbook: WritableWorkbook, source: string, alias: string, itemId: number): string | null {
  const before = skuOfAlias(workbook, source, alias);
  workbook.run(
    'INSERT INTO item_aliases (source, alias, item_id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET item_id = excluded.item_id',
    source, alias, itemId,
  );
  return before;
}
