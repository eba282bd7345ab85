/**
 * The native menu, made from the one list of commands; the window carries them out.
 */
import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMANDS, type Command, MENUS, type MenuName } from '@shared/contract/commands';

/** Items that the system itself carries out, behind ours. */
const SYSTEM_ITEMS: Partial<Record<MenuName, readonly MenuItemConstructorOptions[]>> = {
  File: [{ type: 'separator' }, { role: 'quit' }],
  Edit: [{ type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  View: [{ type: 'separator' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' }],
};

/**
 * Sets the application's menu.
 *
 * @param send hands a command to the window that has the focus
 * @param recent workbooks opened before, newest first
 * @param openRecent opens one of them
 */
export function setMenu(
  send: (window: BrowserWindow | undefined, command: string) => void,
  recent: readonly { readonly path: string; readonly name: string }[],
  openRecent: (window: BrowserWindow | undefined, path: string) => void,
): void {
  const itemFor = (command: Command): MenuItemConstructorOptions => ({
    id: command.id,
    label: command.label,
    // The window listens for the keys itself, so that the menu, the palette and the grid have one way through.
    ...(command.shortcut ? { accelerator: command.shortcut, registerAccelerator: false } : {}),
    click: (_item, window) => send(window as BrowserWindow | undefined, command.id),
  });
  const recentItems: MenuItemConstructorOptions = {
    label: 'Open recent',
    enabled: recent.length > 0,
    submenu: recent.map((each) => ({
      label: each.name,
      toolTip: each.path,
      click: (_item, window) => openRecent(window as BrowserWindow | undefined, each.path),
    })),
  };
  const template = MENUS.map((menu): MenuItemConstructorOptions => {
    const ours = COMMANDS.filter((command) => command.menu === menu).flatMap((command: Command) => [
      ...(command.startsGroup ? [{ type: 'separator' as const }] : []),
      itemFor(command),
      ...(command.id === 'file.open' ? [recentItems] : []),
    ]);
    return { label: menu, submenu: [...ours, ...(SYSTEM_ITEMS[menu] ?? [])] };
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
