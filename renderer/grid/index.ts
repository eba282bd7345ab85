/**
 * The grid as screens use it.
 */
export type { BadgeColumn, ChoiceColumn, DateColumn, GridColumn, NumberColumn, TextColumn } from './columns';
export type { SelectionFigures } from './control/figure-reader';
export type { Density } from './theme';
export { type Chosen, type ColumnPlacing, DataGrid, type DataGridProps, type GridChange, type GridHandle, type Page, type PageRequest, type PageSource, type SortOrder } from './data-grid';
export { GroupHead } from './group-head';
export { byRow } from './model/edits';
export { averageOf, type FigureSums } from './model/exact-sums';
export type { RowSpan } from './model/cell-range';
export { GroupedPlaces } from './model/groups';
