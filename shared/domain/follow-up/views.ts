/**
 * The lists of lines that the checklist, the command line and the window name alike, each a filter under one word.
 */
import type { LineFilter } from '../lines';

export interface CaseView {
  /** The word of the command line and the view's identifier. */
  readonly id: string;
  readonly name: string;
  readonly filter: LineFilter;
}

export const CASE_VIEWS = [
  { id: 'loose', name: 'Unexplained and without a reason', filter: { cases: ['loose'] } },
  { id: 'changed', name: 'Changed since they were tagged', filter: { cases: ['changed'] } },
  { id: 'checks', name: 'Adjustment waits for a check', filter: { cases: ['checks'] } },
  { id: 'recount', name: 'Second count asked for', filter: { cases: ['recount'] } },
  { id: 'conflict', name: 'One bin counted by two people', filter: { cases: ['conflict'] } },
  { id: 'late', name: 'Postings came in after the count', filter: { cases: ['late'] } },
  { id: 'waived', name: 'Let pass by tolerance', filter: { cases: ['waived'] } },
  { id: 'identity', name: 'A system does not add up', filter: { cases: ['identity'] } },
] as const satisfies readonly CaseView[];
export type CaseViewId = (typeof CASE_VIEWS)[number]['id'];

export const caseView = (id: string): CaseView | undefined => CASE_VIEWS.find((view) => view.id === id);
