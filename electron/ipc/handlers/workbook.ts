/** Serves the workbook, its periods and steps. */
import type { workbookContract } from '@shared/contract/workbook';
import { done } from '@shared/domain/outcome';
import { chainHead } from '../../services/audit-trail';
import { createPeriod, findPeriod, listPeriods, periodMissing, setWindow } from '../../services/periods';
import { stepsOf } from '../../services/steps';
import { ownCurrency, workbookRow } from '../../services/workbooks';
import type { Handlers } from '../session';

export const workbookHandlers: Handlers<typeof workbookContract> = {
  'workbook:info': ({ workbook, session }) => {
    const row = workbookRow(workbook);
    return done({
      workbookUuid: row.workbook_uuid,
      company: row.company,
      currency: ownCurrency(workbook),
      timeZone: row.time_zone,
      isSample: row.is_sample === 1,
      readOnly: session.readOnly,
      actor: session.actor,
      periods: listPeriods(workbook),
      chain: chainHead(workbook),
    });
  },
  'workbook:steps': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(stepsOf(workbook, period)) : periodMissing(periodId);
  },
  'workbook:createPeriod': (context, { code, windowHours }) => createPeriod(context, code, windowHours),
  'workbook:setWindow': (context, { periodId, windowHours }) => setWindow(context, periodId, windowHours),
};
