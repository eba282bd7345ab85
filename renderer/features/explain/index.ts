/**
 * Explain: the period's lines, each variance taken apart, reasons and owners.
 */
import type { ScreenDefinition } from '../../app/screens';
import { ExplainScreen } from './explain-screen';

export const explainScreen: ScreenDefinition = {
  id: 'explain', title: 'Explain', component: ExplainScreen, command: 'step.explain', findLabel: 'Find SKU or item',
  // From elsewhere they lead to the lines; there the screen lends them itself.
  alsoOpenedBy: { 'explain.nextException': {}, 'explain.previousException': {} },
};
