/**
 * Changes to lines: reason, owner, note, due date. Each is saved at once and can be undone.
 */
import type { TagChange } from '@shared/domain/tag';
import { useConnection } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { rememberReason } from './recent-reasons';
import { changeLabel, type ChangeableLine, completeChange } from './change-words';

/** Saves changes to lines, all of them or none, as one step of undo. @returns whether they were saved */
export function useLineEdits(): (changes: readonly (readonly [ChangeableLine, TagChange])[]) => Promise<boolean> {
  const connection = useConnection();
  const { period, recordChange, savingChange, announce } = useWorkspace();
  return (changes) => savingChange(async () => {
    const outcome = await connection.call('tags:set', {
      changes: changes.map(([line, change]) => ({
        periodId: period.periodId, stockKeyId: line.stockKeyId, change: completeChange(change, line), expectedRevision: line.tagRevision,
      })),
    });
    if (!outcome.ok) {
      notify({ tone: 'error', title: outcome.message });
      return false;
    }
    const reason = changes[0]?.[1].reason;
    if (reason) rememberReason(reason);
    const label = changeLabel(Object.assign({}, ...changes.map(([, change]) => change)) as TagChange, changes.map(([line]) => line));
    recordChange(label, outcome.value.sequences);
    announce(`${label} saved`);
    return true;
  });
}

/** Saves one change to all of these lines. @returns whether it was saved */
export function useLineChanges(): (lines: readonly ChangeableLine[], change: TagChange) => Promise<boolean> {
  const save = useLineEdits();
  return (lines, change) => save(lines.map((line) => [line, change] as const));
}
