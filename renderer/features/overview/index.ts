/**
 * Overview: the period on one page, where its trouble sits; every mark opens its lines.
 */
import type { ScreenDefinition } from '../../app/screens';
import { OverviewScreen } from './overview-screen';

export const overviewScreen: ScreenDefinition = { id: 'overview', title: 'Overview', component: OverviewScreen, command: 'view.overview' };
