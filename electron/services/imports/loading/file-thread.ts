/**
 * A thread beside the import's that reads a large file: its rows as batches, then its bytes deflated. The import's own thread
 * does little more than bind numbers.
 *
 * Only a text in UTF-8 that lies on a disk as it is has one; every other file is read by the same code in the import's
 * thread. So is every file where the program runs from its sources and the thread was never built.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UnreadableFile, type TableFile } from '../../../files/readers/table';
import { ROWS_AGAIN, TAKEN_PER_WAKING, type FileOrder, type FileReport } from './file-order';
import type { PackedBatch } from './plain-batch';
import type { PlainPlan } from './plain-plan';

/** A smaller file is read before a thread has begun. */
const FILE_BYTES_MIN = 4 * 1024 ** 2;
/** It makes few values of its own. */
const YOUNG_GENERATION_MB = 8;

/** The built thread lies beside whatever program this is built into. */
const THREAD_FILE = path.join(import.meta.dirname, `file-thread${path.extname(import.meta.filename)}`);
const isBuilt = import.meta.filename !== THREAD_FILE && fs.existsSync(THREAD_FILE);

/** What came and was not taken yet. */
class Inbox<Item> {
  readonly #items: Item[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  push(item: Item): void {
    this.#items.push(item);
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  /** @throws what the thread failed with, after what came before */
  async take(): Promise<Item> {
    while (this.#items.length === 0) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#items.shift()!;
  }
}

export class FileThread {
  readonly #worker: Worker;
  readonly #taken: Int32Array;
  readonly #batches = new Inbox<PackedBatch | 'end'>();
  readonly #parts = new Inbox<Uint8Array | { readonly sha256: string }>();
  #passes = 0;

  private constructor(order: Omit<FileOrder, 'taken'>) {
    this.#taken = new Int32Array(new SharedArrayBuffer(4));
    const workerData: FileOrder = { ...order, taken: this.#taken };
    this.#worker = new Worker(THREAD_FILE, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
    const fail = (error: Error) => {
      this.#batches.fail(error);
      this.#parts.fail(error);
    };
    this.#worker.on('message', (report: FileReport) => this.#hear(report));
    this.#worker.on('error', fail);
    this.#worker.on('exit', () => fail(new Error('the file thread ended before its work')));
  }

  /**
   * Begins to read a file's rows; undefined where the import's own thread is to do it.
   *
   * @param keeps whether the file is packed afterwards
   */
  static begin({ source, text }: TableFile, plan: PlainPlan, keeps: boolean): FileThread | undefined {
    if (!isBuilt || source.path === undefined || text?.file !== source || text.form.encoding !== 'utf-8' || source.byteLength < FILE_BYTES_MIN) return undefined;
    return new FileThread({
      path: source.path, fileName: source.fileName, byteLength: source.byteLength, bomBytes: text.form.bomBytes, plan, keeps,
    });
  }

  #hear(report: FileReport): void {
    switch (report.kind) {
      case 'batch':
        return this.#batches.push(report.batch);
      case 'rows-end':
        return this.#batches.push('end');
      case 'unreadable':
        return this.#batches.fail(new UnreadableFile(report.failure, report.message));
      case 'part':
        return this.#parts.push(report.deflated);
      case 'parts-end':
        return this.#parts.push({ sha256: report.sha256 });
    }
  }

  #noteTaken(): void {
    const before = Atomics.add(this.#taken, 0, 1);
    // The thread sleeps only where more than so many wait: one waking for several of them is enough.
    if ((before + 1) % TAKEN_PER_WAKING === 0) Atomics.notify(this.#taken, 0);
  }

  /** Every row once: again with each call. */
  async *batches(): AsyncGenerator<PackedBatch, void, undefined> {
    this.#passes += 1;
    if (this.#passes > 1) this.#worker.postMessage(ROWS_AGAIN);
    for (;;) {
      const batch = await this.#batches.take();
      if (batch === 'end') return;
      yield batch;
      this.#noteTaken();
    }
  }

  /** The file's deflated parts; answers the SHA-256 of what was packed. */
  async *parts(): AsyncGenerator<Uint8Array, string, undefined> {
    for (;;) {
      const part = await this.#parts.take();
      if ('sha256' in part) return part.sha256;
      yield part;
      this.#noteTaken();
    }
  }

  /** Nothing more is taken from it. */
  async end(): Promise<void> {
    this.#worker.removeAllListeners();
    this.#worker.on('error', () => undefined);
    await this.#worker.terminate();
  }
}
