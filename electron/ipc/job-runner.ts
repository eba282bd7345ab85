/**
 * Starts the job worker for one long call and relays its progress, its outcome and the wish to cancel.
 */
import { Worker } from 'node:worker_threads';
import { refused } from '@shared/domain/outcome';
import type { JobOrder, JobReport } from '../job-worker';
import type { Session } from './session';
import type { AnyOutcome, LongCalls } from './workbook-door';

/** @param workerFile the built `job-worker.js` */
export function jobRunner(session: Session, workerFile: string): LongCalls {
  return {
    run: (channel, input, onProgress, signal) =>
      new Promise<AnyOutcome>((resolve) => {
        const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
        const order: JobOrder = {
          workbookPath: session.workbook.path,
          readOnly: session.readOnly,
          readOnlyReason: session.readOnlyReason,
          identitiesFolder: session.identitiesFolder,
          actor: session.actor,
          channel,
          input,
          cancelFlag,
        };
        const worker = new Worker(workerFile, { workerData: order });
        let outcome: AnyOutcome = refused('internal_error', `${channel} ended without an answer. Nothing was changed.`);
        signal.addEventListener('abort', () => Atomics.store(cancelFlag, 0, 1));
        if (signal.aborted) Atomics.store(cancelFlag, 0, 1);
        worker.on('message', (report: JobReport) => {
          if (report.kind === 'progress') onProgress(report.progress);
          else outcome = report.outcome as AnyOutcome;
        });
        worker.on('error', (error) => {
          outcome = refused('internal_error', `${channel} failed: ${error.message}. Nothing was changed; this is a fault in Tieout.`);
        });
        // On exit, not on the outcome: the worker's connection is closed by then and the next write finds the file free.
        worker.on('exit', () => resolve(outcome));
      }),
  };
}
