/**
 * The keys of items at locations while a file is imported: asked for millions of times, so they are kept in memory, and
 * new ones are written many at a time.
 */
import { findStockKey, INSERT_STOCK_KEY, lastStockKey, listStockKeyPairs } from '../../workbook/tables/locations';
import { RowInserter } from '../../workbook/row-inserter';
import type { WritableWorkbook } from '../../workbook/workbook';
import { DenseTable } from './loading/dense-table';
import { NumberTable } from './loading/number-table';

/** A small file asks the workbook for its few keys; from here on all of them are read at once. */
const READ_ALL_AFTER = 1_000;
/** Locations are counted from 1 and far fewer. */
const LOCATIONS_MAX = 2 ** 21;
/** The first items at the first locations, which most rows speak of, are found without a search: in 32 MB at most. */
const NEAR_LOCATIONS_MAX = 32;
const NEAR_ITEMS_MAX = 2 ** 18;

export class StockKeys {
  readonly #keys = new NumberTable();
  readonly #near = Array.from({ length: NEAR_LOCATIONS_MAX }, () => new DenseTable());
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
    return this.#held(itemId, locationId) || this.#read(itemId, locationId) || this.#make(itemId, locationId);
  }

  #held(itemId: number, locationId: number): number {
    if (locationId < NEAR_LOCATIONS_MAX && itemId < NEAR_ITEMS_MAX) return this.#near[locationId]!.get(itemId);
    return this.#keys.get(itemId * LOCATIONS_MAX + locationId);
  }

  #hold(itemId: number, locationId: number, key: number): void {
    if (locationId < NEAR_LOCATIONS_MAX && itemId < NEAR_ITEMS_MAX) this.#near[locationId]!.set(itemId, key);
    else this.#keys.set(itemId * LOCATIONS_MAX + locationId, key);
  }

  #read(itemId: number, locationId: number): number {
    this.#asked += 1;
    if (this.#asked > READ_ALL_AFTER) return 0;
    if (this.#asked === READ_ALL_AFTER) {
      this.flush();
      const { keys, pairs } = listStockKeyPairs(this.workbook, LOCATIONS_MAX);
      for (let index = 0; index < keys.length; index += 1) {
        const pair = pairs[index]!;
        this.#hold(Math.floor(pair / LOCATIONS_MAX), pair % LOCATIONS_MAX, keys[index]!);
      }
      return this.#held(itemId, locationId);
    }
    const key = findStockKey(this.workbook, itemId, locationId) ?? 0;
    if (key > 0) this.#hold(itemId, locationId, key);
    return key;
  }

  #make(itemId: number, locationId: number): number {
    const key = (this.#last ?? lastStockKey(this.workbook)) + 1;
    this.#last = key;
    this.#hold(itemId, locationId, key);
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
