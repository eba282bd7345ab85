/**
 * The grid as screens use it.
 */
export type { BadgeColumn, ChoiceColumn, DateColumn, GridColumn, NumberColumn, TextColumn } from './columns';
export { DataGrid, type DataGridProps, type GridHandle, type Page, type PageRequest, type PageSource, type SortOrder } from './data-grid';
