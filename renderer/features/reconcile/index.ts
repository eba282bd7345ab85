/**
 * Reconcile: what is there, the run, and what it found.
 */
import type { ScreenDefinition } from '../../app/screens';
import { ReconcileScreen } from './reconcile-screen';

export const reconcileScreen: ScreenDefinition = {
  id: 'reconcile',
  title: 'Reconcile',
  component: ReconcileScreen,
  command: 'step.reconcile',
  alsoOpenedBy: { 'reconcile.run': { view: 'run' } },
};
