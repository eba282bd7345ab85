/**
 * Listings: which line stands at which place of a query's order, worked out once and then read at any depth in no time.
 *
 * A listing is a narrow table of places and stock keys in SQLite's own `temp` space, which belongs to the connection: nothing of
 * it is in the workbook's file, and it can be made where the file is read-only or the period locked. It is dropped when
 * something happened that its order or filter reads. DECISIONS.md, section 44.
 */
import type { FilteredColumn } from '@shared/domain/column-filter';
import type { LineColumn, LineFilter, LineSort, LinesQuery } from '@shared/domain/lines';
import type { ReadableWorkbook, SqlValue } from '../workbook';
import { COLUMN_SQL, GROUP_SQL, SORTED_BY_SIZE, TAGS_SQL, whereOf } from './lines';

/** What decides about a listing. */
export type ListingQuery = Pick<LinesQuery, 'periodId' | 'sort' | 'filter' | 'groupBy'>;

export interface LineListing {
  /** The table with `place`, counted from 1, and `stock_key_id`. */
  readonly table: string;
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
}

/** At a million lines each takes about 12 MB of SQLite's temporary space. */
const KEPT_MOST = 10;
const RANKS = 'temp.line_ranks';
/** More locations than that no workbook has; the rank of an item and of a location share one integer. */
const LOCATION_BITS = 20;
const ITEM_RANK = `(ranked.place >> ${LOCATION_BITS})`;
const LOCATION_RANK = `(ranked.place & ${2 ** LOCATION_BITS - 1})`;

const TAG_COLUMNS: ReadonlySet<LineColumn> = new Set(['class', 'status', 'reasonCode', 'owner', 'dueInstant', 'note', 'tagRevision', 'nextStep', 'changedSinceTag', 'checksWaiting', 'evidenceCount']);
const TAG_FILTERS: readonly (keyof LineFilter)[] = ['classes', 'statuses', 'owners', 'reasonCodes', 'cases', 'holds', 'onlyRecurring', 'onlyAttached'];
/** What moves no line but of a listing that reads what people say of lines. */
const SAID = ['tag.set', 'tag.undone', 'tag.bulk', 'tag.bulkUndone', 'note.add', 'note.withdraw', 'attachment.add', 'attachment.withdraw', 'view.save', 'view.remove'].map((action) => `'${action}'`).join(', ');

const kept = new WeakMap<ReadableWorkbook, Kept>();

const changesOf = (workbook: ReadableWorkbook): number => workbook.get<{ n: number }>('SELECT total_changes() AS n')!.n;

/** What was written just now was a table of our own in `temp`: the listings hold as before. */
export function wroteOwnTable(workbook: ReadableWorkbook): void {
  const current = kept.get(workbook);
  if (current) current.changes = changesOf(workbook);
}

/** A table that was made inside of a transaction which was rolled back is gone with it. */
const isThere = (workbook: ReadableWorkbook, table: string): boolean =>
  workbook.get('SELECT 1 FROM temp.sqlite_master WHERE name = ?', table.replace('temp.', '')) !== undefined;

/** Forgets what no longer holds: every change that people or jobs make is an audit event. */
function upToDate(workbook: ReadableWorkbook): Kept {
  const before = kept.get(workbook) ?? { head: -1, changes: -1, ranked: false, serial: 0, listings: new Map<string, KeptListing>() };
  kept.set(workbook, before);
  const since = workbook.get<{ head: number | null; others: number | null }>(
    `SELECT max(sequence) AS head, sum(action NOT IN (${SAID})) AS others FROM audit_events WHERE sequence > ?`,
    before.head,
  )!;
  const onlyTags = since.head !== null && since.others === 0 && before.head >= 0;
  if (since.head === null && changesOf(workbook) === before.changes) return before;
  for (const listing of before.listings.values()) {
    if (!onlyTags || listing.readsTags) drop(workbook, before, listing);
  }
  if (!onlyTags && before.ranked) {
    workbook.scratch(`DROP TABLE IF EXISTS ${RANKS}`);
    before.ranked = false;
  }
  before.head = since.head ?? before.head;
  before.changes = changesOf(workbook);
  return before;
}

function drop(workbook: ReadableWorkbook, from: Kept, listing: KeptListing): void {
  workbook.scratch(`DROP TABLE IF EXISTS ${listing.table}`);
  from.listings.delete(listing.key);
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
    values: { ...parameters, ...(text && { text: text.toLowerCase() }), ...(locations && { locations: JSON.stringify(locations) }) },
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

/** Whether a filter lets so few lines through that their names are sorted sooner than every key of the workbook is ranked. */
function isShort(workbook: ReadableWorkbook, query: ListingQuery): boolean {
  const { sql, values } = conditionsOf(query, BY_NAME);
  return workbook.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${linesWith(sql)} WHERE ${sql} LIMIT ${NAMED_MOST})`, values)!.n < NAMED_MOST;
}

function fill(workbook: ReadableWorkbook, table: string, query: ListingQuery, names: Names): void {
  const { sql, values } = conditionsOf(query, names);
  const order = orderOf(query, names);
  workbook.scratch(`INSERT INTO ${table} (stock_key_id) SELECT l.stock_key_id FROM ${linesWith(`${order} ${sql}`)} WHERE ${sql} ORDER BY ${order}`, values);
}

/** The listing of a query: the one that is there, or a new one. */
export function listingOf(workbook: ReadableWorkbook, { periodId, sort, filter, groupBy }: ListingQuery): LineListing {
  const query: ListingQuery = { periodId, sort, filter, ...(groupBy !== undefined && { groupBy }) };
  const current = upToDate(workbook);
  const key = JSON.stringify(query);
  current.serial += 1;
  const found = current.listings.get(key);
  if (found && isThere(workbook, found.table)) {
    found.usedAt = current.serial;
    return found;
  }
  if (found) current.listings.delete(key);
  const isRanked = current.ranked && isThere(workbook, RANKS);
  const names = isRanked || !isShort(workbook, query) ? BY_RANK : BY_NAME;
  if (names === BY_RANK && !isRanked) {
    rank(workbook);
    current.ranked = true;
  }
  if (current.listings.size >= KEPT_MOST) {
    const oldest = [...current.listings.values()].sort((left, right) => left.usedAt - right.usedAt)[0]!;
    drop(workbook, current, oldest);
  }
  const taken = new Set([...current.listings.values()].map(({ table }) => table));
  const name = Array.from({ length: KEPT_MOST }, (_none, slot) => `line_listing_${slot}`).find((each) => !taken.has(`temp.${each}`))!;
  const table = `temp.${name}`;
  workbook.scratch(`DROP TABLE IF EXISTS ${table}`);
  workbook.scratch(`CREATE TEMP TABLE ${name} (place INTEGER PRIMARY KEY, stock_key_id INTEGER NOT NULL)`);
  fill(workbook, table, query, names);
  const total = workbook.get<{ n: number | null }>(`SELECT max(place) AS n FROM ${table}`)!.n ?? 0;
  const listing: KeptListing = { key, table, total, readsTags: readsTags(query), usedAt: current.serial, serial: current.serial };
  current.listings.set(key, listing);
  current.changes = changesOf(workbook);
  return listing;
}
