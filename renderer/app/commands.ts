/**
 * Commands as screens use them: lend handlers, listen to keys and to the native menu.
 */
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Command, type CommandId, COMMANDS } from '@shared/contract/commands';
import { onShellEvent, shellCall } from '../api';
import type { MenuItem } from '../ui';
import { isMac } from '../ui/shortcut';
import { type CommandHandler, type CommandHandlers, CommandRegistry } from './command-registry';

export const commands = new CommandRegistry();

/** Carries out these commands while the component is shown. Handlers may be new functions on each render. */
export function useCommands(handlers: CommandHandlers, { beneath = false }: { readonly beneath?: boolean } = {}): void {
  const now = useRef(handlers);
  now.current = handlers;
  const shape = Object.entries(handlers).map(([id, handler]) => `${id}:${handler?.enabled !== false}:${handler?.checked === true}`).sort().join(' ');
  const stable = useMemo(() => {
    const lent: Record<string, CommandHandler> = {};
    for (const entry of shape.split(' ').filter(Boolean)) {
      const [id, enabled, checked] = entry.split(':') as [CommandId, string, string];
      lent[id] = {
        run: () => now.current[id]?.run(),
        enabled: enabled === 'true',
        checked: checked === 'true',
        get whyNot() {
          return now.current[id]?.whyNot ?? '';
        },
      };
    }
    return lent as CommandHandlers;
  }, [shape]);
  useEffect(() => commands.add(stable, beneath), [stable, beneath]);
}

/** The commands that can be used now. */
export const useEnabledCommands = (): readonly CommandId[] =>
  useSyncExternalStore((listener) => commands.subscribe(listener), () => commands.enabled);

/** What is switched on now. */
const useCheckedCommands = (): readonly CommandId[] => useSyncExternalStore((listener) => commands.subscribe(listener), () => commands.checked);

/** A screen that is left takes its commands back one moment and the next lends others: the menu hears of the last. */
const MENU_DELAY_MS = 60;

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'));

const isCommandId = (id: string): id is CommandId => COMMANDS.some((command) => command.id === id);

/** Commands as choices of a menu, in the order of the list; what cannot be used now is dimmed. */
export const commandItems = (isWanted: (id: CommandId) => boolean): readonly MenuItem[] =>
  COMMANDS.filter(({ id }) => isWanted(id)).map(({ id, label, shortcut }: Command) => ({
    key: id, label, shortcut, disabled: !commands.isEnabled(id as CommandId), onChoose: () => commands.run(id as CommandId),
  }));

/** Listens to keys and to the native menu, and tells the menu what can be used. Once, at the top of the window. */
export function useCommandSources(): void {
  const enabled = useEnabledCommands();
  const checked = useCheckedCommands();
  useEffect(() => {
    const timer = setTimeout(() => void shellCall('shell:setCommands', { enabled: [...enabled], checked: [...checked] }), MENU_DELAY_MS);
    return () => clearTimeout(timer);
  }, [enabled, checked]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commands.commandFor(event, takesText(event.target), isMac());
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      commands.run(command);
    };
    // Before the grid sees the key: its own arrows would otherwise take Alt+Down.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    const stop = onShellEvent((event) => {
      if (event.kind === 'command' && isCommandId(event.command)) commands.run(event.command);
    });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      stop();
    };
  }, []);
}
