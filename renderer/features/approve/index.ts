/** Approve: what is ready, what is still open, and the journals that wait for a second person. */
import type { ScreenDefinition } from '../../app/screens';
import { ApproveScreen } from './approve-screen';

export const approveScreen: ScreenDefinition = {
  id: 'approve',
  title: 'Approve',
  component: ApproveScreen,
  command: 'step.approve',
  alsoOpenedBy: { 'journal.approve': { view: 'approve' } },
};
