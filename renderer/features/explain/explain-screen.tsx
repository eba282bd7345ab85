/**
 * The Explain screen: figures of the month, the lines, and the story of the line that has the keyboard.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LineGrouping } from '@shared/domain/lines';
import type { VarianceClass } from '@shared/domain/variance';
import { useConnection, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { usePreferences } from '../../app/preferences';
import { recall, remember } from '../../app/settings';
import { shellAction } from '../../app/shell-commands';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { byRow, DataGrid, type Density, type GridChange, type GridHandle, type SelectionFigures, type SortOrder } from '../../grid';
import { Button, ContextMenu, countText, EmptyState, Notice, Pending, PlayIcon, SheetIcon } from '../../ui';
import { BulkPane } from './bulk/bulk-pane';
import { useBulkTargets } from './bulk/use-bulk-targets';
import { CaseStrip } from './case-strip';
import { ColumnsMenu } from './columns-menu';
import { type FilterWorld, userStyle } from './column-filters';
import { DetailPane } from './detail/detail-pane';
import { FilterBar } from './filter-bar';
import { FilterStrip } from './filter-strip';
import { FindBar, useFinder } from './find-bar';
import { lineColumns } from './line-columns';
import { lineMenu } from './line-menu';
import { lineName, type LineRow } from './line-row';
import { SplitPane } from './split-pane';
import { SummaryStrip } from './summary-strip';
import { useColumnFilters } from './use-column-filters';
import { useLineEdits } from './line-changes';
import { useKeptLines } from './use-kept-lines';
import { useLineGroups } from './use-line-groups';
import { selectionStatus } from './selection-status';
import { tagChangeOf } from './tag-change';
import { useLineFigures } from './use-line-figures';
import { useLineViews } from './use-line-views';
import { filterFor, type Narrowing, NOT_NARROWED, orderFor } from './views';
import styles from './explain-screen.module.css';

/** What a group's head adds up: what is written beside its lines. */
const GROUP_FIGURES = [
  'erpAtCutOffScaled', 'storefrontAtCutOffScaled', 'countedAtCutOffScaled', 'countVarianceScaled', 'channelVarianceScaled', 'ledgerVarianceScaled', 'valueMinor',
];

export function ExplainScreen() {
  const { period, currency, timeZone, canEdit, findText, setFindText, openScreen, announce, savingChange } = useWorkspace();
  const { periodId } = period;
  const connection = useConnection();
  const summary = useQuery('lines:summary', { periodId }, { keepsPrevious: true });
  const locations = useQuery('locations:bounds', { periodId }, { areas: ['locations', 'imports', 'quarantine'] });
  const reasonCodes = useQuery('tags:reasonCodes', {}, { areas: [] });

  const kept = useKeptLines(periodId);
  const [viewId, setViewId] = useState(kept.first?.viewId ?? (period.state === 'locked' ? 'exceptions' : 'open'));
  const [narrowing, setNarrowing] = useState<Narrowing>(kept.first?.narrowing ?? NOT_NARROWED);
  const [total, setTotal] = useState<number | undefined>(undefined);
  const [refused, setRefused] = useState('');
  const [focused, setFocused] = useState<LineRow | undefined>(undefined);
  const [figures, setFigures] = useState<SelectionFigures | undefined>(undefined);
  const [detailOpen, setDetailOpen] = useState(() => recall<boolean>('explain.detail') ?? true);
  const grid = useRef<GridHandle>(null);
  const screen = useRef<HTMLDivElement>(null);
  // What has the column heads pressed is also kept, and kept when it changes.
  const [, setSorted] = useState<readonly SortOrder[]>([]);
  const sort = useRef<readonly SortOrder[]>(kept.first?.sort ?? []);

  const lineViews = useLineViews();
  const view = lineViews.viewOf(viewId);
  const world = useMemo(
    (): FilterWorld => ({ currency, timeZone, reasonCodes: reasonCodes.value ?? [], locations: (locations.value ?? []).map(({ code }) => code), style: userStyle() }),
    [currency, timeZone, reasonCodes.value, locations.value],
  );
  const columnFilters = useColumnFilters(world);
  const filter = useMemo(() => filterFor(view, narrowing, findText, columnFilters.conditions), [view, narrowing, findText, columnFilters.conditions]);
  const isChosen = narrowing.chosen !== undefined;
  const [groupBy, setGroupBy] = useState<LineGrouping | undefined>(kept.first?.groupBy ?? undefined);
  const sourceKey = JSON.stringify([periodId, viewId, filter, groupBy]);

  const grouped = useLineGroups(
    { periodId, filter, by: groupBy, columns: GROUP_FIGURES, orderOf: (own) => orderFor(view, own, isChosen), onOutcome: setRefused },
    () => grid.current?.refresh(),
  );
  const { readSums, readEdge } = useLineFigures({ periodId, filter, groupBy, orderOf: () => orderFor(view, sort.current, isChosen), layout: grouped.layout });
  const firstConnection = useRef(connection);
  useEffect(() => {
    // The workbook's process was started again: pages that were on their way never came.
    if (connection !== firstConnection.current) grid.current?.refresh();
    return connection.onChanged(() => grid.current?.refresh());
  }, [connection]);
  useEffect(() => remember('explain.detail', detailOpen), [detailOpen]);
  const { density } = usePreferences();
  const setDensity = (wanted: Density) => void shellAction('shell:setPreferences', { density: wanted });
  const lineNow = () => {
    const index = grid.current?.focusedIndex() ?? -1;
    const place = grouped.layout()?.rowBefore(index) ?? index;
    return focused && place >= 0 ? { stockKeyId: focused.stockKeyId, index: place, column: grid.current?.activeColumn() ?? '' } : null;
  };
  useEffect(() => kept.keep({ viewId, narrowing, groupBy: groupBy ?? null, sort: [...sort.current], line: lineNow() }));
  /** Back to the line that had the keyboard: with it where the window came back, beside it where another screen did. */
  const comeBack = () => {
    // A view that somebody saved is not read yet: its lines are still to come.
    const line = lineViews.viewOf(viewId).id === viewId ? kept.takeLine() : null;
    if (!line) return;
    const index = grouped.reveal(line.index);
    if (document.activeElement === document.body && line.column) grid.current?.focusRow(index, line.column);
    else grid.current?.showRow(index, line.column || undefined);
  };

  const [selected, setSelected] = useState<readonly LineRow[]>([]);
  const bulk = useBulkTargets({ query: () => ({ periodId, sort: orderFor(view, sort.current, isChosen), filter, ...(groupBy && { groupBy }) }), layout: grouped.layout, total: total ?? 0, canEdit });
  const saveEdits = useLineEdits();
  const onEdits = (change: GridChange<LineRow>) => saveEdits(byRow(change.edits).map(({ row, edits }) => [row, tagChangeOf(edits, timeZone)] as const));

  const goToException = async (direction: 'next' | 'previous') => {
    const outcome = await connection.call('lines:nextException', {
      periodId, sort: orderFor(view, sort.current, isChosen), filter, ...(groupBy && { groupBy }),
      after: grouped.layout()?.rowBefore(grid.current?.focusedIndex() ?? -1) ?? grid.current?.focusedIndex() ?? -1, direction,
    });
    if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
    else if (outcome.value.index === null) announce(direction === 'next' ? 'No open line after this one' : 'No open line before this one');
    else grid.current?.focusRow(grouped.reveal(outcome.value.index));
  };
  const finder = useFinder({
    query: () => ({ periodId, sort: orderFor(view, sort.current, isChosen), filter, ...(groupBy && { groupBy }) }),
    after: () => grouped.layout()?.rowBefore(grid.current?.focusedIndex() ?? -1) ?? grid.current?.focusedIndex() ?? -1,
    show: (index, column, takesKeyboard) => grid.current?.[takesKeyboard ? 'focusRow' : 'showRow'](grouped.reveal(index), column),
    leave: () => grid.current?.focusRow(Math.max(0, grid.current.focusedIndex())),
  });
  const switchPane = () => {
    const detail = screen.current?.querySelector('[data-testid="detail-pane"]');
    if (detail?.contains(document.activeElement)) grid.current?.focusRow(Math.max(0, grid.current.focusedIndex()));
    else detail?.querySelector<HTMLElement>('[data-testid="tag-form"] :is(input, textarea):not(:disabled), [data-pane-body] button')?.focus();
  };
  useCommands({
    'explain.nextException': { run: () => void goToException('next') },
    'edit.findNext': { run: () => finder.go('next') },
    'edit.findPrevious': { run: () => finder.go('previous') },
    'explain.previousException': { run: () => void goToException('previous') },
    'view.filterRow': { run: () => columnFilters.show(!columnFilters.isShown), checked: columnFilters.isShown },
    'edit.filterColumn': {
      run: () => {
        columnFilters.show(true);
        grid.current?.focusFilter();
      },
    },
    'edit.clearFilters': { run: () => columnFilters.clear(), enabled: columnFilters.conditions !== undefined },
    'view.switchPane': { run: switchPane, enabled: detailOpen, whyNot: 'the pane is hidden' },
    'view.detail': { run: () => setDetailOpen((open) => !open), checked: detailOpen },
  });
  useScreenFocus(({ view: wantedView, stockKeyId, lines }) => {
    // Whoever was sent for something does not go back to what they had.
    kept.takeLine();
    if (wantedView) setViewId(wantedView);
    if (lines) {
      setNarrowing({ ...NOT_NARROWED, chosen: lines });
      columnFilters.clear();
    }
    if (stockKeyId !== undefined) setWantedLine(stockKeyId);
  });
  const [wantedLine, setWantedLine] = useState<number | undefined>(undefined);

  useStatus([
    { label: 'rows', value: summary.value ? `${total === undefined ? '0' : countText(total)} of ${countText(summary.value.lines)}` : '', testId: 'status-rows' },
    ...selectionStatus(figures, currency),
  ]);

  const columns = useMemo(
    () => lineColumns({ ...world, canEdit, nowInstant: Date.now() }),
    [world, canEdit],
  );

  if (!summary.value || summary.refusal) return <Pending of={summary} label="The lines" />;
  if (summary.value.reconciledInstant === null) {
    return (
      <EmptyState icon={SheetIcon} title="Nothing is reconciled yet" action={<Button kind="primary" icon={PlayIcon} onClick={() => openScreen('reconcile')}>Go to Reconcile</Button>}>
        The lines appear once the period was reconciled.
      </EmptyState>
    );
  }

  const showView = (id: string) => {
    grid.current?.clearSort();
    setViewId(id);
    const saved = lineViews.savedOf(id);
    if (!saved) return;
    setNarrowing(NOT_NARROWED);
    columnFilters.write(saved.definition.filter.columns);
    setGroupBy(saved.definition.groupBy ?? undefined);
    grid.current?.setLayout(saved.definition.columns);
  };
  const saveView = async (name: string) => {
    const columns = (grid.current?.layout() ?? []).map((column) => ({ ...column, widthPixels: Math.round(column.widthPixels) }));
    const saved = await lineViews.save(name, { filter: filterFor(view, narrowing, '', columnFilters.conditions), sort: orderFor(view, sort.current), groupBy: groupBy ?? null, columns });
    if (saved !== undefined) setViewId(saved);
  };
  const removeView = async () => {
    const saved = lineViews.savedOf(viewId);
    if (!saved) return;
    setViewId('open');
    await lineViews.remove(saved);
  };
  const press = (each: VarianceClass) => {
    const without = narrowing.classes.filter((other) => other !== each);
    setNarrowing({ ...narrowing, classes: without.length < narrowing.classes.length ? without : [...without, each] });
    if (viewId === 'open' && !isChosen) showView('variance');
  };
  const shownLine = wantedLine ?? focused?.stockKeyId;
  return (
    <div ref={screen} className={styles['screen']}>
      <SplitPane
        name="explain"
        sideLabel="Line"
        side={
          detailOpen ? (
            <DetailPane
              periodId={periodId}
              stockKeyId={shownLine}
              reasonCodes={reasonCodes.value ?? []}
              onClose={() => setDetailOpen(false)}
              onOpenLine={setWantedLine}
              backTo={wantedLine !== undefined && focused && focused.stockKeyId !== wantedLine ? { name: lineName(focused), onBack: () => setWantedLine(undefined) } : undefined}
            />
          ) : undefined
        }
      >
        <SummaryStrip
          summary={summary.value}
          pressed={narrowing.classes}
          onPress={press}
          onOverview={() => openScreen('overview')}
          onOpenLines={() => {
            setNarrowing(NOT_NARROWED);
            columnFilters.clear();
            setFindText('');
            showView('open');
          }}
        />
        {summary.value.isStale ? (
          <Notice strip tone="warning" title="Files, rules or the period before changed after the reconciliation." actions={<Button onClick={() => openScreen('reconcile')}>Reconcile again</Button>}>
            The lines do not stand for them yet.
          </Notice>
        ) : null}
        <FilterBar
          columnsMenu={
            <>
            {bulk.button}
            <ColumnsMenu
              grid={grid} columns={columns} density={density} onDensity={setDensity} canSave={lineViews.canSave}
              savedName={lineViews.savedOf(viewId)?.name} onSave={(name) => void saveView(name)} onRemove={() => void removeView()}
            />
            </>
          }
          views={lineViews.views} viewId={viewId} onView={showView} narrowing={narrowing} onNarrowing={setNarrowing} locations={world.locations} groupBy={groupBy} onGroupBy={setGroupBy}
          total={total} finds={findText.trim() !== ''} detailOpen={detailOpen} onDetail={() => setDetailOpen(!detailOpen)}
        />
        <FilterStrip texts={columnFilters.texts} world={world} titleOf={(id) => columns.find((column) => column.id === id)?.title ?? id} onClear={columnFilters.clear} />
        <CaseStrip viewId={viewId} total={total ?? 0} selected={selected} focused={focused} />
        {bulk.open ? (
          <BulkPane
            selection={bulk.selection} all={bulk.all} reasonCodes={reasonCodes.value ?? []} onClose={bulk.close}
            onShow={(label, stockKeyIds) => setNarrowing({ ...NOT_NARROWED, chosen: { label, filter: { stockKeyIds: [...stockKeyIds] } } })}
          />
        ) : null}
        {refused ? <Notice strip tone="error" title={refused} copyText={refused} actions={<Button onClick={() => grid.current?.refresh()}>Read again</Button>} /> : null}
        <ContextMenu label="Line" className={styles['grid']} items={() => lineMenu(grid, canEdit)}>
          <FindBar finder={finder} />
          <DataGrid<LineRow>
            ref={grid}
            label="Lines of the period"
            columns={columns}
            source={grouped.source}
            onToggleGroup={grouped.toggle}
            sourceKey={sourceKey}
            rowId={(row) => String(row.stockKeyId)}
            rowName={lineName}
            initialSort={sort.current}
            onSort={(own) => {
              sort.current = own;
              setSorted(own);
            }}
            onFocusRow={(row) => {
              setWantedLine(undefined);
              setFocused(row);
            }}
            {...(columnFilters.isShown ? { filters: columnFilters.texts as Readonly<Record<string, string>>, onFilter: columnFilters.put } : {})}
            rowNumbers
            density={density}
            {...(canEdit ? { onEdits, onChanging: (change) => void savingChange(() => change) } : {})}
            onSelection={setSelected}
            onSelected={bulk.onSelected}
            onFigures={setFigures}
            sums={readSums}
            edge={readEdge}
            onTotal={(shown) => {
              setTotal(grouped.lines() ?? shown);
              comeBack();
            }}
          />
          {total === 0 ? (
            <div className={columnFilters.isShown ? styles['noneUnderFilters'] : styles['none']}>
              <EmptyState
                icon={SheetIcon}
                title={viewId === 'open' && !findText && !isChosen && !columnFilters.conditions ? 'No line is open' : 'No line fits'}
                action={<Button onClick={() => { setNarrowing(NOT_NARROWED); columnFilters.clear(); setFindText(''); showView('all'); }}>Show every line</Button>}
              >
                {findText ? `No SKU or item of the period holds “${findText.trim()}”.` : narrowing.chosen ? `No line is left of “${narrowing.chosen.label}”.` : columnFilters.conditions ? 'No line of the view fits the column filters.' : viewId === 'open' ? 'Every line is tagged, approved or cleared.' : `The view “${view.name}” holds none with this filter.`}
              </EmptyState>
            </div>
          ) : null}
        </ContextMenu>
      </SplitPane>
    </div>
  );
}
