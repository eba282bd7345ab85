/** Serves the checklist, the lock and verification. */
import type { signOffContract } from '@shared/contract/sign-off';
import { done } from '@shared/domain/outcome';
import { findPeriod, periodMissing } from '../../services/periods';
import { checklistFor } from '../../services/sign-off/checklist';
import { lockPeriod } from '../../services/sign-off/lock';
import { listSeals } from '../../services/sign-off/seal';
import { verifyJournalFile } from '../../services/sign-off/verify-file';
import { verifyWorkbook } from '../../services/sign-off/verify-workbook';
import type { Handlers } from '../session';

export const signOffHandlers: Handlers<typeof signOffContract> = {
  'signOff:checklist': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(checklistFor(workbook, period)) : periodMissing(periodId);
  },
  'signOff:seals': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(listSeals(workbook, periodId)) : periodMissing(periodId)),
  'signOff:lock': (context, input) => lockPeriod(context, context.session.identitiesFolder, input),
  'signOff:verifyWorkbook': ({ workbook, job }) => done(verifyWorkbook(workbook, job)),
  'signOff:verifyFile': ({ workbook }, { path }) => verifyJournalFile(path, workbook),
};
