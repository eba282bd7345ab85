/**
 * Carrying out a bulk change: one transaction, an audit event for each line, and one before them for the whole change, by which it
 * is taken back.
 */
import type { BulkApplyFailure, BulkApplyRequest, BulkChange, BulkResult, BulkTarget } from '@shared/domain/bulk';
import type { CanonicalValue } from '@shared/domain/canonical';
import { formatInstantUtc } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { TagSaver } from '../tag-saver';
import { planBulkChange } from './statement';

/** The change as the audit trail tells it. */
const toldChange = ({ reason, owner, dueInstant, note, clear }: BulkChange): { [key: string]: CanonicalValue } => ({
  ...(reason !== undefined && { reason }),
  ...(owner !== undefined && { owner }),
  ...(dueInstant !== undefined && { due: dueInstant === null ? null : formatInstantUtc(dueInstant) }),
  ...(note !== undefined && { [note.how === 'append' ? 'noteAdded' : 'note']: note.text }),
  ...(clear && { clear }),
});

const toldTarget = (target: BulkTarget): CanonicalValue =>
  target.kind === 'lines' ? { lines: target.stockKeyIds.length } : { filter: JSON.parse(JSON.stringify(target.query.filter)) as CanonicalValue, ...(target.kind === 'places' && { isPart: true }) };

/** Applies a change where it does what its statement said; refused where anything that the statement rests on changed since. */
export function applyBulk(context: ServiceContext, { target, change, fingerprint }: BulkApplyRequest): Outcome<BulkResult, BulkApplyFailure> {
  return inTransaction(context.workbook, (): Outcome<BulkResult, BulkApplyFailure> => {
    const planned = planBulkChange(context, { target, change });
    if (!planned.ok) return planned;
    const { period, statement, changes } = planned.value;
    if (statement.fingerprint !== fingerprint) {
      return refused(
        'changed_since',
        `The lines changed since the statement was made. Now ${plural(statement.lines, 'line is', 'lines are')} chosen, ${plural(statement.changes, 'line')} would change and ${statement.refused} ${statement.refused === 1 ? 'is' : 'are'} refused. Look at it again.`,
      );
    }
    if (changes.length === 0) return refused('nothing_changes', `None of ${plural(statement.lines, 'line')} would change. Choose other lines or ask for something else.`);
    const saver = new TagSaver(context, period.periodId);
    const { already, refused: refusedLines } = statement;
    const sequence = saver.trail.append({
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'tag.bulk',
      periodId: period.periodId,
      subject: `period:${period.code}`,
      detail: {
        change: toldChange(change), chosen: toldTarget(target), lines: changes.length, already, refused: refusedLines, fingerprint,
        // The events of the lines follow this one without a gap.
        from: saver.trail.sequence + 2, until: saver.trail.sequence + 1 + changes.length,
      },
    });
    for (const [index, { line, after, isGivenAnew }] of changes.entries()) {
      saver.save(
        {
          stockKeyId: line.stockKeyId, before: line.isTagged ? line.tag : undefined, revision: line.revision, givenBefore: line.givenBefore, after,
          givenAfter: isGivenAnew || line.givenBefore === undefined ? line.figures : line.givenBefore,
        },
        'tag.set',
      );
      if (index % 2000 === 1999) {
        context.job.checkCancelled();
        context.job.progress('Writing lines', index + 1, changes.length);
      }
    }
    return done({ changed: changes.length, already, refused: refusedLines, sequence });
  });
}
