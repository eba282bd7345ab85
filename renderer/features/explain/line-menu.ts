/**
 * The menu of a line: what the grid does with the chosen cells, and every command of the list that is about lines.
 */
import type { RefObject } from 'react';
import { commandItems } from '../../app/commands';
import type { GridHandle } from '../../grid';
import { CopyIcon, type MenuItem } from '../../ui';

/** The choices now; none where no cell is chosen. */
export function lineMenu(grid: RefObject<GridHandle | null>, canEdit: boolean): readonly MenuItem[] {
  const hand = grid.current;
  if (!hand || hand.focusedIndex() < 0) return [];
  const [first, ...rest] = commandItems((id) => id.startsWith('explain.'));
  return [
    { key: 'copy', label: 'Copy', icon: CopyIcon, shortcut: 'CmdOrCtrl+C', onChoose: hand.copy },
    { key: 'fillDown', label: 'Fill down', shortcut: 'CmdOrCtrl+D', disabled: !canEdit, onChoose: () => hand.fill('down') },
    { key: 'fillRight', label: 'Fill right', shortcut: 'CmdOrCtrl+R', disabled: !canEdit, onChoose: () => hand.fill('right') },
    ...(first ? [{ ...first, startsGroup: true }] : []),
    ...rest,
    ...commandItems((id) => id === 'view.detail').map((item) => ({ ...item, startsGroup: true })),
  ];
}
