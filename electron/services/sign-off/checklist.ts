/**
 * Ready to close? Seven questions, each a small function that answers from the data with its figure.
 */
import type { Checklist, ChecklistAnswer } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import { SYSTEM_NAMES } from '@shared/domain/explanation/words';
import { countText, plural } from '@shared/domain/plural';
import type { System } from '@shared/domain/states';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { needsReconciliation } from '../reconciliation/staleness';

type Question = (workbook: ReadableWorkbook, period: Period) => Omit<ChecklistAnswer, 'question' | 'text'>;

const count = (workbook: ReadableWorkbook, sql: string, ...parameters: (number | string)[]) => Number(workbook.sum(sql, ...parameters));
const answer = (holds: boolean, figure: string, nextStep: string, step: ChecklistAnswer['step']) => ({
  holds,
  figure,
  nextStep: holds ? '' : nextStep,
  step,
});

const firstEventKnown: Question = (workbook, period) => {
  const systems = workbook.all<{ system: System; postings: number }>(
    `SELECT m.system, count(*) AS postings FROM movements m JOIN imports i USING (import_id)
     WHERE i.period_id = ? GROUP BY m.system ORDER BY m.system`,
    period.periodId,
  );
  const figure =
    systems.length > 0
      ? `${systems.map((each) => `${SYSTEM_NAMES[each.system]} ${plural(each.postings, 'posting')}`).join(', ')}, each with when it happened and when it was posted`
      : 'no movements imported';
  return answer(systems.length >= 2, figure, 'Import the movements of at least two systems.', 'import');
};

const variancesTied: Question = (workbook, period) => {
  if (period.reconciledInstant === null) return answer(false, 'not reconciled yet', 'Run the reconciliation.', 'reconcile');
  const total = count(workbook, 'SELECT count(*) FROM lines WHERE period_id = ? AND variance_scaled <> 0', period.periodId);
  const loose = count(
    workbook,
    `SELECT count(*) FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
     WHERE l.period_id = ? AND l.cleared_by IS NULL AND t.reason_code IS NULL
       AND (coalesce(l.count_residual_scaled, 0) <> 0 OR coalesce(l.channel_residual_scaled, 0) <> 0 OR coalesce(l.ledger_residual_scaled, 0) <> 0)`,
    period.periodId,
  );
  return answer(loose === 0, `${countText(total - loose)} of ${plural(total, 'line')} with a variance`, `${plural(loose, 'line holds', 'lines hold')} a residual that nobody has given a reason.`, 'explain');
};

const STATES = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined'] as const;

const statesDefined: Question = (workbook, period) => {
  const ruled = ruleSetFor(workbook, period.code).rules.truth.filter((rule) => rule.location === null && rule.category === null);
  const missing = STATES.filter((state) => !ruled.some((rule) => rule.state === state));
  const figure = ruled.map((rule) => `${rule.state.replaceAll('_', ' ')}: ${SYSTEM_NAMES[rule.system]}`).join(', ');
  return answer(missing.length === 0, figure, `No source-of-truth rule for ${missing.join(', ')}.`, 'reconcile');
};

const exceptionsOwned: Question = (workbook, period) => {
  const figures = workbook.get<{ exceptions: number; tagged: number; approved: number }>(
    `SELECT count(*) AS exceptions,
            coalesce(sum(t.reason_code IS NOT NULL AND t.owner IS NOT NULL), 0) AS tagged,
            coalesce(sum(t.approved_journal_id IS NOT NULL), 0) AS approved
     FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id) WHERE l.period_id = ? AND l.cleared_by IS NULL`,
    period.periodId,
  )!;
  const untagged = figures.exceptions - figures.tagged;
  return answer(
    untagged === 0 && figures.approved === figures.exceptions,
    `${plural(figures.exceptions, 'exception')}: ${figures.tagged} with reason and owner, ${figures.approved} approved`,
    untagged > 0 ? `${plural(untagged, 'line needs', 'lines need')} a reason code and an owner.` : `${plural(figures.exceptions - figures.approved, 'line waits', 'lines wait')} for approval.`,
    untagged > 0 ? 'explain' : 'approve',
  );
};

const failedRowsSettled: Question = (workbook, period) => {
  const rows = workbook.get<{ waiting: number; settled: number }>(
    `SELECT coalesce(sum(q.state = 'waiting'), 0) AS waiting, coalesce(sum(q.state <> 'waiting'), 0) AS settled
     FROM quarantine_rows q JOIN imports i USING (import_id) WHERE i.period_id = ? AND i.state = 'standing'`,
    period.periodId,
  )!;
  const figure = `${plural(rows.waiting, 'row waits', 'rows wait')} in the quarantine, ${countText(rows.settled)} settled`;
  return answer(rows.waiting === 0, figure, `Mend or ignore ${plural(rows.waiting, 'row')}, then replay.`, 'map');
};

const reportsReconciled: Question = (workbook, period) => {
  const stale = needsReconciliation(workbook, period);
  const parted = count(
    workbook,
    `SELECT count(*) FROM journal_reviews r JOIN journals j USING (journal_id) JOIN lines l USING (period_id, stock_key_id)
     WHERE j.period_id = ? AND l.adjustment_scaled <> r.adjustment_scaled`,
    period.periodId,
  );
  const figure = stale ? 'imports or rules are newer than the reconciliation' : `reconciled after the last import; ${parted} journal lines differ from it`;
  return answer(
    !stale && parted === 0,
    figure,
    stale ? 'Run the reconciliation.' : 'Discard the journal and prepare it again.',
    stale ? 'reconcile' : 'journal',
  );
};

const riskReviewed: Question = (workbook, period) => {
  const figures = workbook.get<{ lines: number; let_pass: number }>(
    `SELECT count(*) AS lines, coalesce(sum(l.cleared_by LIKE 'tolerance tier _:%'), 0) AS let_pass
     FROM lines l JOIN stock_keys k USING (stock_key_id)
     WHERE l.period_id = @period AND EXISTS (SELECT 1 FROM risk_windows w
       WHERE (w.item_id IS NULL OR w.item_id = k.item_id) AND (w.location_id IS NULL OR w.location_id = k.location_id)
         AND w.from_instant < @until AND w.until_instant > @from)`,
    { period: period.periodId, from: period.startInstant, until: period.cutOffInstant },
  )!;
  return answer(
    figures.let_pass === 0 && period.reconciledInstant !== null,
    `${figures.lines} lines in a risk window, ${figures.let_pass} of them let pass by the whole tolerance`,
    'Run the reconciliation, or let the rules leave less than the whole tolerance in a risk window.',
    'reconcile',
  );
};

const QUESTIONS: readonly (readonly [string, Question])[] = [
  ['Can we say which event changed the stock first?', firstEventKnown],
  ['Is every variance tied to an order, transfer, return, receipt, adjustment or timing window?', variancesTied],
  ['Are available, on hand, reserved, committed and damaged defined separately?', statesDefined],
  ['Does each exception have an owner, a reason code and an approval?', exceptionsOwned],
  ['Can failed rows be inspected and replayed without changing the final number blindly?', failedRowsSettled],
  ['Do reports show the reconciled state rather than whichever system refreshed last?', reportsReconciled],
  ['Are high-risk SKUs reviewed more tightly during promotions, stock-outs or warehouse changes?', riskReviewed],
];

/** The seven questions for a period, answered now. */
export function checklistFor(workbook: ReadableWorkbook, period: Period): Checklist {
  const answers = QUESTIONS.map(([text, question], index) => ({ question: index + 1, text, ...question(workbook, period) }));
  return { periodCode: period.code, answers, readyToLock: answers.every((each) => each.holds) };
}
