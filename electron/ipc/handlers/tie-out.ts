/** Serves the tie-out to the ledger. */
import type { tieOutContract } from '@shared/contract/tie-out';
import { done } from '@shared/domain/outcome';
import { findPeriod, periodMissing } from '../../services/periods';
import { readTieOut, tieOutStands } from '../../services/tie-out/read';
import type { Handlers } from '../session';

export const tieOutHandlers: Handlers<typeof tieOutContract> = {
  'tieOut:read': ({ workbook }, { periodId }) => readTieOut(workbook, periodId),
  'tieOut:stands': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(tieOutStands(workbook, period)) : periodMissing(periodId);
  },
};
