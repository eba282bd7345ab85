/**
 * The Explain screen: figures of the month, the lines, and the story of the line that has the keyboard.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { VarianceClass } from '@shared/domain/variance';
import { useConnection, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { recall, remember } from '../../app/settings';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { byRow, DataGrid, type GridChange, type GridHandle, type PageSource, type SelectionFigures, type SortOrder } from '../../grid';
import { Button, countText, EmptyState, Notice, PlayIcon, QuietBar, SheetIcon } from '../../ui';
import { DetailPane } from './detail/detail-pane';
import { FilterBar } from './filter-bar';
import { lineColumns } from './line-columns';
import { lineName, type LineRow, rowsOf } from './line-row';
import { SplitPane } from './split-pane';
import { SummaryStrip } from './summary-strip';
import { useLineEdits } from './line-changes';
import { selectionStatus } from './selection-status';
import { tagChangeOf } from './tag-change';
import { useLineFigures } from './use-line-figures';
import { filterFor, type Narrowing, NOT_NARROWED, orderFor, viewOf } from './views';
import styles from './explain-screen.module.css';

export function ExplainScreen() {
  const { period, currency, timeZone, canEdit, findText, setFindText, openScreen, announce } = useWorkspace();
  const { periodId } = period;
  const connection = useConnection();
  const summary = useQuery('lines:summary', { periodId }, { keepsPrevious: true });
  const rollForward = useQuery('lines:rollForward', { periodId }, { areas: ['lines', 'imports', 'quarantine'] });
  const reasonCodes = useQuery('tags:reasonCodes', {}, { areas: [] });

  const [viewId, setViewId] = useState(period.state === 'locked' ? 'exceptions' : 'open');
  const [narrowing, setNarrowing] = useState<Narrowing>(NOT_NARROWED);
  const [total, setTotal] = useState<number | undefined>(undefined);
  const [refused, setRefused] = useState('');
  const [focused, setFocused] = useState<LineRow | undefined>(undefined);
  const [figures, setFigures] = useState<SelectionFigures | undefined>(undefined);
  const [detailOpen, setDetailOpen] = useState(() => recall<boolean>('explain.detail') ?? true);
  const grid = useRef<GridHandle>(null);
  const screen = useRef<HTMLDivElement>(null);
  const sort = useRef<readonly SortOrder[]>([]);

  const view = viewOf(viewId);
  const filter = useMemo(() => filterFor(view, narrowing, findText), [view, narrowing, findText]);
  const sourceKey = JSON.stringify([periodId, viewId, filter]);

  const source = useCallback<PageSource<LineRow>>(
    async ({ offset, limit, sort: own }) => {
      const outcome = await connection.call('lines:page', { periodId, offset, limit, sort: orderFor(view, own), filter });
      setRefused(outcome.ok ? '' : outcome.message);
      return outcome.ok ? { total: outcome.value.total, rows: rowsOf(outcome.value.columns) } : undefined;
    },
    [connection, periodId, filter, view],
  );
  const { readSums, readEdge } = useLineFigures({ periodId, filter, orderOf: () => orderFor(view, sort.current) });
  useEffect(() => connection.onChanged(() => grid.current?.refresh()), [connection]);
  useEffect(() => remember('explain.detail', detailOpen), [detailOpen]);

  const saveEdits = useLineEdits();
  const onEdits = (change: GridChange<LineRow>) => saveEdits(byRow(change.edits).map(({ row, edits }) => [row, tagChangeOf(edits, timeZone)] as const));

  const goToException = async (direction: 'next' | 'previous') => {
    const outcome = await connection.call('lines:nextException', {
      periodId, sort: orderFor(view, sort.current), filter, after: grid.current?.focusedIndex() ?? -1, direction,
    });
    if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
    else if (outcome.value.index === null) announce(direction === 'next' ? 'No open line after this one' : 'No open line before this one');
    else grid.current?.focusRow(outcome.value.index);
  };
  const switchPane = () => {
    const detail = screen.current?.querySelector('[data-testid="detail-pane"]');
    if (detail?.contains(document.activeElement)) grid.current?.focusRow(Math.max(0, grid.current.focusedIndex()));
    else detail?.querySelector<HTMLElement>('[data-testid="tag-form"] :is(input, textarea):not(:disabled), [data-pane-body] button')?.focus();
  };
  useCommands({
    'explain.nextException': { run: () => void goToException('next') },
    'explain.previousException': { run: () => void goToException('previous') },
    'view.switchPane': { run: switchPane, enabled: detailOpen },
    'view.detail': { run: () => setDetailOpen((open) => !open) },
  });
  useScreenFocus(({ view: wantedView, stockKeyId }) => {
    if (wantedView) setViewId(wantedView);
    if (stockKeyId !== undefined) setWantedLine(stockKeyId);
  });
  const [wantedLine, setWantedLine] = useState<number | undefined>(undefined);

  useStatus([
    { label: 'rows', value: summary.value ? `${total === undefined ? '0' : countText(total)} of ${countText(summary.value.lines)}` : '', testId: 'status-rows' },
    ...selectionStatus(figures, currency),
  ]);

  const columns = useMemo(
    () => lineColumns({ currency, timeZone, reasonCodes: reasonCodes.value ?? [], canEdit, nowInstant: Date.now() }),
    [currency, timeZone, reasonCodes.value, canEdit],
  );
  const locations = useMemo(() => (rollForward.value ?? []).map((each) => each.location), [rollForward.value]);

  if (summary.refusal) {
    return (
      <div className={styles['message']}>
        <Notice tone="error" title={summary.refusal.message} copyText={summary.refusal.message} actions={<Button onClick={summary.reload}>Read again</Button>} />
      </div>
    );
  }
  if (!summary.value) return <QuietBar shown />;
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
  };
  const press = (each: VarianceClass) => {
    const without = narrowing.classes.filter((other) => other !== each);
    setNarrowing({ ...narrowing, classes: without.length < narrowing.classes.length ? without : [...without, each] });
    if (viewId === 'open') showView('variance');
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
            />
          ) : undefined
        }
      >
        <SummaryStrip
          summary={summary.value}
          pressed={narrowing.classes}
          onPress={press}
          onOpenLines={() => {
            setNarrowing(NOT_NARROWED);
            setFindText('');
            showView('open');
          }}
        />
        {summary.value.isStale ? (
          <Notice strip tone="warning" title="Files came in after the reconciliation." actions={<Button onClick={() => openScreen('reconcile')}>Reconcile again</Button>}>
            The lines do not stand for them yet.
          </Notice>
        ) : null}
        <FilterBar
          viewId={viewId} onView={showView} narrowing={narrowing} onNarrowing={setNarrowing} locations={locations}
          total={total} finds={findText.trim() !== ''} detailOpen={detailOpen} onDetail={() => setDetailOpen(!detailOpen)}
        />
        {refused ? <Notice strip tone="error" title={refused} copyText={refused} actions={<Button onClick={() => grid.current?.refresh()}>Read again</Button>} /> : null}
        <div className={styles['grid']}>
          <DataGrid<LineRow>
            ref={grid}
            label="Lines of the period"
            columns={columns}
            source={source}
            sourceKey={sourceKey}
            rowId={(row) => String(row.stockKeyId)}
            initialSort={[]}
            onSort={(own) => (sort.current = own)}
            onFocusRow={(row) => {
              setWantedLine(undefined);
              setFocused(row);
            }}
            rowNumbers
            {...(canEdit ? { onEdits } : {})}
            onFigures={setFigures}
            sums={readSums}
            edge={readEdge}
            onTotal={setTotal}
          />
          {total === 0 ? (
            <div className={styles['none']}>
              <EmptyState
                icon={SheetIcon}
                title={viewId === 'open' && !findText ? 'No line is open' : 'No line fits'}
                action={<Button onClick={() => { setNarrowing(NOT_NARROWED); setFindText(''); showView('all'); }}>Show every line</Button>}
              >
                {findText ? `No SKU or item of the period holds “${findText.trim()}”.` : viewId === 'open' ? 'Every line is tagged, approved or cleared.' : `The view “${view.name}” holds none with this filter.`}
              </EmptyState>
            </div>
          ) : null}
        </div>
      </SplitPane>
      <span className="visually-hidden" aria-live="polite">{focused ? lineName(focused) : ''}</span>
    </div>
  );
}
