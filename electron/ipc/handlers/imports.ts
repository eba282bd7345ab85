/** Serves imports and the quarantine. */
import type { importsContract, quarantineContract } from '@shared/contract/imports';
import { profileOfMapping } from '@shared/domain/import-profile';
import { done, refused } from '@shared/domain/outcome';
import { commitImport, importSummary, inspectFile, originalRow, rehearseImport, saveProfile } from '../../services/imports/index';
import { correctRow, ignoreRows, listQuarantine, mapAlias, replayQuarantine } from '../../services/quarantine';
import { findMapTargets } from '../../services/map-targets';
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
  'imports:inspect': (context, request) => inspectFile(context, request),
  'imports:rehearse': (context, { before, ...request }) => rehearseImport(context, request, before),
  'imports:commit': (context, { request, token }) => commitImport(context, request, token),
  'imports:saveProfile': (context, { mapping }) => {
    const saved = saveProfile(context, profileOfMapping(mapping));
    return saved.ok ? done({ profileId: saved.value.id }) : saved;
  },
  'imports:originalRow': ({ workbook }, { importId, rowNumber }) => originalRow(workbook, importId, rowNumber),
};

export const quarantineHandlers: Handlers<typeof quarantineContract> = {
  'quarantine:list': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(listQuarantine(workbook, periodId)) : periodUnknown(periodId)),
  'quarantine:targets': ({ workbook }, { kind, text }) => done(findMapTargets(workbook, kind, text)),
  'quarantine:mapAlias': (context, { periodId, ...request }) => {
    const mapped = mapAlias(context, request);
    return mapped.ok ? replayQuarantine(context, periodId) : mapped;
  },
  'quarantine:correct': (context, request) => correctRow(context, request),
  'quarantine:ignore': (context, request) => ignoreRows(context, request),
  'quarantine:replay': (context, { periodId }) => replayQuarantine(context, periodId),
};
