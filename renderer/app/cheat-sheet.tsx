/**
 * Every shortcut on one sheet, and the keys of the grid that are no commands.
 */
import { type Command, COMMANDS, MENUS, shortcutsOf } from '@shared/contract/commands';
import { Dialog, KeyHints } from '../ui';
import styles from './cheat-sheet.module.css';

const GRID_KEYS: readonly (readonly [string, string])[] = [
  ['Move between cells', 'Arrows'],
  ['First row', 'Ctrl+Up'],
  ['Last row', 'Ctrl+Down'],
  ['A page up or down', 'Page Up'],
  ['Edit the cell', 'F2'],
  ['Edit by typing', 'A…Z'],
  ['Take the edit', 'Enter'],
  ['Leave the edit', 'Esc'],
  ['Empty the cell', 'Delete'],
  ['Select further rows', 'Shift+Down'],
  ['Copy the selected rows', 'Ctrl+C'],
];

export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const groups = MENUS.map((menu) => ({
    menu,
    entries: COMMANDS.filter((command: Command) => command.menu === menu && command.shortcut).map((command: Command) => [command.label, ...shortcutsOf(command)] as const),
  })).filter((group) => group.entries.length > 0);
  return (
    <Dialog title="Keyboard" size="wide" onClose={onClose} testId="cheat-sheet">
      <div className={styles['body']}>
        <div className={styles['columns']}>
          {[...groups, { menu: 'In the grid', entries: GRID_KEYS }].map((group) => (
            <section key={group.menu} className={styles['group']}>
              <h3>{group.menu}</h3>
              <dl>
                {group.entries.map(([label, ...keys]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd><KeyHints keys={keys} /></dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
