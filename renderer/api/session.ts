/**
 * What this window holds: the shell's state and the connection to the open workbook, as one store that React reads.
 */
import { useEffect, useSyncExternalStore } from 'react';
import type { KeptState } from '@shared/contract/kept';
import type { OpenWorkbook, ShellState } from '@shared/contract/shell';
import type { KeyStoreState } from '@shared/contract/signing';
import { onShellEvent, onWorkbookPort, shellCall } from './bridge';
import { WorkbookConnection } from './connection';

export interface Session {
  /** undefined until the main process has answered for the first time. */
  readonly shell: ShellState | undefined;
  readonly workbook: OpenWorkbook | undefined;
  readonly connection: WorkbookConnection | undefined;
  /** What this machine kept of the workbook's window when it was opened. */
  readonly kept: KeptState;
  /** Why the window or the workbook's process was started again; a new object with each time. */
  readonly cameBack: { readonly text: string } | undefined;
  /** Why the workbook was closed without being asked to, or could not be opened; empty otherwise. */
  readonly trouble: string;
  /** The workbook that was lost and can be opened again. */
  readonly lostPath: string;
  /** undefined until a screen asked for it: a system may ask its person to unlock the store. */
  readonly keyStore: KeyStoreState | undefined;
}

let session: Session = { shell: undefined, workbook: undefined, connection: undefined, kept: {}, cameBack: undefined, trouble: '', lostPath: '', keyStore: undefined };
const listeners = new Set<() => void>();

function change(next: Partial<Session>): void {
  session = { ...session, ...next };
  for (const listener of listeners) listener();
}

async function readShellState(): Promise<void> {
  const outcome = await shellCall('shell:state', {});
  if (outcome.ok) change({ shell: outcome.value });
}

/** Begins to listen; called once, before the first render, so that no port is missed. */
export function startSession(): void {
  onWorkbookPort(({ workbook, kept, cameBack }, port) => {
    session.connection?.close();
    change({ workbook, kept, connection: new WorkbookConnection(port), cameBack: cameBack ? { text: cameBack } : undefined, trouble: '', lostPath: '' });
    void readShellState();
  });
  onShellEvent((event) => {
    if (event.kind === 'openFailed') {
      change({ trouble: event.message });
      void readShellState();
    }
    if (event.kind === 'preferences' && session.shell) change({ shell: { ...session.shell, preferences: event.preferences } });
    if (event.kind === 'keyStore') change({ keyStore: event.keyStore });
    if (event.kind !== 'workbookClosed') return;
    session.connection?.close();
    change({ workbook: undefined, connection: undefined, trouble: event.reason, lostPath: event.path });
    void readShellState();
  });
  void readShellState();
}

export const useSession = (): Session =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );

async function readKeyStore(): Promise<void> {
  const outcome = await shellCall('shell:keyStore', {});
  if (outcome.ok) change({ keyStore: outcome.value });
}

const NOTHING_KEPT: KeyStoreState = { unavailable: 'The key store of this computer has not answered yet.', kept: [] };

/** Whose pass phrases this computer keeps, and whether it can keep any. */
export function useKeyStore(): KeyStoreState {
  const { keyStore } = useSession();
  useEffect(() => void readKeyStore(), []);
  return keyStore ?? NOTHING_KEPT;
}

/** The connection of the open workbook; only below a screen that shows one. */
export function useConnection(): WorkbookConnection {
  const { connection } = useSession();
  if (!connection) throw new Error('no workbook is open');
  return connection;
}
