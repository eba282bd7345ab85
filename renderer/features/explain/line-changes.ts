/**
 * Changes to lines: reason, owner, note, due date. Each is saved at once and can be undone.
 */
import type { TagChange } from '@shared/domain/tag';
import { useConnection } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { changeLabel, type ChangeableLine, completeChange } from './change-words';

/** Saves a change to lines, all of them or none. @returns whether it was saved */
export function useLineChanges(): (lines: readonly ChangeableLine[], change: TagChange) => Promise<boolean> {
  const connection = useConnection();
  const { period, recordChange, announce } = useWorkspace();
  return async (lines, change) => {
    const outcome = await connection.call('tags:set', {
      changes: lines.map((line) => ({
        periodId: period.periodId, stockKeyId: line.stockKeyId, change: completeChange(change, line), expectedRevision: line.tagRevision,
      })),
    });
    if (!outcome.ok) {
      notify({ tone: 'error', title: outcome.message });
      return false;
    }
    const label = changeLabel(change, lines);
    recordChange(label, outcome.value.sequences);
    announce(`${label} saved`);
    return true;
  };
}
