/**
 * The period on one page, and an item at a location over its periods.
 */
import { z } from 'zod';
import { LineInPeriod, Overview, PeriodShare } from '../domain/overview';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

export const overviewContract = {
  'overview:period': { input: PeriodInput, output: Overview, failures: ['period_missing'] },
  /** The explained share of the last periods up to this one, oldest first. Apart, because it reads every one of them. */
  'overview:shares': { input: PeriodInput, output: z.array(PeriodShare), failures: ['period_missing'] },
  /** The same line in this and the periods before, oldest first. */
  'overview:line': {
    input: z.strictObject({ periodId: z.int(), stockKeyId: z.int() }),
    output: z.array(LineInPeriod),
    failures: ['period_missing'],
  },
} as const satisfies ContractArea;
