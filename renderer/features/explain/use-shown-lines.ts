/**
 * Which lines the grid shows and in which order: the view, what narrows it, column filters, groups; and the views that are saved of it.
 */
import { type RefObject, useMemo, useRef, useState } from 'react';
import type { LineOrder } from '@shared/domain/line-grid';
import type { LineGrouping } from '@shared/domain/lines';
import type { VarianceClass } from '@shared/domain/variance';
import { useWorkspace } from '../../app/workspace';
import type { GridHandle, SortOrder } from '../../grid';
import type { FilterWorld } from './column-filters';
import { useColumnFilters } from './use-column-filters';
import type { LinesKept } from './use-kept-lines';
import { useLineViews } from './use-line-views';
import { filterFor, type Narrowing, NOT_NARROWED, orderFor } from './views';

export interface ShownLinesSetting {
  /** What was shown when the screen was left; undefined where nothing is known of it. */
  readonly first: LinesKept['first'];
  readonly world: FilterWorld;
  readonly grid: RefObject<GridHandle | null>;
}

export function useShownLines({ first, world, grid }: ShownLinesSetting) {
  const { period, findText, setFindText } = useWorkspace();
  const { periodId } = period;
  const [viewId, setViewId] = useState(first?.viewId ?? (period.state === 'locked' ? 'exceptions' : 'open'));
  const [narrowing, setNarrowing] = useState<Narrowing>(first?.narrowing ?? NOT_NARROWED);
  const [groupBy, setGroupBy] = useState<LineGrouping | undefined>(first?.groupBy ?? undefined);
  // What has the column heads pressed is also kept, and kept when it changes.
  const [, setSorted] = useState<readonly SortOrder[]>([]);
  const sort = useRef<readonly SortOrder[]>(first?.sort ?? []);

  const lineViews = useLineViews();
  const view = lineViews.viewOf(viewId);
  const saved = lineViews.savedOf(viewId);
  const columnFilters = useColumnFilters(world);
  const filter = useMemo(() => filterFor(view, narrowing, findText, columnFilters.conditions), [view, narrowing, findText, columnFilters.conditions]);
  const isChosen = narrowing.chosen !== undefined;
  const orderOf = (own: readonly SortOrder[]) => orderFor(view, own, isChosen);

  const showView = (id: string) => {
    grid.current?.clearSort();
    setViewId(id);
    const wanted = lineViews.savedOf(id);
    if (!wanted) return;
    setNarrowing(NOT_NARROWED);
    columnFilters.write(wanted.definition.filter.columns);
    setGroupBy(wanted.definition.groupBy ?? undefined);
    grid.current?.setLayout(wanted.definition.columns);
  };
  return {
    views: lineViews.views, canSaveViews: lineViews.canSave, savedName: saved?.name,
    viewId, view, narrowing, groupBy, filter, columnFilters, isChosen, orderOf,
    /** A view that somebody saved is not read yet: its lines are still to come. */
    isViewRead: view.id === viewId,
    /** Text that is looked for in the whole period, whatever the view leaves out. */
    findText: findText.trim(),
    /** What the column heads ask for now, also before the screen is drawn anew. */
    sortNow: () => sort.current,
    /** What the grid's pages are asked with. */
    query: (): LineOrder => ({ periodId, sort: orderOf(sort.current), filter, ...(groupBy && { groupBy }) }),
    /** Changes when other lines are wanted. */
    key: JSON.stringify([periodId, viewId, filter, groupBy]),
    narrow: setNarrowing,
    group: setGroupBy,
    setSort: (own: readonly SortOrder[]) => {
      sort.current = own;
      setSorted(own);
    },
    showView,
    /** A view as a whole: nothing narrows it any more. */
    showWhole: (id: string) => {
      setNarrowing(NOT_NARROWED);
      columnFilters.clear();
      setFindText('');
      showView(id);
    },
    /** Another screen sends somebody here; undefined leaves the view, or what narrows it, as it is. */
    showWanted: (wanted: { readonly view?: string | undefined; readonly lines?: Narrowing['chosen'] }) => {
      if (wanted.view) setViewId(wanted.view);
      if (!wanted.lines) return;
      setNarrowing({ ...NOT_NARROWED, chosen: wanted.lines });
      columnFilters.clear();
    },
    /** Presses a class of the summary, or lets it go again. */
    pressClass: (each: VarianceClass) => {
      const without = narrowing.classes.filter((other) => other !== each);
      setNarrowing({ ...narrowing, classes: without.length < narrowing.classes.length ? without : [...without, each] });
      if (viewId === 'open' && !isChosen) showView('variance');
    },
    saveView: async (name: string) => {
      const columns = grid.current?.layout() ?? [];
      const savedId = await lineViews.save(name, { filter: filterFor(view, narrowing, '', columnFilters.conditions), sort: orderFor(view, sort.current), groupBy: groupBy ?? null, columns: [...columns] });
      if (savedId !== undefined) setViewId(savedId);
    },
    removeView: async () => {
      if (!saved) return;
      setViewId('open');
      await lineViews.remove(saved);
    },
  };
}

export type ShownLines = ReturnType<typeof useShownLines>;
