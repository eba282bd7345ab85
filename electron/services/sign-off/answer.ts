/**
 * How an answer of the checklist is put together: its figure, and what still fails, each with the next step and a link to it.
 */
import type { ChecklistAnswer, ChecklistLink } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import { caseView, type CaseViewId } from '@shared/domain/follow-up/views';
import type { ReadableWorkbook } from '../../workbook/workbook';

export type Question = (workbook: ReadableWorkbook, period: Period) => Omit<ChecklistAnswer, 'question' | 'text'>;

/** Something that may stand in the way of a yes. */
export interface Finding {
  readonly fails: boolean;
  readonly nextStep: string;
  readonly link: ChecklistLink;
}

const STEP_OF_SCREEN: Readonly<Record<ChecklistLink['screen'], ChecklistAnswer['step']>> = {
  import: 'import', map: 'map', reconcile: 'reconcile', explain: 'explain', approve: 'approve', journal: 'journal', lock: 'lock', countSheets: 'reconcile',
};

/** The answer holds where nothing fails; its link leads to the first that does. */
export function answer(figure: string, findings: readonly Finding[]): ReturnType<Question> {
  const failing = findings.filter((finding) => finding.fails);
  const [first] = failing;
  return {
    holds: first === undefined,
    figure,
    nextStep: failing.map((finding) => finding.nextStep).join(' '),
    step: STEP_OF_SCREEN[(first ?? findings[0])!.link.screen],
    link: first?.link ?? null,
  };
}

const ofPeriod = (period: Period, more = '') => `--period ${period.code}${more}`;

/** Lines of a view on the Explain screen. */
export const linesLink = (period: Period, view: CaseViewId): ChecklistLink => ({
  screen: 'explain',
  view,
  filter: caseView(view)!.filter,
  command: { name: 'lines', options: ofPeriod(period, ` --only ${view}`) },
});

/** Exceptions that are open. */
export const openLinesLink = (period: Period): ChecklistLink => ({
  screen: 'explain', view: 'open', filter: { statuses: ['open'] }, command: { name: 'lines', options: ofPeriod(period, ' --only open') },
});

/** A screen with a command beside it. */
export const screenLink = (period: Period, screen: ChecklistLink['screen'], name: string, more = '', view: string | null = null): ChecklistLink => ({
  screen, view, filter: null, command: { name, options: ofPeriod(period, more) },
});
