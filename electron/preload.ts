/**
 * The one small door: a call to the main process by channel name, events from it, and the workbook's port passed on.
 *
 * Names only; shapes are checked where a call is served.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ShellEvent, TieoutBridge, WorkbookPortMessage } from '@shared/contract/bridge';

const bridge: TieoutBridge = {
  call: (channel, input) => ipcRenderer.invoke('tieout:call', channel, input),
  onEvent: (listener) => {
    const relay = (_event: unknown, shellEvent: ShellEvent) => listener(shellEvent);
    ipcRenderer.on('tieout:event', relay);
    return () => void ipcRenderer.off('tieout:event', relay);
  },
  pathOfFile: (file) => webUtils.getPathForFile(file as File),
  sandboxed: process.sandboxed,
};

contextBridge.exposeInMainWorld('tieout', bridge);

// A port cannot pass the context bridge; a window message can carry it.
ipcRenderer.on('tieout:workbook-port', (event, opened: Omit<WorkbookPortMessage, 'tieout'>) => {
  const message: WorkbookPortMessage = { tieout: 'workbook-port', ...opened };
  window.postMessage(message, window.location.origin, event.ports as unknown as Transferable[]);
});
