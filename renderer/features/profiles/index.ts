/** Import profiles: which files the workbook knows, each as a page that a person can read. */
import type { ScreenDefinition } from '../../app/screens';
import { ProfilesScreen } from './profiles-screen';

export const profilesScreen: ScreenDefinition = {
  id: 'profiles',
  title: 'Import profiles',
  component: ProfilesScreen,
  command: 'view.profiles',
};
