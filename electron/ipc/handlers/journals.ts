/** Serves journals. */
import type { journalsContract } from '@shared/contract/journals';
import { done, refused } from '@shared/domain/outcome';
import { draftJournal, listJournals } from '../../services/journals/read';
import { approveJournal, discardJournal, exportJournal, prepareJournal } from '../../services/journals/sign';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const journalHandlers: Handlers<typeof journalsContract> = {
  'journals:list': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(listJournals(workbook, periodId)) : periodMissing(periodId)),
  'journals:draft': ({ workbook }, { periodId }) => {
    const period = findPeriod(workbook, periodId);
    if (!period) return periodMissing(periodId);
    if (period.reconciledInstant === null) return refused('not_reconciled', `${period.code} is not reconciled yet. Run the reconciliation first.`);
    return done(draftJournal(workbook, period));
  },
  'journals:prepare': (context, input) => prepareJournal(context, context.session.identitiesFolder, input),
  'journals:approve': (context, input) => approveJournal(context, context.session.identitiesFolder, input),
  'journals:discard': (context, input) => discardJournal(context, input),
  'journals:export': (context, input) => exportJournal(context, input),
};
