/** Journal: tagged lines become an entry that its preparer signs, a second person approves, and Excel receives. */
import type { ScreenDefinition } from '../../app/screens';
import { JournalScreen } from './journal-screen';

export const journalScreen: ScreenDefinition = {
  id: 'journal',
  title: 'Journal',
  component: JournalScreen,
  command: 'step.journal',
  alsoOpenedBy: { 'journal.prepare': { view: 'draft' }, 'journal.export': { view: 'export' } },
};
