/**
 * The window's end of the port to one open workbook: calls with progress and cancel, and word of changes.
 *
 * The shapes were checked where the call is served; here the types are true.
 */
import type { PortRequest, PortResponse } from '@shared/contract/bridge';
import type { Progress } from '@shared/contract/call';
import { refused } from '@shared/domain/outcome';
import type { InputOf, OutcomeOf, WorkbookChannel } from './contract';

export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting asks the workbook to stop; the call then answers `cancelled`, unless it was done already. */
  readonly signal?: AbortSignal;
}

/** The part of a MessagePort that is used here. */
export interface WorkbookPort {
  postMessage(message: PortRequest): void;
  onmessage: ((event: MessageEvent<PortResponse>) => void) | null;
  close(): void;
}

interface Waiting {
  readonly answer: (outcome: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export class WorkbookConnection {
  readonly #port: WorkbookPort;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(areas: readonly string[]) => void>();
  #nextId = 1;
  #closed = false;

  constructor(port: WorkbookPort) {
    this.#port = port;
    // Setting the handler also starts the port.
    port.onmessage = (event) => this.#receive(event.data);
  }

  call<Channel extends WorkbookChannel>(channel: Channel, input: InputOf<Channel>, options: CallOptions = {}): Promise<OutcomeOf<Channel>> {
    const { signal, onProgress } = options;
    if (this.#closed) return Promise.resolve(refused('no_workbook', 'The workbook was closed.') as OutcomeOf<Channel>);
    if (signal?.aborted) return Promise.resolve(refused('cancelled', 'Cancelled before it began. Nothing was changed.') as OutcomeOf<Channel>);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      const cancel = () => this.#port.postMessage({ kind: 'cancel', id });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(id, {
        onProgress,
        answer: (outcome) => {
          signal?.removeEventListener('abort', cancel);
          resolve(outcome as OutcomeOf<Channel>);
        },
      });
      this.#port.postMessage({ kind: 'call', id, channel, input });
    });
  }

  /** @returns stops listening */
  onChanged(listener: (areas: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has every screen of these areas read again; for what changes a reading without being a write, as another person working. */
  announceChange(areas: readonly string[]): void {
    for (const listener of this.#listeners) listener(areas);
  }

  /** Ends the connection; calls that wait are answered with `no_workbook`. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.onmessage = null;
    this.#port.close();
    for (const { answer } of this.#waiting.values()) answer(refused('no_workbook', 'The workbook was closed before the answer came.'));
    this.#waiting.clear();
    this.#listeners.clear();
  }

  #receive(response: PortResponse): void {
    switch (response.kind) {
      case 'changed':
        this.announceChange(response.areas);
        return;
      case 'progress':
        this.#waiting.get(response.id)?.onProgress?.(response.progress);
        return;
      case 'outcome': {
        const waiting = this.#waiting.get(response.id);
        this.#waiting.delete(response.id);
        waiting?.answer(response.outcome);
      }
    }
  }
}
