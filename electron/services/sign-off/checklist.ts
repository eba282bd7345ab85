/**
 * Ready to close? Seven questions, each a small function that answers from the data with its figure and a link to what still fails.
 */
import type { Checklist, ChecklistAnswer } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import { SYSTEM_NAMES } from '@shared/domain/explanation/words';
import { countText, plural } from '@shared/domain/plural';
import type { System } from '@shared/domain/states';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { anyCaseSql, CHANGED_SQL, CHECKS_WAITING_SQL, GONE_SQL, REASON_STANDS_SQL, RECOUNT_OPEN_SQL, REVERSED_SQL } from '../../workbook/tables/follow-up';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { waivedObstacle } from '../follow-up/waived';
import { needsReconciliation } from '../reconciliation/staleness';
import { answer, type Finding, linesLink, openLinesLink, type Question, screenLink } from './answer';
import { gatesFor } from './gates';

const count = (workbook: ReadableWorkbook, sql: string, ...parameters: (number | string)[]) => Number(workbook.sum(sql, ...parameters));
const LINES_AND_TAGS = 'lines l LEFT JOIN tags t USING (period_id, stock_key_id)';

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
  return answer(figure, [
    { fails: systems.length < 2, nextStep: 'Import the movements of at least two systems.', link: screenLink(period, 'import', 'imports') },
  ]);
};

const notReconciled = (period: Period): Finding => ({
  fails: period.reconciledInstant === null, nextStep: 'Run the reconciliation.', link: screenLink(period, 'reconcile', 'reconcile'),
});

interface ExceptionFigures {
  readonly exceptions: number;
  readonly tagged: number;
  readonly approved: number;
  readonly untagged: number;
  /** With a residual and no reason. */
  readonly loose: number;
  /** With a residual whose reason was given for other figures. */
  readonly changed: number;
  readonly checks: number;
}

const HAS_RESIDUAL = '(coalesce(l.count_residual_scaled, 0) <> 0 OR coalesce(l.channel_residual_scaled, 0) <> 0 OR coalesce(l.ledger_residual_scaled, 0) <> 0)';

/** What is asked of exceptions, in one pass over the lines. */
const exceptionFigures = (workbook: ReadableWorkbook, period: Period): ExceptionFigures => {
  const sum = (condition: string) => `coalesce(sum(${condition}), 0)`;
  return workbook.get<ExceptionFigures>(
    `SELECT count(*) AS exceptions,
       ${sum(REASON_STANDS_SQL)} AS tagged,
       ${sum('t.approved_journal_id IS NOT NULL')} AS approved, ${sum('t.reason_code IS NULL OR t.owner IS NULL')} AS untagged,
       ${sum(anyCaseSql(['loose']))} AS loose, ${sum(`${CHANGED_SQL} AND t.approved_journal_id IS NULL AND ${HAS_RESIDUAL}`)} AS changed, ${sum(CHECKS_WAITING_SQL)} AS checks
     FROM ${LINES_AND_TAGS} WHERE l.period_id = ? AND l.cleared_by IS NULL`,
    period.periodId,
  )!;
};

const variancesTied: Question = (workbook, period) => {
  if (period.reconciledInstant === null) return answer('not reconciled yet', [notReconciled(period)]);
  const total = count(workbook, 'SELECT count(*) FROM lines WHERE period_id = ? AND variance_scaled <> 0', period.periodId);
  const { loose, changed } = exceptionFigures(workbook, period);
  return answer(`${countText(total - loose - changed)} of ${plural(total, 'line')} with a variance`, [
    { fails: loose > 0, nextStep: `${plural(loose, 'line holds', 'lines hold')} a residual that nobody has given a reason.`, link: linesLink(period, 'loose') },
    {
      fails: changed > 0,
      nextStep: `${plural(changed, 'line holds', 'lines hold')} a residual whose reason was given for other figures: confirm or change it.`,
      link: linesLink(period, 'changed'),
    },
  ]);
};

const STATES = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined'] as const;

const statesDefined: Question = (workbook, period) => {
  const ruled = ruleSetFor(workbook, period.code).rules.truth.filter((rule) => rule.location === null && rule.category === null);
  const missing = STATES.filter((state) => !ruled.some((rule) => rule.state === state));
  const unsound = count(workbook, 'SELECT count(*) FROM identity_differences WHERE period_id = ?', period.periodId);
  const figure = ruled.map((rule) => `${rule.state.replaceAll('_', ' ')}: ${SYSTEM_NAMES[rule.system]}`).join(', ');
  const told = unsound > 0 ? `; ${plural(unsound, 'line')} on which a system's own figures do not add up` : '';
  return answer(figure + told, [
    { fails: missing.length > 0, nextStep: `No source-of-truth rule for ${missing.join(', ')}.`, link: screenLink(period, 'reconcile', 'reconcile') },
  ]);
};

/** Tags that ask to be confirmed, from the side of the tags: those of lines a rule lets pass now and of lines that are gone too. */
const changedTags = (workbook: ReadableWorkbook, period: Period): number =>
  period.reconciledInstant === null
    ? 0
    : count(
        workbook,
        `SELECT count(*) FROM tags t LEFT JOIN lines l ON l.period_id = t.period_id AND l.stock_key_id = t.stock_key_id
         WHERE t.period_id = ? AND t.approved_journal_id IS NULL AND iif(l.stock_key_id IS NULL, ${GONE_SQL}, ${CHANGED_SQL})`,
        period.periodId,
      );

/** Journals that nobody else approved: the mark stands in the answer for ever. */
export const journalsWithoutSecondPerson = (workbook: ReadableWorkbook, periodId: number): string[] =>
  workbook
    .all<{ number: string }>(
      `SELECT number FROM journals WHERE period_id = ? AND no_second_person IS NOT NULL AND state IN ('approved', 'exported') ORDER BY journal_id`, periodId,
    )
    .map(({ number }) => number);

const exceptionsOwned: Question = (workbook, period) => {
  const figures = exceptionFigures(workbook, period);
  const { checks } = figures;
  const changed = changedTags(workbook, period);
  const waiting = figures.tagged - figures.approved;
  const overLimit = waivedObstacle(workbook, period.periodId);
  const told = [
    `${plural(figures.exceptions, 'exception')}: ${figures.tagged} with reason and owner, ${figures.approved} approved`,
    ...(changed > 0 ? [`${changed} changed since ${changed === 1 ? 'it was' : 'they were'} tagged`] : []),
    ...(checks > 0 ? [`${checks} waiting for a check`] : []),
    ...journalsWithoutSecondPerson(workbook, period.periodId).map((number) => `${number}: ${NO_SECOND_PERSON}`),
  ];
  return answer(told.join('; '), [
    { fails: figures.untagged > 0, nextStep: `${plural(figures.untagged, 'line needs', 'lines need')} a reason code and an owner.`, link: openLinesLink(period) },
    {
      fails: changed > 0,
      nextStep: `${plural(changed, 'reason was', 'reasons were')} given for other figures: confirm or change ${changed === 1 ? 'it' : 'them'}.`,
      link: { ...linesLink(period, 'changed'), command: { name: 'cases', options: `--period ${period.code}` } },
    },
    {
      fails: checks > 0,
      nextStep: `${plural(checks, 'adjustment waits', 'adjustments wait')} for a check of open orders, reservations and returns.`,
      link: linesLink(period, 'checks'),
    },
    { fails: overLimit !== undefined, nextStep: overLimit ?? '', link: screenLink(period, 'approve', 'waived', '', 'waived') },
    {
      fails: waiting > 0 || (figures.untagged === 0 && changed === 0 && figures.approved < figures.exceptions),
      nextStep: `${plural(waiting, 'line waits', 'lines wait')} for approval.`,
      link: screenLink(period, 'approve', 'journal'),
    },
  ]);
};

const failedRowsSettled: Question = (workbook, period) => {
  const rows = workbook.get<{ waiting: number; settled: number }>(
    `SELECT coalesce(sum(q.state = 'waiting'), 0) AS waiting, coalesce(sum(q.state <> 'waiting'), 0) AS settled
     FROM quarantine_rows q JOIN imports i USING (import_id) WHERE i.period_id = ? AND i.state = 'standing'`,
    period.periodId,
  )!;
  const figure = `${plural(rows.waiting, 'row waits', 'rows wait')} in the quarantine, ${countText(rows.settled)} settled`;
  return answer(figure, [
    { fails: rows.waiting > 0, nextStep: `Mend or ignore ${plural(rows.waiting, 'row')}, then replay.`, link: screenLink(period, 'map', 'quarantine') },
  ]);
};

interface PartedRow {
  readonly number: string;
  readonly state: 'prepared' | 'approved' | 'exported';
  readonly lines: number;
}

/** Journals whose lines are not as they were put before the approver. */
const partedJournals = (workbook: ReadableWorkbook, periodId: number): PartedRow[] =>
  workbook.all<PartedRow>(
    `SELECT j.number, j.state, count(*) AS lines FROM journal_reviews r JOIN journals j USING (journal_id)
     LEFT JOIN lines l USING (period_id, stock_key_id) LEFT JOIN tags t USING (period_id, stock_key_id)
     WHERE j.period_id = ? AND NOT ${REVERSED_SQL} AND (l.stock_key_id IS NULL OR l.adjustment_scaled <> r.adjustment_scaled OR ${CHANGED_SQL})
     GROUP BY j.journal_id ORDER BY j.journal_id`,
    periodId,
  );

const reportsReconciled: Question = (workbook, period) => {
  const stale = needsReconciliation(workbook, period);
  const parted = partedJournals(workbook, period.periodId);
  const withdrawn = workbook.all<{ number: string }>(
    'SELECT number FROM journals WHERE period_id = ? AND withdrawn_instant IS NOT NULL AND is_automatic = 0 ORDER BY journal_id', period.periodId,
  );
  const differing = parted.reduce((sum, each) => sum + each.lines, 0);
  const signed = parted.filter(({ state }) => state !== 'prepared').map(({ number }) => number);
  const waiting = [...new Set([...withdrawn, ...parted.filter(({ state }) => state === 'prepared')].map(({ number }) => number))];
  const figure = stale
    ? 'imports or rules are newer than the reconciliation'
    : `reconciled after the last import; ${differing} journal lines differ from it${withdrawn.length > 0 ? `; ${plural(withdrawn.length, 'journal')} withdrawn` : ''}`;
  return answer(figure, [
    { fails: stale, nextStep: 'Run the reconciliation.', link: screenLink(period, 'reconcile', 'reconcile') },
    { fails: waiting.length > 0, nextStep: `Take ${waiting.join(', ')} back to draft and prepare ${waiting.length === 1 ? 'it' : 'them'} again.`, link: screenLink(period, 'journal', 'journal') },
    {
      fails: signed.length > 0,
      nextStep: `${signed.join(', ')} ${signed.length === 1 ? 'stays as it was' : 'stay as they were'} signed: take back the import that changed the lines, or reverse ${signed.length === 1 ? 'it' : 'them'} by another journal.`,
      link: linesLink(period, 'changed'),
    },
  ]);
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
  const recounts = count(workbook, `SELECT count(*) FROM ${LINES_AND_TAGS} WHERE l.period_id = ? AND ${RECOUNT_OPEN_SQL}`, period.periodId);
  const told = [
    `${figures.lines} lines in a risk window, ${figures.let_pass} of them let pass by the whole tolerance`,
    ...(recounts > 0 ? [`${plural(recounts, 'second count')} asked for`] : []),
  ];
  return answer(told.join(', '), [
    notReconciled(period),
    {
      fails: figures.let_pass > 0,
      nextStep: 'Run the reconciliation, or let the rules leave less than the whole tolerance in a risk window.',
      link: linesLink(period, 'waived'),
    },
    {
      fails: recounts > 0,
      nextStep: `${plural(recounts, 'line wants', 'lines want')} a second count: issue count sheets for exactly these, or give the reason.`,
      link: linesLink(period, 'recount'),
    },
  ]);
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
export const questionsFor = (workbook: ReadableWorkbook, period: Period): ChecklistAnswer[] =>
  QUESTIONS.map(([text, question], index) => ({ question: index + 1, text, ...question(workbook, period) }));

/** The seven questions and the gates of the lock. */
export function checklistFor(workbook: ReadableWorkbook, period: Period): Checklist {
  const answers = questionsFor(workbook, period);
  const gates = gatesFor(workbook, period);
  return { periodCode: period.code, answers, gates, readyToLock: [...answers, ...gates].every((each) => each.holds) };
}
