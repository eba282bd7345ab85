/** Reports: what the reconciled lines come to, to read, to print and to file. */
import type { ScreenDefinition } from '../../app/screens';
import { ReportsScreen } from './reports-screen';

export const reportsScreen: ScreenDefinition = {
  id: 'reports',
  title: 'Reports',
  component: ReportsScreen,
  command: 'view.reports',
};
