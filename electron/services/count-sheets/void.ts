/**
 * Taking count sheets back that will not be counted: each stays in the registry with the reason.
 */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { appendAudit } from '../../workbook/audit';
import { countSheetById, countsOfSheet, voidSheet } from '../../workbook/tables/count-sheets';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod, periodLocked } from '../periods';

export type VoidFailure = 'sheet_unknown' | 'period_locked' | 'sheet_void' | 'sheet_counted';

/** Voids sheets of which nothing was counted; all of them or none. */
export function voidCountSheets(
  context: ServiceContext,
  request: { readonly countSheetIds: readonly number[]; readonly why: string },
): Outcome<{ readonly voided: number }, VoidFailure> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<{ readonly voided: number }, VoidFailure> => {
    for (const countSheetId of request.countSheetIds) {
      const sheet = countSheetById(workbook, countSheetId);
      if (!sheet) return refused('sheet_unknown', `There is no count sheet ${countSheetId}. Read the list again.`);
      const period = findPeriod(workbook, sheet.period_id)!;
      if (period.state === 'locked') return periodLocked(period);
      if (sheet.void_reason !== null) return refused('sheet_void', `${sheet.number} is void already: ${sheet.void_reason}. Choose a sheet that is out.`);
      const counted = countsOfSheet(workbook, sheet.period_id, sheet.number).length;
      if (counted > 0) {
        return refused('sheet_counted', `${sheet.number} came back with ${plural(counted, 'figure')}: they count. Take the import back first, then void the sheet.`);
      }
      const atInstant = context.now();
      voidSheet(workbook, countSheetId, atInstant, actorText(context.actor), request.why);
      appendAudit(workbook, {
        atInstant,
        actor: actorText(context.actor),
        action: 'countSheet.void',
        periodId: period.periodId,
        subject: `countSheet:${sheet.number}`,
        detail: { before: { state: 'issued' }, after: { state: 'void' }, why: request.why },
      });
    }
    return done({ voided: request.countSheetIds.length });
  });
}
