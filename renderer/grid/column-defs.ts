/**
 * Our columns as AG Grid's column definitions.
 */
import type { ColDef, ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import { countText, forText } from '../ui';
import { Cell, type CellContext } from './cells';
import { editableOf, type GridColumn, isNumberColumn, standsAtEnd } from './columns';
import { GroupHead } from './group-head';
import { ROW_NUMBERS } from './control/painter';
import type { EditorHost } from './editors/editor-host';
import { type FilterFieldProps, NoFilter } from './filter/filter-field';
import type { FilterHost } from './filter/filter-host';
import styles from './data-grid.module.css';
import type { PartClass } from './parts';
import type { SortOrder } from './props';

/** The number of a row, counted from 1. */
class RowNumber<Row> implements ICellRendererComp<Row> {
  readonly #element = document.createElement('span');

  init(params: ICellRendererParams<Row>): void {
    this.refresh(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh({ node }: ICellRendererParams<Row>): boolean {
    this.#element.textContent = node.rowIndex === null ? '' : countText(node.rowIndex + 1);
    return true;
  }
}

/** The head of the rows: their numbers, from which whole rows are chosen. */
export const rowNumberColumn = <Row>(): ColDef<Row> => ({
  colId: ROW_NUMBERS,
  headerName: '',
  headerTooltip: 'Row; click a number to choose the row',
  initialWidth: forText(44),
  minWidth: forText(36),
  pinned: 'left',
  lockPinned: true,
  lockPosition: 'left',
  resizable: false,
  sortable: false,
  suppressMovable: true,
  suppressNavigable: true,
  suppressHeaderKeyboardEvent: () => false,
  cellRenderer: RowNumber,
  cellClass: styles['rowNumber'] ?? '',
});

export type PartClasses = Readonly<Record<'textEditor' | 'choiceEditor' | 'filterField', PartClass>>;

export interface ColumnDefSetting<Row> {
  readonly parts: PartClasses;
  readonly initialSort: readonly SortOrder[];
  readonly context: (column: GridColumn<Row>) => CellContext<Row>;
  readonly host: EditorHost;
  /** undefined while the filter row is hidden. */
  readonly filters: FilterHost | undefined;
}

export function columnDef<Row>(column: GridColumn<Row>, { initialSort, context, host, filters, parts }: ColumnDefSetting<Row>): ColDef<Row> {
  const sortIndex = initialSort.findIndex((each) => each.column === column.id);
  const editable = editableOf(column);
  return {
    ...(sortIndex < 0 ? {} : { initialSort: initialSort[sortIndex]!.direction, initialSortIndex: sortIndex }),
    colId: column.id,
    headerName: column.title,
    ...(column.tooltip ? { headerTooltip: column.tooltip } : {}),
    // The first width and place only: what a person or the texts made of it since outlasts new columns.
    initialWidth: forText(column.width),
    initialHide: column.hidden ?? false,
    ...(column.pinned ? { initialPinned: 'left' as const } : {}),
    minWidth: forText(Math.min(column.width, 56)),
    ...(column.grows ? { flex: 1, minWidth: forText(column.width) } : {}),
    sortable: column.sortable ?? false,
    resizable: true,
    ...(column.namesRow ? { cellAriaRole: 'rowheader' } : {}),
    cellRenderer: Cell,
    cellRendererParams: context(column),
    ...(filters && column.filter
      ? {
          filter: NoFilter, floatingFilter: true, suppressFloatingFilterButton: true, suppressHeaderFilterButton: true, floatingFilterComponent: parts.filterField,
          floatingFilterComponentParams: { columnId: column.id, title: column.title, rule: column.filter, host: filters } satisfies FilterFieldProps,
        }
      : {}),
    ...(standsAtEnd(column) ? { headerClass: styles['endHead'] ?? '' } : {}),
    ...(isNumberColumn(column) ? { sortingOrder: ['desc', 'asc', null] } : {}),
    valueGetter: ({ data }) => (data === undefined || data instanceof GroupHead ? null : column.value(data)),
    equals: () => false,
    // Every key that means something while a cell is edited is the editor's own.
    suppressKeyboardEvent: ({ editing }) => editing,
    ...(editable
      ? {
          editable: ({ data }) => data !== undefined && !(data instanceof GroupHead) && editable.whyFixed(data) === undefined,
          cellEditor: column.kind === 'choice' ? parts.choiceEditor : parts.textEditor,
          cellEditorParams: column.kind === 'choice' ? { choice: column, editable, host } : { editable, host },
          cellClass: styles['choice'] ?? '',
        }
      : {}),
  };
}
