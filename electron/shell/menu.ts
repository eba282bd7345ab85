/**
 * The native menu, made from the one list of commands; the window carries them out.
 */
import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMANDS, type Command, MENUS, type MenuName } from '@shared/contract/commands';
import type { CommandStates } from './windows';

/** Items that the system itself carries out, behind ours. */
const SYSTEM_ITEMS: Partial<Record<MenuName, readonly MenuItemConstructorOptions[]>> = {
  File: [{ type: 'separator' }, { role: 'quit' }],
  Edit: [{ type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  Window: [{ role: 'minimize' }],
};

/** What the menu says and does beside the list of commands. */
export interface MenuSetup {
  /** Hands a command to the window that has the focus. */
  readonly send: (window: BrowserWindow | undefined, command: string) => void;
  /** Workbooks opened before, newest first. */
  readonly recent: readonly { readonly path: string; readonly name: string }[];
  readonly openRecent: (window: BrowserWindow | undefined, path: string) => void;
  readonly windows: readonly { readonly title: string; readonly isCurrent: boolean; readonly bringToFront: () => void }[];
  /** How the commands stand in the window that has the focus. */
  readonly states: () => CommandStates;
}

/** Sets the application's menu. */
export function setMenu({ send, recent, openRecent, windows, states }: MenuSetup): void {
  const itemFor = (command: Command): MenuItemConstructorOptions => ({
    id: command.id,
    label: command.label,
    ...(command.hasCheck ? { type: 'checkbox' as const } : {}),
    // The window listens for the keys itself, so that the menu, the palette and the grid have one way through.
    ...(command.shortcut ? { accelerator: command.shortcut, registerAccelerator: false } : {}),
    click: (item, window) => {
      // The system has turned the mark over by itself; whether it is on is for the window to say.
      if (command.hasCheck) item.checked = states().checked.has(command.id);
      send(window as BrowserWindow | undefined, command.id);
    },
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
  const windowItems: readonly MenuItemConstructorOptions[] = [
    { type: 'separator' },
    ...windows.map(({ title, isCurrent, bringToFront }): MenuItemConstructorOptions => ({ label: title, type: 'checkbox', checked: isCurrent, click: bringToFront })),
  ];
  const template = MENUS.map((menu): MenuItemConstructorOptions => {
    const ours = COMMANDS.filter((command) => command.menu === menu).flatMap((command: Command) => [
      ...(command.startsGroup ? [{ type: 'separator' as const }] : []),
      itemFor(command),
      ...(command.id === 'file.openBeside' ? [recentItems] : []),
    ]);
    return { label: menu, submenu: [...ours, ...(SYSTEM_ITEMS[menu] ?? []), ...(menu === 'Window' ? windowItems : [])] };
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  showCommandStates(states());
}

/** Greys out in the menu what cannot be used now, and marks what is on. */
export function showCommandStates({ enabled, checked }: CommandStates): void {
  for (const menu of Menu.getApplicationMenu()?.items ?? []) {
    for (const item of menu.submenu?.items ?? []) {
      if (!item.id?.includes('.')) continue;
      item.enabled = enabled.has(item.id);
      if (item.type === 'checkbox') item.checked = checked.has(item.id);
    }
  }
}
