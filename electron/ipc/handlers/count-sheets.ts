/** Serves count sheets. */
import type { countSheetsContract } from '@shared/contract/count-sheets';
import { done, refused } from '@shared/domain/outcome';
import { enterCounts } from '../../services/count-sheets/enter';
import { exportCountSheets } from '../../services/count-sheets/export';
import { issueCountSheets, planCountSheets } from '../../services/count-sheets/issue';
import { sheetChoices, sheetLines, sheetStanding } from '../../services/count-sheets/standing';
import { voidCountSheets } from '../../services/count-sheets/void';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const countSheetHandlers: Handlers<typeof countSheetsContract> = {
  'countSheets:standing': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(sheetStanding(workbook, periodId)) : periodMissing(periodId)),
  'countSheets:lines': ({ workbook }, { countSheetId }) => {
    const lines = sheetLines(workbook, countSheetId);
    return lines ? done(lines) : refused('sheet_unknown', `There is no count sheet ${countSheetId}. Read the list again.`);
  },
  'countSheets:choices': ({ workbook }) => done(sheetChoices(workbook)),
  'countSheets:plan': ({ workbook }, choice) => planCountSheets(workbook, choice),
  'countSheets:issue': (context, request) => issueCountSheets(context, request),
  'countSheets:export': (context, request) => exportCountSheets(context, request),
  'countSheets:enter': (context, request) => enterCounts(context, request),
  'countSheets:void': (context, request) => voidCountSheets(context, request),
};
