/**
 * The views of the lines: the ready-made ones and those that people saved in the workbook.
 */
import { useMemo } from 'react';
import type { SavedView, ViewDefinition } from '@shared/domain/saved-view';
import { useConnection, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { LINE_VIEWS, type LineView } from './views';

const idOf = ({ savedViewId }: SavedView): string => `saved ${savedViewId}`;

export interface LineViews {
  readonly views: readonly LineView[];
  /** The view of an identifier; the first of all where there is none. */
  readonly viewOf: (viewId: string) => LineView;
  /** undefined: a ready-made one. */
  readonly savedOf: (viewId: string) => SavedView | undefined;
  readonly canSave: boolean;
  /** Saves a view under a name and answers its identifier; undefined where it was refused. */
  readonly save: (name: string, definition: ViewDefinition) => Promise<string | undefined>;
  readonly remove: (view: SavedView) => Promise<void>;
}

export function useLineViews(): LineViews {
  const connection = useConnection();
  const { workbook, announce, recordChange, savingChange } = useWorkspace();
  const saved = useQuery('views:list', {}, { areas: ['views'], keepsPrevious: true });
  const views = useMemo(
    () => [...LINE_VIEWS, ...(saved.value ?? []).map((view): LineView => ({ id: idOf(view), name: view.name, filter: view.definition.filter, sort: view.definition.sort }))],
    [saved.value],
  );
  return {
    views,
    viewOf: (viewId) => views.find((view) => view.id === viewId) ?? LINE_VIEWS[0]!,
    savedOf: (viewId) => saved.value?.find((view) => idOf(view) === viewId),
    canSave: !workbook.readOnly,
    save: (name, definition) => savingChange(async () => {
      const before = saved.value?.find((view) => view.name.toLowerCase() === name.toLowerCase());
      const outcome = await connection.call('views:save', { name, definition });
      if (!outcome.ok) return void notify({ tone: 'error', title: outcome.message });
      recordChange(`View ${outcome.value.name}`, { view: outcome.value.name, before: before?.definition ?? null, after: outcome.value.definition });
      announce(`View ${outcome.value.name} saved`);
      return idOf(outcome.value);
    }),
    remove: (view) => savingChange(async () => {
      const outcome = await connection.call('views:remove', { savedViewId: view.savedViewId });
      if (!outcome.ok) return notify({ tone: 'error', title: outcome.message });
      recordChange(`View ${view.name}`, { view: view.name, before: view.definition, after: null });
      return announce(`View ${view.name} removed`);
    }),
  };
}
