/** Map: rows that could not be used wait in the quarantine until a person maps, corrects or ignores them. */
import type { ScreenDefinition } from '../../app/screens';
import { MapScreen } from './map-screen';

export const mapScreen: ScreenDefinition = { id: 'map', title: 'Map', component: MapScreen, command: 'step.map' };
