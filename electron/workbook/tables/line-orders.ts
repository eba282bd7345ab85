/**
 * The orders of a large period, read ahead: for each column that no tag moves, the rank of every line as one small integer, in the
 * order of SKU and location. Sorting a million lines by any of them is then a few passes over integers instead of a scan. Names are
 * read first, in a fifth of the time, because every view and every other order ends in them.
 *
 * Read in a thread of its own (`ipc/read-ahead.ts`); held against what SQLite orders by the tests. DECISIONS.md, section 44.
 */
import { SORTABLE_LINE_COLUMNS, type LineColumn } from '@shared/domain/lines';
import type { ReadableWorkbook, SqlValue } from '../workbook';
import { COLUMN_SQL, SORTED_BY_SIZE, TAGS_SQL, TO_SEE_SQL } from './lines';

type Ranks = Uint8Array | Uint16Array | Uint32Array;

export interface LineOrders {
  readonly periodId: number;
  /** The last audit event before they were read. */
  readonly head: number;
  /** Stock keys of all lines by SKU and location. */
  readonly keys: Uint32Array;
  /** Ranks in the order of `keys`; 0 is unknown, and null a column that says the same of every line. */
  readonly ranks: ReadonlyMap<LineColumn, Ranks | null>;
  /** Codes of all locations, the one of rank 1 first. */
  readonly locations: readonly string[];
  /** Also the columns of figures are read, not the names alone. */
  readonly isWhole: boolean;
}

/** A tag says, or changes, what stands in these columns. */
export const TAG_COLUMNS: ReadonlySet<LineColumn> = new Set([
  'class', 'status', 'reasonCode', 'owner', 'dueInstant', 'note', 'tagRevision', 'nextStep', 'changedSinceTag', 'checksWaiting', 'evidenceCount',
]);
/** Columns of lines alone. */
const OWN_COLUMNS = SORTABLE_LINE_COLUMNS.filter((column) => !TAG_COLUMNS.has(column) && !/\b[iokt]\.|SELECT/.test(COLUMN_SQL[column]));

/** Shared memory, so that the thread that reads hands it over without a copy. */
function shared(length: number, most: number): Ranks {
  if (most < 2 ** 8) return new Uint8Array(new SharedArrayBuffer(length));
  if (most < 2 ** 16) return new Uint16Array(new SharedArrayBuffer(length * 2));
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

/** Texts in the order of their bytes, as SQLite compares them. */
const byBytes = (texts: Iterable<string>): string[] =>
  [...texts].map((text) => ({ text, bytes: Buffer.from(text) })).sort((left, right) => Buffer.compare(left.bytes, right.bytes)).map(({ text }) => text);

/** What a column says of each line, as it was read: figures, and texts by number; NaN is unknown. */
class ReadColumn {
  readonly #values: Float64Array;
  readonly #texts = new Map<string, number>();
  readonly #isBySize: boolean;

  constructor(column: LineColumn, length: number) {
    this.#values = new Float64Array(length);
    this.#isBySize = SORTED_BY_SIZE.has(column);
  }

  put(place: number, value: SqlValue): void {
    if (value === null) this.#values[place] = NaN;
    else if (typeof value === 'number') this.#values[place] = this.#isBySize ? Math.abs(value) : value;
    else {
      const text = String(value);
      let number = this.#texts.get(text);
      if (number === undefined) this.#texts.set(text, (number = this.#texts.size));
      this.#values[place] = number;
    }
  }

  /** @param order the place each rank is taken from */
  ranks(order: Uint32Array): Ranks | null {
    if (this.#texts.size > 0) {
      const places = new Map(byBytes(this.#texts.keys()).map((text, place) => [text, place]));
      const placeOf = Float64Array.from(this.#texts.keys(), (text) => places.get(text)!);
      for (let place = 0; place < order.length; place += 1) this.#values[place] = placeOf[this.#values[place]!] ?? NaN;
    }
    return ranksOf(this.#values, order);
  }
}

/** Ranks from 1 for known values, equal ones alike; null where all are alike. */
function ranksOf(values: Float64Array, order: Uint32Array): Ranks | null {
  const known = values.filter((value) => !Number.isNaN(value));
  let least = Infinity;
  let most = -Infinity;
  for (const value of known) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (known.length === 0 || (least === most && known.length === values.length)) return null;
  let rankOf = (value: number): number => value - least + 1;
  let top = most - least + 1;
  if (top >= 2 ** 32) {
    known.sort();
    const distinct = known.filter((value, place) => place === 0 || value !== known[place - 1]);
    rankOf = (value) => {
      let [from, to] = [0, distinct.length - 1];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (distinct[middle]! < value) from = middle + 1;
        else to = middle;
      }
      return from + 1;
    };
    top = distinct.length;
  }
  const ranks = shared(order.length, top);
  for (let place = 0; place < order.length; place += 1) {
    const value = values[order[place]!]!;
    ranks[place] = Number.isNaN(value) ? 0 : rankOf(value);
  }
  return ranks;
}

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/** 0, 1, 2 and so on. */
export function countedUp(length: number): Uint32Array {
  const places = new Uint32Array(length);
  for (let place = 0; place < length; place += 1) places[place] = place;
  return places;
}

/**
 * Places in the order of their ranks, equal ones in the order they had; what is unknown comes last either way.
 *
 * By the digits of the rank, the last digit first: it compares nothing.
 */
export function sortedByRank(places: Uint32Array, ranks: ArrayLike<number>, direction: 'asc' | 'desc'): Uint32Array {
  let most = 0;
  for (let index = 0; index < places.length; index += 1) if (ranks[places[index]!]! > most) most = ranks[places[index]!]!;
  const keyed = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index += 1) {
    const rank = ranks[places[index]!]!;
    keyed[index] = rank === 0 ? most : direction === 'asc' ? rank - 1 : most - rank;
  }
  let [fromPlaces, fromKeys, toPlaces, toKeys]: Uint32Array[] = [places, keyed, new Uint32Array(places.length), new Uint32Array(places.length)] as const;
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGIT_BITS) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let index = 0; index < fromKeys.length; index += 1) starts[((fromKeys[index]! >>> shift) & (DIGITS - 1)) + 1]! += 1;
    for (let digit = 0; digit < DIGITS; digit += 1) starts[digit + 1]! += starts[digit]!;
    for (let index = 0; index < fromKeys.length; index += 1) {
      const to = starts[(fromKeys[index]! >>> shift) & (DIGITS - 1)]!++;
      toPlaces[to] = fromPlaces[index]!;
      toKeys[to] = fromKeys[index]!;
    }
    // What was handed in stays as it was.
    [fromPlaces, fromKeys, toPlaces, toKeys] = [toPlaces, toKeys, fromPlaces === places ? new Uint32Array(places.length) : fromPlaces, fromKeys];
  }
  return fromPlaces;
}

/** By number of the row: where it stands among all by its name. */
function numbered(workbook: ReadableWorkbook, sql: string): Float64Array {
  const rows = [...workbook.tuples(sql)] as [number, number][];
  const places = new Float64Array(rows.reduce((most, [id]) => Math.max(most, id), 0) + 1);
  for (const [id, place] of rows) places[id] = place;
  return places;
}

/** Each key's place among `keys`, by key. */
export function placesByKey(keys: Uint32Array): Uint32Array {
  let most = 0;
  for (let place = 0; place < keys.length; place += 1) if (keys[place]! > most) most = keys[place]!;
  const places = new Uint32Array(most + 1);
  for (let place = 0; place < keys.length; place += 1) places[keys[place]!] = place;
  return places;
}

/** Reads the order of a period's lines by their names: most of a second at a million lines. */
export function readNameOrders(workbook: ReadableWorkbook, periodId: number): LineOrders {
  const head = workbook.get<{ head: number | null }>('SELECT max(sequence) AS head FROM audit_events')!.head ?? 0;
  const bySku = numbered(workbook, 'SELECT item_id, row_number() OVER (ORDER BY sku) FROM items');
  const byItemName = numbered(workbook, 'SELECT item_id, dense_rank() OVER (ORDER BY name) FROM items');
  const byCode = numbered(workbook, 'SELECT location_id, row_number() OVER (ORDER BY code) FROM locations');
  const { length } = workbook.get<{ length: number }>('SELECT count(*) AS length FROM lines WHERE period_id = ?', periodId)!;
  const [keys, sku, location, itemName] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  let place = 0;
  for (const row of workbook.tuples(
    'SELECT l.stock_key_id, k.item_id, k.location_id FROM lines l CROSS JOIN stock_keys k ON k.stock_key_id = l.stock_key_id WHERE l.period_id = ?',
    periodId,
  )) {
    keys[place] = row[0] as number;
    sku[place] = bySku[row[1] as number]!;
    itemName[place] = byItemName[row[1] as number]!;
    location[place] = byCode[row[2] as number]!;
    place += 1;
  }
  const order = sortedByRank(sortedByRank(countedUp(length), location, 'asc'), sku, 'asc');
  const inOrder = (values: Uint32Array, most: number): Ranks => {
    const ranks = shared(length, most);
    for (let index = 0; index < length; index += 1) ranks[index] = values[order[index]!]!;
    return ranks;
  };
  const sharedKeys = new Uint32Array(new SharedArrayBuffer(length * 4));
  for (let index = 0; index < length; index += 1) sharedKeys[index] = keys[order[index]!]!;
  return {
    periodId, head, keys: sharedKeys, isWhole: false,
    locations: workbook.all<{ code: string }>('SELECT code FROM locations ORDER BY code').map(({ code }) => code),
    ranks: new Map<LineColumn, Ranks | null>([['sku', inOrder(sku, bySku.length)], ['location', inOrder(location, byCode.length)], ['itemName', inOrder(itemName, byItemName.length)]]),
  };
}

/** The ranks of columns of lines alone, in the order of the names; undefined where lines moved since these were read. */
function readRanks(workbook: ReadableWorkbook, { keys, head, periodId }: LineOrders, columns: readonly LineColumn[]): Map<LineColumn, Ranks | null> | undefined {
  if (hasMoved(workbook, head)) return undefined;
  const reads = columns.map((column) => new ReadColumn(column, keys.length));
  const placeOf = placesByKey(keys);
  const order = new Uint32Array(keys.length);
  let read = 0;
  for (const row of workbook.tuples(`SELECT l.stock_key_id, ${columns.map((column) => COLUMN_SQL[column]).join(', ')} FROM lines l WHERE l.period_id = ?`, periodId)) {
    order[placeOf[row[0] as number]!] = read;
    for (let column = 0; column < reads.length; column += 1) reads[column]!.put(read, row[column + 1]!);
    read += 1;
  }
  // Lines that moved while they were read: the names of a moment ago are not theirs.
  if (read !== keys.length || hasMoved(workbook, head)) return undefined;
  return new Map(reads.map((column, index) => [columns[index]!, column.ranks(order)]));
}

/** Adds the ranks of every column of figures: seconds at a million lines. Undefined where lines moved since the names were read. */
export function readFigureOrders(workbook: ReadableWorkbook, names: LineOrders): LineOrders | undefined {
  const ranks = readRanks(workbook, names, OWN_COLUMNS);
  return ranks && { ...names, isWhole: true, ranks: new Map([...names.ranks, ...ranks]) };
}

/** Adds the ranks of one column of figures that somebody asks for before all are read. */
export function withRanksOf(workbook: ReadableWorkbook, orders: LineOrders, column: LineColumn): LineOrders {
  if (orders.ranks.has(column) || !OWN_COLUMNS.includes(column)) return orders;
  const ranks = readRanks(workbook, orders, [column]);
  if (!ranks) return orders;
  const more = { ...orders, ranks: new Map([...orders.ranks, ...ranks]) };
  keepLineOrders(workbook, more);
  return more;
}

/** What these columns say of a line that a rule let pass without a variance and that nobody has tagged. */
const UNTOUCHED: ReadonlyMap<LineColumn, string | number | null> = new Map<LineColumn, string | number | null>([
  ['class', null], ['status', 'cleared'], ['reasonCode', null], ['owner', null], ['note', ''], ['tagRevision', 0], ['changedSinceTag', 0], ['checksWaiting', 0],
]);

/** Whether the ranks of a column that tags move can be read from the few lines that are not as most are. */
export const isOfFew = (column: LineColumn): boolean => UNTOUCHED.has(column);

/** The ranks of a column that tags move, as it stands now; null where every line says the same. */
export function readTaggedRanks(workbook: ReadableWorkbook, { periodId, keys }: LineOrders, column: LineColumn, placeOf: Uint32Array): Ranks | null {
  const untouched = UNTOUCHED.get(column)!;
  const said = [
    ...workbook.tuples(
      `SELECT l.stock_key_id, ${COLUMN_SQL[column]} FROM lines l ${TAGS_SQL} WHERE l.period_id = @periodId AND ${TO_SEE_SQL}
       UNION ALL SELECT l.stock_key_id, ${COLUMN_SQL[column]} FROM tags t CROSS JOIN lines l ON l.period_id = t.period_id AND l.stock_key_id = t.stock_key_id
       WHERE t.period_id = @periodId AND NOT ${TO_SEE_SQL}`,
      { periodId },
    ),
  ] as [number, string | number | null][];
  const words = new Set(said.map(([, word]) => word).concat(said.length < keys.length ? [untouched] : []));
  words.delete(null);
  const inOrder = [...words].every((word) => typeof word === 'number') ? ([...words] as number[]).sort((left, right) => left - right) : byBytes(words as Set<string>);
  const rankOf = new Map<string | number | null, number>(inOrder.map((word, place) => [word, place + 1]));
  const ranks = shared(keys.length, inOrder.length).fill(rankOf.get(untouched) ?? 0);
  for (const [key, word] of said) ranks[placeOf[key]!] = rankOf.get(word) ?? 0;
  return ranks;
}

/** At a million lines each takes some fifty megabytes: the period somebody is in, and the one they compare it with. */
const PERIODS_KEPT_MOST = 2;

/** The period used last stands last. */
const kept = new WeakMap<ReadableWorkbook, Map<number, LineOrders>>();

/** Keeps orders that were read ahead, until something happens that moves lines, or orders of other periods take their place. */
export function keepLineOrders(workbook: ReadableWorkbook, orders: LineOrders): void {
  const periods = kept.get(workbook) ?? new Map<number, LineOrders>();
  periods.delete(orders.periodId);
  kept.set(workbook, periods.set(orders.periodId, orders));
  const [oldest] = periods.keys();
  if (periods.size > PERIODS_KEPT_MOST) periods.delete(oldest!);
}

/** Events that move no line and no rank: what people say of lines. */
export const MOVES_NO_LINE = `action IN ('tag.set', 'tag.undone', 'tag.bulk', 'tag.bulkUndone', 'note.add', 'note.withdraw', 'attachment.add', 'attachment.withdraw', 'view.save', 'view.remove')`;

/** Something happened since an event that moves lines. */
const hasMoved = (workbook: ReadableWorkbook, head: number): boolean =>
  workbook.get(`SELECT 1 FROM audit_events WHERE sequence > ? AND NOT (${MOVES_NO_LINE}) LIMIT 1`, head) !== undefined;

/** The orders of a period as long as they hold; undefined where none were read. */
export function lineOrdersOf(workbook: ReadableWorkbook, periodId: number): LineOrders | undefined {
  const periods = kept.get(workbook);
  const orders = periods?.get(periodId);
  if (!orders) return undefined;
  periods!.delete(periodId);
  if (hasMoved(workbook, orders.head)) return undefined;
  periods!.set(periodId, orders);
  return orders;
}
