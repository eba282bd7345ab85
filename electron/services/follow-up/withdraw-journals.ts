/**
 * A journal whose lines changed is withdrawn from its approver, or its approval from it: it says when and why, and is taken back to
 * draft and prepared anew by a person. What was exported stays as it was signed; its lines and the checklist say that they differ.
 */
import type { JournalKind } from '@shared/domain/journal-kinds';
import { plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';
import { appendAudit } from '../../workbook/audit';
import { CHANGED_SQL } from '../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { journalContentHash } from '../journals/content';
import { linesOfJournal } from '../journals/gather';
import { freeTags } from '../journals/sign';
import { findPeriod } from '../periods';

interface ChangedReview {
  readonly name: string;
  readonly then_scaled: number;
  readonly now_scaled: number | null;
}

const NAMED = 5;

/** Lines of the journal that are not as they were put before the approver. */
const changedReviews = (workbook: ReadableWorkbook, journalId: number, periodId: number): ChangedReview[] =>
  workbook.all<ChangedReview>(
    `SELECT i.sku || ' at ' || o.code AS name, r.adjustment_scaled AS then_scaled, l.adjustment_scaled AS now_scaled
     FROM journal_reviews r JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
     LEFT JOIN lines l ON l.period_id = @period AND l.stock_key_id = r.stock_key_id
     LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
     WHERE r.journal_id = @journal AND (l.stock_key_id IS NULL OR l.adjustment_scaled <> r.adjustment_scaled OR ${CHANGED_SQL}) ORDER BY i.sku, o.code`,
    { journal: journalId, period: periodId },
  );

function whyOf(changed: readonly ChangedReview[]): string {
  if (changed.length === 0) return 'the unit cost, reason or accounts of its lines changed';
  const told = changed.slice(0, NAMED).map(({ name, then_scaled, now_scaled }) => {
    if (now_scaled === null) return `${name} is no line any more`;
    if (now_scaled === then_scaled) return `${name} has another variance`;
    return `${name} is adjusted by ${formatQuantity(now_scaled)}, not ${formatQuantity(then_scaled)}`;
  });
  const more = changed.length > NAMED ? ` and ${plural(changed.length - NAMED, 'more line')}` : '';
  return `${told.join('; ')}${more}`;
}

interface StandingJournal {
  readonly journal_id: number;
  readonly number: string;
  readonly kind: JournalKind;
  readonly state: 'prepared' | 'approved';
  readonly content_hash: string;
}

/** Withdraws every journal of the period that no longer stands for its lines and was not exported, with the reversal that goes with it. */
export function withdrawJournals(context: ServiceContext, periodId: number): void {
  const { workbook } = context;
  const standing = workbook.all<StandingJournal>(
    `SELECT journal_id, number, kind, state, content_hash FROM journals j
     WHERE period_id = ? AND state IN ('prepared', 'approved') AND withdrawn_instant IS NULL AND kind <> 'reversal'
       AND NOT EXISTS (SELECT 1 FROM journal_postings g WHERE g.journal_id = j.journal_id) ORDER BY journal_id`,
    periodId,
  );
  if (standing.length === 0) return;
  const period = findPeriod(workbook, periodId)!;
  for (const journal of standing) {
    const changed = changedReviews(workbook, journal.journal_id, periodId);
    const contentHash = journalContentHash(workbook, period, linesOfJournal(workbook, period, journal.journal_id), journal.kind);
    if (changed.length === 0 && contentHash === journal.content_hash) continue;
    const withdrawnInstant = context.now();
    const why = whyOf(changed);
    workbook.run(
      `UPDATE journals SET state = 'prepared', withdrawn_instant = @instant, withdrawn_why = @why
       WHERE (journal_id = @journal OR (reverses_journal_id = @journal AND is_automatic = 1)) AND state IN ('prepared', 'approved')`,
      { instant: withdrawnInstant, why, journal: journal.journal_id },
    );
    freeTags(workbook, journal.journal_id);
    appendAudit(workbook, {
      atInstant: withdrawnInstant,
      actor: actorText(context.actor),
      action: 'journal.withdrawn',
      periodId,
      subject: `journal:${journal.number}`,
      detail: {
        why, contentHashBefore: journal.content_hash, contentHashAfter: contentHash, approvalWithdrawn: journal.state === 'approved',
        nextStep: 'Take the journal back to draft and prepare it again.',
      },
    });
  }
}
