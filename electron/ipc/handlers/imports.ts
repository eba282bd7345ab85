/** Serves imports. */
import type { importsContract } from '@shared/contract/imports';
import { profileOfMapping } from '@shared/domain/import-mapping';
import { done, refused } from '@shared/domain/outcome';
import { commitImport, importSummary, inspectFile, linesOfRow, originalRow, profilesWhole, rehearseImport, saveProfile } from '../../services/imports/index';
import { findPeriod } from '../../services/periods';
import { sampleFiles } from '../../services/sample';
import { workbookRow } from '../../services/workbooks';
import type { Handlers } from '../session';

const periodUnknown = (periodId: number) => refused('period_unknown', `Period ${periodId} is not in this workbook. Choose one from the list of periods.`);

export const importHandlers: Handlers<typeof importsContract> = {
  'imports:summary': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(importSummary(workbook, periodId)) : periodUnknown(periodId)),
  'imports:sampleFiles': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    return done(period && workbookRow(workbook).is_sample === 1 ? sampleFiles(period.code) : []);
  },
  'imports:profiles': ({ workbook }) => done(profilesWhole(workbook)),
  'imports:inspect': (context, request) => inspectFile(context, request),
  'imports:rehearse': (context, { before, ...request }) => rehearseImport(context, request, before),
  'imports:commit': (context, { request, token }) => commitImport(context, request, token),
  'imports:saveProfile': (context, { mapping }) => {
    const saved = saveProfile(context, profileOfMapping(mapping));
    return saved.ok ? done({ profileId: saved.value.id }) : saved;
  },
  'imports:linesOfRow': ({ workbook }, { importId, rowNumber }) => linesOfRow(workbook, importId, rowNumber),
  'imports:originalRow': ({ workbook }, { importId, rowNumber }) => originalRow(workbook, importId, rowNumber),
};
