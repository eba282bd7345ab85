/**
 * The Explain screen: figures of the month, the lines, and the story of the line that has the keyboard.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '../../api';
import { usePreferences } from '../../app/preferences';
import { recall, remember } from '../../app/settings';
import { shellAction } from '../../app/shell-commands';
import { NotReconciled } from '../../app/not-reconciled';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { byRow, DataGrid, type Density, type GridChange, type GridHandle, type SelectionFigures } from '../../grid';
import { Button, ContextMenu, countText, Notice, Pending, periodName, QuietBar } from '../../ui';
import { BulkPane } from './bulk/bulk-pane';
import { useBulkTargets } from './bulk/use-bulk-targets';
import { CaseStrip } from './case-strip';
import { ColumnsMenu } from './columns-menu';
import { type FilterWorld, userStyle } from './column-filters';
import { DetailPane } from './detail/detail-pane';
import { FilterBar } from './filter-bar';
import { FilterStrip } from './filter-strip';
import { FindBar } from './find-bar';
import { lineColumns } from './line-columns';
import { lineMenu } from './line-menu';
import { lineName, type LineRow } from './line-row';
import { NoLines } from './no-lines';
import { SplitPane } from './split-pane';
import { SummaryStrip } from './summary-strip';
import { useLineEdits } from './line-changes';
import { useComingBack } from './use-coming-back';
import { useKeptLines } from './use-kept-lines';
import { useLineGroups } from './use-line-groups';
import { selectionStatus } from './selection-status';
import { tagChangeOf } from './tag-change';
import { useLineFigures } from './use-line-figures';
import { useShownLines } from './use-shown-lines';
import { useWalking } from './use-walking';
import { NOT_NARROWED } from './views';
import styles from './explain-screen.module.css';

/** What a group's head adds up: what is written beside its lines. */
const GROUP_FIGURES = [
  'erpAtCutOffScaled', 'storefrontAtCutOffScaled', 'countedAtCutOffScaled', 'countVarianceScaled', 'channelVarianceScaled', 'ledgerVarianceScaled', 'valueMinor',
];

export function ExplainScreen() {
  const { period, currency, timeZone, canEdit, openScreen, savingChange } = useWorkspace();
  const { periodId } = period;
  const summary = useQuery('lines:summary', { periodId }, { keepsPrevious: true });
  const locations = useQuery('locations:bounds', { periodId }, { areas: ['locations', 'imports', 'quarantine'] });
  const reasonCodes = useQuery('tags:reasonCodes', {}, { areas: [] });
  const grid = useRef<GridHandle>(null);
  const screen = useRef<HTMLDivElement>(null);

  const [total, setTotal] = useState<number | undefined>(undefined);
  const [refused, setRefused] = useState('');
  const [focused, setFocused] = useState<LineRow | undefined>(undefined);
  const [selected, setSelected] = useState<readonly LineRow[]>([]);
  const [figures, setFigures] = useState<SelectionFigures | undefined>(undefined);
  const [wantedLine, setWantedLine] = useState<number | undefined>(undefined);
  const [detailOpen, setDetailOpen] = useState(() => recall<boolean>('explain.detail') ?? true);
  useEffect(() => remember('explain.detail', detailOpen), [detailOpen]);

  const world = useMemo(
    (): FilterWorld => ({ currency, timeZone, reasonCodes: reasonCodes.value ?? [], locations: (locations.value ?? []).map(({ code }) => code), style: userStyle() }),
    [currency, timeZone, reasonCodes.value, locations.value],
  );
  const columns = useMemo(() => lineColumns({ ...world, canEdit, nowInstant: Date.now() }), [world, canEdit]);
  const kept = useKeptLines(periodId);
  const shown = useShownLines({ first: kept.first, world, grid });
  const { filter, groupBy, columnFilters } = shown;
  const grouped = useLineGroups(
    { periodId, filter, by: groupBy, columns: GROUP_FIGURES, orderOf: shown.orderOf, onOutcome: setRefused },
    () => grid.current?.refresh(),
  );
  const { readSums, readEdge } = useLineFigures({ query: shown.query, layout: grouped.layout });
  const placeNow = () => {
    const index = grid.current?.focusedIndex() ?? -1;
    return grouped.layout()?.rowBefore(index) ?? index;
  };
  const { comeBack, keepPlace } = useComingBack({ kept, shown, grid, focused, placeNow, reveal: grouped.reveal });
  const finder = useWalking({ shown, grid, screen, placeNow, reveal: grouped.reveal, detail: { isOpen: detailOpen, toggle: () => setDetailOpen((open) => !open) } });
  const bulk = useBulkTargets({ query: shown.query, layout: grouped.layout, total: total ?? 0, canEdit });
  const saveEdits = useLineEdits();
  const onEdits = (change: GridChange<LineRow>) => saveEdits(byRow(change.edits).map(({ row, edits }) => [row, tagChangeOf(edits, timeZone)] as const));
  const { density } = usePreferences();
  const setDensity = (wanted: Density) => void shellAction('shell:setPreferences', { density: wanted });

  useScreenFocus(({ view, stockKeyId, lines }) => {
    // Whoever was sent for something does not go back to what they had.
    kept.takeLine();
    shown.showWanted({ view, lines });
    if (stockKeyId !== undefined) setWantedLine(stockKeyId);
  });
  useStatus([
    ...(total === undefined ? [] : [{ label: 'rows', value: summary.value ? `${countText(total)} of ${countText(summary.value.lines)}` : countText(total), testId: 'status-rows' }]),
    ...selectionStatus(figures, currency),
  ]);

  if (summary.refusal) return <Pending of={summary} label="The lines" />;
  // The lines do not wait for the figures above them: at a million lines these take seconds.
  if ((summary.value ?? period).reconciledInstant === null) {
    return (
      <NotReconciled>The lines of {periodName(period.code)} appear once it was reconciled.</NotReconciled>
    );
  }

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
        {summary.value ? (
          <SummaryStrip
            summary={summary.value}
            pressed={shown.narrowing.classes}
            onPress={shown.pressClass}
            onOverview={() => openScreen('overview')}
            onOpenLines={() => shown.showWhole('open')}
          />
        ) : <div className={styles['figuresToCome']}><QuietBar shown /></div>}
        {summary.value?.isStale ? (
          <Notice strip tone="warning" title="Files, rules or the period before changed after the reconciliation." actions={<Button onClick={() => openScreen('reconcile')}>Reconcile again</Button>}>
            The lines do not stand for them yet.
          </Notice>
        ) : null}
        <FilterBar
          columnsMenu={
            <>
            {bulk.button}
            <ColumnsMenu
              grid={grid} columns={columns} density={density} onDensity={setDensity} canSave={shown.canSaveViews}
              savedName={shown.savedName} onSave={(name) => void shown.saveView(name)} onRemove={() => void shown.removeView()}
            />
            </>
          }
          views={shown.views} viewId={shown.viewId} onView={shown.showView} narrowing={shown.narrowing} onNarrowing={shown.narrow} locations={world.locations} groupBy={groupBy} onGroupBy={shown.group}
          total={total} finds={shown.findText !== ''} detailOpen={detailOpen} onDetail={() => setDetailOpen(!detailOpen)}
        />
        <FilterStrip texts={columnFilters.texts} world={world} titleOf={(id) => columns.find((column) => column.id === id)?.title ?? id} onClear={columnFilters.clear} />
        <CaseStrip viewId={shown.viewId} total={total ?? 0} selected={selected} focused={focused} />
        {bulk.open ? (
          <BulkPane
            selection={bulk.selection} all={bulk.all} reasonCodes={reasonCodes.value ?? []} onClose={bulk.close}
            onShow={(label, stockKeyIds) => shown.narrow({ ...NOT_NARROWED, chosen: { label, filter: { stockKeyIds: [...stockKeyIds] } } })}
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
            sourceKey={shown.key}
            rowId={(row) => String(row.stockKeyId)}
            rowName={lineName}
            initialSort={shown.sortNow()}
            onSort={shown.setSort}
            onFocusRow={(row) => {
              setWantedLine(undefined);
              setFocused(row);
              if (row !== undefined && row.stockKeyId === focused?.stockKeyId) keepPlace();
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
          {total === 0 ? <NoLines shown={shown} /> : null}
        </ContextMenu>
      </SplitPane>
    </div>
  );
}
