/**
 * Confirming reasons for new figures and recording checks: each saved at once, announced, and a confirmation can be undone.
 */
import { useConnection } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { countWords } from '../../ui';

/** Confirms the reasons of these lines; null: of every line that asks. @returns whether it was saved */
export function useConfirm(): (stockKeyIds: readonly number[] | null, label?: string) => Promise<boolean> {
  const connection = useConnection();
  const { period, recordChange, savingChange, announce } = useWorkspace();
  return (stockKeyIds, label) => savingChange(async () => {
    const outcome = await connection.call('followUp:confirm', { periodId: period.periodId, stockKeyIds: stockKeyIds && [...stockKeyIds] });
    if (!outcome.ok) {
      notify({ tone: 'error', title: outcome.message });
      return false;
    }
    const told = label ?? `Confirm ${countWords(outcome.value.tags.length, 'reason')}`;
    recordChange(told, outcome.value.sequences);
    announce(`${told} saved`);
    return true;
  });
}

/** Records what a person found of open orders, reservations and returns; null: for every line that waits. */
export function useCheck(): (stockKeyIds: readonly number[] | null, note: string) => Promise<boolean> {
  const connection = useConnection();
  const { period, announce } = useWorkspace();
  return async (stockKeyIds, note) => {
    const outcome = await connection.call('followUp:check', { periodId: period.periodId, stockKeyIds: stockKeyIds && [...stockKeyIds], note });
    if (!outcome.ok) {
      notify({ tone: 'error', title: outcome.message });
      return false;
    }
    announce(`The check of ${countWords(outcome.value.checked, 'line')} is recorded`);
    return true;
  };
}
