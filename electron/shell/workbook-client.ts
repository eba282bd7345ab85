/**
 * The main process's side of one workbook process: starts it, asks it, notices when it ends.
 */
import path from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import type { Outcome } from '@shared/domain/outcome';
import type { MainRequest, WorkbookMessage } from '../workbook-process';
import type { KeyStore } from './key-store';

type WithoutId<Request> = Request extends { id: number } ? Omit<Request, 'id'> : never;
export type WorkbookRequest = WithoutId<MainRequest>;

export class WorkbookClient {
  readonly #process: UtilityProcess;
  readonly #waiting = new Map<number, (outcome: Outcome<unknown, string>) => void>();
  #nextId = 0;
  #closing = false;

  /**
   * @param onUnexpectedEnd called when the process ends without having been asked to
   * @param onDamage called when a large file, looked through after it was opened, is found damaged
   */
  constructor(builtFolder: string, keyStore: KeyStore, onUnexpectedEnd: (code: number) => void, onDamage: (message: string) => void) {
    this.#process = utilityProcess.fork(path.join(builtFolder, 'workbook-process.js'), [], { serviceName: 'Tieout workbook' });
    this.#process.on('message', (message: WorkbookMessage) => {
      if ('damage' in message) return onDamage(message.damage);
      if ('readPassPhrase' in message) return void this.ask({ kind: 'passPhrase', asked: message.asked, passPhrase: keyStore.read(message.readPassPhrase) ?? null });
      if ('keepPassPhrase' in message) return keyStore.keep(message.fingerprint, message.keepPassPhrase);
      this.#waiting.get(message.id)?.(message.outcome);
      this.#waiting.delete(message.id);
      return undefined;
    });
    this.#process.on('exit', (code) => {
      for (const answer of this.#waiting.values()) {
        answer({ ok: false, failure: 'internal_error', message: `The workbook process ended (${code}). What was saved is safe; open the workbook again.` });
      }
      this.#waiting.clear();
      if (!this.#closing) onUnexpectedEnd(code);
    });
  }

  ask<T>(request: WorkbookRequest): Promise<Outcome<T, string>> {
    return this.#send(request, []) as Promise<Outcome<T, string>>;
  }

  /** A port that the window talks to the workbook through. */
  async connect(): Promise<Electron.MessagePortMain> {
    const { port1, port2 } = new MessageChannelMain();
    await this.#send({ kind: 'connect' }, [port2]);
    return port1;
  }

  #send(request: WorkbookRequest, ports: Electron.MessagePortMain[]): Promise<Outcome<unknown, string>> {
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#process.postMessage({ ...request, id }, ports);
    });
  }

  /** Closes the workbook, then ends the process. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.ask({ kind: 'close' });
    this.#process.kill();
  }
}
