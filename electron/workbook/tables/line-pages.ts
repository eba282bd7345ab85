/**
 * What the grid reads of a period's lines: a page, the next open line, sums of chosen rows, where a text is, groups.
 *
 * All of it goes by place in a listing (`line-listings.ts`), so that it costs what it reads and not what stands before it.
 */
import { LINE_COLUMNS, type LineColumn, type LineColumns, type LinesPage, type LinesQuery } from '@shared/domain/lines';
import type { ColumnSums, ColumnSumsRequest, EdgeRequest, FoundLine, GroupsRequest, LineGroup, SummedColumn } from '@shared/domain/line-grid';
import type { ReadableWorkbook } from '../workbook';
import { smallLetters } from './line-column-filters';
import { flagged, type LineListing, listingOf, type ListingQuery, openFlags, placesThrough } from './line-listings';
import { BOOLEAN_COLUMNS, COLUMN_SQL, GROUP_SQL, TAGS_SQL, whereOf } from './lines';

const NAMES_SQL = 'JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id';

/** What has to be read beside lines for these expressions. */
const joinsFor = (sql: string): string => `${/\b[iok]\./.test(sql) ? NAMES_SQL : ''} ${/\bt\./.test(sql) ? TAGS_SQL : ''}`;

/** Lines of `@keys`, a JSON array of stock keys, in its order. */
const LISTED_FROM = `FROM json_each(@keys) p CROSS JOIN lines l ON l.period_id = @periodId AND l.stock_key_id = p.value ${NAMES_SQL} ${TAGS_SQL}`;

/** The stock keys of places, both ends included, as SQL takes them. */
const keysAt = ({ keys }: LineListing, from: number, to: number): string => `[${keys.subarray(from, to + 1).join(',')}]`;

type PageRow = Readonly<Record<LineColumn, string | number | null>>;

/** A page of lines as columns, with the number of all lines the filter lets through. */
export function readLinesPage(workbook: ReadableWorkbook, query: LinesQuery): LinesPage {
  const listing = listingOf(workbook, query);
  const expressions = LINE_COLUMNS.map((column) => `${COLUMN_SQL[column]} AS ${column}`);
  const rows = workbook.all<PageRow>(
    `SELECT ${expressions.join(', ')} ${LISTED_FROM} ORDER BY p.key`,
    { periodId: query.periodId, keys: keysAt(listing, query.offset, query.offset + query.limit - 1) },
  );
  const columns = Object.fromEntries(
    LINE_COLUMNS.map((column) => [
      column,
      BOOLEAN_COLUMNS.has(column) ? rows.map((row) => row[column] === 1) : rows.map((row) => row[column]),
    ]),
  ) as unknown as LineColumns;
  return { total: listing.keys.length, offset: query.offset, columns };
}

type Direction = 'next' | 'previous';

/** The first place from one on, that one left out, whose line is flagged in `wanted`. */
function seek({ keys }: LineListing, wanted: Uint8Array, after: number, direction: Direction): number | undefined {
  const step = direction === 'next' ? 1 : -1;
  // From beyond the end the way back begins at the last line; onwards nothing is left.
  for (let place = direction === 'next' ? after + 1 : Math.min(after - 1, keys.length - 1); place >= 0 && place < keys.length; place += step) if (wanted[keys[place]!] === 1) return place;
  return undefined;
}

/**
 * The next open line in the query's own order.
 *
 * @param after the place to go on from, counted from 0; -1 begins at the top, the number of lines at the end
 */
export function readNextOpen(
  workbook: ReadableWorkbook,
  query: ListingQuery,
  after: number,
  direction: Direction,
): { readonly place: number; readonly stock_key_id: number } | undefined {
  const listing = listingOf(workbook, query);
  const place = seek(listing, openFlags(workbook, query.periodId), after, direction);
  return place === undefined ? undefined : { place, stock_key_id: listing.keys[place]! };
}

/** Count, sum, least and most of a column. SQLite adds in 64 bits and refuses what does not fit; `isLarge` adds in two halves instead. */
const sumsSql = (column: SummedColumn, isLarge: boolean): string => {
  const figure = COLUMN_SQL[column];
  const sum = isLarge
    ? `CAST(coalesce(sum((${figure}) / 1000000), 0) AS TEXT) AS ${column}_sum, CAST(coalesce(sum((${figure}) % 1000000), 0) AS TEXT) AS ${column}_rest`
    : `CAST(coalesce(sum(${figure}), 0) AS TEXT) AS ${column}_sum`;
  return `count(${figure}) AS ${column}_count, ${sum}, min(${figure}) AS ${column}_least, max(${figure}) AS ${column}_most`;
};

type SumsRow = Readonly<Record<string, string | number | null>>;

function sumsIn(row: SumsRow, column: SummedColumn): ColumnSums {
  const count = Number(row[`${column}_count`]);
  const sum = BigInt(row[`${column}_sum`]!);
  const rest = row[`${column}_rest`];
  return {
    count,
    unknown: Number(row['lines']) - count,
    sum: String(rest === undefined ? sum : sum * 1_000_000n + BigInt(rest!)),
    least: row[`${column}_least`] as number | null,
    most: row[`${column}_most`] as number | null,
  };
}

/** Reads sums, and reads them in halves where they do not fit 64 bits. */
function readSums<Rows>(read: (columnsSql: string) => Rows, columns: readonly SummedColumn[]): Rows {
  const sqlOf = (isLarge: boolean) => columns.map((column) => `, ${sumsSql(column, isLarge)}`).join('');
  try {
    return read(sqlOf(false));
  } catch (error) {
    if (!/integer overflow/.test((error as Error).message)) throw error;
    return read(sqlOf(true));
  }
}

const added = (left: ColumnSums | undefined, right: ColumnSums): ColumnSums =>
  left === undefined
    ? right
    : {
        count: left.count + right.count,
        unknown: left.unknown + right.unknown,
        sum: String(BigInt(left.sum) + BigInt(right.sum)),
        least: left.least === null ? right.least : right.least === null ? left.least : Math.min(left.least, right.least),
        most: left.most === null ? right.most : right.most === null ? left.most : Math.max(left.most, right.most),
      };

/** Exact sums of the figures in chosen rows, by column. */
export function readColumnSums(workbook: ReadableWorkbook, { query, columns, spans }: ColumnSumsRequest): Partial<Record<SummedColumn, ColumnSums>> {
  const listing = listingOf(workbook, query);
  const result: Partial<Record<SummedColumn, ColumnSums>> = {};
  const where = whereOf(query.periodId, query.filter);
  for (const { from, to } of spans) {
    // Every line of the filter: read in the order in which lines lie, which is several times faster than place by place.
    const isAll = from === 0 && to >= listing.keys.length - 1;
    const row = readSums(
      (sums) =>
        isAll
          ? workbook.get<SumsRow>(`SELECT count(*) AS lines${sums} FROM lines l ${joinsFor(where.sql)} WHERE ${where.sql}`, where.parameters)!
          : workbook.get<SumsRow>(
              `SELECT count(*) AS lines${sums} FROM json_each(@keys) p CROSS JOIN lines l ON l.period_id = @periodId AND l.stock_key_id = p.value`,
              { periodId: query.periodId, keys: keysAt(listing, from, to) },
            )!,
      columns,
    );
    for (const column of columns) result[column] = added(result[column], sumsIn(row, column));
  }
  return result;
}

interface Matches {
  readonly serial: number;
  readonly text: string;
  /** Places, the first first. */
  readonly places: Uint32Array;
}

/** Where each kept listing was last looked through, and for what. */
const matched = new WeakMap<ReadableWorkbook, Matches>();

/** The places of all lines that hold a text in SKU, item, location, reason or note; kept until another text or listing is asked for. */
function matchesOf(workbook: ReadableWorkbook, periodId: number, listing: LineListing, text: string): Uint32Array {
  const last = matched.get(workbook);
  if (last?.serial === listing.serial && last.text === text) return last.places;
  const values = { text: smallLetters(text), periodId };
  // The keys of a location are found by going through all of them, which is left out where no location holds the text.
  const inLocations = workbook.column('SELECT location_id FROM locations WHERE instr(lower(code), @text) > 0', { text: values.text });
  const holds = flagged(
    workbook.column(
      `SELECT stock_key_id FROM stock_keys WHERE item_id IN (SELECT item_id FROM items WHERE instr(lower(sku), @text) > 0 OR instr(lower(name), @text) > 0)
       ${inLocations.length > 0 ? `UNION ALL SELECT stock_key_id FROM stock_keys WHERE location_id IN (${inLocations.join(', ')})` : ''}
       UNION ALL SELECT stock_key_id FROM tags WHERE period_id = @periodId AND (instr(lower(note), @text) > 0 OR instr(lower(coalesce(reason_code, '')), @text) > 0)`,
      values,
    ),
  );
  const places = placesThrough(listing.keys.length, (place) => holds[listing.keys[place]!] === 1);
  matched.set(workbook, { serial: listing.serial, text, places });
  return places;
}

/** The columns that are looked through, in the order in which a line tells where it holds the text. */
const FOUND_IN = ['sku', 'itemName', 'location', 'reasonCode', 'note'] as const satisfies readonly LineColumn[];

/**
 * The next line of the query's order that holds a text, letters in any case; from the last it goes on with the first.
 *
 * @param after the place to go on from, counted from 0; -1 begins at the top
 */
export function findLine(workbook: ReadableWorkbook, query: ListingQuery, text: string, after: number, direction: Direction): FoundLine {
  const listing = listingOf(workbook, query);
  const places = matchesOf(workbook, query.periodId, listing, text);
  if (places.length === 0) return { matches: 0, number: null, index: null, stockKeyId: null, column: null };
  const beyond = direction === 'next' ? places.findIndex((place) => place > after) : places.findLastIndex((place) => place < after);
  const number = beyond >= 0 ? beyond : direction === 'next' ? 0 : places.length - 1;
  const index = places[number]!;
  const line = workbook.get<Readonly<Record<string, string | number | null>>>(
    `SELECT ${['stockKeyId' as const, ...FOUND_IN].map((column) => `${COLUMN_SQL[column]} AS ${column}`).join(', ')} ${LISTED_FROM}`,
    { periodId: query.periodId, keys: keysAt(listing, index, index) },
  )!;
  const column = FOUND_IN.find((each) => smallLetters(String(line[each] ?? '')).includes(smallLetters(text))) ?? null;
  return { matches: places.length, number: number + 1, index, stockKeyId: line['stockKeyId'] as number, column };
}

/** The stock keys of all lines of a query that hold a text, in its order. */
export function keysHolding(workbook: ReadableWorkbook, query: ListingQuery, text: string): readonly number[] {
  const listing = listingOf(workbook, query);
  return Array.from(matchesOf(workbook, query.periodId, listing, text), (place) => listing.keys[place]!);
}

/** How many places an edge is looked for in at first; each further look takes twice as many. */
const EDGE_PLACES = 2_000;

/** Where, from a place on, the first cell of a column is that is filled, or that is empty; undefined where none is. */
export function readEdge(workbook: ReadableWorkbook, { query, column, from, direction, seeks }: EdgeRequest): number | undefined {
  const listing = listingOf(workbook, query);
  const figure = COLUMN_SQL[column];
  const last = listing.keys.length - 1;
  for (let near = from, length = EDGE_PLACES; ; length *= 2) {
    const [low, high] = direction === 'next' ? [near + 1, Math.min(near + length, last)] : [Math.max(near - length, 0), Math.min(near - 1, last)];
    if (low > high) return undefined;
    const found = workbook.get<{ place: number }>(
      `SELECT p.key AS place FROM json_each(@keys) p CROSS JOIN lines l ON l.period_id = @periodId AND l.stock_key_id = p.value ${joinsFor(figure)}
       WHERE coalesce(${figure}, '') ${seeks === 'empty' ? '=' : '<>'} '' ORDER BY p.key ${direction === 'next' ? 'ASC' : 'DESC'} LIMIT 1`,
      { periodId: query.periodId, keys: keysAt(listing, low, high) },
    );
    if (found) return low + found.place;
    near = direction === 'next' ? high : low;
  }
}

/** The groups of a filter with subtotals of `columns`, in the order in which a page that is grouped by the same shows them. */
export function readGroups(workbook: ReadableWorkbook, { periodId, filter, by, columns }: GroupsRequest): readonly LineGroup[] {
  const where = whereOf(periodId, filter);
  const group = GROUP_SQL[by];
  const rows = readSums(
    (sums) =>
      workbook.all<SumsRow>(
        `SELECT ${group} AS key, count(*) AS lines${sums} FROM lines l ${joinsFor(`${where.sql} ${group}`)} WHERE ${where.sql} GROUP BY 1 ORDER BY 1 NULLS LAST`,
        where.parameters,
      ),
    columns,
  );
  return rows.map((row) => ({
    key: row['key'] as string | null,
    lines: Number(row['lines']),
    sums: Object.fromEntries(columns.map((column) => [column, sumsIn(row, column)])),
  }));
}
