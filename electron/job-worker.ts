/**
 * The thread for long work: one call after another, each on a connection of its own, with progress and cancel, so that
 * the grid keeps scrolling and the workbook process keeps answering.
 */
import { parentPort } from 'node:worker_threads';
import type { Progress } from '@shared/contract/call';
import { type Job, JobCancelled } from './services/context';
import { READS_BESIDE } from './ipc/reads-beside';
import { serveCall } from './ipc/workbook-door';
import { attachToWorkbookFile } from './workbook/open';
import type { Session } from './ipc/session';

export interface JobOrder {
  readonly workbookPath: string;
  readonly originPath: string;
  readonly readOnly: boolean;
  readonly readOnlyReason: string;
  readonly identitiesFolder: string;
  readonly actor: Session['actor'];
  readonly channel: string;
  readonly input: unknown;
  /** One shared integer: not 0 once the person has cancelled. */
  readonly cancelFlag: Int32Array;
}

export type JobReport =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'outcome'; readonly outcome: unknown };

/** At most this often, so that reporting costs nothing beside the work. */
const REPORT_EVERY_MS = 60;

const report = (message: JobReport) => parentPort?.postMessage(message);

function jobOf(order: JobOrder): Job {
  let lastReport = 0;
  return {
    progress: (stage, done, total) => {
      const now = performance.now();
      if (done !== total && now - lastReport < REPORT_EVERY_MS) return;
      lastReport = now;
      report({ kind: 'progress', progress: { stage, done, total } });
    },
    checkCancelled: () => {
      if (Atomics.load(order.cancelFlag, 0) !== 0) throw new JobCancelled('cancelled');
    },
  };
}

async function carryOut(order: JobOrder): Promise<void> {
  const attached = attachToWorkbookFile(order.workbookPath, order.readOnly, order.originPath);
  const session: Session = {
    workbook: attached.workbook,
    readOnly: order.readOnly,
    readOnlyReason: order.readOnlyReason,
    identitiesFolder: order.identitiesFolder,
    actor: order.actor,
  };
  let outcome: unknown;
  try {
    const beside = READS_BESIDE[order.channel];
    outcome = beside ? beside(session, order.input) : await serveCall(session, order.channel, order.input, jobOf(order));
  } finally {
    // Before the outcome is told: the next write finds the file free.
    attached.close();
  }
  report({ kind: 'outcome', outcome });
}

parentPort?.on('message', (order: JobOrder) => void carryOut(order));
