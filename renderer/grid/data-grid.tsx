/**
 * The grid: rows read page by page, sorted where they are stored, edited in place, driven by the keyboard.
 *
 * The only file that mounts AG Grid. It reports wishes (`onEdit`) and never changes a row itself: what is shown is
 * what the source answers.
 */
import {
  CellApiModule, CellStyleModule, type CellEditRequestEvent, type CellFocusedEvent, type CellKeyDownEvent, type ColDef, ColumnApiModule,
  CustomEditorModule, EventApiModule, type GridApi, type IDatasource, type IGetRowsParams, InfiniteRowModelModule, type IRowNode, ModuleRegistry,
  RenderApiModule, RowApiModule, RowSelectionModule, ScrollApiModule, type SuppressKeyboardEventParams, TextEditorModule,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { copyText, decimalSign, type Tone, TONE_ICON } from '../ui';
import { fractionLength } from './alignment';
import { Cell, type CellContext, iconId } from './cells';
import { ColumnWidths } from './column-width';
import { ChoiceEditor } from './choice-editor';
import { type GridColumn, isNumberColumn } from './columns';
import { rowsAsText } from './copy';
import { indexesBetween } from './selection';
import { gridTheme, styleNonce } from './theme';
import styles from './data-grid.module.css';

ModuleRegistry.registerModules([
  InfiniteRowModelModule, RowSelectionModule, CellStyleModule, CustomEditorModule, TextEditorModule, ColumnApiModule, CellApiModule, RowApiModule,
  RenderApiModule, ScrollApiModule, EventApiModule,
]);

export interface SortOrder {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: readonly SortOrder[];
}

export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Reads a page; undefined where it was refused, which the source itself reports. */
export type PageSource<Row> = (request: PageRequest) => Promise<Page<Row> | undefined>;

/** What a screen can ask of its grid. */
export interface GridHandle {
  /** Brings a row into view and gives it the keyboard, in the same column as before or in `columnId`. */
  focusRow(index: number, columnId?: string): void;
  /** The row that has the keyboard; -1 where none has. */
  focusedIndex(): number;
  startEditing(columnId: string): void;
  /** Back to the order in which the source answers by itself. */
  clearSort(): void;
  /** Reads the loaded pages again and keeps the place. */
  refresh(): void;
}

export interface DataGridProps<Row> {
  /** What the grid holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly source: PageSource<Row>;
  /** Changes when other rows are wanted: another filter or period. The grid then starts at the top. */
  readonly sourceKey: string;
  readonly rowId: (row: Row) => string;
  readonly initialSort: readonly SortOrder[];
  readonly onSort?: (sort: readonly SortOrder[]) => void;
  /** The row that has the keyboard. */
  readonly onFocusRow?: (row: Row | undefined, index: number) => void;
  readonly onSelection?: (rows: readonly Row[]) => void;
  /** A person chose a value in place; null empties the cell. */
  readonly onEdit?: (row: Row, columnId: string, value: string | null) => void;
  readonly onTotal?: (total: number) => void;
  /** Tab leaves the grid for the next control; otherwise it goes on from cell to cell, as where values are typed in. */
  readonly tabLeaves?: boolean;
  readonly ref?: Ref<GridHandle>;
}

const PAGE_ROWS = 200;
const TONES = Object.entries(TONE_ICON) as [Tone, (typeof TONE_ICON)[Tone]][];

/** While the search list of an editor is open, these keys are its own. */
const keepsKeyFromGrid = ({ editing, event }: SuppressKeyboardEventParams): boolean =>
  editing && ['Enter', 'Escape', 'Tab', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key);

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, source, sourceKey, rowId, initialSort, onSort, onFocusRow, onSelection, onEdit, onTotal, tabLeaves = false, ref } = props;
  const now = useRef({ source, onSort, onFocusRow, onSelection, onEdit, onTotal, columns });
  now.current = { source, onSort, onFocusRow, onSelection, onEdit, onTotal, columns };
  const [api, setApi] = useState<GridApi<Row> | undefined>(undefined);
  const frame = useRef<HTMLDivElement>(null);
  const places = useRef(new Map<string, number>());
  const widths = useRef(new ColumnWidths());
  const anchor = useRef(0);
  const extending = useRef(false);
  const focusedId = useRef<string | undefined>(undefined);
  const afterPage = useRef<(grid: GridApi<Row>) => void>(() => undefined);
  const firstSort = useRef(initialSort);
  const sign = useMemo(() => decimalSign(), []);

  /** Widens a column's room for decimals as longer fractions arrive; the cells drawn before then move over. */
  const measure = useCallback(
    (rows: readonly Row[]): readonly string[] => {
      const widened: string[] = [];
      for (const column of now.current.columns) {
        if (!isNumberColumn(column)) continue;
        const before = places.current.get(column.id) ?? 0;
        let longest = before;
        for (const row of rows) {
          const value = column.value(row);
          if (value !== null) longest = Math.max(longest, fractionLength(column.text(value), sign));
        }
        if (longest > before) {
          places.current.set(column.id, longest);
          widened.push(column.id);
        }
      }
      return widened;
    },
    [sign],
  );

  const datasource = useMemo<IDatasource>(
    () => ({
      getRows: (params: IGetRowsParams) => {
        const sort = params.sortModel.map(({ colId, sort: direction }) => ({ column: colId, direction }));
        void now.current.source({ offset: params.startRow, limit: params.endRow - params.startRow, sort }).then((page) => {
          // The screen may have been left while the page was on its way.
          if (params.api.isDestroyed()) return undefined;
          if (!page) return params.failCallback();
          const widened = measure(page.rows);
          if (frame.current) widths.current.fit(params.api as GridApi<Row>, frame.current, now.current.columns, page.rows);
          params.successCallback([...page.rows], page.total);
          if (widened.length > 0) (params.api as GridApi<Row>).refreshCells({ columns: [...widened], force: true });
          now.current.onTotal?.(page.total);
          return afterPage.current(params.api as GridApi<Row>);
        });
      },
    }),
    [measure],
  );

  const columnDefs = useMemo(
    () =>
      columns.map((column): ColDef<Row> => {
        const cellContext: CellContext<Row> = { shown: column, places: () => places.current.get(column.id) ?? 0, decimalSign: sign };
        const sortIndex = firstSort.current.findIndex((each) => each.column === column.id);
        return {
          ...(sortIndex < 0 ? {} : { initialSort: firstSort.current[sortIndex]!.direction, initialSortIndex: sortIndex }),
          colId: column.id,
          headerName: column.title,
          ...(column.tooltip ? { headerTooltip: column.tooltip } : {}),
          // The first width only: what a person or the texts made of it since outlasts new columns.
          initialWidth: column.width,
          minWidth: Math.min(column.width, 56),
          ...(column.grows ? { flex: 1, minWidth: column.width } : {}),
          sortable: column.sortable ?? false,
          pinned: column.pinned ? 'left' : null,
          lockPinned: true,
          resizable: true,
          cellRenderer: Cell,
          cellRendererParams: cellContext,
          ...(isNumberColumn(column) ? { headerClass: styles['endHead'] ?? '', sortingOrder: ['desc', 'asc', null] } : {}),
          valueGetter: ({ data }) => (data === undefined ? null : column.value(data)),
          equals: () => false,
          suppressKeyboardEvent: keepsKeyFromGrid,
          ...(column.kind === 'choice'
            ? {
                editable: ({ data }) => data !== undefined && column.editable(data),
                cellEditor: ChoiceEditor,
                cellEditorParams: { choice: column },
                cellClass: styles['choice'] ?? '',
              }
            : {}),
        };
      }),
    [columns, sign],
  );

  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    api.deselectAll();
    api.refreshInfiniteCache();
    if (api.getDisplayedRowCount() > 0) api.ensureIndexVisible(0, 'top');
  }, [api, sourceKey]);

  useImperativeHandle(
    ref,
    (): GridHandle => ({
      focusRow: (index, columnId) => {
        if (!api) return;
        const column = columnId ?? api.getFocusedCell()?.column.getColId() ?? columns[0]?.id;
        if (column === undefined) return;
        anchor.current = index;
        api.ensureIndexVisible(index, null);
        api.ensureColumnVisible(column);
        api.setFocusedCell(index, column);
      },
      focusedIndex: () => api?.getFocusedCell()?.rowIndex ?? -1,
      startEditing: (columnId) => {
        const rowIndex = api?.getFocusedCell()?.rowIndex;
        if (api && rowIndex !== undefined) api.startEditingCell({ rowIndex, colKey: columnId });
      },
      clearSort: () => api?.applyColumnState({ defaultState: { sort: null } }),
      refresh: () => api?.refreshInfiniteCache(),
    }),
    [api, columns],
  );

  /** Selects these rows and no others; a row whose page is on its way is selected when it has come. */
  const select = (grid: GridApi<Row>, indexes: readonly number[]) => {
    const wanted = new Set(indexes);
    const leave: IRowNode<Row>[] = grid.getSelectedNodes().filter((node) => node.rowIndex === null || !wanted.has(node.rowIndex));
    const add = indexes.map((index) => grid.getDisplayedRowAtIndex(index)).filter((node) => node?.data !== undefined) as IRowNode<Row>[];
    grid.setNodesSelected({ nodes: leave, newValue: false, source: 'api' });
    grid.setNodesSelected({ nodes: add, newValue: true, source: 'api' });
  };
  // A row that no longer fits the filter has left its place to the next one: the keyboard, the selection and whoever
  // follows them now mean that one, with the figures just read.
  afterPage.current = (grid) => {
    const rowIndex = grid.getFocusedCell()?.rowIndex;
    if (rowIndex === undefined) return;
    const data = grid.getDisplayedRowAtIndex(rowIndex)?.data;
    const id = data === undefined ? undefined : rowId(data);
    if (id !== undefined && id !== focusedId.current) {
      focusedId.current = id;
      anchor.current = rowIndex;
      select(grid, [rowIndex]);
      now.current.onFocusRow?.(data, rowIndex);
    }
    now.current.onSelection?.(grid.getSelectedRows());
  };
  const onCellFocused = ({ api: grid, rowIndex }: CellFocusedEvent<Row>) => {
    if (rowIndex === null || rowIndex === undefined) return;
    if (!extending.current) anchor.current = rowIndex;
    select(grid, indexesBetween(anchor.current, rowIndex));
    extending.current = false;
    const data = grid.getDisplayedRowAtIndex(rowIndex)?.data;
    focusedId.current = data === undefined ? undefined : rowId(data);
    now.current.onFocusRow?.(data, rowIndex);
  };
  const onCellKeyDown = (event: CellKeyDownEvent<Row>) => {
    const press = event.event as KeyboardEvent | null;
    if (!press || event.api.getEditingCells().length > 0) return;
    const column = now.current.columns.find((each) => each.id === event.column.getColId());
    if ((press.key === 'Delete' || press.key === 'Backspace') && column?.kind === 'choice' && event.data !== undefined && column.editable(event.data)) {
      press.preventDefault();
      now.current.onEdit?.(event.data, column.id, null);
    }
    if (press.key.toLowerCase() === 'c' && (press.ctrlKey || press.metaKey)) {
      const rows = event.api
        .getSelectedNodes()
        .sort((left, right) => (left.rowIndex ?? 0) - (right.rowIndex ?? 0))
        .flatMap((node) => (node.data === undefined ? [] : [node.data]));
      if (rows.length > 0) copyText(rowsAsText(now.current.columns, rows));
    }
  };

  const onReady = (grid: GridApi<Row>) => {
    setApi(grid);
    // The library has no option for the grid's own name.
    frame.current?.querySelector('[role="grid"]')?.setAttribute('aria-label', label);
  };
  return (
    <div ref={frame} className={styles['grid']} onKeyDownCapture={(event) => (extending.current = event.shiftKey && event.key.startsWith('Arrow'))} onPointerDownCapture={(event) => (extending.current = event.shiftKey)}>
      <svg className={styles['sprite']} aria-hidden="true">
        {TONES.map(([tone, Picture]) => (
          <symbol key={tone} id={iconId(tone)} viewBox="0 0 16 16"><Picture size={16} /></symbol>
        ))}
      </svg>
      <AgGridReact<Row>
        theme={gridTheme}
        {...(styleNonce() === undefined ? {} : { styleNonce: styleNonce()! })}
        rowModelType="infinite"
        datasource={datasource}
        cacheBlockSize={PAGE_ROWS}
        maxBlocksInCache={30}
        infiniteInitialRowCount={30}
        rowBuffer={12}
        columnDefs={columnDefs}
        getRowId={({ data }) => rowId(data)}
        rowSelection={{ mode: 'multiRow', checkboxes: false, headerCheckbox: false, enableClickSelection: false }}
        readOnlyEdit
        {...(tabLeaves ? { tabToNextCell: () => false, tabToNextHeader: () => false } : {})}
        stopEditingWhenCellsLoseFocus
        suppressDragLeaveHidesColumns
        animateRows={false}
        suppressColumnMoveAnimation
        suppressNoRowsOverlay
        onGridReady={({ api: grid }) => onReady(grid)}
        onCellFocused={onCellFocused}
        onCellKeyDown={(event) => onCellKeyDown(event as CellKeyDownEvent<Row>)}
        onSelectionChanged={({ api: grid }) => now.current.onSelection?.(grid.getSelectedRows())}
        onSortChanged={({ api: grid }) =>
          now.current.onSort?.(
            grid
              .getColumnState()
              .filter((state) => state.sort)
              .sort((left, right) => (left.sortIndex ?? 0) - (right.sortIndex ?? 0))
              .map((state) => ({ column: state.colId, direction: state.sort! })),
          )
        }
        onCellEditRequest={({ data, column, newValue }: CellEditRequestEvent<Row>) =>
          now.current.onEdit?.(data, column.getColId(), (newValue as string | null | undefined) ?? null)
        }
      />
    </div>
  );
}
