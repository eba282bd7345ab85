/** Serves journals. */
import type { journalsContract } from '@shared/contract/journals';
import { done, refused } from '@shared/domain/outcome';
import { draftJournal, journalMissing, listJournals } from '../../services/journals/read';
import { journalsOfLine, lineSources } from '../../services/journals/reviewed';
import { approveJournal, exportJournal, prepareJournal, redraftJournal, reverseJournal, statePosted } from '../../services/journals/sign';
import { findPeriod, periodMissing } from '../../services/periods';
import type { Handlers } from '../session';

export const journalHandlers: Handlers<typeof journalsContract> = {
  'journals:list': ({ workbook }, { periodId }) => (findPeriod(workbook, periodId) ? done(listJournals(workbook, periodId)) : periodMissing(periodId)),
  'journals:draft': ({ workbook }, { periodId, kind }) => {
    const period = findPeriod(workbook, periodId);
    if (!period) return periodMissing(periodId);
    if (period.reconciledInstant === null) return refused('not_reconciled', `${period.code} is not reconciled yet. Run the reconciliation first.`);
    return done(draftJournal(workbook, period, kind));
  },
  'journals:prepare': (context, input) => prepareJournal(context, context.session.identitiesFolder, input),
  'journals:reverse': (context, input) => reverseJournal(context, context.session.identitiesFolder, input),
  'journals:approve': (context, input) => approveJournal(context, context.session.identitiesFolder, input),
  'journals:redraft': (context, input) => redraftJournal(context, input),
  'journals:export': (context, input) => exportJournal(context, input),
  'journals:statePosted': (context, input) => statePosted(context, input),
  'journals:lineSources': ({ workbook }, { journalId, lineNumber }) => {
    const sources = lineSources(workbook, journalId, lineNumber);
    return sources ? done(sources) : journalMissing(journalId);
  },
  'journals:ofLine': ({ workbook }, { periodId, stockKeyId }) =>
    findPeriod(workbook, periodId) ? done(journalsOfLine(workbook, periodId, stockKeyId)) : periodMissing(periodId),
};
