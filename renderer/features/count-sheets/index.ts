/** Count sheets: blind sheets for whoever counts, and where each of them stands. */
import type { ScreenDefinition } from '../../app/screens';
import { CountSheetsScreen } from './count-sheets-screen';

export const countSheetsScreen: ScreenDefinition = {
  id: 'countSheets',
  title: 'Count sheets',
  component: CountSheetsScreen,
  command: 'view.countSheets',
  alsoOpenedBy: { 'file.newCountSheet': { view: 'new' } },
};
