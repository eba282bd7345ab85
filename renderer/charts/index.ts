/**
 * Charts: drawn from figures and words alone, each in a frame with the table behind it. They know no inventory, no
 * workbook and no call.
 */
export * from './bars';
export * from './chart-frame';
export * from './chart-table';
export * from './columns';
export { foldSteps, waterfallGeometry } from './geometry/waterfall';
export * from './lanes';
export * from './point-map';
export * from './print';
export * from './tone-names';
export * from './tones';
export * from './waterfall';
