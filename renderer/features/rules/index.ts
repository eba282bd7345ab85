/** Rules: what the firm decides about its reconciliation, changed with a preview and with evidence. */
import type { ScreenDefinition } from '../../app/screens';
import { RulesScreen } from './rules-screen';

export const rulesScreen: ScreenDefinition = {
  id: 'rules',
  title: 'Rules',
  component: RulesScreen,
  command: 'view.rules',
};
