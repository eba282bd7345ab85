/**
 * What the lock asks beside the seven questions, as the strictest of auditors would: does the value tie to the ledger, is the snapshot
 * whole and newer than the last change, is no negative stock left unexplained. That no row waits in the quarantine is the fifth question.
 */
import type { Gate } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import { instantWords, previousPeriodCode } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { REASON_STANDS_SQL } from '../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { findPeriodByCode } from '../periods';
import { tieOutStands } from '../tie-out/read';
import { openLinesLink, screenLink } from './answer';

type Answered = Omit<Gate, 'gate' | 'text'>;

const held = (figure: string): Answered => ({ holds: true, figure, nextStep: '', link: null });

function ledgerTies(workbook: ReadableWorkbook, period: Period): Answered {
  const link = screenLink(period, 'import', 'report', ' --report tie-out');
  const { standing, sentence } = tieOutStands(workbook, period);
  switch (standing) {
    case 'ties': return held(sentence);
    case 'differs': return { holds: false, figure: sentence, nextStep: 'Find what the ledger holds that the stock does not, or state why the difference stands.', link };
    case 'no_trial_balance': return { holds: false, figure: 'no trial balance of the period', nextStep: 'Import the trial balance, or state why none is held against the stock.', link: screenLink(period, 'import', 'imports') };
    case 'not_reconciled': return { holds: false, figure: 'not reconciled yet', nextStep: 'Run the reconciliation.', link: screenLink(period, 'reconcile', 'reconcile') };
  }
}

const SNAPSHOT_OF_LINE = `EXISTS (SELECT 1 FROM snapshots s JOIN imports i USING (import_id)
  WHERE s.stock_key_id = c.stock_key_id AND s.system = 'erp' AND i.period_id = @period AND i.state = 'standing')`;

/** A file that was filtered leaves out lines that stood at the last closing: as far as can be known without the system. */
function snapshotWhole(workbook: ReadableWorkbook, period: Period): Answered {
  const before = findPeriodByCode(workbook, previousPeriodCode(period.code));
  const closed = before && workbook.get<{ lines: number }>('SELECT count(*) AS lines FROM closings WHERE period_id = ?', before.periodId)!.lines;
  if (!before || !closed) return held('no locked period before, so nothing that a line could be missing against');
  const figures = workbook.get<{ lines: number; missing: number; missing_empty: number }>(
    `SELECT count(*) AS lines, coalesce(sum(c.quantity_scaled <> 0 AND NOT ${SNAPSHOT_OF_LINE}), 0) AS missing,
       coalesce(sum(c.quantity_scaled = 0 AND NOT ${SNAPSHOT_OF_LINE}), 0) AS missing_empty FROM closings c WHERE c.period_id = @before`,
    { period: period.periodId, before: before.periodId },
  )!;
  const { lines, missing, missing_empty: empty } = figures;
  const told = `${countText(lines - missing - empty)} of ${plural(lines, 'line')} that ${before.code} closed with${empty > 0 ? `; ${plural(empty, 'other')} closed at none and may be left out` : ''}`;
  if (missing === 0) return held(told);
  const first = workbook.all<{ sku: string; code: string }>(
    `SELECT i.sku, o.code FROM closings c JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
     WHERE c.period_id = @before AND c.quantity_scaled <> 0 AND NOT ${SNAPSHOT_OF_LINE} ORDER BY i.sku, o.code LIMIT 3`,
    { period: period.periodId, before: before.periodId },
  );
  return {
    holds: false,
    figure: `${told}; missing ${plural(missing, 'line')}: ${first.map(({ sku, code }) => `${sku} at ${code}`).join(', ')}${missing > first.length ? ' and others' : ''}`,
    nextStep: 'Export the snapshot again without a filter, or state why these lines are not in it.',
    link: screenLink(period, 'import', 'imports'),
  };
}

/** A posting of the period that the snapshot cannot hold yet is carried forward by computation: the strictest ask for a newer snapshot. */
function snapshotNewer(workbook: ReadableWorkbook, period: Period): Answered {
  const link = screenLink(period, 'import', 'imports');
  const snapshot = workbook.get<{ at: number | null }>(
    `SELECT min(newest) AS at FROM (SELECT max(s.as_of_instant) AS newest FROM snapshots s JOIN imports i USING (import_id)
       WHERE i.period_id = ? AND i.state = 'standing' AND s.system = 'erp' GROUP BY i.source, json_extract(i.definition, '$.locationCode'))`,
    period.periodId,
  )!.at;
  if (snapshot === null) return { holds: false, figure: 'no ERP snapshot of the period', nextStep: 'Import the ERP’s stock on hand.', link };
  const after = workbook.get<{ postings: number; last: number | null }>(
    `SELECT count(*) AS postings, max(m.posted_instant) AS last FROM movements m JOIN imports i USING (import_id)
     WHERE i.period_id = @period AND i.state = 'standing' AND m.system = 'erp' AND m.posted_instant > @snapshot AND m.posted_instant < @cutOff`,
    { period: period.periodId, snapshot, cutOff: period.cutOffInstant },
  )!;
  if (after.postings === 0) return held(`ERP snapshot of ${instantWords(snapshot)}, after every posting of the period`);
  return {
    holds: false,
    figure: `ERP snapshot of ${instantWords(snapshot)}; ${plural(after.postings, 'posting')} of the period after it, the last ${instantWords(after.last!)}`,
    nextStep: 'Import a snapshot that was taken after the last posting, or state why the older one stands.',
    link,
  };
}

/**
 * Documents account for every unit: of the line's variances nothing is left over, and either components stand for them or the ERP's own
 * postings lead from the opening to exactly that figure, as where goods were sold before their receipt was posted.
 */
const EXPLAINED_SQL = `(coalesce(l.count_residual_scaled, 0) = 0 AND coalesce(l.channel_residual_scaled, 0) = 0 AND coalesce(l.ledger_residual_scaled, 0) = 0
  AND (l.ledger_variance_scaled IS 0 OR EXISTS (SELECT 1 FROM components c WHERE c.period_id = l.period_id AND c.stock_key_id = l.stock_key_id AND c.suggested = 0)))`;

function negativeExplained(workbook: ReadableWorkbook, period: Period): Answered {
  const figures = workbook.get<{ negative: number; unexplained: number }>(
    `SELECT count(*) AS negative, coalesce(sum(NOT (coalesce(${REASON_STANDS_SQL}, 0) OR ${EXPLAINED_SQL})), 0) AS unexplained
     FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
     WHERE l.period_id = ? AND (l.erp_at_cut_off_scaled < 0 OR l.on_hand_scaled < 0)`,
    period.periodId,
  )!;
  if (figures.negative === 0) return held('no line below zero');
  const told = `${plural(figures.negative, 'line')} below zero, ${countText(figures.negative - figures.unexplained)} explained by a reason, by components, or by ERP postings that lead to exactly that figure`;
  if (figures.unexplained === 0) return held(told);
  return { holds: false, figure: told, nextStep: `${plural(figures.unexplained, 'line is', 'lines are')} below zero, and neither documents nor a reason say why.`, link: openLinesLink(period) };
}

const GATES: readonly (readonly [Gate['gate'], string, (workbook: ReadableWorkbook, period: Period) => Answered])[] = [
  ['ledger', 'Does the inventory value tie to the ledger?', ledgerTies],
  ['snapshot_whole', 'Does the snapshot hold every line that the last period closed with?', snapshotWhole],
  ['snapshot_newer', 'Is the snapshot newer than the last posting of the period?', snapshotNewer],
  ['negative', 'Is no negative stock left unexplained?', negativeExplained],
];

/** The gates of a period, answered now. */
export const gatesFor = (workbook: ReadableWorkbook, period: Period): Gate[] =>
  GATES.map(([gate, text, answered]) => ({ gate, text, ...answered(workbook, period) }));
