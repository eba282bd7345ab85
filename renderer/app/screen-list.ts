/**
 * Every screen, in the order of its tabs; one line each. How a screen is written stands in `screens.ts`.
 */
import type { ComponentType } from 'react';
import { explainScreen } from '../features/explain';
import { reconcileScreen } from '../features/reconcile';
import type { ScreenDefinition, ScreenId, StartScreenProps } from './screens';

export const SCREENS: readonly ScreenDefinition[] = [reconcileScreen, explainScreen];

/** What the window shows while no workbook is open. */
export const START_SCREEN: ComponentType<StartScreenProps> | undefined = undefined;

export const screenOf = (id: ScreenId): ScreenDefinition | undefined => SCREENS.find((screen) => screen.id === id);
