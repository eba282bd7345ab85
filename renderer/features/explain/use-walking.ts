/**
 * Going through the lines by keys: to the next open one, to the next that holds a text, to the filter of a column, to the pane beside.
 */
import type { RefObject } from 'react';
import { useConnection } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import type { GridHandle } from '../../grid';
import { type Finder, useFinder } from './find-bar';
import type { ShownLines } from './use-shown-lines';

export interface WalkingSetting {
  readonly shown: ShownLines;
  readonly grid: RefObject<GridHandle | null>;
  readonly screen: RefObject<HTMLElement | null>;
  /** The place among the lines, without heads of groups, at which the keyboard is; −1 where it is nowhere. */
  readonly placeNow: () => number;
  /** Opens the group of a line and says where the line then stands. */
  readonly reveal: (place: number) => number;
  /** The pane beside the grid. */
  readonly detail: { readonly isOpen: boolean; readonly toggle: () => void };
}

export function useWalking({ shown: { query, columnFilters }, grid, screen, placeNow, reveal, detail }: WalkingSetting): Finder {
  const connection = useConnection();
  const { announce } = useWorkspace();
  const backToGrid = () => grid.current?.focusRow(Math.max(0, grid.current.focusedIndex()));

  const goToException = async (direction: 'next' | 'previous') => {
    const outcome = await connection.call('lines:nextException', { ...query(), after: placeNow(), direction });
    if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
    else if (outcome.value.index === null) announce(direction === 'next' ? 'No open line after this one' : 'No open line before this one');
    else grid.current?.focusRow(reveal(outcome.value.index));
  };
  const finder = useFinder({
    query,
    after: placeNow,
    show: (index, column, takesKeyboard) => grid.current?.[takesKeyboard ? 'focusRow' : 'showRow'](reveal(index), column),
    leave: backToGrid,
  });
  const switchPane = () => {
    const pane = screen.current?.querySelector('[data-testid="detail-pane"]');
    if (pane?.contains(document.activeElement)) backToGrid();
    else pane?.querySelector<HTMLElement>('[data-testid="tag-form"] :is(input, textarea):not(:disabled), [data-pane-body] button')?.focus();
  };
  useCommands({
    'explain.nextException': { run: () => void goToException('next') },
    'explain.previousException': { run: () => void goToException('previous') },
    'edit.findNext': { run: () => finder.go('next') },
    'edit.findPrevious': { run: () => finder.go('previous') },
    'view.filterRow': { run: () => columnFilters.show(!columnFilters.isShown), checked: columnFilters.isShown },
    'edit.filterColumn': {
      run: () => {
        columnFilters.show(true);
        grid.current?.focusFilter();
      },
    },
    'edit.clearFilters': { run: () => columnFilters.clear(), enabled: columnFilters.conditions !== undefined },
    'view.switchPane': { run: switchPane, enabled: detail.isOpen, whyNot: 'the pane is hidden' },
    'view.detail': { run: detail.toggle, checked: detail.isOpen },
  });
  return finder;
}
