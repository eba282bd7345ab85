/**
 * The keys of items at locations while a file is imported: asked for millions of times, so they are kept in memory, and
 * new ones are written many at a time.
 */
import { findStockKey, INSERT_STOCK_KEY, lastStockKey, listStockKeyPairs } from '../../workbook/tables/locations';
import { RowInserter } from '../../workbook/row-inserter';
import type { WritableWorkbook } from '../../workbook/workbook';
import { NumberTable } from './loading/number-table';

/** A small file asks the workbook for its few keys; from here on all of them are read at once. */
const READ_ALL_AFTER = 1_000;
/** Locations are counted from 1 and far fewer. */
const LOCATIONS_MAX = 2 ** 21;

export class StockKeys {
  readonly #keys = new NumberTable();
  readonly #inserter: RowInserter;
  #asked = 0;
  #last: number | undefined;

  /** @param rowsPerStatement how many new keys wait for each other; 1 writes each at once */
  constructor(
    readonly workbook: WritableWorkbook,
    rowsPerStatement: number,
  ) {
    this.#inserter = new RowInserter(workbook, INSERT_STOCK_KEY, '(?, ?, ?)', rowsPerStatement);
  }

  /** The key of an item at a location, made where there is none yet. */
  of(itemId: number, locationId: number): number {
    const pair = itemId * LOCATIONS_MAX + locationId;
    return this.#keys.get(pair) || this.#read(pair, itemId, locationId) || this.#make(pair, itemId, locationId);
  }

  #read(pair: number, itemId: number, locationId: number): number {
    this.#asked += 1;
    if (this.#asked > READ_ALL_AFTER) return 0;
    if (this.#asked === READ_ALL_AFTER) {
      this.flush();
      const { keys, pairs } = listStockKeyPairs(this.workbook, LOCATIONS_MAX);
      for (const [index, key] of keys.entries()) this.#keys.set(pairs[index]!, key);
      return this.#keys.get(pair);
    }
    const key = findStockKey(this.workbook, itemId, locationId) ?? 0;
    if (key > 0) this.#keys.set(pair, key);
    return key;
  }

  #make(pair: number, itemId: number, locationId: number): number {
    const key = (this.#last ?? lastStockKey(this.workbook)) + 1;
    this.#last = key;
    this.#keys.set(pair, key);
    this.#inserter.put(key);
    this.#inserter.put(itemId);
    this.#inserter.put(locationId);
    return key;
  }

  /** Writes the new keys that still wait. */
  flush(): void {
    this.#inserter.flush();
  }
}
