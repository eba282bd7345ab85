/**
 * The command palette: every command by its words, with its shortcut; what cannot be used now stands last, dimmed.
 */
import { useMemo, useRef } from 'react';
import { type Command, type CommandId, COMMANDS, shortcutsOf } from '@shared/contract/commands';
import { Dialog, KeyHints, PaletteList } from '../ui';
import { commands, useEnabledCommands } from './commands';
import styles from './palette.module.css';

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const enabled = useEnabledCommands();
  const field = useRef<HTMLInputElement>(null);
  const entries = useMemo(() => {
    const usable = new Set(enabled);
    return COMMANDS.filter((command) => command.id !== 'view.palette')
      .map((command: Command) => ({
        key: command.id as CommandId, title: command.label, detail: command.menu, shortcuts: shortcutsOf(command), disabled: !usable.has(command.id as CommandId),
      }))
      .sort((left, right) => Number(left.disabled) - Number(right.disabled));
  }, [enabled]);

  const choose = (command: CommandId) => {
    if (!commands.isEnabled(command)) return;
    onClose();
    // After the palette has given the keyboard back, so that the command finds it where it was.
    setTimeout(() => commands.run(command));
  };
  return (
    <Dialog title="Commands" titleHidden onClose={onClose} focusesFirst={field}>
      <PaletteList
        ref={field}
        label="Commands"
        fieldLabel="Find a command"
        entries={entries}
        onChoose={({ key }) => choose(key)}
        none={(text) => `No command matches "${text}". Keyboard shortcuts, under Help, lists every command.`}
        aside={(entry) => (
          <>
            <span className={styles['menu']}>{entry.disabled ? commands.whyNot(entry.key) : entry.detail}</span>
            <span className={styles['keys']}><KeyHints keys={entry.shortcuts.slice(0, 1)} /></span>
          </>
        )}
      />
    </Dialog>
  );
}
