/**
 * The grid: rows read page by page, sorted where they are stored, chosen, copied, filled and edited in place as in a spreadsheet.
 *
 * The only file that mounts AG Grid. It reports wishes (`onEdits`) and never changes a row itself: what is shown is what the
 * source answers. What is chosen and where the keyboard is stands in `control/`; the rules of it, without a window, in `model/`.
 */
import {
  CellApiModule, CellStyleModule, ColumnApiModule, ColumnAutoSizeModule, createGrid, CustomEditorModule, CustomFilterModule, EventApiModule, type GridApi, type IDatasource,
  type IGetRowsParams, InfiniteRowModelModule, ModuleRegistry, RenderApiModule, RowApiModule, RowAutoHeightModule, ScrollApiModule,
} from 'ag-grid-community';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { decimalSign, PaperclipIcon, type Tone, TONE_ICON } from '../ui';
import { fractionLength } from './alignment';
import { CLIP, iconId } from './cells';
import { columnDef, rowNumberColumn } from './column-defs';
import { ColumnWidths } from './column-width';
import { type GridColumn, isNumberColumn } from './columns';
import { Changes, type OpenPlan } from './control/changes';
import { copyChosen, pasteOnto } from './control/copying';
import { GridControl } from './control/grid-control';
import { answerKey, stepOn } from './control/keys';
import { Pointer } from './control/pointer';
import { sortOf } from './control/row-reader';
import { ChoiceEditor } from './editors/choice-editor';
import type { After } from './editors/editor-host';
import { TextEditor } from './editors/text-editor';
import { keepPlace } from './control/keep-place';
import { FilterField } from './filter/filter-field';
import { FilterHost } from './filter/filter-host';
import { GroupHead } from './group-head';
import { Freshness } from './model/freshness';
import { editorPart, filterPart, Parts, PartsOf } from './parts';
import { PlanBar } from './plan-bar';
import type { DataGridProps, GridHandle } from './props';
import { GRID_THEMES, styleNonce } from './theme';
import styles from './data-grid.module.css';

ModuleRegistry.registerModules([
  InfiniteRowModelModule, CellStyleModule, CustomEditorModule, ColumnApiModule, CellApiModule, RowApiModule, RenderApiModule, ScrollApiModule, EventApiModule,
  ColumnAutoSizeModule, CustomFilterModule,
  // Not for its heights: without it the library believes that rows are still being measured, and scrolls back to the last row it showed when rows come.
  RowAutoHeightModule,
]);

const PAGE_ROWS = 200;
/** As many rows as are shown on their way, and after how long: sooner they would be drawn only to be drawn anew. */
const WAITING_ROWS = 30;
const WAITING_MS = 200;
/** How long a message stands at the foot of the grid. */
const MESSAGE_MS = 6000;
const TONES = Object.entries(TONE_ICON) as [Tone, (typeof TONE_ICON)[Tone]][];

interface Hand<Row> {
  readonly control: GridControl<Row>;
  readonly changes: Changes<Row>;
}

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, sourceKey, initialSort, rowNumbers = false, tabLeaves = false, density = 'normal', filters, ref } = props;
  const now = useRef(props);
  now.current = props;
  const [hand, setHand] = useState<Hand<Row> | undefined>(undefined);
  const handNow = useRef<Hand<Row> | undefined>(undefined);
  const [open, setOpen] = useState<OpenPlan<Row> | undefined>(undefined);
  const [message, setMessage] = useState('');
  const [spoken, setSpoken] = useState('');
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const made = useRef<GridApi<Row> | undefined>(undefined);
  const places = useRef(new Map<string, number>());
  const widths = useRef(new ColumnWidths());
  const freshness = useRef(new Freshness(PAGE_ROWS));
  const firstSort = useRef(initialSort);
  const sign = useMemo(() => decimalSign(), []);

  useEffect(() => {
    if (message === '') return undefined;
    const timer = setTimeout(() => setMessage(''), MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [message]);

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
        // One row stands for all while they are read; where that takes a moment, as many as fill the grid are shown as on their way.
        const waits = params.startRow === 0 && !params.api.isDestroyed() && params.api.getDisplayedRowCount() === 1;
        const showWaiting = waits ? setTimeout(() => !params.api.isDestroyed() && params.api.getDisplayedRowCount() === 1 && params.api.setRowCount(WAITING_ROWS, false), WAITING_MS) : undefined;
        const sort = params.sortModel.map(({ colId, sort: direction }) => ({ column: colId, direction }));
        const hasCome = freshness.current.asked(params.startRow);
        void now.current.source({ offset: params.startRow, limit: params.endRow - params.startRow, sort }).then((page) => {
          clearTimeout(showWaiting);
          // The screen may have been left while the page was on its way.
          if (params.api.isDestroyed()) return undefined;
          if (!page) return params.failCallback();
          const isCurrent = hasCome();
          const rows = page.rows.filter((row): row is Row & object => !(row instanceof GroupHead)) as readonly Row[];
          const widened = measure(rows);
          if (frame.current) widths.current.fit(params.api as GridApi<Row>, frame.current, now.current.columns, page.rows);
          keepPlace(frame.current, () => params.successCallback([...page.rows], page.total));
          if (widened.length > 0) (params.api as GridApi<Row>).refreshCells({ columns: [...widened], force: true });
          // Asked for before the rows changed: how many there were then is no news, and the page is on its way again.
          if (!isCurrent) return undefined;
          const control = handNow.current?.control;
          if (control) {
            if (control.total !== page.total) control.setTotal(page.total);
            control.onPage();
          }
          return now.current.onTotal?.(page.total);
        });
      },
    }),
    [measure],
  );

  const put = (text: string, after: After) => {
    const { control, changes } = handNow.current!;
    control.grid.stopEditing(true);
    control.takesKeyboard();
    void changes.put(text, after === 'range');
    if (after === 'down' || after === 'up') stepOn(control, 'row', after === 'down' ? 1 : -1);
    else if (after === 'left' || after === 'right') stepOn(control, 'column', after === 'right' ? 1 : -1);
    else control.paint();
  };
  const putNow = useRef(put);
  putNow.current = put;

  const filterHost = useMemo(
    () =>
      new FilterHost({
        texts: () => now.current.filters ?? {},
        put: (column, text) => now.current.onFilter?.(column, text),
        leave: (column) => handNow.current?.control.enterColumn(column),
        step: (column, by) => {
          const control = handNow.current?.control;
          const fields = control?.shape.columns.filter((id) => now.current.columns.find((each) => each.id === id)?.filter) ?? [];
          const next = fields[fields.indexOf(column) + by];
          if (next !== undefined) void control?.focusFilter(next);
          return next !== undefined;
        },
      }),
    [],
  );
  const showsFilters = filters !== undefined;
  useEffect(() => filterHost.changed(), [filterHost, filters]);

  const [parts] = useState(() => new Parts());
  // The same classes for as long as the grid is there: another class is another field, without what is being written.
  const [classes] = useState(() => ({ textEditor: editorPart(parts, TextEditor<Row>), choiceEditor: editorPart(parts, ChoiceEditor<Row>), filterField: filterPart(parts, FilterField) }));
  const columnDefs = useMemo(() => {
    const setting = {
      parts: classes,
      filters: showsFilters ? filterHost : undefined,
      initialSort: firstSort.current,
      context: (column: GridColumn<Row>) => ({
        shown: column,
        places: () => places.current.get(column.id) ?? 0,
        decimalSign: sign,
        isFirst: (id: string) => handNow.current?.control.shape.columns[0] === id,
        paint: (element: HTMLElement, row: number, id: string) => handNow.current?.control.painter.cell(element, row, id),
      }),
      host: {
        put: (text: string, after: After) => putNow.current(text, after),
        // After React is through with the key that ended it.
        cancel: () => void setTimeout(() => handNow.current?.control.grid.stopEditing(true)),
      },
    };
    return [...(rowNumbers ? [rowNumberColumn<Row>()] : []), ...columns.map((column) => columnDef(column, setting))];
  }, [columns, sign, rowNumbers, showsFilters, filterHost, classes]);

  const shownKey = useRef(sourceKey);
  useEffect(() => {
    const control = handNow.current?.control;
    // The grid reads what it was made with by itself.
    if (!control || control.grid.isDestroyed() || shownKey.current === sourceKey) return;
    shownKey.current = sourceKey;
    control.reset();
    control.refresh();
    if (control.grid.getDisplayedRowCount() > 0) control.grid.ensureIndexVisible(0, 'top');
  }, [hand, sourceKey]);

  const isInCell = (target: EventTarget): boolean => target === frame.current || (target instanceof Element && target.closest('.ag-cell') !== null);
  const onKey = (event: KeyboardEvent, target: EventTarget | null) => {
    const { control, changes } = handNow.current ?? {};
    if (!control || !changes || control.isEditing || target === null || !isInCell(target)) return;
    const copy = () => void copyChosen(control, setMessage);
    const answered = answerKey({ control, changes, copy, tabLeaves }, event) || (target === frame.current && control.editByKey(event));
    if (!answered) return;
    event.preventDefault();
    event.stopPropagation();
  };
  useEffect(() => {
    if (!hand) return undefined;
    const stopPointer = new Pointer(hand.control, hand.changes).attach();
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof Element && !(frame.current?.contains(target) && isInCell(target))) hand.control.onLeft();
    };
    /** Words beside the grid take no keyboard: who clicks them left the grid all the same. */
    const onDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !frame.current?.contains(target)) hand.control.onLeft();
    };
    /** The row with the keyboard has just gone out of the page: the key is still the grid's. */
    const onLostKey = (event: KeyboardEvent) => {
      if (event.target !== document.body || !hand.control.hasKeyboard) return;
      frame.current?.focus({ preventScroll: true });
      onKey(event, frame.current);
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('keydown', onLostKey);
    document.addEventListener('pointerdown', onDown, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onDown, { capture: true });
      document.removeEventListener('keydown', onLostKey);
      stopPointer();
      document.removeEventListener('focusin', onFocusIn);
    };
  }, [hand]);

  useImperativeHandle(
    ref,
    (): GridHandle => ({
      focusRow: (index, columnId) => {
        const control = handNow.current?.control;
        const column = columnId ?? control?.selection?.active.column ?? control?.shape.columns[0];
        if (!control || column === undefined) return;
        control.takesKeyboard();
        control.goTo({ row: index, column });
      },
      showRow: (index, columnId) => {
        const control = handNow.current?.control;
        const column = columnId ?? control?.selection?.active.column ?? control?.shape.columns[0];
        if (control && column !== undefined) control.show({ row: index, column });
      },
      focusedIndex: () => handNow.current?.control.selection?.active.row ?? -1,
      startEditing: (columnId) => {
        const control = handNow.current?.control;
        if (control?.selection) control.grid.startEditingCell({ rowIndex: control.selection.active.row, colKey: columnId });
      },
      clearSort: () => handNow.current?.control.grid.applyColumnState({ defaultState: { sort: null } }),
      refresh: () => handNow.current?.control.refresh(),
      layout: () => handNow.current?.control.layout() ?? [],
      setLayout: (layout) => handNow.current?.control.setLayout(layout),
      activeColumn: () => handNow.current?.control.selection?.active.column,
      copy: () => handNow.current && void copyChosen(handNow.current.control, setMessage),
      fill: (way) => void handNow.current?.changes.fill(way),
      focusFilter: (columnId) => void handNow.current?.control.focusFilter(columnId),
    }),
    [],
  );

  const onPaste = (event: React.ClipboardEvent) => {
    const hands = handNow.current;
    if (!hands || hands.control.isEditing || !isInCell(event.target) || !pasteOnto(hands.changes, event.clipboardData)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onReady = (grid: GridApi<Row>) => {
    const control = new GridControl<Row>(grid, frame.current!, () => now.current, setSpoken, freshness.current);
    handNow.current = { control, changes: new Changes(control, { ask: setOpen, announce: setMessage }) };
    setHand(handNow.current);
    // The library has no option for the grid's own name.
    const root = frame.current?.querySelector('[role="grid"], [role="treegrid"]');
    root?.setAttribute('aria-label', label);
    root?.setAttribute('aria-multiselectable', 'true');
  };
  const firstDefs = useRef(columnDefs);
  useEffect(() => {
    const grid = createGrid<Row>(place.current!, {
      theme: GRID_THEMES[density],
      ...(styleNonce() === undefined ? {} : { styleNonce: styleNonce()! }),
      rowModelType: 'infinite',
      datasource,
      cacheBlockSize: PAGE_ROWS,
      maxBlocksInCache: 30,
      infiniteInitialRowCount: 1,
      rowBuffer: 4,
      columnDefs: firstDefs.current,
      getRowId: ({ data }) => ((data as Row | GroupHead) instanceof GroupHead ? `group ${(data as unknown as GroupHead).setting.id}` : now.current.rowId(data)),
      readOnlyEdit: true,
      ...(tabLeaves ? { tabToNextCell: () => false, tabToNextHeader: () => false } : {}),
      suppressDragLeaveHidesColumns: true,
      animateRows: false,
      suppressColumnMoveAnimation: true,
      suppressNoRowsOverlay: true,
      onGridReady: ({ api }) => onReady(api),
      onCellFocused: ({ rowIndex, column }) => {
        if (rowIndex !== null && column !== null && typeof column === 'object') handNow.current?.control.onFocused({ row: rowIndex, column: column.getColId() });
      },
      onDisplayedColumnsChanged: () => handNow.current?.control.paint(),
      onViewportChanged: () => handNow.current?.control.paint(),
      onSortChanged: ({ api }) => now.current.onSort?.(sortOf(api)),
      // An editor hands its text on by itself; what AG Grid would write is not written twice.
      onCellEditRequest: () => undefined,
    });
    made.current = grid;
    return () => grid.destroy();
    // What changes afterwards is told to the grid below; the grid itself stays.
  }, []);
  useEffect(() => {
    if (firstDefs.current === columnDefs) return;
    firstDefs.current = columnDefs;
    made.current?.setGridOption('columnDefs', columnDefs);
  }, [columnDefs]);
  useEffect(() => made.current?.setGridOption('theme', GRID_THEMES[density]), [density]);
  const leaveOpen = () => {
    setOpen(undefined);
    handNow.current?.control.takesKeyboard();
    handNow.current?.control.paint();
    const active = handNow.current?.control.selection?.active;
    if (active) handNow.current?.control.grid.setFocusedCell(active.row, active.column);
  };
  return (
    <div ref={frame} className={styles['grid']} tabIndex={-1} onKeyDownCapture={(event) => onKey(event.nativeEvent, event.target)} onPasteCapture={onPaste}>
      <svg className={styles['sprite']} aria-hidden="true">
        {TONES.map(([tone, Picture]) => (
          <symbol key={tone} id={iconId(tone)} viewBox="0 0 16 16"><Picture size={16} /></symbol>
        ))}
        <symbol id={iconId(CLIP)} viewBox="0 0 16 16"><PaperclipIcon size={16} /></symbol>
      </svg>
      <div ref={place} className={styles['place']} />
      <PartsOf parts={parts} />
      {open ? (
        <PlanBar
          open={open}
          onLeave={leaveOpen}
          onCarryOut={() => {
            leaveOpen();
            void handNow.current?.changes.settle(open);
          }}
        />
      ) : null}
      <div className={message ? styles['message'] : 'visually-hidden'} role="status" aria-live="polite" data-testid="grid-message">{message}</div>
      <div className="visually-hidden" aria-live="polite" data-testid="grid-spoken">{spoken}</div>
    </div>
  );
}
