/** Serves the quarantine and the names behind it. */
import type { quarantineContract } from '@shared/contract/quarantine';
import { GROUPS_LISTED } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { findMapTargets } from '../../services/map-targets';
import { findPeriod } from '../../services/periods';
import {
  acceptSuggestions, addAndReplay, correctRow, historyOfRow, ignoreRows, listAliases, listQuarantine, mapAndReplay, quarantinePage, rehearseTakeBack,
  replaceValue, replayQuarantine, restoreRows, setUnit, suggestNames, takeBackAliases, touchedBy,
} from '../../services/quarantine';
import type { Handlers } from '../session';

const periodUnknown = (periodId: number) => refused('period_unknown', `Period ${periodId} is not in this workbook. Choose one from the list of periods.`);

export const quarantineHandlers: Handlers<typeof quarantineContract> = {
  'quarantine:list': ({ workbook }, { periodId }) => {
    if (!findPeriod(workbook, periodId)) return periodUnknown(periodId);
    const listing = listQuarantine(workbook, periodId, 0);
    return done({ ...listing, groups: listing.groups.slice(0, GROUPS_LISTED) });
  },
  'quarantine:page': ({ workbook }, request) =>
    findPeriod(workbook, request.periodId) ? done(quarantinePage(workbook, request)) : periodUnknown(request.periodId),
  'quarantine:history': ({ workbook }, { quarantineRowId }) => historyOfRow(workbook, quarantineRowId),
  'quarantine:targets': ({ workbook }, { kind, text }) => done(findMapTargets(workbook, kind, text)),
  'quarantine:suggestions': ({ workbook, job }, { periodId }) =>
    findPeriod(workbook, periodId) ? done(suggestNames(workbook, periodId, job)) : periodUnknown(periodId),
  'quarantine:touched': ({ workbook }, request) => touchedBy(workbook, request),
  'quarantine:mapAlias': (context, { periodId, ...request }) => mapAndReplay(context, periodId, request),
  'quarantine:add': (context, { periodId, ...request }) => addAndReplay(context, periodId, request),
  'quarantine:accept': (context, { periodId, accepted }) => acceptSuggestions(context, periodId, accepted),
  'quarantine:setUnit': (context, request) => setUnit(context, request),
  'quarantine:correct': (context, request) => correctRow(context, request),
  'quarantine:replace': (context, request) => replaceValue(context, request),
  'quarantine:ignore': (context, request) => ignoreRows(context, request),
  'quarantine:restore': (context, request) => restoreRows(context, request),
  'quarantine:replay': (context, { periodId }) => replayQuarantine(context, periodId),
  'quarantine:aliases': ({ workbook }, request) => done(listAliases(workbook, request)),
  'quarantine:rehearseTakeBack': (context, { aliases }) => rehearseTakeBack(context, aliases),
  'quarantine:takeBack': (context, request) => takeBackAliases(context, request),
};
