/** People: who works now, who can sign on this machine, and a new identity. */
import type { ScreenDefinition } from '../../app/screens';
import { PeopleScreen } from './people-screen';

export const peopleScreen: ScreenDefinition = {
  id: 'people',
  title: 'People',
  component: PeopleScreen,
  command: 'view.people',
};
