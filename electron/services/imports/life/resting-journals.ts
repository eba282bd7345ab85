/**
 * The journals that rest on an import: as long as there is one, its rows stay in the figures.
 */
import type { Affected } from '@shared/domain/import-life';
import type { ImportRow } from '../../../workbook/tables/imports';
import { REVERSED_SQL } from '../../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../../workbook/workbook';

interface RestingJournal {
  readonly number: string;
  readonly state: 'prepared' | 'approved' | 'exported';
}

const NEXT_STEP: Readonly<Record<RestingJournal['state'], string>> = {
  prepared: 'is prepared on the figures it is part of. Take the journal back to draft first.',
  approved: 'is approved on the figures it is part of. Take the journal back to draft first.',
  exported: 'was exported with the figures it is part of. What was booked stays: reverse it by another journal first.',
};

/** The period's journals with what could be done about each; a trial balance is under none of them. */
export function journalsRestingOn(workbook: ReadableWorkbook, row: Pick<ImportRow, 'kind' | 'period_id'>): Affected[] {
  if (row.kind === 'trial_balance') return [];
  return workbook
    .all<RestingJournal>(`SELECT number, state FROM journals j WHERE period_id = ? AND state <> 'draft' AND kind <> 'reversal' AND NOT ${REVERSED_SQL} ORDER BY journal_id`, row.period_id)
    .map(({ number, state }) => ({ name: `Journal ${number}`, note: NEXT_STEP[state] }));
}
