/**
 * Confirming reasons that were given for other figures: the reason stays, for the figures that stand now. A tag whose line is
 * gone is put on record, not dropped.
 */
import type { TagsResult } from '@shared/contract/tags';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { Owner, Tag, TagFailure } from '@shared/domain/tag';
import { formatInstantUtc } from '@shared/domain/instant';
import { appendAudit } from '../../workbook/audit';
import { CHANGED_SQL, GONE_SQL } from '../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod } from '../periods';
import { withSequences } from '../tag-changes';
import { toldFigures } from '../tag-saver';
import { applyTag } from '../tags';
import { figuresOfLine, figuresOfTag, keepFigures, UNKNOWN_FIGURES } from './tag-figures';

export interface ConfirmRequest {
  readonly periodId: number;
  /** Null: every line that asks for it. */
  readonly stockKeyIds: readonly number[] | null;
}

export type ConfirmFailure = TagFailure | 'nothing_changed';

interface Asking {
  readonly stock_key_id: number;
  readonly name: string;
  readonly isGone: 0 | 1;
}

/** Tags that ask to be confirmed: their figures changed, or their line is gone. What is approved asks nobody. */
const asking = (workbook: ReadableWorkbook, periodId: number): Asking[] =>
  workbook.all<Asking>(
    `SELECT found.stock_key_id, i.sku || ' at ' || o.code AS name, found.isGone FROM (
       SELECT l.stock_key_id, 0 AS isGone FROM lines l JOIN tags t USING (period_id, stock_key_id)
       WHERE l.period_id = @period AND ${CHANGED_SQL} AND t.approved_journal_id IS NULL
       UNION ALL SELECT t.stock_key_id, 1 FROM tags t WHERE t.period_id = @period AND ${GONE_SQL} AND t.approved_journal_id IS NULL
         AND EXISTS (SELECT 1 FROM lines l WHERE l.period_id = @period)) found
     JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id) ORDER BY i.sku, o.code`,
    { period: periodId },
  );

interface GoneTagRow {
  readonly reason_code: string | null;
  readonly owner: Owner | null;
  readonly note: string;
  readonly due_instant: number | null;
  readonly revision: number;
}

/** Keeps the tag of a line that is gone, and asks no more. */
function putOnRecord(context: ServiceContext, periodId: number, stockKeyId: number): Tag {
  const { workbook } = context;
  const row = workbook.get<GoneTagRow>('SELECT reason_code, owner, note, due_instant, revision FROM tags WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId)!;
  const before = figuresOfTag(workbook, periodId, stockKeyId) ?? UNKNOWN_FIGURES;
  const atInstant = context.now();
  keepFigures(workbook, periodId, stockKeyId, UNKNOWN_FIGURES, atInstant);
  workbook.run('UPDATE tags SET revision = revision + 1 WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId);
  const told = { reason: row.reason_code, owner: row.owner, note: row.note, due: row.due_instant === null ? null : formatInstantUtc(row.due_instant) };
  appendAudit(workbook, {
    atInstant,
    actor: actorText(context.actor),
    action: 'tag.confirm',
    periodId,
    subject: `line:${stockKeyId}`,
    detail: { before: told, after: told, figures: { before: toldFigures(before), after: toldFigures(UNKNOWN_FIGURES) }, lineIsGone: true },
  });
  return { periodId, stockKeyId, reason: row.reason_code, owner: row.owner, note: row.note, dueInstant: row.due_instant, revision: row.revision + 1 };
}

/** Confirms the reasons of these lines, all of them or none; each is an audit event that can be undone. */
export function confirmTags(context: ServiceContext, request: ConfirmRequest): Outcome<TagsResult, ConfirmFailure> {
  return withSequences<ConfirmFailure>(context, (): Outcome<readonly Tag[], ConfirmFailure> => {
    const { workbook } = context;
    const { periodId } = request;
    const period = findPeriod(workbook, periodId);
    if (!period) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
    if (period.state === 'locked') return refused('period_locked', `Period ${period.code} is locked: its tags cannot change. Work in an open period.`);
    const all = new Map(asking(workbook, periodId).map((each) => [each.stock_key_id, each]));
    const wanted = request.stockKeyIds ?? [...all.keys()];
    if (wanted.length === 0) return refused('nothing_changed', `No reason in ${period.code} was given for other figures than those that stand. There is nothing to confirm.`);
    const tags: Tag[] = [];
    for (const stockKeyId of wanted) {
      const found = all.get(stockKeyId);
      if (!found) {
        return refused('nothing_changed', `Line ${stockKeyId} of ${period.code} has no reason that was given for other figures. Read the list again.`);
      }
      if (found.isGone === 1) {
        tags.push(putOnRecord(context, periodId, stockKeyId));
        continue;
      }
      const applied = applyTag(context, { periodId, stockKeyId, change: {} }, 'tag.confirm', undefined, figuresOfLine(workbook, periodId, stockKeyId));
      if (!applied.ok) return applied;
      tags.push(applied.value.tag);
    }
    return done(tags);
  });
}
