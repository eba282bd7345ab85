/**
 * The door to the workbook: every call's shape is checked here, once; past it the types are true.
 *
 * Reads are served at once. Writes wait for one another, long ones run in the job worker with progress and cancel.
 * A bug in a handler becomes `internal_error` with its message; the workbook process goes on.
 */
import { z } from 'zod';
import type { CallSpec, Progress } from '@shared/contract/call';
import type { PortRequest, PortResponse } from '@shared/contract/bridge';
import { type WorkbookChannel, workbookCalls } from '@shared/contract/index';
import { type Outcome, refused } from '@shared/domain/outcome';
import { type Job, JobCancelled, silentJob } from '../services/context';
import { callHandlers } from './handlers/index';
import { keepTyped, NO_KEEPER, type PassPhraseKeeper, withKeptPassPhrase } from './kept-pass-phrases';
import { isLargeFile } from '../workbook/open';
import { contextFor, type Session } from './session';

export type AnyOutcome = Outcome<unknown, string>;

const PortRequestShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: z.int(), channel: z.string(), input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: z.int() }),
]);

/** A call's own entry: what every object inherits, such as `constructor`, is none. */
const specOf = (channel: string): CallSpec | undefined =>
  Object.hasOwn(workbookCalls, channel) ? workbookCalls[channel as WorkbookChannel] : undefined;

function faulted(channel: string, error: unknown): AnyOutcome {
  console.error(error);
  return refused('internal_error', `${channel} failed: ${(error as Error).message}. Nothing was changed; this is a fault in Tieout.`);
}

/** Runs one call in this thread: checks the input, asks the handler, turns a cancelled job and a bug into refusals. */
export async function serveCall(session: Session, channel: string, input: unknown, job: Job): Promise<AnyOutcome> {
  const spec = specOf(channel);
  if (!spec) return refused('invalid_input', `There is no call ${channel}.`);
  const parsed = spec.input.safeParse(input);
  if (!parsed.success) return refused('invalid_input', `${channel}: ${z.prettifyError(parsed.error)}`);
  if (spec.writes && session.readOnly) {
    return refused('read_only', `${session.readOnlyReason} Nothing can be changed here.`);
  }
  try {
    const handler = callHandlers[channel as WorkbookChannel] as (context: unknown, input: unknown) => AnyOutcome | Promise<AnyOutcome>;
    return await handler(contextFor(session, job), parsed.data);
  } catch (error) {
    if (error instanceof JobCancelled) return refused('cancelled', 'Cancelled. The workbook is as it was before.');
    return faulted(channel, error);
  }
}

/** Runs long calls elsewhere; the workbook process hands in its job worker. */
export interface LongCalls {
  run(channel: string, input: unknown, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<AnyOutcome>;
}

/** A page that was read is drawn by then. */
const PAGE_DRAWN_MS = 250;
/** A screen that shows no lines has asked for its own by then. */
const PAGE_LATEST_MS = 1_000;

/** The part of a MessagePort that the door uses. */
export interface DoorPort {
  post(message: PortResponse): void;
}

/** Serves the requests of every connected window in one order of writes. */
export class WorkbookDoor {
  readonly #ports = new Set<DoorPort>();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #beginScans!: () => void;
  /** What reads every line begins once a first page was shown, or where none is asked for: until then the window has both processors. */
  #lastScan: Promise<unknown> = new Promise<void>((begin) => (this.#beginScans = begin));
  #tellPageShown!: () => void;
  /** A first page of lines was read and drawn. */
  readonly pageShown = new Promise<void>((tell) => (this.#tellPageShown = tell));
  /** Why nothing may be written any more; empty where it may. */
  #damage = '';

  constructor(
    readonly session: Session,
    readonly longCalls: LongCalls,
    /** A page of this period was read. */
    readonly onPage?: (periodId: number) => void,
    readonly keeper: PassPhraseKeeper = NO_KEEPER,
  ) {}

  /**
   * Lets no write through before the file was checked, and none after where it was found damaged.
   *
   * @param checked the message of the damage, empty where there is none
   */
  holdWrites(checked: Promise<string>): void {
    this.#lastWrite = this.#lastWrite.then(() => checked).then((damage) => void (this.#damage = damage));
  }

  /** Runs what reads every line after what else does: they share one thread and leave the other processor to the grid. */
  scan<T>(work: () => Promise<T>): Promise<T> {
    setTimeout(this.#beginScans, PAGE_LATEST_MS).unref();
    const turn = this.#lastScan.then(work, work);
    this.#lastScan = turn.catch(() => undefined);
    return turn;
  }

  /** Connects a window; the answer takes its messages. */
  connect(port: DoorPort): { receive(message: unknown): void; disconnect(): void } {
    this.#ports.add(port);
    const running = new Map<number, AbortController>();
    return {
      receive: (message) => {
        const request = PortRequestShape.safeParse(message);
        if (!request.success) return;
        const { data } = request;
        if (data.kind === 'cancel') running.get(data.id)?.abort();
        else void this.#answer(port, data as Extract<PortRequest, { kind: 'call' }>, running);
      },
      disconnect: () => {
        this.#ports.delete(port);
        for (const controller of running.values()) controller.abort();
      },
    };
  }

  async #answer(port: DoorPort, request: Extract<PortRequest, { kind: 'call' }>, running: Map<number, AbortController>): Promise<void> {
    const controller = new AbortController();
    running.set(request.id, controller);
    const outcome = await this.#sign(port, request, controller.signal).catch((error: unknown) => faulted(request.channel, error));
    running.delete(request.id);
    port.post({ kind: 'outcome', id: request.id, outcome });
    if (request.channel === 'lines:page') {
      setTimeout(() => {
        this.#beginScans();
        this.#tellPageShown();
      }, PAGE_DRAWN_MS).unref();
    }
    if (outcome.ok && request.channel === 'lines:page') this.onPage?.((request.input as { periodId: number }).periodId);
    const spec = specOf(request.channel);
    if (outcome.ok && spec?.writes && !spec.rollsBack) {
      for (const each of this.#ports) each.post({ kind: 'changed', areas: [request.channel.split(':')[0]!] });
    }
  }

  /** A call that signs may name a pass phrase that this computer keeps, or is to keep. */
  async #sign(port: DoorPort, request: Extract<PortRequest, { kind: 'call' }>, signal: AbortSignal): Promise<AnyOutcome> {
    if (!specOf(request.channel)?.signs) return this.#carryOut(port, request, signal);
    const filled = await withKeptPassPhrase(request.input, this.keeper);
    if (!filled.ok) return filled;
    const outcome = await this.#carryOut(port, { ...request, input: filled.value }, signal);
    if (outcome.ok) keepTyped(request.input, this.keeper);
    return outcome;
  }

  #carryOut(port: DoorPort, request: Extract<PortRequest, { kind: 'call' }>, signal: AbortSignal): Promise<AnyOutcome> {
    const spec = specOf(request.channel);
    const work = async () =>
      spec?.long && !(this.session.readOnly && spec.writes)
        ? this.longCalls.run(request.channel, request.input, (progress) => port.post({ kind: 'progress', id: request.id, progress }), signal)
        : serveCall(this.session, request.channel, request.input, silentJob);
    if (spec?.scans && isLargeFile(this.session.workbook.path)) {
      return this.scan(() => this.longCalls.run(request.channel, request.input, () => undefined, signal));
    }
    if (!spec?.writes) return work();
    const write = () => (this.#damage === '' ? work() : Promise.resolve(refused('read_only', `${this.#damage} Nothing can be changed here.`)));
    const turn = this.#lastWrite.then(write, write);
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }
}
