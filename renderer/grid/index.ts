/**
 * The grid as screens use it.
 */
export type { BadgeColumn, ChoiceColumn, DateColumn, GridColumn, NumberColumn, TextColumn } from './columns';
export type { SelectionFigures } from './control/figure-reader';
export { type Chosen, DataGrid, type DataGridProps, type GridChange, type GridHandle, type Page, type PageRequest, type PageSource, type SortOrder } from './data-grid';
export { byRow } from './model/edits';
export { averageOf, type FigureSums } from './model/exact-sums';
export { rowsIn, type RowSpan } from './model/cell-range';
