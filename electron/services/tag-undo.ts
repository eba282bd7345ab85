/**
 * Taking tags back: an undo is an event of its own, never an erasure, and it never overwrites what came after.
 */
import { z } from 'zod';
import { parseInstant } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { OWNERS, type Tag, type TagFailure } from '@shared/domain/tag';
import type { AuditEventRow } from '../workbook/audit';
import { inTransaction } from '../workbook/workbook';
import type { ServiceContext } from './context';
import { applyTag, currentTag } from './tags';

const TaggedState = z.object({
  reason: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  note: z.string(),
  due: z.string().nullable(),
});
type TaggedState = z.infer<typeof TaggedState>;
const TagDetail = z.object({ before: TaggedState.nullable(), after: TaggedState });
const UNTAGGED: TaggedState = { reason: null, owner: null, note: '', due: null };

type UndoFailure = 'event_missing' | 'changed_since' | TagFailure;

const same = (left: TaggedState, right: TaggedState) =>
  left.reason === right.reason && left.owner === right.owner && left.note === right.note && left.due === right.due;

/** Takes one change of a tag back, if the tag still is what that change made it. */
function undoOne(context: ServiceContext, sequence: number): Outcome<Tag, UndoFailure> {
  const { workbook } = context;
  const event = workbook.get<AuditEventRow>(`SELECT * FROM audit_events WHERE sequence = ? AND action IN ('tag.set', 'tag.undone')`, sequence);
  if (!event || event.period_id === null) return refused('event_missing', `Event ${sequence} of the audit trail is no change of a tag.`);
  const stockKeyId = Number(event.subject.slice('line:'.length));
  const { before, after } = TagDetail.parse(JSON.parse(event.detail));
  const now = currentTag(workbook, event.period_id, stockKeyId);
  if (!same(now ?? UNTAGGED, after)) {
    return refused('changed_since', 'The line was changed again since. Undo the later change first.');
  }
  const target = before ?? UNTAGGED;
  const applied = applyTag(
    context,
    {
      periodId: event.period_id,
      stockKeyId,
      change: { reason: target.reason, owner: target.owner, note: target.note, dueInstant: target.due === null ? null : parseInstant(target.due)! },
    },
    'tag.undone',
  );
  return applied.ok ? done(applied.value.tag) : applied;
}

/** Takes changes back in the order given, newest first; all of them or none. */
export function undoTags(context: ServiceContext, sequences: readonly number[]): Outcome<Tag[], UndoFailure> {
  return inTransaction(context.workbook, (): Outcome<Tag[], UndoFailure> => {
    const tags: Tag[] = [];
    for (const sequence of sequences) {
      const outcome = undoOne(context, sequence);
      if (!outcome.ok) return outcome;
      tags.push(outcome.value);
    }
    return done(tags);
  });
}
