/**
 * How far each step of the close is, and what is left in it: what the window shows across its top.
 */
import type { Period, StepState } from '@shared/contract/workbook';
import { countText, plural } from '@shared/domain/plural';
import { REASON_STANDS_SQL } from '../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../workbook/workbook';
import { needsReconciliation } from './reconciliation/staleness';
import { questionsFor } from './sign-off/checklist';

interface Figures {
  readonly imports: number;
  readonly waiting: number;
  readonly exceptions: number;
  readonly untagged: number;
  readonly unapproved: number;
  /** Waits for its approver. */
  readonly prepared: number;
  /** Its lines changed before it was exported: the preparer takes it back to draft and prepares it again. */
  readonly withdrawn: number;
  readonly approved: number;
  readonly exported: number;
}

function figuresOf(workbook: ReadableWorkbook, periodId: number): Figures {
  return workbook.get<Figures>(
    `SELECT
       (SELECT count(*) FROM imports WHERE period_id = @period AND state = 'standing') AS imports,
       (SELECT count(*) FROM quarantine_rows q JOIN imports i USING (import_id) WHERE i.period_id = @period AND i.state = 'standing' AND q.state = 'waiting') AS waiting,
       (SELECT count(*) FROM lines WHERE period_id = @period AND cleared_by IS NULL) AS exceptions,
       (SELECT count(*) FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
          WHERE l.period_id = @period AND l.cleared_by IS NULL AND NOT ${REASON_STANDS_SQL}) AS untagged,
       (SELECT count(*) FROM lines l JOIN tags t USING (period_id, stock_key_id)
          WHERE l.period_id = @period AND t.approved_journal_id IS NULL AND ${REASON_STANDS_SQL}) AS unapproved,
       (SELECT count(*) FROM journals WHERE period_id = @period AND is_automatic = 0 AND state = 'prepared' AND withdrawn_instant IS NULL) AS prepared,
       (SELECT count(*) FROM journals WHERE period_id = @period AND is_automatic = 0 AND state = 'prepared' AND withdrawn_instant IS NOT NULL) AS withdrawn,
       (SELECT count(*) FROM journals WHERE period_id = @period AND is_automatic = 0 AND state = 'approved') AS approved,
       (SELECT count(*) FROM journals WHERE period_id = @period AND is_automatic = 0 AND state = 'exported') AS exported`,
    { period: periodId },
  )!;
}

const state = (isDone: boolean, isReachable: boolean): StepState['state'] => (isDone ? 'done' : isReachable ? 'active' : 'todo');

/** The seven steps of a period. `left` is what waits for a person. */
export function stepsOf(workbook: ReadableWorkbook, period: Period): StepState[] {
  const figures = figuresOf(workbook, period.periodId);
  const locked = period.state === 'locked';
  const stale = needsReconciliation(workbook, period);
  const reconciled = !stale;
  const hasImports = figures.imports > 0;
  const journals = figures.prepared + figures.approved + figures.exported;
  const openQuestions = locked ? 0 : questionsFor(workbook, period).filter((answer) => !answer.holds).length;
  const approvedAll = reconciled && figures.untagged === 0 && figures.unapproved === 0;
  return [
    { step: 'import', state: state(hasImports, true), left: 0, label: hasImports ? plural(figures.imports, 'file') : 'no files yet' },
    {
      step: 'map', state: state(hasImports && figures.waiting === 0, hasImports), left: figures.waiting,
      label: figures.waiting > 0 ? `${plural(figures.waiting, 'row')} wait${figures.waiting === 1 ? 's' : ''}` : hasImports ? 'nothing waits' : '',
    },
    {
      step: 'reconcile', state: state(reconciled, hasImports), left: hasImports && stale ? 1 : 0,
      label: reconciled ? 'up to date' : !hasImports ? '' : period.reconciledInstant === null ? 'not run yet' : 'run again',
    },
    {
      step: 'explain', state: state(reconciled && figures.untagged === 0, period.reconciledInstant !== null), left: figures.untagged,
      label: period.reconciledInstant === null ? '' : figures.untagged > 0 ? `${countText(figures.untagged)} open` : `${countText(figures.exceptions)} tagged`,
    },
    {
      step: 'approve', state: state(approvedAll && figures.exceptions > 0, figures.prepared > 0), left: figures.prepared,
      label: figures.prepared > 0 ? `${plural(figures.prepared, 'journal')} wait${figures.prepared === 1 ? 's' : ''}` : figures.unapproved > 0 ? `${countText(figures.unapproved)} to approve` : approvedAll ? 'approved' : '',
    },
    {
      step: 'journal', state: state(journals > 0 && figures.prepared === 0 && figures.withdrawn === 0 && figures.unapproved === 0, figures.withdrawn > 0 || (reconciled && figures.unapproved > 0)),
      left: figures.approved + figures.withdrawn,
      label: figures.withdrawn > 0 ? `${figures.withdrawn} to prepare again` : figures.approved > 0 ? `${figures.approved} to export` : figures.exported > 0 ? `${figures.exported} exported` : figures.prepared > 0 ? 'prepared' : figures.unapproved > 0 ? `${plural(figures.unapproved, 'line')} ready` : '',
    },
    {
      step: 'lock', state: locked ? 'done' : openQuestions === 0 && reconciled ? 'active' : 'todo', left: openQuestions,
      label: locked ? 'locked' : `${7 - openQuestions} of 7 hold`,
    },
  ];
}
