/**
 * Reason codes, owners, notes and due dates of lines: set by a person, one or many at a time, each an audit event.
 */
import { sameTag, type TagValues } from '@shared/domain/bulk-decide';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { Owner, SetTagRequest, Tag, TagFailure } from '@shared/domain/tag';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import type { ServiceContext } from './context';
import { figuresOfLine, figuresOfTag, sameFigures } from './follow-up/tag-figures';
import { type TagAction, TagSaver } from './tag-saver';

interface TagRow {
  readonly reason_code: string | null;
  readonly owner: Owner | null;
  readonly note: string;
  readonly due_instant: number | null;
  readonly revision: number;
  readonly approved_journal_id: number | null;
}

/** How a line is called in messages. */
export function lineName(workbook: ReadableWorkbook, stockKeyId: number): string {
  const row = workbook.get<{ sku: string; code: string }>(
    'SELECT i.sku, l.code FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE k.stock_key_id = ?',
    stockKeyId,
  );
  return row ? `${row.sku} at ${row.code}` : `line ${stockKeyId}`;
}

const valuesOf = (row: TagRow): TagValues => ({ reason: row.reason_code, owner: row.owner, note: row.note, dueInstant: row.due_instant });

/** What the line's tag says; undefined where it was never tagged. */
export function currentTag(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): TagValues | undefined {
  const row = workbook.get<TagRow>('SELECT * FROM tags WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId);
  return row && valuesOf(row);
}

/** Whether the period has the line; before its first reconciliation every key of the workbook may be tagged. */
export function isLine(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): boolean {
  if (workbook.get('SELECT 1 FROM stock_keys WHERE stock_key_id = ?', stockKeyId) === undefined) return false;
  if (workbook.get('SELECT 1 FROM lines WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId) !== undefined) return true;
  return workbook.get('SELECT 1 FROM lines WHERE period_id = ? LIMIT 1', periodId) === undefined;
}

/**
 * Sets the tag of one line, in the caller's transaction. A reason that is set where nobody owns the line gives it the
 * reason's own owner. Another reason is given for the figures that stand now; whatever else changes, the reason stays given for
 * the figures it was given for.
 */
export function applyTag(
  context: ServiceContext,
  { periodId, stockKeyId, change, expectedRevision }: SetTagRequest,
  action: TagAction = 'tag.set',
  /** The import whose file sets it. */
  importId?: number,
  /** The figures it is given for, where they are not to follow from the change. */
  given?: TaggedFigures,
): Outcome<{ readonly tag: Tag; readonly changed: boolean }, TagFailure> {
  const { workbook } = context;
  const period = workbook.get<{ code: string; state: string }>('SELECT code, state FROM periods WHERE period_id = ?', periodId);
  if (!period) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
  if (period.state === 'locked') return refused('period_locked', `Period ${period.code} is locked: its tags cannot change. Work in an open period.`);
  const name = lineName(workbook, stockKeyId);
  if (!isLine(workbook, periodId, stockKeyId)) return refused('line_unknown', `${name} is no line of period ${period.code}. Reconcile first, or check the item and the location.`);
  const before = workbook.get<TagRow>('SELECT * FROM tags WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId);
  const revision = before?.revision ?? 0;
  if (before?.approved_journal_id != null) {
    return refused('line_approved', `${name} is part of an approved journal: its reason and owner stay as they were approved. Take the journal back to draft first; one that was exported is reversed.`);
  }
  if (expectedRevision !== undefined && expectedRevision !== revision) {
    return refused('stale_revision', `${name} was changed since (revision ${revision}, not ${expectedRevision}). Look at it again.`);
  }
  const reason = change.reason === undefined ? (before?.reason_code ?? null) : change.reason;
  let owner = change.owner === undefined ? (before?.owner ?? null) : change.owner;
  if (change.reason != null) {
    const code = workbook.get<{ default_owner: Owner }>('SELECT default_owner FROM reason_codes WHERE reason_code = ?', change.reason);
    if (!code) return refused('reason_unknown', `There is no reason code ${change.reason}. Choose one from the list of reason codes.`);
    if (owner === null && change.owner === undefined) owner = code.default_owner;
  }
  const after: TagValues = {
    reason,
    owner,
    note: change.note ?? before?.note ?? '',
    dueInstant: change.dueInstant === undefined ? (before?.due_instant ?? null) : change.dueInstant,
  };
  const tagOf = (revisionNow: number): Tag => ({ periodId, stockKeyId, ...after, revision: revisionNow });
  const givenBefore = figuresOfTag(workbook, periodId, stockKeyId);
  const isGivenAnew = givenBefore === undefined || reason !== (before?.reason_code ?? null);
  const givenAfter = given ?? (isGivenAnew ? figuresOfLine(workbook, periodId, stockKeyId) : givenBefore);
  const isSameGiven = given === undefined || (givenBefore !== undefined && sameFigures(given, givenBefore));
  if (before && sameTag(valuesOf(before), after) && isSameGiven) return done({ tag: tagOf(revision), changed: false });
  new TagSaver(context, periodId).save({ stockKeyId, before: before && valuesOf(before), revision, givenBefore, after, givenAfter, importId }, action);
  return done({ tag: tagOf(revision + 1), changed: true });
}

/** Sets the tag of one line. */
export function setTag(context: ServiceContext, request: SetTagRequest): Outcome<Tag, TagFailure> {
  return inTransaction(context.workbook, () => {
    const applied = applyTag(context, request);
    return applied.ok ? done(applied.value.tag) : applied;
  });
}

/** Sets the tags of several lines: all of them or, where one is refused, none. */
export function setTags(context: ServiceContext, requests: readonly SetTagRequest[]): Outcome<readonly Tag[], TagFailure> {
  return inTransaction(context.workbook, (): Outcome<readonly Tag[], TagFailure> => {
    const tags: Tag[] = [];
    for (const request of requests) {
      const applied = applyTag(context, request);
      if (!applied.ok) return applied;
      tags.push(applied.value.tag);
    }
    return done(tags);
  });
}
