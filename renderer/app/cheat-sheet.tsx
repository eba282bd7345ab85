/**
 * Every command and shortcut on one sheet, with the keys of the grid that are no commands: to look one up, or for the wall.
 */
import { useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Command, COMMANDS, MENUS, shortcutsOf } from '@shared/contract/commands';
import { Button, Dialog, KeyHint, TextField } from '../ui';
import { useCommands } from './commands';
import { GRID_KEYS } from './grid-keys';
import { usePrinting } from './printing';
import styles from './cheat-sheet.module.css';

interface KeyGroup {
  readonly name: string;
  readonly entries: readonly (readonly [label: string, keys: string])[];
}

const GROUPS: readonly KeyGroup[] = [
  ...MENUS.map((menu) => ({
    name: menu as string,
    entries: COMMANDS.filter((command: Command) => command.menu === menu).map((command: Command) => [command.label, shortcutsOf(command).join(' ')] as const),
  })),
  { name: 'In the grid', entries: GRID_KEYS },
];

/** The entries that hold every word of a text, in their label or keys; all of a group that is named by it. */
export function groupsWith(text: string, groups: readonly KeyGroup[] = GROUPS): readonly KeyGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  return groups
    .map((group) => ({ ...group, entries: holds(group.name) ? group.entries : group.entries.filter(([label, keys]) => holds(`${label} ${keys.replaceAll('CmdOrCtrl', 'Ctrl')}`)) }))
    .filter(({ entries }) => entries.length > 0);
}

function KeyGroups({ groups }: { readonly groups: readonly KeyGroup[] }) {
  return groups.map((group) => (
    <section key={group.name} className={styles['group']}>
      <h3>{group.name}</h3>
      <dl>
        {group.entries.map(([label, keys]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{keys.split(' ').filter(Boolean).map((each) => <KeyHint key={each} keys={each} />)}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const printing = usePrinting();
  const print = () => printing.print({ head: 'Tieout. Keyboard', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  useCommands({ 'report.print': { run: print } });
  const found = groupsWith(text);
  return (
    <Dialog title="Keyboard" size="wide" onClose={onClose} testId="cheat-sheet" focusesFirst={field}>
      <div className={styles['body']}>
        <div className={styles['search']}>
          <TextField ref={field} label="Find a command or key" labelHidden placeholder="Find a command or key" value={text} onValue={setText} />
          <Button onClick={print} shortcut="CmdOrCtrl+P">Print</Button>
        </div>
        <div className={styles['columns']}>
          <KeyGroups groups={found} />
        </div>
        {found.length === 0 ? <p role="status">{`Nothing is called “${text}”.`}</p> : null}
      </div>
      {printing.isPrinting
        ? createPortal(
            <div data-printed className={styles['paper']}>
              <h1>Keyboard</h1>
              <div className={styles['columns']}><KeyGroups groups={GROUPS} /></div>
            </div>,
            document.body,
          )
        : null}
    </Dialog>
  );
}
