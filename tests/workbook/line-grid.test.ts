/**
 * Lines as the grid reads them: pages at any depth in any order, sums of any rows, finding, edges and groups, held against the
 * same worked out over all lines at once; and still right after a change.
 */
import { beforeEach, expect, test } from 'vitest';
import { type LineColumn, type LineColumns, type LineFilter, type LineSort, type LinesQuery, LINE_STATUSES, SORTABLE_LINE_COLUMNS } from '@shared/domain/lines';
import { SUMMED_COLUMNS } from '@shared/domain/line-grid';
import { edgeInLines, findInLines, groupsOfLines, sumsOfLines } from '../../electron/services/line-grid';
import { nextOpenLine, pageOfLines, summaryOfLines } from '../../electron/services/lines';
import { changeTags, undoTags } from '../../electron/services/tag-changes';
import { listingOf } from '../../electron/workbook/tables/line-listings';
import { keepLineOrders, lineOrdersOf, readFigureOrders, readNameOrders, sortedByRank } from '../../electron/workbook/tables/line-orders';
import { EngineWorkbook } from '../support/engine-workbook';

type Line = { readonly [Column in LineColumn]: LineColumns[Column][number] };

let workbook: EngineWorkbook;
let periodId: number;

const linesOf = (columns: LineColumns): Line[] =>
  columns.stockKeyId.map((_key, index) => Object.fromEntries((Object.keys(columns) as LineColumn[]).map((name) => [name, columns[name][index]])) as unknown as Line);
const read = (query: Partial<LinesQuery> = {}): Line[] =>
  linesOf(pageOfLines(workbook.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: {}, ...query }).columns);

beforeEach(() => {
  workbook = new EngineWorkbook();
  periodId = workbook.period('2026-10');
  const rows = Array.from({ length: 60 }, (_none, index) => ({ sku: `SKU-${(index * 37) % 60}`, location: ['Reno', 'Portland', 'Austin'][index % 3]!, index }));
  const day = '2026-10-31T23:59:00-07:00';
  workbook.snapshot(periodId, 'erp.csv', ['system,sku,location,as_of,on_hand,unit_cost', ...rows.map(({ sku, location, index }) => `erp,${sku},${location},${day},${(index * 7) % 23},${index % 5 === 0 ? '' : `${(index % 9) + 1}.25`}`)].join('\n'));
  workbook.count(periodId, 'count.csv', ['sheet,line,sku,location,counted,counted_at', ...rows.filter(({ index }) => index % 4 !== 0).map(({ sku, location, index }) => `S,${index},${sku},${location},${(index * 5) % 19},${day}`)].join('\n'));
  workbook.reconcile(periodId);
});

const compare = (left: unknown, right: unknown): number => (left === right ? 0 : (left as number) < (right as number) ? -1 : 1);
const BY_SIZE = new Set(['countVarianceScaled', 'varianceScaled', 'valueMinor']);

/** The order of the grid, worked out by hand: unknown last either way, then SKU, then location. */
function ordered(lines: readonly Line[], sort: readonly LineSort[]): Line[] {
  return lines.toSorted((left, right) => {
    for (const { column, direction } of sort) {
      const value = (line: Line) => (BY_SIZE.has(column) && line[column] !== null ? Math.abs(line[column] as number) : line[column]);
      const [a, b] = [value(left), value(right)];
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      return direction === 'asc' ? compare(a, b) : compare(b, a);
    }
    return compare(left.sku, right.sku) || compare(left.location, right.location);
  });
}

const ORDERS: readonly LineSort[][] = [
  [], [{ column: 'sku', direction: 'asc' }], [{ column: 'sku', direction: 'desc' }], [{ column: 'location', direction: 'desc' }],
  [{ column: 'valueMinor', direction: 'desc' }], [{ column: 'countVarianceScaled', direction: 'asc' }],
  [{ column: 'location', direction: 'asc' }, { column: 'erpAtCutOffScaled', direction: 'desc' }], [{ column: 'itemName', direction: 'desc' }], [{ column: 'status', direction: 'asc' }],
];

test.each(ORDERS.map((sort) => [sort] as const))('pages in an order join without a gap into all lines in that order: %j', (sort) => {
  const all = ordered(read(), sort);
  expect(all.length).toBe(60);
  const paged = Array.from({ length: 9 }, (_none, page) => read({ sort, offset: page * 7, limit: 7 })).flat();
  expect(paged.map(({ stockKeyId }) => stockKeyId)).toEqual(all.map(({ stockKeyId }) => stockKeyId));
});

test('orders that were read ahead list the lines as SQLite does, and are given up when lines move', () => {
  workbook.workbook.run(`UPDATE lines SET cause = 'residual', cleared_by = char(0x1F4E6) WHERE stock_key_id % 7 = 0`);
  workbook.workbook.run(`UPDATE lines SET cleared_by = char(0xFF5E), opening_scaled = -9007199254740991 + stock_key_id % 5 WHERE stock_key_id % 7 = 1`);
  workbook.workbook.run('UPDATE lines SET opening_scaled = 9007199254740991 WHERE stock_key_id % 7 = 2');
  for (const reason of ['PHY-SHRINK', 'TIM-CUTOFF']) {
    workbook.workbook.run(`INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order) VALUES (?, ?, 'physical', 'warehouse', 'none', '[]', '', 1)`, reason, reason);
  }
  const tags = read().flatMap(({ stockKeyId }, index) => (index % 3 === 0 ? [{ stockKeyId, reasonCode: ['PHY-SHRINK', 'TIM-CUTOFF', null][(index >> 2) % 3]!, owner: index % 2 === 0 ? ('finance' as const) : null, note: index % 6 === 0 ? `n${index % 5}` : '' }] : []));
  for (const { stockKeyId, reasonCode, owner, note } of tags) {
    workbook.workbook.run('INSERT INTO tags (period_id, stock_key_id, reason_code, owner, note, revision) VALUES (?, ?, ?, ?, ?, ?)', periodId, stockKeyId, reasonCode, owner, note, (stockKeyId % 3) + 1);
  }
  const sorts: LineSort[][] = [...ORDERS, ...SORTABLE_LINE_COLUMNS.flatMap((column): LineSort[][] => [[{ column, direction: 'asc' }], [{ column, direction: 'desc' }], [{ column: 'location', direction: 'desc' }, { column, direction: 'desc' }]])];
  const queries = sorts.flatMap((sort) => [{}, { locations: ['Reno'] }, { text: 'u-1' }, { onlyExceptions: true }, { onlyNonZero: true }, { statuses: ['open' as const] }, { classes: ['unexplained' as const], statuses: ['cleared' as const, 'tagged' as const] }].flatMap((filter) => [{ periodId, sort, filter }, ...(Object.keys(filter).length > 0 ? (['location'] as const) : (['location', 'class', 'status', 'reasonCode'] as const)).map((groupBy) => ({ periodId, sort, filter, groupBy }))]));
  const listed = () => queries.map((query) => [...listingOf(workbook.workbook, query).keys]);
  const bySql = listed();
  const names = readNameOrders(workbook.workbook, periodId);
  // Names alone, to which a column is added as it is asked for; then all of them.
  for (const orders of [names, readFigureOrders(workbook.workbook, names)!]) {
    keepLineOrders(workbook.workbook, orders);
    expect(lineOrdersOf(workbook.workbook, periodId)!.keys).toHaveLength(60);
    // Every order is worked out anew.
    workbook.workbook.run(`UPDATE periods SET code = code`);
    for (const [index, keys] of listed().entries()) expect(keys, JSON.stringify(queries[index])).toEqual(bySql[index]);
  }
  workbook.reconcile(periodId);
  expect(lineOrdersOf(workbook.workbook, periodId)).toBeUndefined();
});

test('the figures over the lines are those of all lines added one by one, though only the lines to see are read for them', () => {
  const lines = read();
  const summary = summaryOfLines(workbook.workbook, periodId)!;
  expect(lines.some(({ clearedBy, class: variance }) => clearedBy !== null && variance === null)).toBe(true);
  expect(summary.lines).toBe(lines.length);
  expect(summary.linesWithVariance).toBe(lines.filter(({ varianceScaled }) => varianceScaled !== 0).length);
  for (const status of LINE_STATUSES) {
    const own = lines.filter((line) => line.status === status);
    expect(summary.byStatus[status]).toMatchObject({ lines: own.length, unitsScaled: own.reduce((sum, { varianceScaled }) => sum + Math.abs(varianceScaled), 0) });
  }
});

test('ranks of any size are sorted in either direction, unknown ones last and equal ones as they stood', () => {
  const ranks = Uint32Array.from([5, 0, 4_294_967_295, 70_000, 5, 0, 1, 2_049]);
  const places = Uint32Array.from(ranks.keys());
  expect([...sortedByRank(places, ranks, 'asc')]).toEqual([6, 0, 4, 7, 3, 2, 1, 5]);
  expect([...sortedByRank(places, ranks, 'desc')]).toEqual([2, 3, 7, 0, 4, 6, 1, 5]);
  expect([...places]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

const FILTERS: readonly (readonly [LineFilter, (line: Line) => boolean])[] = [
  [{ text: 'u-1' }, ({ sku }) => sku.toLowerCase().includes('u-1')],
  [{ locations: ['Reno', 'Austin'] }, ({ location }) => location !== 'Portland'],
  [{ text: '3', locations: ['Reno'] }, ({ sku, location }) => sku.includes('3') && location === 'Reno'],
  [{ statuses: ['open'] }, ({ status }) => status === 'open'],
  [{ onlyExceptions: true }, ({ clearedBy }) => clearedBy === null],
  [{ columns: { sku: { kind: 'text', is: 'holds', text: 'sKu-1' } } }, ({ sku }) => sku.startsWith('SKU-1')],
  [{ columns: { sku: { kind: 'text', is: 'lacks', text: '1' }, location: { kind: 'choice', isOneOf: false, keys: ['Reno'] } } }, ({ sku, location }) => !sku.includes('1') && location !== 'Reno'],
  [{ columns: { sku: { kind: 'text', is: 'equals', text: 'sku-7' } } }, ({ sku }) => sku === 'SKU-7'],
  [{ columns: { erpAtCutOffScaled: { kind: 'figure', is: '>=', figure: 110_000 } } }, ({ erpAtCutOffScaled }) => erpAtCutOffScaled !== null && erpAtCutOffScaled >= 110_000],
  [{ columns: { countVarianceScaled: { kind: 'figure', is: '<>', figure: 0 } } }, ({ countVarianceScaled }) => countVarianceScaled !== null && countVarianceScaled !== 0],
  [{ columns: { countVarianceScaled: { kind: 'span', least: -30_000, most: 20_000 } } }, ({ countVarianceScaled }) => countVarianceScaled !== null && countVarianceScaled >= -30_000 && countVarianceScaled <= 20_000],
  [{ columns: { valueMinor: { kind: 'known', isKnown: false } } }, ({ valueMinor }) => valueMinor === null],
  [{ columns: { valueMinor: { kind: 'figure', is: '<', figure: -100 } } }, ({ valueMinor }) => valueMinor !== null && valueMinor < -100],
  [{ columns: { status: { kind: 'choice', isOneOf: true, keys: ['open'] }, tier: { kind: 'choice', isOneOf: true, keys: ['C'] } } }, ({ status, tier }) => status === 'open' && tier === 'C'],
  [{ columns: { reasonCode: { kind: 'choice', isOneOf: true, keys: [null] } } }, ({ reasonCode }) => reasonCode === null],
  [{ columns: { owner: { kind: 'choice', isOneOf: false, keys: ['finance', null] } } }, ({ owner, suggestedOwner }) => ![null, 'finance'].includes(owner ?? suggestedOwner)],
  [{ columns: { dueInstant: { kind: 'day', is: '=', startInstant: Date.parse('2026-11-01T07:00:00Z'), endInstant: Date.parse('2026-12-01T08:00:00Z') } } }, ({ dueInstant }) => dueInstant !== null],
];

test.each(FILTERS)('a filter lets through what it names: %j', (filter, fits) => {
  const expected = ordered(read().filter(fits), []);
  expect(expected.length).toBeGreaterThan(0);
  expect(read({ filter }).map(({ stockKeyId }) => stockKeyId)).toEqual(expected.map(({ stockKeyId }) => stockKeyId));
});

test('a name is found as it is written, in letters of any alphabet', () => {
  workbook.workbook.run(`UPDATE items SET name = 'CAFÉ ÖL ' || sku WHERE sku IN ('SKU-7', 'SKU-8')`);
  const query = { periodId, sort: [], filter: {} };
  for (const text of ['CAFÉ ÖL', 'cafÉ Öl']) {
    expect(read({ filter: { text } }).map(({ sku }) => sku)).toEqual(['SKU-7', 'SKU-8']);
    expect(groupsOfLines(workbook.workbook, { periodId, filter: { text }, by: 'status', columns: [] }).reduce((sum, { lines }) => sum + lines, 0)).toBe(2);
    expect(findInLines(workbook.workbook, { query, text, after: -1, direction: 'next' })).toMatchObject({ matches: 2, column: 'itemName' });
  }
});

test('the orders of the two periods that were read last are kept, those of others are given up', () => {
  const orders = readNameOrders(workbook.workbook, periodId);
  const kept = () => [1, 2, 3].map((each) => lineOrdersOf(workbook.workbook, periodId + each) !== undefined);
  for (const each of [1, 2]) keepLineOrders(workbook.workbook, { ...orders, periodId: periodId + each });
  expect(kept()).toEqual([true, true, false]);
  lineOrdersOf(workbook.workbook, periodId + 1);
  keepLineOrders(workbook.workbook, { ...orders, periodId: periodId + 3 });
  expect(kept()).toEqual([true, false, true]);
});

test.each(FILTERS.filter(([{ columns }]) => columns))('sums, groups, finding and the next open line keep to a condition on a column: %j', (filter, fits) => {
  const all = ordered(read(), []).filter(fits);
  const query = { periodId, sort: [], filter };
  const known = all.flatMap(({ erpAtCutOffScaled }) => erpAtCutOffScaled ?? []);
  const { erpAtCutOffScaled } = sumsOfLines(workbook.workbook, { query, columns: ['erpAtCutOffScaled'], spans: [{ from: 0, to: all.length - 1 }] });
  expect(erpAtCutOffScaled!.sum).toBe(String(known.reduce((sum, figure) => sum + figure, 0)));
  const groups = groupsOfLines(workbook.workbook, { periodId, filter, by: 'location', columns: [] });
  expect(groups.map(({ key, lines }) => [key, lines])).toEqual(
    ['Austin', 'Portland', 'Reno'].map((name) => [name, all.filter(({ location }) => location === name).length]).filter(([, lines]) => lines !== 0),
  );
  expect(findInLines(workbook.workbook, { query, text: 'sku', after: -1, direction: 'next' }).matches).toBe(all.length);
  const open = all.findIndex(({ status }) => status === 'open');
  expect(nextOpenLine(workbook.workbook, query, -1, 'next').index).toBe(open < 0 ? null : open);
});

test('a condition on what people say of lines is asked anew after a change; one on figures is not', () => {
  const untagged = { periodId, sort: [], filter: { columns: { reasonCode: { kind: 'choice' as const, isOneOf: true, keys: [null] }, sku: { kind: 'text' as const, is: 'holds' as const, text: 'SKU-4' } } } };
  const figures = { periodId, sort: [], filter: { columns: { erpAtCutOffScaled: { kind: 'figure' as const, is: '>' as const, figure: 0 } } } };
  const before = listingOf(workbook.workbook, untagged).total;
  const { serial } = listingOf(workbook.workbook, figures);
  const [line] = read({ filter: { ...untagged.filter, statuses: ['open'] } });
  workbook.workbook.run(`INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order)
    VALUES ('PHY-SHRINK', 'Shrinkage', 'physical', 'warehouse', 'none', '[]', '', 1)`);
  expect(changeTags(workbook.context, [{ periodId, stockKeyId: line!.stockKeyId, change: { reason: 'PHY-SHRINK', owner: 'warehouse' } }])).toMatchObject({ ok: true });
  expect(listingOf(workbook.workbook, untagged).total).toBe(before - 1);
  expect(listingOf(workbook.workbook, figures).serial).toBe(serial);
});

test('sums of any rows are those of the same rows added one by one, and unknown figures are counted', () => {
  const query = { periodId, sort: [{ column: 'countVarianceScaled', direction: 'desc' } as const], filter: {} };
  const all = read(query);
  for (const spans of [[{ from: 0, to: 59 }], [{ from: 3, to: 17 }], [{ from: 0, to: 4 }, { from: 40, to: 59 }]]) {
    const rows = spans.flatMap(({ from, to }) => all.slice(from, to + 1));
    const sums = sumsOfLines(workbook.workbook, { query, columns: [...SUMMED_COLUMNS], spans });
    for (const column of SUMMED_COLUMNS) {
      const known = rows.flatMap((row) => row[column] ?? []);
      expect(sums[column], column).toEqual({
        count: known.length, unknown: rows.length - known.length, sum: String(known.reduce((sum, figure) => sum + figure, 0)),
        least: known.length === 0 ? null : Math.min(...known), most: known.length === 0 ? null : Math.max(...known),
      });
    }
  }
});

test('a sum past 64 bits is exact', () => {
  const large = 9_007_199_254_740_991;
  workbook.workbook.run(`CREATE TEMP TABLE before AS SELECT stock_key_id, opening_scaled FROM lines`);
  workbook.workbook.run(`UPDATE lines SET opening_scaled = ?`, large);
  // 60 lines are far from overflow; so many copies of them as would be needed are simulated by the largest figure SQLite holds.
  workbook.workbook.run(`UPDATE lines SET opening_scaled = 9223372036854775807 WHERE stock_key_id IN (SELECT stock_key_id FROM lines ORDER BY stock_key_id LIMIT 2)`);
  const { openingScaled } = sumsOfLines(workbook.workbook, { query: { periodId, sort: [], filter: {} }, columns: ['openingScaled'], spans: [{ from: 0, to: 59 }] });
  expect(openingScaled!.sum).toBe(String(58n * BigInt(large) + 2n * 9_223_372_036_854_775_807n));
  workbook.workbook.run('UPDATE lines SET opening_scaled = (SELECT opening_scaled FROM temp.before b WHERE b.stock_key_id = lines.stock_key_id)');
});

test('a text is found over all lines in the order of the grid, onwards, backwards and round again', () => {
  const query = { periodId, sort: [{ column: 'location', direction: 'desc' } as const], filter: {} };
  const places = read(query).flatMap(({ sku }, place) => (sku.includes('-4') ? [place] : []));
  const find = (after: number, direction: 'next' | 'previous' = 'next') => findInLines(workbook.workbook, { query, text: 'Sku-4', after, direction });
  expect(find(-1)).toMatchObject({ matches: places.length, number: 1, index: places[0], column: 'sku' });
  expect(places.map((_place, number) => find((places[number - 1] ?? -1))).map(({ index }) => index)).toEqual(places);
  expect(find(places.at(-1)!).index).toBe(places[0]);
  expect(find(places[0]!, 'previous').index).toBe(places.at(-1));
  expect(findInLines(workbook.workbook, { query, text: 'no such thing', after: -1, direction: 'next' })).toEqual({ matches: 0, number: null, index: null, stockKeyId: null, column: null });
});

test('looking for a text leaves the listings that are kept as they are', () => {
  const query = { periodId, sort: [{ column: 'valueMinor', direction: 'desc' } as const], filter: {} };
  const serials = () => listingOf(workbook.workbook, query).serial;
  const before = serials();
  findInLines(workbook.workbook, { query, text: 'Sku-4', after: -1, direction: 'next' });
  findInLines(workbook.workbook, { query, text: 'Sku-5', after: -1, direction: 'next' });
  expect(serials()).toBe(before);
  workbook.workbook.run(`UPDATE lines SET tier = 'A'`);
  expect(serials()).not.toBe(before);
});

test('the edge of the data is found in rows that nobody has read', () => {
  const query = { periodId, sort: [{ column: 'countedAtCutOffScaled', direction: 'asc' } as const], filter: {} };
  const lines = read(query);
  const edge = (column: LineColumn, from: number, direction: 'next' | 'previous', seeks: 'filled' | 'empty') => edgeInLines(workbook.workbook, { query, column, from, direction, seeks }).index;
  const firstUnknown = lines.findIndex(({ countedAtCutOffScaled }) => countedAtCutOffScaled === null);
  expect(edge('countedAtCutOffScaled', 0, 'next', 'empty')).toBe(firstUnknown);
  expect(edge('countedAtCutOffScaled', 59, 'previous', 'filled')).toBe(firstUnknown - 1);
  expect(edge('countedAtCutOffScaled', firstUnknown, 'next', 'filled')).toBeNull();
  expect(edge('reasonCode', -1, 'next', 'filled')).toBeNull();
});

test('groups hold every line once, with the sums of their lines, in the order of the grouped page', () => {
  for (const by of ['owner', 'class', 'location', 'reasonCode', 'status'] as const) {
    const keyOf = (line: Line) => (by === 'owner' ? (line.owner ?? line.suggestedOwner) : line[by]);
    const groups = groupsOfLines(workbook.workbook, { periodId, filter: {}, by, columns: ['varianceScaled', 'valueMinor'] });
    const page = read({ groupBy: by, sort: [{ column: 'varianceScaled', direction: 'desc' }] });
    expect(page.map(keyOf), by).toEqual(groups.flatMap(({ key, lines }) => Array<string | null>(lines).fill(key)));
    let from = 0;
    for (const { key, lines, sums } of groups) {
      const own = page.slice(from, from + lines);
      expect(own.map(({ stockKeyId }) => stockKeyId)).toEqual(ordered(own, [{ column: 'varianceScaled', direction: 'desc' }]).map(({ stockKeyId }) => stockKeyId));
      expect(sums.varianceScaled!.sum, `${by} ${key}`).toBe(String(own.reduce((sum, line) => sum + line.varianceScaled, 0)));
      expect(sums.valueMinor!.unknown).toBe(own.filter(({ valueMinor }) => valueMinor === null).length);
      from += lines;
    }
  }
});

test('a listing that is kept shows what was changed since: a tag, its undo, a reconciliation', () => {
  workbook.workbook.run(`INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order)
    VALUES ('PHY-SHRINK', 'Shrinkage', 'physical', 'warehouse', 'none', '[]', '', 1)`);
  const open = () => read({ filter: { statuses: ['open'] } }).map(({ stockKeyId }) => stockKeyId);
  const byOwner = () => read({ sort: [{ column: 'owner', direction: 'asc' }] })[0]!;
  const before = open();
  const [first] = before as [number];
  expect(byOwner().owner).toBeNull();
  const changed = changeTags(workbook.context, [{ periodId, stockKeyId: first, change: { owner: 'finance', reason: 'PHY-SHRINK' } }]);
  expect(changed.ok, changed.ok ? '' : changed.message).toBe(true);
  expect(open()).toEqual(before.slice(1));
  expect(byOwner().stockKeyId).toBe(first);
  expect(nextOpenLine(workbook.workbook, { periodId, sort: [], filter: {} }, -1, 'next').stockKeyId).toBe(before[1]);
  const undone = undoTags(workbook.context, changed.ok ? changed.value.sequences : []);
  expect(undone.ok).toBe(true);
  expect(open()).toEqual(before);
  const next = workbook.period('2026-11');
  expect(pageOfLines(workbook.workbook, { periodId: next, offset: 0, limit: 10, sort: [], filter: {} }).total).toBe(0);
  workbook.snapshot(periodId, 'late.csv', 'system,sku,location,as_of,on_hand\nerp,NEW-1,Reno,2026-10-31T23:59:00-07:00,5');
  workbook.reconcile(periodId);
  expect(read()).toHaveLength(61);
});

test('after the last open line there is none, and from beyond the end the way back begins with it', () => {
  const query = { periodId, sort: [{ column: 'priority', direction: 'desc' } as const], filter: { statuses: ['open' as const] } };
  const open = read(query);
  const after = (place: number, direction: 'next' | 'previous') => nextOpenLine(workbook.workbook, query, place, direction).index;
  expect(after(open.length - 2, 'next')).toBe(open.length - 1);
  expect(after(open.length - 1, 'next')).toBeNull();
  expect(after(open.length + 5, 'next')).toBeNull();
  expect(after(open.length + 5, 'previous')).toBe(open.length - 1);
  expect(after(0, 'previous')).toBeNull();
});

test('more listings than are kept at once all answer right', () => {
  const columns = ['erpAtCutOffScaled', 'countedAtCutOffScaled', 'varianceScaled', 'valueMinor', 'tier', 'priority', 'ageDays', 'status', 'class', 'cause', 'nextStep', 'location'] as const;
  for (const round of [1, 2]) {
    for (const column of columns) {
      const sort = [{ column, direction: round === 1 ? 'asc' : 'desc' } as const];
      expect(read({ sort, limit: 5, offset: 2 }).map(({ stockKeyId }) => stockKeyId)).toEqual(read({ sort }).slice(2, 7).map(({ stockKeyId }) => stockKeyId));
    }
  }
});
