/**
 * Who carries out which command at the moment. The list of commands is `shared/contract/commands.ts`; a screen lends a
 * command its handler while it is shown, and the newest lender wins; what the frame lends lies beneath all of them.
 */
import { type Command, type CommandId, COMMANDS, shortcutsOf } from '@shared/contract/commands';
import { type KeyPress, matchesShortcut, typesText } from '../ui/shortcut';

export interface CommandHandler {
  readonly run: () => void;
  /** Can it be used now; true where left out. */
  readonly enabled?: boolean;
  /** Why it cannot, in a few words: `nothing is chosen`. */
  readonly whyNot?: string;
  /** What it switches is on. */
  readonly checked?: boolean;
}

export type CommandHandlers = Partial<Record<CommandId, CommandHandler>>;

/** Commands whose shortcut belongs to a text field while one has the keyboard. */
const TEXT_FIELD_COMMANDS: ReadonlySet<CommandId> = new Set(['edit.undo', 'edit.redo']);

export class CommandRegistry {
  readonly #layers: CommandHandlers[] = [];
  readonly #listeners = new Set<() => void>();
  #enabled: readonly CommandId[] = [];
  #checked: readonly CommandId[] = [];

  /**
   * Lends handlers.
   *
   * @param beneath whatever screens lend is on top of them, whoever came first: at a start that comes back to a screen the frame lends after it
   * @returns takes them back
   */
  add(handlers: CommandHandlers, beneath = false): () => void {
    if (beneath) this.#layers.unshift(handlers);
    else this.#layers.push(handlers);
    this.#changed();
    return () => {
      this.#layers.splice(this.#layers.indexOf(handlers), 1);
      this.#changed();
    };
  }

  handlerOf(id: CommandId): CommandHandler | undefined {
    return this.#layers.findLast((layer) => layer[id] !== undefined)?.[id];
  }

  isEnabled(id: CommandId): boolean {
    const handler = this.handlerOf(id);
    return handler !== undefined && handler.enabled !== false;
  }

  /** @returns whether it was carried out */
  run(id: CommandId): boolean {
    if (!this.isEnabled(id)) return false;
    this.handlerOf(id)!.run();
    return true;
  }

  /** The identifiers that can be used now; the same array until that changes. */
  get enabled(): readonly CommandId[] {
    return this.#enabled;
  }

  /** The identifiers of what is switched on; the same array until that changes. */
  get checked(): readonly CommandId[] {
    return this.#checked;
  }

  /** Why a command cannot be used now, in a few words; empty where it can. */
  whyNot(id: CommandId): string {
    if (this.isEnabled(id)) return '';
    const command: Command | undefined = COMMANDS.find((each) => each.id === id);
    const handler = this.handlerOf(id);
    if (handler?.whyNot) return handler.whyNot;
    if (command?.needsWorkbook && !this.isEnabled('file.close')) return 'needs a workbook';
    return command?.where ?? 'not now';
  }

  /** @returns stops listening */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The command a key press stands for and that can be used now.
   *
   * @param inTextField a field that takes text has the keyboard
   */
  commandFor(press: KeyPress, inTextField: boolean, mac: boolean): CommandId | undefined {
    const found = COMMANDS.find((command: Command) => {
      const shortcut = shortcutsOf(command).find((each) => matchesShortcut(press, each, mac));
      return (
        shortcut !== undefined &&
        !(inTextField && (typesText(shortcut) || TEXT_FIELD_COMMANDS.has(command.id as CommandId))) &&
        this.isEnabled(command.id as CommandId)
      );
    });
    return found?.id;
  }

  #changed(): void {
    const enabled = COMMANDS.map((command) => command.id).filter((id) => this.isEnabled(id));
    const checked = COMMANDS.map((command) => command.id).filter((id) => this.handlerOf(id)?.checked === true);
    if (enabled.join() === this.#enabled.join() && checked.join() === this.#checked.join()) return;
    if (enabled.join() !== this.#enabled.join()) this.#enabled = enabled;
    if (checked.join() !== this.#checked.join()) this.#checked = checked;
    for (const listener of this.#listeners) listener();
  }
}
