/** Serves what the grid asks of lines beside its pages. */
import type { lineGridContract } from '@shared/contract/line-grid';
import { done } from '@shared/domain/outcome';
import { edgeInLines, findInLines, groupsOfLines, sumsOfLines } from '../../services/line-grid';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const lineGridHandlers: Handlers<typeof lineGridContract> = {
  'lines:sums': ({ workbook }, request) => (findPeriod(workbook, request.query.periodId) ? done(sumsOfLines(workbook, request)) : periodMissing(request.query.periodId)),
  'lines:find': ({ workbook }, request) => (findPeriod(workbook, request.query.periodId) ? done(findInLines(workbook, request)) : periodMissing(request.query.periodId)),
  'lines:edge': ({ workbook }, request) => (findPeriod(workbook, request.query.periodId) ? done(edgeInLines(workbook, request)) : periodMissing(request.query.periodId)),
  'lines:groups': ({ workbook }, request) => (findPeriod(workbook, request.periodId) ? done(groupsOfLines(workbook, request)) : periodMissing(request.periodId)),
};
