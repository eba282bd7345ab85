/** What the grid asks of lines beside its pages; see `line-pages.ts`, where it is read. */
import type { ColumnSumsRequest, EdgeRequest, FindRequest, FoundLine, GroupsRequest, LineGroup } from '@shared/domain/line-grid';
import { findLine, keysHolding, readColumnSums, readEdge, readGroups } from '../workbook/tables/line-pages';
import type { LineFilter } from '@shared/domain/lines';
import type { ReadableWorkbook } from '../workbook/workbook';

/** The orders of a large period, read ahead in a thread of their own. */
export { keepLineOrders, type LineOrders, lineOrdersOf, readFigureOrders, readNameOrders } from '../workbook/tables/line-orders';

/** Exact sums of chosen rows by column. */
export const sumsOfLines = (workbook: ReadableWorkbook, request: ColumnSumsRequest): ReturnType<typeof readColumnSums> => readColumnSums(workbook, request);

/** The next line that holds a text, in the query's order. */
export const findInLines = (workbook: ReadableWorkbook, { query, text, after, direction }: FindRequest): FoundLine => findLine(workbook, query, text, after, direction);

/** The next filled or empty cell of a column. */
export const edgeInLines = (workbook: ReadableWorkbook, request: EdgeRequest): { readonly index: number | null } => ({ index: readEdge(workbook, request) ?? null });

/** The groups of a filter with subtotals. */
export const groupsOfLines = (workbook: ReadableWorkbook, request: GroupsRequest): LineGroup[] => [...readGroups(workbook, request)];

/** The stock keys of all lines of a filter that hold a text in SKU, item, location, reason or note. */
export const lineKeysHolding = (workbook: ReadableWorkbook, periodId: number, filter: LineFilter, text: string): readonly number[] =>
  keysHolding(workbook, { periodId, sort: [], filter }, text);
