/**
 * The only file that touches what the preload script put on the window.
 */
import type { ShellEvent, TieoutBridge, WorkbookPortMessage } from '@shared/contract/bridge';
import type { ShellChannel } from '@shared/contract/shell';
import type { ShellInputOf, ShellOutcomeOf } from './contract';

declare global {
  interface Window {
    readonly tieout: TieoutBridge;
  }
}

/** Calls the main process. */
export const shellCall = <Channel extends ShellChannel>(channel: Channel, input: ShellInputOf<Channel>): Promise<ShellOutcomeOf<Channel>> =>
  window.tieout.call(channel, input) as Promise<ShellOutcomeOf<Channel>>;

/** @returns stops listening */
export const onShellEvent = (listener: (event: ShellEvent) => void): (() => void) => window.tieout.onEvent(listener);

/** Where dropped files lie; those without a path, as pictures out of a page, are left out. */
export const pathsOfFiles = (files: Iterable<File>): readonly string[] =>
  [...files].map((file) => window.tieout.pathOfFile(file)).filter((path) => path !== '');

/** The port to a workbook, as often as one is opened. @returns stops listening */
export function onWorkbookPort(listener: (opened: WorkbookPortMessage, port: MessagePort) => void): () => void {
  const receive = (event: MessageEvent<WorkbookPortMessage | undefined>) => {
    const port = event.ports[0];
    if (event.source !== window || event.data?.tieout !== 'workbook-port' || !port) return;
    listener(event.data, port);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
