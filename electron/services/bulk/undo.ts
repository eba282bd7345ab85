/**
 * Taking a bulk change back, and making it again: an event of its own with one for each line. A line that was changed since is
 * left as it is and named; the others are taken back.
 */
import type { BulkUndoFailure, BulkUndoResult } from '@shared/domain/bulk';
import { sameTag, type TagValues, UNTAGGED } from '@shared/domain/bulk-decide';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import type { Owner } from '@shared/domain/tag';
import type { AuditEventRow } from '../../workbook/audit';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { sameFigures } from '../follow-up/tag-figures';
import { findPeriod, periodLocked } from '../periods';
import { TagSaver, type TagToSave } from '../tag-saver';
import { readToldChange } from '../told-change';

/** Events read at a time: what is read cannot be written meanwhile. */
const EVENTS_PER_READ = 5000;
const NAMED = 5;

interface EventWithTag {
  readonly detail: string;
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly revision: number | null;
  readonly reason_code: string | null;
  readonly owner: Owner | null;
  readonly note: string | null;
  readonly due_instant: number | null;
  readonly approved_journal_id: number | null;
  readonly given_instant: number | null;
  readonly given_count_scaled: number | null;
  readonly given_channel_scaled: number | null;
  readonly given_ledger_scaled: number | null;
  readonly given_adjustment_scaled: number | null;
  /** Null: the period has no such line any more. */
  readonly line_key: number | null;
  readonly count_scaled: number | null;
  readonly channel_scaled: number | null;
  readonly ledger_scaled: number | null;
  readonly adjustment_scaled: number | null;
  readonly prepared_in: string | null;
}

const EVENTS_SQL = `SELECT e.detail, k.stock_key_id, i.sku, o.code AS location, t.revision, t.reason_code, t.owner, t.note, t.due_instant, t.approved_journal_id,
    t.given_instant, t.given_count_scaled, t.given_channel_scaled, t.given_ledger_scaled, t.given_adjustment_scaled,
    l.stock_key_id AS line_key, l.count_variance_scaled AS count_scaled, l.channel_variance_scaled AS channel_scaled, l.ledger_variance_scaled AS ledger_scaled, l.adjustment_scaled,
    (SELECT j.number FROM journals j JOIN journal_reviews v USING (journal_id)
      WHERE j.period_id = e.period_id AND j.state = 'prepared' AND j.withdrawn_instant IS NULL AND v.stock_key_id = k.stock_key_id) AS prepared_in
  FROM audit_events e CROSS JOIN stock_keys k ON k.stock_key_id = CAST(substr(e.subject, 6) AS INTEGER)
  JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id
  LEFT JOIN tags t ON t.period_id = e.period_id AND t.stock_key_id = k.stock_key_id LEFT JOIN lines l ON l.period_id = e.period_id AND l.stock_key_id = k.stock_key_id
  WHERE e.sequence BETWEEN ? AND ? AND e.action IN ('tag.set', 'tag.undone') ORDER BY e.sequence`;

type Decided = { readonly save: TagToSave } | { readonly whyNot: string };

/** Whether a line still is what the change made it, and what it was before. */
function decideUndo(row: EventWithTag): Decided {
  const { before, after, figures } = readToldChange(row.detail);
  const now: TagValues = { reason: row.reason_code, owner: row.owner, note: row.note ?? '', dueInstant: row.due_instant };
  const given: TaggedFigures | undefined =
    row.given_instant === null
      ? undefined
      : { countScaled: row.given_count_scaled, channelScaled: row.given_channel_scaled, ledgerScaled: row.given_ledger_scaled, adjustmentScaled: row.given_adjustment_scaled };
  if (row.approved_journal_id !== null) return { whyNot: 'in an approved journal' };
  if (row.prepared_in !== null) return { whyNot: `in journal ${row.prepared_in}, which waits for its approver` };
  if (row.line_key === null) return { whyNot: 'no line of the period any more' };
  if (!sameTag(now, after)) return { whyNot: 'changed again since' };
  if (figures && given && !sameFigures(given, figures.after)) return { whyNot: 'confirmed for other figures since' };
  const target = before ?? UNTAGGED;
  const standing: TaggedFigures = { countScaled: row.count_scaled, channelScaled: row.channel_scaled, ledgerScaled: row.ledger_scaled, adjustmentScaled: row.adjustment_scaled };
  const isGivenAnew = given === undefined || target.reason !== now.reason;
  return {
    save: {
      stockKeyId: row.stock_key_id, before: row.revision === null ? undefined : now, revision: row.revision ?? 0, givenBefore: given, after: target,
      givenAfter: figures?.before ?? (isGivenAnew ? standing : given),
    },
  };
}

interface BulkEvent {
  readonly periodId: number;
  readonly from: number;
  readonly until: number;
}

function bulkEvent(workbook: ReadableWorkbook, sequence: number): BulkEvent | undefined {
  const event = workbook.get<AuditEventRow>("SELECT * FROM audit_events WHERE sequence = ? AND action IN ('tag.bulk', 'tag.bulkUndone')", sequence);
  if (!event || event.period_id === null) return undefined;
  const { from, until } = JSON.parse(event.detail) as { readonly from: number; readonly until: number };
  return { periodId: event.period_id, from, until };
}

/** Takes a bulk change back; undoing the undo makes it again. Refused where not one line is left to take back. */
export function undoBulk(context: ServiceContext, sequence: number): Outcome<BulkUndoResult, BulkUndoFailure> {
  const { workbook, job } = context;
  return inTransaction(workbook, (): Outcome<BulkUndoResult, BulkUndoFailure> => {
    const event = bulkEvent(workbook, sequence);
    if (!event) return refused('event_missing', `Event ${sequence} of the audit trail is no change of many lines.`);
    const period = findPeriod(workbook, event.periodId)!;
    if (period.state === 'locked') return periodLocked(period);
    const lines = event.until - event.from + 1;
    const saves: TagToSave[] = [];
    const leftFirst: BulkUndoResult['leftFirst'] = [];
    for (let from = event.from; from <= event.until; from += EVENTS_PER_READ) {
      job.checkCancelled();
      job.progress('Reading lines', from - event.from, lines);
      for (const row of workbook.all<EventWithTag>(EVENTS_SQL, from, Math.min(event.until, from + EVENTS_PER_READ - 1))) {
        const decided = decideUndo(row);
        if ('save' in decided) saves.push(decided.save);
        else if (leftFirst.length < NAMED) leftFirst.push({ stockKeyId: row.stock_key_id, sku: row.sku, location: row.location, detail: decided.whyNot });
      }
    }
    const left = lines - saves.length;
    if (saves.length === 0) {
      const [first] = leftFirst;
      return refused('changed_since', `None of ${plural(lines, 'line')} can be taken back${first ? `: ${first.sku} at ${first.location} is ${first.detail}` : ''}. Undo the later change first.`);
    }
    const saver = new TagSaver(context, event.periodId);
    const undone = saver.trail.append({
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'tag.bulkUndone',
      periodId: event.periodId,
      subject: `period:${period.code}`,
      detail: { undoes: sequence, lines: saves.length, left, from: saver.trail.sequence + 2, until: saver.trail.sequence + 1 + saves.length },
    });
    for (const [index, save] of saves.entries()) {
      saver.save(save, 'tag.undone');
      if (index % 2000 === 1999) {
        job.checkCancelled();
        job.progress('Taking back lines', index + 1, saves.length);
      }
    }
    return done({ undone: saves.length, left, leftFirst, sequence: undone });
  });
}
