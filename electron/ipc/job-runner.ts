/**
 * Hands long calls to job workers and relays their progress, their outcome and the wish to cancel.
 *
 * A worker that is done is kept for the next call: loading the program anew costs more than many a call itself.
 */
import { Worker } from 'node:worker_threads';
import { refused } from '@shared/domain/outcome';
import type { JobOrder, JobReport } from '../job-worker';
import type { Session } from './session';
import type { AnyOutcome, LongCalls } from './workbook-door';

export interface JobRunner extends LongCalls {
  /** Ends the workers; a call that still runs is answered as a fault. Before the workbook is closed. */
  close(): Promise<void>;
}

/**
 * A job makes short-lived values by the million. Left to itself, V8 gives them up to half of what a large import may take
 * in all, and is not a twentieth quicker for it.
 */
const YOUNG_GENERATION_MB = 24;

/** @param workerFile the built `job-worker.js` */
export function jobRunner(session: Session, workerFile: string): JobRunner {
  const idle: Worker[] = [];
  const all = new Set<Worker>();

  function takeWorker(): Worker {
    const kept = idle.pop();
    if (kept) return kept;
    const worker = new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
    // A kept worker must not keep the process alive.
    worker.unref();
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
    });
    return worker;
  }

  return {
    run: (channel, input, onProgress, signal) =>
      new Promise<AnyOutcome>((resolve) => {
        const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
        const cancel = () => void Atomics.store(cancelFlag, 0, 1);
        const worker = takeWorker();
        const onMessage = (report: JobReport) => {
          if (report.kind === 'progress') return onProgress(report.progress);
          settle(report.outcome as AnyOutcome);
          if (idle.length === 0) idle.push(worker);
          else void worker.terminate();
        };
        const fault = (detail: string) =>
          settle(refused('internal_error', `${channel} ${detail}. Nothing was changed; this is a fault in Tieout.`));
        const onError = (error: Error) => fault(`failed: ${error.message}`);
        const onExit = () => fault('ended without an answer');
        const settle = (outcome: AnyOutcome) => {
          worker.off('message', onMessage);
          worker.off('error', onError);
          worker.off('exit', onExit);
          signal.removeEventListener('abort', cancel);
          resolve(outcome);
        };
        worker.on('message', onMessage);
        worker.on('error', onError);
        worker.on('exit', onExit);
        signal.addEventListener('abort', cancel);
        if (signal.aborted) cancel();
        const order: JobOrder = {
          workbookPath: session.workbook.path,
          originPath: session.workbook.originPath,
          readOnly: session.readOnly,
          readOnlyReason: session.readOnlyReason,
          identitiesFolder: session.identitiesFolder,
          actor: session.actor,
          channel,
          input,
          cancelFlag,
        };
        worker.postMessage(order);
      }),
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
