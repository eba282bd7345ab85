/**
 * Lines as the grid needs them beside its pages: exact sums of any rows, finding, the edge of the data, groups with subtotals.
 */
import { z } from 'zod';
import { ColumnSums, ColumnSumsRequest, EdgeRequest, FindRequest, FoundLine, GroupsRequest, LineGroup, SUMMED_COLUMNS } from '../domain/line-grid';
import type { ContractArea } from './call';

export const lineGridContract = {
  'lines:sums': { input: ColumnSumsRequest, output: z.partialRecord(z.enum(SUMMED_COLUMNS), ColumnSums), failures: ['period_missing'] },
  /** Looks through SKU, item, location, reason and note of every line of the query, loaded or not. */
  'lines:find': { input: FindRequest, output: FoundLine, failures: ['period_missing'] },
  /** The first filled or empty cell of a column from a place on; null where there is none. */
  'lines:edge': { input: EdgeRequest, output: z.strictObject({ index: z.int().nullable() }), failures: ['period_missing'] },
  'lines:groups': { input: GroupsRequest, output: z.array(LineGroup), failures: ['period_missing'] },
} as const satisfies ContractArea;
