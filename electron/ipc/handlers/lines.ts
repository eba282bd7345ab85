/** Serves lines: the reconciliation, pages, one line, the roll-forward. */
import type { linesContract } from '@shared/contract/lines';
import { done, refused } from '@shared/domain/outcome';
import { lineDetail, nextOpenLine, pageOfLines, summaryOfLines } from '../../services/lines';
import { findPeriod, periodMissing } from '../../services/periods';
import { reconcilePeriod } from '../../services/reconciliation/reconcile';
import { rollForwardTotals } from '../../services/roll-forward';
import type { Handlers } from '../session';

export const lineHandlers: Handlers<typeof linesContract> = {
  'lines:reconcile': (context, { periodId }) => {
    const outcome = reconcilePeriod(context, periodId);
    return outcome.ok ? done(summaryOfLines(context.workbook, periodId)!) : outcome;
  },
  'lines:page': ({ workbook }, query) => (findPeriod(workbook, query.periodId) ? done(pageOfLines(workbook, query)) : periodMissing(query.periodId)),
  'lines:summary': ({ workbook }, { periodId }) => {
    const summary = summaryOfLines(workbook, periodId);
    return summary ? done(summary) : periodMissing(periodId);
  },
  'lines:detail': ({ workbook }, { periodId, stockKeyId }) => {
    if (!findPeriod(workbook, periodId)) return periodMissing(periodId);
    const detail = lineDetail(workbook, periodId, stockKeyId);
    return detail ? done(detail) : refused('line_missing', 'That line is not in this period any more. Choose another.');
  },
  'lines:nextException': ({ workbook }, { after, direction, ...query }) => {
    if (!findPeriod(workbook, query.periodId)) return periodMissing(query.periodId);
    return done(nextOpenLine(workbook, query, after, direction));
  },
  'lines:rollForward': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(rollForwardTotals(workbook, periodId)) : periodMissing(periodId)),
};
