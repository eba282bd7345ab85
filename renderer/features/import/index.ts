/** Import: files are looked at, rehearsed, and written as rehearsed. */
import type { ScreenDefinition } from '../../app/screens';
import { ImportScreen } from './import-screen';

export const importScreen: ScreenDefinition = {
  id: 'import',
  title: 'Import',
  component: ImportScreen,
  command: 'step.import',
  alsoOpenedBy: { 'import.files': { view: 'choose' }, 'import.compare': { view: 'compare' } },
};
