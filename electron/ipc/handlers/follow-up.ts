/** Serves what lines wait for after they were explained. */
import type { followUpContract } from '@shared/contract/follow-up';
import { done } from '@shared/domain/outcome';
import { confirmTags } from '../../services/follow-up/confirm';
import { countLists, followUpLists } from '../../services/follow-up/lists';
import { checkLines } from '../../services/follow-up/person-check';
import { acceptWaived, waivedLedger } from '../../services/follow-up/waived';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const followUpHandlers: Handlers<typeof followUpContract> = {
  'followUp:lists': ({ workbook }, { periodId, limit }) => (findPeriod(workbook, periodId) ? done(followUpLists(workbook, periodId, limit)) : periodMissing(periodId)),
  'followUp:counts': ({ workbook }, { periodId, limit }) => (findPeriod(workbook, periodId) ? done(countLists(workbook, periodId, limit)) : periodMissing(periodId)),
  'followUp:confirm': (context, input) => confirmTags(context, input),
  'followUp:check': (context, input) => checkLines(context, input),
  'followUp:waived': ({ workbook }, { periodId }) => {
    const ledger = waivedLedger(workbook, periodId);
    return ledger ? done(ledger) : periodMissing(periodId);
  },
  'followUp:acceptWaived': (context, input) => acceptWaived(context, context.session.identitiesFolder, input),
};
