/** Serves the checklist, the lock, reopening and verification. */
import type { signOffContract } from '@shared/contract/sign-off';
import { readLodgedCode } from '@shared/domain/lodged-code';
import { done } from '@shared/domain/outcome';
import { findPeriod, periodMissing } from '../../services/periods';
import { checklistFor } from '../../services/sign-off/checklist';
import { lockPeriod } from '../../services/sign-off/lock';
import { reopenPeriod } from '../../services/sign-off/reopen';
import { saveChanges } from '../../services/sign-off/save-changes';
import { listSeals } from '../../services/sign-off/seal';
import { changesSince } from '../../services/sign-off/seal-changes';
import { saveVerification } from '../../services/sign-off/save-verification';
import { verifyJournalFile } from '../../services/sign-off/verify-file';
import { verifyWorkbook } from '../../services/sign-off/verify-workbook';
import { workbookRow } from '../../services/workbooks';
import type { Handlers } from '../session';

/** What the window lists; the file holds more. */
const DIFFERENCES_SHOWN = 500;

export const signOffHandlers: Handlers<typeof signOffContract> = {
  'signOff:checklist': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return period ? done(checklistFor(workbook, period)) : periodMissing(periodId);
  },
  'signOff:seals': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(listSeals(workbook, periodId)) : periodMissing(periodId)),
  'signOff:lock': (context, input) => lockPeriod(context, context.session.identitiesFolder, input),
  'signOff:reopen': (context, input) => reopenPeriod(context, context.session.identitiesFolder, input),
  'signOff:changes': ({ workbook, job }, input) => changesSince(workbook, job, { ...input, differencesMax: DIFFERENCES_SHOWN }),
  'signOff:saveChanges': ({ workbook, job }, input) => saveChanges(workbook, job, input),
  'signOff:verifyWorkbook': ({ workbook, job }, { lodgedCode }) => {
    if (lodgedCode.trim() === '') return done(verifyWorkbook(workbook, job));
    const lodged = readLodgedCode(lodgedCode);
    return lodged.ok ? done(verifyWorkbook(workbook, job, lodged.value)) : lodged;
  },
  'signOff:saveVerification': ({ workbook }, input) => saveVerification({ ...input, timeZone: workbookRow(workbook).time_zone }),
  'signOff:verifyFile': ({ workbook }, { path, rootPaths }) => verifyJournalFile(path, workbook, { rootPaths, listPaths: [] }),
};
