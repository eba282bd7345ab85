/**
 * The one small door between the window and the rest: what the preload script puts on `window.tieout`.
 *
 * Workbook calls do not go through it. When a workbook is opened, the main process hands the window a MessagePort to
 * the workbook process; the preload passes it on as a window message (`WORKBOOK_PORT_MESSAGE`).
 */
import type { Progress } from './call';
import type { KeptState } from './kept';
import type { Preferences } from './preferences';
import type { OpenWorkbook } from './shell';
import type { KeyStoreState } from './signing';

/** `event.data` of the window message that carries the port as `event.ports[0]`. */
export interface WorkbookPortMessage {
  readonly tieout: 'workbook-port';
  readonly workbook: OpenWorkbook;
  /** What this machine kept of the workbook's window. */
  readonly kept: KeptState;
  /** Why the window or the workbook had to be started again, as a person reads it; empty where nothing went wrong. */
  readonly cameBack: string;
}

/** What the main process tells the window without being asked. */
export type ShellEvent =
  /** A menu item or shortcut of the native menu was used: the command's identifier. */
  | { readonly kind: 'command'; readonly command: string }
  /** The workbook was closed, or its process ended: `reason` is empty where that was asked for, `path` where it is then open. */
  | { readonly kind: 'workbookClosed'; readonly reason: string; readonly path: string }
  /** A preference was changed, in whichever window. */
  | { readonly kind: 'preferences'; readonly preferences: Preferences }
  /** A pass phrase was kept, or taken back. */
  | { readonly kind: 'keyStore'; readonly keyStore: KeyStoreState }
  /** A workbook given on the command line, by double-click or from the menu could not be opened. */
  | { readonly kind: 'openFailed'; readonly message: string };

export interface TieoutBridge {
  /** Calls the main process; the answer is an Outcome of that channel. */
  call(channel: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: ShellEvent) => void): () => void;
  /** The path of a file that was dropped onto the window; empty where it has none. */
  pathOfFile(file: object): string;
  readonly sandboxed: boolean;
}

/** Window to workbook process. */
export type PortRequest =
  | { readonly kind: 'call'; readonly id: number; readonly channel: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

/** Workbook process to window. `outcome` is an Outcome of the call's channel. */
export type PortResponse =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  /** The workbook's content changed: screens that show one of these areas read again. */
  | { readonly kind: 'changed'; readonly areas: readonly string[] };
