/**
 * Listings: which line stands at which place of a query's order, worked out once and then read at any depth in no time.
 *
 * A listing is the list of stock keys in the order, four bytes a line, in the memory of the process that has the workbook open: nothing
 * of it is in the file, and it can be made where the file is read-only or the period locked. Where the orders of the period were read
 * ahead (`line-orders.ts`) it is made from them, otherwise by SQLite; both make the same. It is dropped when something happened that
 * its order or filter reads. DECISIONS.md, section 44.
 */
import type { FilteredColumn } from '@shared/domain/column-filter';
import type { LineFilter, LineSort, LinesQuery } from '@shared/domain/lines';
import type { ReadableWorkbook, SqlValue } from '../workbook';
import { smallLetters } from './line-column-filters';
import { countedUp, isOfFew, type LineOrders, lineOrdersOf, MOVES_NO_LINE, placesByKey, readTaggedRanks, sortedByRank, TAG_COLUMNS, withRanksOf } from './line-orders';
import { COLUMN_SQL, GROUP_SQL, isOfLinesToSee, SORTED_BY_SIZE, TAGS_SQL, whereOf } from './lines';

/** What decides about a listing. */
export type ListingQuery = Pick<LinesQuery, 'periodId' | 'sort' | 'filter' | 'groupBy'>;

export interface LineListing {
  /** The stock key at each place. */
  readonly keys: Uint32Array;
  readonly total: number;
  /** Differs for every listing that was ever made. */
  readonly serial: number;
}

interface KeptListing extends LineListing {
  readonly key: string;
  /** A change of a tag, a note or an attachment may move, add or take away its lines. */
  readonly readsTags: boolean;
  usedAt: number;
}

interface Kept {
  /** The last audit event, and how much this connection had written, when the listings were last known to hold. */
  head: number;
  changes: number;
  ranked: boolean;
  serial: number;
  readonly listings: Map<string, KeptListing>;
  /** Lines that wait for a person, of each period that was asked for. */
  readonly flags: Map<string, Uint8Array>;
}

/** At a million lines each takes 4 MB. */
const KEPT_MOST = 10;
const RANKS = 'temp.line_ranks';
/** More locations than that no workbook has; the rank of an item and of a location share one integer. */
const LOCATION_BITS = 20;
const ITEM_RANK = `(ranked.place >> ${LOCATION_BITS})`;
const LOCATION_RANK = `(ranked.place & ${2 ** LOCATION_BITS - 1})`;

const TAG_FILTERS: readonly (keyof LineFilter)[] = ['classes', 'statuses', 'owners', 'reasonCodes', 'cases', 'holds', 'onlyRecurring', 'onlyAttached'];

const kept = new WeakMap<ReadableWorkbook, Kept>();

const changesOf = (workbook: ReadableWorkbook): number => workbook.get<{ n: number }>('SELECT total_changes() AS n')!.n;

/** A table that was made inside of a transaction which was rolled back is gone with it. */
const isThere = (workbook: ReadableWorkbook, table: string): boolean =>
  workbook.get('SELECT 1 FROM temp.sqlite_master WHERE name = ?', table.replace('temp.', '')) !== undefined;

/** Forgets what no longer holds: every change that people or jobs make is an audit event. */
function upToDate(workbook: ReadableWorkbook): Kept {
  const before = kept.get(workbook) ?? { head: -1, changes: -1, ranked: false, serial: 0, listings: new Map<string, KeptListing>(), flags: new Map<string, Uint8Array>() };
  kept.set(workbook, before);
  const since = workbook.get<{ head: number | null; others: number | null }>(
    `SELECT max(sequence) AS head, sum(NOT (${MOVES_NO_LINE})) AS others FROM audit_events WHERE sequence > ?`,
    before.head,
  )!;
  const onlyTags = since.head !== null && since.others === 0 && before.head >= 0;
  if (since.head === null && changesOf(workbook) === before.changes) return before;
  before.flags.clear();
  for (const listing of before.listings.values()) {
    if (!onlyTags || listing.readsTags) before.listings.delete(listing.key);
  }
  if (!onlyTags && before.ranked) {
    workbook.scratch(`DROP TABLE IF EXISTS ${RANKS}`);
    before.ranked = false;
  }
  before.head = since.head ?? before.head;
  before.changes = changesOf(workbook);
  return before;
}

/** The order of SKU and location, in which every listing ends, as one integer for each stock key. */
function rank(workbook: ReadableWorkbook): void {
  workbook.scratch(`DROP TABLE IF EXISTS ${RANKS}`);
  workbook.scratch(`CREATE TEMP TABLE line_ranks (stock_key_id INTEGER PRIMARY KEY, place INTEGER NOT NULL)`);
  workbook.scratch(
    `INSERT INTO ${RANKS} WITH
       ranked_items AS MATERIALIZED (SELECT item_id, row_number() OVER (ORDER BY sku) AS place FROM items),
       ranked_locations AS MATERIALIZED (SELECT location_id, row_number() OVER (ORDER BY code) AS place FROM locations)
     SELECT k.stock_key_id, (i.place << ${LOCATION_BITS}) + o.place FROM stock_keys k
     CROSS JOIN ranked_items i ON i.item_id = k.item_id CROSS JOIN ranked_locations o ON o.location_id = k.location_id`,
  );
}

/** What SKU and location are ordered by: their ranks, or, for few lines and before the ranks are there, the names themselves. */
interface Names {
  readonly sku: string;
  readonly location: string;
  /** In which every order ends. */
  readonly both: string;
  readonly locationIn: string;
}
const BY_RANK: Names = {
  sku: ITEM_RANK,
  location: LOCATION_RANK,
  both: 'ranked.place',
  locationIn: `${LOCATION_RANK} IN (SELECT place FROM (SELECT code, row_number() OVER (ORDER BY code) AS place FROM locations) WHERE code IN (SELECT value FROM json_each(@locations)))`,
};
const BY_NAME: Names = { sku: 'i.sku', location: 'o.code', both: 'i.sku, o.code', locationIn: 'o.code IN (SELECT value FROM json_each(@locations))' };
/** Ranking every key of the workbook is worth it for more lines than this. */
const NAMED_MOST = 100_000;

function orderOf({ sort, groupBy }: ListingQuery, names: Names): string {
  const terms = sort.map(({ column, direction }: LineSort) => {
    const expression = column === 'sku' ? names.sku : column === 'location' ? names.location : COLUMN_SQL[column];
    const key = SORTED_BY_SIZE.has(column) ? `abs(${expression})` : expression;
    // What is unknown comes last, whichever way the column is sorted.
    return `${key} ${direction === 'desc' ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  return [...(groupBy === undefined ? [] : [`${GROUP_SQL[groupBy]} NULLS LAST`]), ...terms, names.both].join(', ');
}

const readsTags = ({ sort, filter, groupBy }: ListingQuery): boolean =>
  (groupBy !== undefined && groupBy !== 'location') ||
  [...sort.map(({ column }) => column), ...(Object.keys(filter.columns ?? {}) as FilteredColumn[])].some((column) => TAG_COLUMNS.has(column)) ||
  TAG_FILTERS.some((name) => filter[name] !== undefined);

/** The conditions of a filter, items and locations looked through first: they are far fewer than lines. */
function conditionsOf({ periodId, filter: { text, locations, ...filter } }: ListingQuery, names: Names): { readonly sql: string; readonly values: Readonly<Record<string, SqlValue>> } {
  const { sql, parameters } = whereOf(periodId, filter);
  const conditions = [sql];
  if (text) {
    conditions.push(`l.stock_key_id IN (SELECT stock_key_id FROM stock_keys WHERE item_id IN
      (SELECT item_id FROM items WHERE instr(lower(sku), @text) > 0 OR instr(lower(name), @text) > 0))`);
  }
  if (locations) conditions.push(names.locationIn);
  return {
    sql: conditions.join(' AND '),
    values: { ...parameters, ...(text && { text: smallLetters(text) }), ...(locations && { locations: JSON.stringify(locations) }) },
  };
}

/** Lines and what these expressions read beside them. */
function linesWith(reads: string): string {
  const ranks = /\branked\./.test(reads) ? `CROSS JOIN ${RANKS} ranked ON ranked.stock_key_id = l.stock_key_id` : '';
  const names = /\b[iok]\./.test(reads)
    ? 'JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id'
    : '';
  return `lines l ${ranks} ${names} ${/\bt\./.test(reads) ? TAGS_SQL : ''}`;
}

/** Stock keys of the lines that a filter lets through, in no order. */
function keysThrough(workbook: ReadableWorkbook, query: ListingQuery, most = -1): readonly number[] {
  const { sql, values } = conditionsOf(query, BY_NAME);
  return workbook.column(`SELECT l.stock_key_id FROM ${linesWith(sql)} WHERE ${sql} LIMIT ${most}`, values);
}

/** 1 at each of these keys: quicker to ask than a set. */
export function flagged(keys: ArrayLike<number>): Uint8Array {
  let most = 0;
  for (let index = 0; index < keys.length; index += 1) if (keys[index]! > most) most = keys[index]!;
  const flags = new Uint8Array(most + 1);
  for (let index = 0; index < keys.length; index += 1) flags[keys[index]!] = 1;
  return flags;
}

/** The listing as SQLite makes it: by their names where the filter lets few lines through, otherwise by ranks of all names of the workbook. */
function listBySql(workbook: ReadableWorkbook, query: ListingQuery, current: Kept): Uint32Array {
  const isRanked = current.ranked && isThere(workbook, RANKS);
  if (!isRanked) {
    const few = keysThrough(workbook, query, NAMED_MOST);
    if (few.length < NAMED_MOST) {
      const order = orderOf(query, BY_NAME);
      // The index of the lines to see holds what most of these orders go by: reading it once more beats going back to each line.
      if (isOfLinesToSee(query.filter)) {
        const { sql, values } = conditionsOf(query, BY_NAME);
        return Uint32Array.from(workbook.column(`SELECT l.stock_key_id FROM ${linesWith(`${order} ${sql}`)} WHERE ${sql} ORDER BY ${order}`, values));
      }
      return Uint32Array.from(
        workbook.column(
          `SELECT l.stock_key_id FROM json_each(@keys) f CROSS JOIN ${linesWith(order)} WHERE l.period_id = @periodId AND l.stock_key_id = f.value ORDER BY ${order}`,
          { periodId: query.periodId, keys: JSON.stringify(few) },
        ),
      );
    }
    rank(workbook);
    current.ranked = true;
  }
  const { sql, values } = conditionsOf(query, BY_RANK);
  const order = orderOf(query, BY_RANK);
  return Uint32Array.from(workbook.column(`SELECT l.stock_key_id FROM ${linesWith(`${order} ${sql}`)} WHERE ${sql} ORDER BY ${order}`, values));
}

/** 0, 1, 2 and so on, those alone that are let through. */
export function placesThrough(length: number, isThrough: (place: number) => boolean): Uint32Array {
  const places = new Uint32Array(length);
  let count = 0;
  for (let place = 0; place < length; place += 1) if (isThrough(place)) places[count++] = place;
  return places.slice(0, count);
}

/** Whether each line of the orders, by its place among them, is let through; undefined where all are. */
function letThrough(workbook: ReadableWorkbook, query: ListingQuery, orders: LineOrders): ((place: number) => boolean) | undefined {
  const { locations, ...filter } = query.filter;
  const tests: ((place: number) => boolean)[] = [];
  if (locations) {
    const wanted = new Set(locations.map((code) => orders.locations.indexOf(code) + 1));
    const ranks = orders.ranks.get('location')!;
    tests.push((place) => wanted.has(ranks[place]!));
  }
  if (Object.values(filter).some((condition) => condition !== undefined)) {
    const isThrough = flagged(keysThrough(workbook, { ...query, filter }));
    tests.push((place) => isThrough[orders.keys[place]!] === 1);
  }
  return tests.length < 2 ? tests[0] : (place) => tests.every((test) => test(place));
}

/** By the keys of orders, which stay the same as their columns are added. */
const placesOf = new WeakMap<Uint32Array, Uint32Array>();

/** The ranks of a column: read ahead, or, where tags move it, from the few lines that they are about; undefined where neither can be. */
function ranksOf(workbook: ReadableWorkbook, orders: LineOrders, column: LineSort['column']): ArrayLike<number> | null | undefined {
  if (!isOfFew(column)) return orders.ranks.get(column);
  const places = placesOf.get(orders.keys) ?? placesByKey(orders.keys);
  placesOf.set(orders.keys, places);
  return readTaggedRanks(workbook, orders, column, places);
}

/** What each grouping that ranks can make goes by. */
const GROUPED_BY: ReadonlySet<string> = new Set<NonNullable<ListingQuery['groupBy']>>(['location', 'class', 'status', 'reasonCode']);

/** The listing made from orders that were read ahead; undefined where it goes by what they do not hold. */
function listByOrders(workbook: ReadableWorkbook, query: ListingQuery, kept: LineOrders): Uint32Array | undefined {
  if (query.groupBy !== undefined && !GROUPED_BY.has(query.groupBy)) return undefined;
  const terms: readonly LineSort[] = [...(query.groupBy === undefined ? [] : [{ column: query.groupBy, direction: 'asc' as const }]), ...query.sort];
  const orders = terms.reduce((read, { column }) => withRanksOf(workbook, read, column), kept);
  if (!terms.every(({ column }) => isOfFew(column) || orders.ranks.has(column))) return undefined;
  const isThrough = letThrough(workbook, query, orders);
  let places = isThrough ? placesThrough(orders.keys.length, isThrough) : countedUp(orders.keys.length);
  let isAsRead = true;
  // The order that decides first is sorted by last, and keeps what the others made of equals.
  for (const { column, direction } of terms.toReversed()) {
    // As the orders were read: by SKU, then by location.
    if (isAsRead && column === 'sku' && direction === 'asc') continue;
    const ranks = ranksOf(workbook, orders, column);
    if (!ranks) continue;
    places = sortedByRank(places, ranks, direction);
    isAsRead = false;
  }
  if (isAsRead && !isThrough) return orders.keys;
  const keys = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index += 1) keys[index] = orders.keys[places[index]!]!;
  return keys;
}

/** The lines that wait for a person, by key: kept with the listings and dropped as one that reads tags. */
export function openFlags(workbook: ReadableWorkbook, periodId: number): Uint8Array {
  const current = upToDate(workbook);
  const key = `open ${periodId}`;
  const found = current.flags.get(key);
  if (found) return found;
  const flags = flagged(keysThrough(workbook, { periodId, sort: [], filter: { statuses: ['open'] } }));
  current.flags.set(key, flags);
  return flags;
}

/** The listing of a query: the one that is there, or a new one. */
export function listingOf(workbook: ReadableWorkbook, { periodId, sort, filter, groupBy }: ListingQuery): LineListing {
  const query: ListingQuery = { periodId, sort, filter, ...(groupBy !== undefined && { groupBy }) };
  const current = upToDate(workbook);
  const key = JSON.stringify(query);
  current.serial += 1;
  const found = current.listings.get(key);
  if (found) {
    found.usedAt = current.serial;
    return found;
  }
  const orders = lineOrdersOf(workbook, periodId);
  const keys = (orders && listByOrders(workbook, query, orders)) ?? listBySql(workbook, query, current);
  if (current.listings.size >= KEPT_MOST) {
    const oldest = [...current.listings.values()].sort((left, right) => left.usedAt - right.usedAt)[0]!;
    current.listings.delete(oldest.key);
  }
  const listing: KeptListing = { key, keys, total: keys.length, readsTags: readsTags(query), usedAt: current.serial, serial: current.serial };
  current.listings.set(key, listing);
  current.changes = changesOf(workbook);
  return listing;
}
