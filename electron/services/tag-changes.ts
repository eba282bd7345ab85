/**
 * Changing tags so that the change can be taken back: each answers the audit events it made. An undo is an event of its
 * own, never an erasure, and it never overwrites what came after.
 */
import { sameTag, UNTAGGED } from '@shared/domain/bulk-decide';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { TagsResult } from '@shared/contract/tags';
import type { SetTagRequest, Tag, TagFailure } from '@shared/domain/tag';
import { type AuditEventRow, chainHead } from '../workbook/audit';
import { inTransaction } from '../workbook/workbook';
import type { ServiceContext } from './context';
import { figuresOfTag, sameFigures } from './follow-up/tag-figures';
import { applyTag, currentTag, setTags } from './tags';
import { readToldChange } from './told-change';

type UndoFailure = 'event_missing' | 'changed_since' | TagFailure;

/** Takes one change of a tag back, if the tag still is what that change made it. */
function undoOne(context: ServiceContext, sequence: number): Outcome<Tag, UndoFailure> {
  const { workbook } = context;
  const event = workbook.get<AuditEventRow>(`SELECT * FROM audit_events WHERE sequence = ? AND action IN ('tag.set', 'tag.undone', 'tag.confirm')`, sequence);
  if (!event || event.period_id === null) return refused('event_missing', `Event ${sequence} of the audit trail is no change of a tag.`);
  const stockKeyId = Number(event.subject.slice('line:'.length));
  const { before, after, figures } = readToldChange(event.detail);
  const now = currentTag(workbook, event.period_id, stockKeyId) ?? UNTAGGED;
  const given = figuresOfTag(workbook, event.period_id, stockKeyId);
  const isGivenSince = figures !== undefined && given !== undefined && !sameFigures(given, figures.after);
  if (!sameTag(now, after) || isGivenSince) {
    return refused('changed_since', 'The line was changed again since. Undo the later change first.');
  }
  const applied = applyTag(context, { periodId: event.period_id, stockKeyId, change: { ...(before ?? UNTAGGED) } }, 'tag.undone', undefined, figures?.before);
  return applied.ok ? done(applied.value.tag) : applied;
}

/** Adds the events that a change appended, newest first: what `undoTags` takes. */
export function withSequences<F extends string>({ workbook }: ServiceContext, change: () => Outcome<readonly Tag[], F>): Outcome<TagsResult, F> {
  return inTransaction(workbook, (): Outcome<TagsResult, F> => {
    const before = chainHead(workbook).sequence;
    const outcome = change();
    if (!outcome.ok) return outcome;
    const appended = chainHead(workbook).sequence - before;
    return done({ tags: [...outcome.value], sequences: Array.from({ length: appended }, (_none, index) => before + appended - index) });
  });
}

/** Sets the tags of several lines: all of them or none. */
export const changeTags = (context: ServiceContext, requests: readonly SetTagRequest[]): Outcome<TagsResult, TagFailure> =>
  withSequences(context, () => setTags(context, requests));

/** Takes changes back in the order given, newest first; all of them or none. */
export const undoTags = (context: ServiceContext, sequences: readonly number[]): Outcome<TagsResult, UndoFailure> =>
  withSequences(context, (): Outcome<readonly Tag[], UndoFailure> => {
    const tags: Tag[] = [];
    for (const sequence of sequences) {
      const outcome = undoOne(context, sequence);
      if (!outcome.ok) return outcome;
      tags.push(outcome.value);
    }
    return done(tags);
  });
