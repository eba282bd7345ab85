/**
 * The grid as screens use it.
 */
export type { BadgeColumn, ChoiceColumn, DateColumn, GridColumn, NumberColumn, TextColumn } from './columns';
export type { FilterChoice, FilterRule } from './filter/filter-host';
export type { Density } from './theme';
export { DataGrid } from './data-grid';
export type { Chosen, ColumnPlacing, DataGridProps, GridChange, GridHandle, Page, PageRequest, PageSource, SelectionFigures, SortOrder } from './props';
export { GroupHead } from './group-head';
export { byRow } from './model/edits';
export { averageOf, type FigureSums } from './model/exact-sums';
export type { RowSpan } from './model/cell-range';
export { GroupedPlaces } from './model/groups';
