/**
 * Lines: run the reconciliation, read the grid page by page, one line whole.
 */
import { z } from 'zod';
import { LINE_GROUPINGS, LineDetail, LineFilter, LineSort, LinesPage, LinesQuery, LinesSummary } from '../domain/lines';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

export const linesContract = {
  'lines:reconcile': {
    input: PeriodInput,
    output: LinesSummary,
    failures: ['period_missing', 'period_locked', 'nothing_imported'],
    writes: true,
    long: true,
  },
  'lines:page': { input: LinesQuery, output: LinesPage, failures: ['period_missing'] },
  'lines:summary': { input: PeriodInput, output: LinesSummary, failures: ['period_missing'], scans: true },
  'lines:detail': {
    input: z.strictObject({ periodId: z.int(), stockKeyId: z.int() }),
    output: LineDetail,
    failures: ['period_missing', 'line_missing'],
  },
  /** The place in the same sort and filter of the next line that waits for a person, counted from 0; null where none is left. */
  'lines:nextException': {
    input: z.strictObject({
      periodId: z.int(),
      sort: z.array(LineSort).max(4),
      filter: LineFilter,
      groupBy: z.enum(LINE_GROUPINGS).optional(),
      after: z.int().min(-1),
      direction: z.enum(['next', 'previous']),
    }),
    output: z.strictObject({ index: z.int().nullable(), stockKeyId: z.int().nullable() }),
    failures: ['period_missing'],
  },
  /** The period's roll-forward in total, by location. */
  'lines:rollForward': {
    input: PeriodInput,
    output: z.array(z.strictObject({ location: z.string(), columns: z.record(z.string(), z.int().nullable()) })),
    failures: ['period_missing'],
    scans: true,
  },
} as const satisfies ContractArea;
