/**
 * Every screen, in the order of its tabs; one line each. How a screen is written stands in `screens.ts`.
 */
import type { ComponentType } from 'react';
import { approveScreen } from '../features/approve';
import { auditScreen } from '../features/audit';
import { auditRoomScreen } from '../features/audit-room';
import { countSheetsScreen } from '../features/count-sheets';
import { explainScreen } from '../features/explain';
import { importScreen } from '../features/import';
import { journalScreen } from '../features/journal';
import { lockScreen } from '../features/lock';
import { mapScreen } from '../features/map';
import { overviewScreen } from '../features/overview';
import { peopleScreen } from '../features/people';
import { profilesScreen } from '../features/profiles';
import { reconcileScreen } from '../features/reconcile';
import { reportsScreen } from '../features/reports';
import { rulesScreen } from '../features/rules';
import { StartScreen } from '../features/start';
import type { ScreenDefinition, ScreenId, StartScreenProps } from './screens';

export const SCREENS: readonly ScreenDefinition[] = [
  importScreen, mapScreen, reconcileScreen, explainScreen, approveScreen, journalScreen, lockScreen, overviewScreen, reportsScreen, rulesScreen, countSheetsScreen, profilesScreen, auditScreen, auditRoomScreen, peopleScreen,
];

/** What the window shows while no workbook is open. */
export const START_SCREEN: ComponentType<StartScreenProps> | undefined = StartScreen;

export const screenOf = (id: ScreenId): ScreenDefinition | undefined => SCREENS.find((screen) => screen.id === id);
