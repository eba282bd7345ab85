/**
 * What every use case is handed: the workbook, who acts, and the time.
 *
 * Services never read the clock or the environment themselves, so that the window, the command line and the tests
 * run the same code.
 */
import type { SqliteWorkbook } from '../workbook/workbook';

export interface Actor {
  readonly name: string;
  readonly email: string;
}

export interface ServiceContext {
  readonly workbook: SqliteWorkbook;
  readonly actor: Actor;
  /** The present instant, epoch milliseconds. */
  readonly now: () => number;
  /** Reports progress of long work and tells whether to go on. */
  readonly job: Job;
}

export interface Job {
  /** `total` is honest or null; called often, so it must be cheap. */
  progress(stage: string, done: number, total: number | null): void;
  /** Throws `JobCancelled` once the person has asked for it. */
  checkCancelled(): void;
}

/** Thrown by `checkCancelled`; the transaction rolls back and the workbook is as before. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

/** Work that reports to nobody and cannot be cancelled. */
export const silentJob: Job = { progress: () => undefined, checkCancelled: () => undefined };

/** How an actor stands in the audit trail. */
export const actorText = (actor: Actor): string => (actor.email ? `${actor.name} <${actor.email}>` : actor.name);
