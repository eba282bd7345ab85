/** Serves reports. */
import type { reportsContract } from '@shared/contract/reports';
import { done } from '@shared/domain/outcome';
import { findPeriod, periodMissing } from '../../services/periods';
import { listOfReports, readReport } from '../../services/reports/index';
import { saveReport } from '../../services/reports/save';
import type { Handlers } from '../session';

export const reportHandlers: Handlers<typeof reportsContract> = {
  'reports:list': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done({ ...listOfReports(workbook, periodId), isReconciled: period.reconciledInstant !== null }) : periodMissing(periodId);
  },
  'reports:read': ({ workbook }, request) => readReport(workbook, request),
  'reports:save': ({ workbook }, { path, section, ...request }) => saveReport(workbook, request, { path, section }),
};
