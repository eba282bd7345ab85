/**
 * The workbook process: owns one open workbook, serves windows over their ports, and the main process over its own.
 *
 * Only the message loop. What it serves is `ipc/`, what that does is `services/`.
 */
import path from 'node:path';
import { z } from 'zod';
import { refused } from '@shared/domain/outcome';
import { type JobRunner, jobRunner } from './ipc/job-runner';
import type { PassPhraseKeeper } from './ipc/kept-pass-phrases';
import { findDamage, orderReader } from './ipc/reads-beside';
import { openSession, type Session } from './ipc/session';
import { type AnyOutcome, type DoorPort, WorkbookDoor } from './ipc/workbook-door';
import { readFirstLines } from './services/lines';
import { createSampleWorkbook } from './services/sample';
import { createWorkbook, type OpenedForUse } from './services/workbooks';
import { backUpWorkbook } from './workbook/backup';
import { isFreeToOpen } from './workbook/open';

const Person = z.strictObject({ name: z.string(), email: z.string() });
const MainRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), id: z.int(), path: z.string(), identitiesFolder: z.string(), person: Person, readOnly: z.boolean() }),
  z.strictObject({
    kind: z.literal('create'), id: z.int(), path: z.string(), identitiesFolder: z.string(), person: Person,
    company: z.string(), currency: z.string(), timeZone: z.string(),
  }),
  z.strictObject({ kind: z.literal('createSample'), id: z.int(), path: z.string(), identitiesFolder: z.string(), person: Person }),
  z.strictObject({ kind: z.literal('copy'), id: z.int(), path: z.string() }),
  z.strictObject({ kind: z.literal('connect'), id: z.int() }),
  /** Nobody else holds the workbook now. */
  z.strictObject({ kind: z.literal('isFree'), id: z.int() }),
  /** The pass phrase that was asked for; null where the key store does not give it. */
  z.strictObject({ kind: z.literal('passPhrase'), id: z.int(), asked: z.int(), passPhrase: z.string().nullable() }),
  z.strictObject({ kind: z.literal('close'), id: z.int() }),
]);
/** What the main process asks of the workbook process. */
export type MainRequest = z.infer<typeof MainRequest>;

/** What the workbook process tells the main process. */
export type WorkbookMessage =
  | { readonly id: number; readonly outcome: AnyOutcome }
  | { readonly damage: string }
  /** Asks for a pass phrase that this computer keeps, by the fingerprint; answered by a request `passPhrase`. */
  | { readonly readPassPhrase: string; readonly asked: number }
  | { readonly keepPassPhrase: string; readonly fingerprint: string };

interface TransferredPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}
interface ParentPort {
  postMessage(message: WorkbookMessage): void;
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly TransferredPort[] }) => void): void;
}
const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;

/** Sorting is made quick before the file is looked through, and no write waits for a page that nobody asks for. */
const CHECKED_AFTER_MS = 1_000;
const PAGE_LATEST_MS = 2_500;
const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const askedFor = new Map<number, (passPhrase: string | undefined) => void>();
let lastAsked = 0;

/** The key store of this computer, which only the main process reaches. */
const keeper: PassPhraseKeeper = {
  read: (fingerprint) =>
    new Promise((resolve) => {
      lastAsked += 1;
      askedFor.set(lastAsked, resolve);
      parent.postMessage({ readPassPhrase: fingerprint, asked: lastAsked });
    }),
  keep: (fingerprint, passPhrase) => parent.postMessage({ keepPassPhrase: passPhrase, fingerprint }),
};

let held: { readonly opened: OpenedForUse; readonly door: WorkbookDoor; readonly jobs: JobRunner } | undefined;

function haveFirstLinesReady(opened: OpenedForUse): void {
  if (held?.opened !== opened) return;
  try {
    readFirstLines(opened.workbook);
  } catch (error) {
    // A file that is damaged: the search for damage tells it, and so does the page that a window asks for.
    console.error(error);
  }
}

function hold(opened: OpenedForUse, session: Session): AnyOutcome {
  const jobs = jobRunner(session, path.join(import.meta.dirname, 'job-worker.js'));
  const door: WorkbookDoor = new WorkbookDoor(session, jobs, orderReader(session, jobs, (work) => door.scan(work)), keeper);
  held = { opened, jobs, door };
  if (opened.isUnchecked) {
    // While the window draws its frame.
    setImmediate(() => haveFirstLinesReady(opened));
    // What the window shows first comes first.
    const checked = Promise.race([door.pageShown, delay(PAGE_LATEST_MS)]).then(() => delay(CHECKED_AFTER_MS)).then(() => door.scan(() => findDamage(jobs)));
    door.holdWrites(checked);
    void checked.then((damage) => damage && parent.postMessage({ damage }));
  }
  return { ok: true, value: { path: opened.workbook.originPath, readOnly: opened.readOnly, readOnlyReason: opened.readOnlyReason, pack: opened.pack ?? null } };
}

function connectWindow(port: TransferredPort): AnyOutcome {
  if (!held) return refused('no_workbook', 'No workbook is open.');
  const doorPort: DoorPort = { post: (message) => port.postMessage(message) };
  const connection = held.door.connect(doorPort);
  port.on('message', (event) => connection.receive(event.data));
  port.on('close', () => connection.disconnect());
  port.start();
  return { ok: true, value: {} };
}

async function carryOut(request: MainRequest, ports: readonly TransferredPort[]): Promise<AnyOutcome> {
  switch (request.kind) {
    case 'open':
    case 'create':
    case 'createSample': {
      if (request.kind === 'create') {
        const created = createWorkbook(request.path, request, request.person, Date.now());
        if (!created.ok) return created;
        created.value.close();
      }
      if (request.kind === 'createSample') {
        const created = await createSampleWorkbook(request.path, request.identitiesFolder, Date.now());
        if (!created.ok) return created;
      }
      const opened = await openSession(request.path, request.person, request.identitiesFolder, Date.now(), request.kind === 'open' && request.readOnly);
      return opened.ok ? hold(opened.value.opened, opened.value.session) : opened;
    }
    case 'copy':
      return held ? backUpWorkbook(held.opened.workbook, request.path) : refused('no_workbook', 'No workbook is open.');
    case 'connect':
      return connectWindow(ports[0]!);
    case 'isFree':
      return held ? { ok: true, value: { isFree: isFreeToOpen(held.opened.workbook.originPath) } } : refused('no_workbook', 'No workbook is open.');
    case 'passPhrase':
      askedFor.get(request.asked)?.(request.passPhrase ?? undefined);
      askedFor.delete(request.asked);
      return { ok: true, value: {} };
    case 'close':
      await held?.jobs.close();
      held?.opened.close();
      held = undefined;
      return { ok: true, value: {} };
  }
}

parent.on('message', (event) => {
  const request = MainRequest.parse(event.data);
  void carryOut(request, event.ports)
    .catch((error: unknown): AnyOutcome => {
      console.error(error);
      return refused('internal_error', `${request.kind} failed: ${(error as Error).message}`);
    })
    .then((outcome) => parent.postMessage({ id: request.id, outcome }));
});
process.on('exit', () => held?.opened.close());
