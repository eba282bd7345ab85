/**
 * The door to the main process: who asks, what shape it has, which handler answers.
 */
import { type BrowserWindow, ipcMain } from 'electron';
import { z } from 'zod';
import type { CallOutcome, CallParsedInput } from '@shared/contract/call';
import { type ShellChannel, type ShellContract, shellContract } from '@shared/contract/shell';
import { refused } from '@shared/domain/outcome';

export type ShellHandlers = {
  readonly [Channel in ShellChannel]: (
    window: BrowserWindow,
    input: CallParsedInput<ShellContract[Channel]>,
  ) => CallOutcome<ShellContract[Channel]> | Promise<CallOutcome<ShellContract[Channel]>>;
};

/**
 * Serves `tieout:call` for our own windows' main frames only.
 *
 * @param windowOf the window of a sender, undefined where it is none of ours
 */
export function serveShellCalls(origin: string, windowOf: (contentsId: number) => BrowserWindow | undefined, handlers: ShellHandlers): void {
  ipcMain.handle('tieout:call', async (event, channel: unknown, input: unknown) => {
    const window = windowOf(event.sender.id);
    const frame = event.senderFrame;
    if (!window || !frame || frame !== event.sender.mainFrame || !frame.url.startsWith(`${origin}/`)) {
      throw new Error('a call from outside the window');
    }
    const spec = typeof channel === 'string' && Object.hasOwn(shellContract, channel) ? shellContract[channel as ShellChannel] : undefined;
    if (!spec) return refused('invalid_input', `There is no call ${String(channel)}.`);
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return refused('invalid_input', `${String(channel)}: ${z.prettifyError(parsed.error)}`);
    try {
      const handler = handlers[channel as ShellChannel] as (window: BrowserWindow, input: unknown) => unknown;
      return await handler(window, parsed.data);
    } catch (error) {
      console.error(error);
      return refused('internal_error', `${String(channel)} failed: ${(error as Error).message}`);
    }
  });
}
