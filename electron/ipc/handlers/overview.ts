/** Serves the period on one page, and a line over its periods. */
import type { overviewContract } from '@shared/contract/overview';
import { done } from '@shared/domain/outcome';
import { lineOverPeriods, overviewOf, sharesOverPeriods } from '../../services/overview';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const overviewHandlers: Handlers<typeof overviewContract> = {
  'overview:period': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(overviewOf(workbook, period)) : periodMissing(periodId);
  },
  'overview:shares': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(sharesOverPeriods(workbook, period)) : periodMissing(periodId);
  },
  'overview:line': ({ workbook }, { periodId, stockKeyId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(lineOverPeriods(workbook, period.code, stockKeyId)) : periodMissing(periodId);
  },
};
