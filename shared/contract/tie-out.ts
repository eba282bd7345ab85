/**
 * The tie-out of a period's stock to the ledger's trial balance.
 */
import { z } from 'zod';
import { TieOut, TieOutStands } from '../domain/tie-out';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

export const tieOutContract = {
  /** Account by account, with the four classic causes tested. */
  'tieOut:read': { input: PeriodInput, output: TieOut, failures: ['period_missing', 'not_reconciled'], scans: true },
  /** Whether it ties, by how much it does not, or why it cannot be said. */
  'tieOut:stands': { input: PeriodInput, output: TieOutStands, failures: ['period_missing'], scans: true },
} as const satisfies ContractArea;
