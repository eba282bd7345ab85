/**
 * The menu of a line: what the grid does with the chosen cells, and every command of the list that is about lines.
 */
import type { RefObject } from 'react';
import type { CommandId } from '@shared/contract/commands';
import { commandItems } from '../../app/commands';
import type { GridHandle } from '../../grid';
import type { MenuItem } from '../../ui';

/** Commands about the chosen lines that are not only the Explain screen's. */
const ALSO: ReadonlySet<string> = new Set<CommandId>(['edit.changeLines', 'edit.filterColumn']);

/** The choices now; none where no cell is chosen. */
export function lineMenu(grid: RefObject<GridHandle | null>, canEdit: boolean): readonly MenuItem[] {
  const hand = grid.current;
  if (!hand || hand.focusedIndex() < 0) return [];
  const [first, ...rest] = commandItems((id) => id.startsWith('explain.') || ALSO.has(id));
  return [
    { key: 'copy', label: 'Copy', shortcut: 'CmdOrCtrl+C', onChoose: hand.copy },
    { key: 'fillDown', label: 'Fill down', shortcut: 'CmdOrCtrl+D', disabled: !canEdit, onChoose: () => hand.fill('down') },
    { key: 'fillRight', label: 'Fill right', shortcut: 'CmdOrCtrl+R', disabled: !canEdit, onChoose: () => hand.fill('right') },
    ...(first ? [{ ...first, startsGroup: true }] : []),
    ...rest,
    ...commandItems((id) => id === 'view.detail').map((item) => ({ ...item, startsGroup: true })),
  ];
}
