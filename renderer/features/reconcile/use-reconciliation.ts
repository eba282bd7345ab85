/**
 * Running the reconciliation, and saying its result once it is there.
 */
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { countWords } from '../../ui';

export function useReconciliation(periodId: number) {
  const { announce } = useWorkspace();
  const call = useCall('lines:reconcile');
  return {
    ...call,
    run: async () => {
      const outcome = await call.run({ periodId });
      announce(outcome.ok ? `Reconciled: ${countWords(outcome.value.lines, 'line')}, ${countWords(outcome.value.exceptions, 'exception')}` : outcome.message);
    },
  };
}
