/**
 * The door of the workbook process: who is answered what and when, whatever order the requests come in.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { PortResponse } from '@shared/contract/bridge';
import type { CallSpec, Progress } from '@shared/contract/call';
import { workbookCalls } from '@shared/contract/index';
import { done, refused } from '@shared/domain/outcome';
import { type AnyOutcome, type LongCalls, serveCall, WorkbookDoor } from '../../electron/ipc/workbook-door';
import type { Session } from '../../electron/ipc/session';
import { silentJob } from '../../electron/services/context';
import { makeWorkbook, PERSON, temporaryFolder } from '../support/workbooks';

/** A long call that goes on until the test ends it. */
interface Running {
  readonly channel: string;
  readonly input: unknown;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  end(outcome: AnyOutcome): void;
  fail(error: Error): void;
}

/** Long calls that the test carries out itself. */
class HandedOver implements LongCalls {
  readonly started: Running[] = [];

  run(channel: string, input: unknown, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<AnyOutcome> {
    return new Promise((resolve, reject) => this.started.push({ channel, input, signal, progress: onProgress, end: resolve, fail: reject }));
  }
}

let session: Session;
let longCalls: HandedOver;
let door: WorkbookDoor;

beforeAll(() => {
  const opened = makeWorkbook(`${temporaryFolder(afterAll)}/Door.tieout`, afterAll);
  session = { workbook: opened.workbook, readOnly: false, readOnlyReason: '', identitiesFolder: temporaryFolder(afterAll), actor: { ...PERSON, role: '' } };
});
beforeEach(() => {
  longCalls = new HandedOver();
  door = new WorkbookDoor(session, longCalls);
});

/** A connected window: what it was sent, in order. */
function connectWindow(to = door) {
  const received: PortResponse[] = [];
  const connection = to.connect({ post: (message) => received.push(message) });
  return {
    ...connection,
    received,
    call: (id: number, channel: string, input: unknown = {}) => connection.receive({ kind: 'call', id, channel, input }),
    cancel: (id: number) => connection.receive({ kind: 'cancel', id }),
    /** The ids that were answered, in order. */
    answered: () => received.flatMap((message) => (message.kind === 'outcome' ? [message.id] : [])),
    outcome: (id: number) => received.find((message) => message.kind === 'outcome' && message.id === id) as { outcome: AnyOutcome } | undefined,
    changes: () => received.flatMap((message) => (message.kind === 'changed' ? [message.areas] : [])),
  };
}
const allDone = () => new Promise((resolve) => setTimeout(resolve, 5));
const long = (index: number) => longCalls.started[index]!;

test('writes wait until the file was looked through, and where it is damaged none is done; reads are answered meanwhile', async () => {
  let tell!: (damage: string) => void;
  door.holdWrites(new Promise((resolve) => (tell = resolve)));
  const window = connectWindow();
  window.call(1, 'workbook:createPeriod', { code: '2031-01' });
  window.call(2, 'workbook:info');
  await allDone();
  expect(window.answered()).toEqual([2]);
  tell('Door.tieout is damaged: page 3. Open the last backup beside it.');
  await vi.waitFor(() => expect(window.answered()).toEqual([2, 1]));
  expect(window.outcome(1)!.outcome).toEqual({ ok: false, failure: 'read_only', message: 'Door.tieout is damaged: page 3. Open the last backup beside it. Nothing can be changed here.' });
  expect(window.changes()).toEqual([]);
});

test('what reads every line of a workbook that is small is answered at once', async () => {
  const window = connectWindow();
  window.call(1, 'workbook:steps', { periodId: 99 });
  await allDone();
  expect(window.answered()).toEqual([1]);
  expect(longCalls.started).toEqual([]);
});

describe('the order of calls', () => {
  test('reads are answered while a long write runs, and writes wait for it in the order they came', async () => {
    const window = connectWindow();
    window.call(1, 'lines:reconcile', { periodId: 1 });
    window.call(2, 'workbook:createPeriod', { code: '2026-10' });
    window.call(3, 'quarantine:replay', { periodId: 1 });
    window.call(4, 'workbook:info');
    await allDone();
    expect(window.answered()).toEqual([4]);
    expect(longCalls.started.map(({ channel }) => channel)).toEqual(['lines:reconcile']);
    long(0).end(done({}));
    await allDone();
    expect(window.answered()).toEqual([4, 1, 2]);
    expect(longCalls.started.map(({ channel }) => channel)).toEqual(['lines:reconcile', 'quarantine:replay']);
    long(1).end(done({}));
    await allDone();
    expect(window.answered()).toEqual([4, 1, 2, 3]);
    expect(window.outcome(2)).toMatchObject({ outcome: { ok: true, value: { code: '2026-10' } } });
  });

  test('two windows share one order of writes', async () => {
    const [first, second] = [connectWindow(), connectWindow()];
    first.call(1, 'lines:reconcile', { periodId: 1 });
    second.call(1, 'workbook:createPeriod', { code: '2027-01' });
    await allDone();
    expect(second.answered()).toEqual([]);
    long(0).end(done({}));
    await allDone();
    expect(second.outcome(1)).toMatchObject({ outcome: { ok: true } });
  });

  test('long reads run beside long writes', async () => {
    const window = connectWindow();
    window.call(1, 'lines:reconcile', { periodId: 1 });
    window.call(2, 'signOff:verifyWorkbook');
    await allDone();
    expect(longCalls.started.map(({ channel }) => channel).sort()).toEqual(['lines:reconcile', 'signOff:verifyWorkbook']);
  });

  test('a write that was refused and one that fell over do not hold up the next', async () => {
    const window = connectWindow();
    window.call(1, 'lines:reconcile', { periodId: 1 });
    window.call(2, 'imports:commit', { periodId: 1 });
    window.call(3, 'workbook:createPeriod', { code: '2027-02' });
    await allDone();
    long(0).end(refused('nothing_imported', 'Nothing was imported.'));
    await allDone();
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    long(1).fail(new Error('the worker is gone'));
    await allDone();
    silent.mockRestore();
    expect(window.answered()).toEqual([1, 2, 3]);
    expect(window.outcome(2)).toMatchObject({ outcome: { ok: false, failure: 'internal_error', message: expect.stringContaining('the worker is gone') } });
    expect(window.outcome(3)).toMatchObject({ outcome: { ok: true } });
  });
});

describe('what windows are told', () => {
  test('a change is told to every window after its answer, a refusal and a read to none', async () => {
    const [author, reader] = [connectWindow(), connectWindow()];
    author.call(1, 'workbook:createPeriod', { code: '2027-03' });
    author.call(2, 'workbook:createPeriod', { code: '2027-03' });
    author.call(3, 'workbook:info');
    await allDone();
    expect(author.outcome(2)).toMatchObject({ outcome: { ok: false, failure: 'period_exists' } });
    expect([author.changes(), reader.changes()]).toEqual([[['workbook']], [['workbook']]]);
    const order = author.received.map((message) => (message.kind === 'outcome' ? message.id : message.kind));
    expect(order.indexOf('changed')).toBeGreaterThan(order.indexOf(1));
  });

  test('a rehearsal takes its turn among the writes and is told to nobody, since it leaves nothing', async () => {
    const [author, reader] = [connectWindow(), connectWindow()];
    author.call(1, 'imports:rehearse', {});
    author.call(2, 'workbook:createPeriod', { code: '2027-05' });
    await allDone();
    expect(author.answered()).toEqual([]);
    long(0).end({ ok: true, value: {} });
    await allDone();
    expect(author.answered()).toEqual([1, 2]);
    expect([author.changes(), reader.changes()]).toEqual([[['workbook']], [['workbook']]]);
  });

  test('progress goes to the window that asked, and to no other', async () => {
    const [author, reader] = [connectWindow(), connectWindow()];
    author.call(7, 'lines:reconcile', { periodId: 1 });
    await allDone();
    long(0).progress({ stage: 'explanation', done: 10, total: 40 });
    expect(author.received).toEqual([{ kind: 'progress', id: 7, progress: { stage: 'explanation', done: 10, total: 40 } }]);
    expect(reader.received).toEqual([]);
  });

  test('a window that was closed hears nothing of later changes, and its long calls are cancelled', async () => {
    const [leaving, staying] = [connectWindow(), connectWindow()];
    leaving.call(1, 'lines:reconcile', { periodId: 1 });
    await allDone();
    leaving.disconnect();
    expect(long(0).signal.aborted).toBe(true);
    long(0).end(refused('cancelled', 'Cancelled.'));
    staying.call(1, 'workbook:createPeriod', { code: '2027-04' });
    await allDone();
    expect(staying.changes()).toEqual([['workbook']]);
    expect(leaving.changes()).toEqual([]);
  });
});

describe('cancelling', () => {
  test('reaches the call that it names, while it runs and while it waits', async () => {
    const window = connectWindow();
    window.call(1, 'lines:reconcile', { periodId: 1 });
    window.call(2, 'quarantine:replay', { periodId: 1 });
    await allDone();
    window.cancel(2);
    window.cancel(99);
    expect(long(0).signal.aborted).toBe(false);
    window.cancel(1);
    expect(long(0).signal.aborted).toBe(true);
    long(0).end(refused('cancelled', 'Cancelled.'));
    await allDone();
    expect(long(1).signal.aborted).toBe(true);
  });

  test('is a window\'s own: another cannot cancel its calls', async () => {
    const [first, second] = [connectWindow(), connectWindow()];
    first.call(1, 'lines:reconcile', { periodId: 1 });
    await allDone();
    second.cancel(1);
    expect(long(0).signal.aborted).toBe(false);
  });
});

describe('what comes through the port', () => {
  test('is passed over where it is no request', async () => {
    const window = connectWindow();
    for (const message of [undefined, null, 1, 'call', [], {}, { kind: 'call' }, { kind: 'call', id: 'one', channel: 'workbook:info', input: {} }, { kind: 'open', id: 1 }]) {
      window.receive(message);
    }
    await allDone();
    expect(window.received).toEqual([]);
  });

  test('is answered where it names no call, also one that every object has', async () => {
    const window = connectWindow();
    for (const [id, channel] of ['workbook:frobnicate', 'constructor', '__proto__', 'toString'].entries()) window.call(id, channel);
    await allDone();
    expect(window.answered()).toEqual([0, 1, 2, 3]);
    for (const id of [0, 1, 2, 3]) expect(window.outcome(id)).toMatchObject({ outcome: { ok: false, failure: 'invalid_input' } });
  });

  test('never ends the process: a fault in a handler is answered as one', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = new WorkbookDoor({ ...session, workbook: undefined as never }, longCalls);
    const window = connectWindow(broken);
    window.call(1, 'workbook:info');
    await allDone();
    expect(window.outcome(1)).toMatchObject({ outcome: { ok: false, failure: 'internal_error', message: expect.stringContaining('workbook:info failed') } });
    expect(silent).toHaveBeenCalledOnce();
    silent.mockRestore();
  });
});

test('a read-only workbook refuses writes at once, without a worker, and still reads at length', async () => {
  const readOnly = new WorkbookDoor({ ...session, readOnly: true, readOnlyReason: 'Opened for reading only.' }, longCalls);
  const window = connectWindow(readOnly);
  window.call(1, 'lines:reconcile', { periodId: 1 });
  window.call(2, 'tags:undo', { sequences: [1] });
  window.call(3, 'signOff:verifyWorkbook');
  await allDone();
  for (const id of [1, 2]) expect(window.outcome(id)).toMatchObject({ outcome: { ok: false, failure: 'read_only', message: 'Opened for reading only. Nothing can be changed here.' } });
  expect(longCalls.started.map(({ channel }) => channel)).toEqual(['signOff:verifyWorkbook']);
});

const shapeOf = ({ input }: CallSpec): object => (input instanceof z.ZodObject ? input.shape : {});

describe('a pass phrase that this computer keeps', () => {
  const fingerprint = 'f'.repeat(64);
  const sign = { journalId: 1, fingerprint, comment: '' };
  let kept: Map<string, string>;
  const keeping = () => {
    kept = new Map([[fingerprint, 'quiet ledger']]);
    return new WorkbookDoor(session, longCalls, undefined, {
      read: (of) => Promise.resolve(kept.get(of)),
      keep: (of, passPhrase) => void kept.set(of, passPhrase),
    });
  };

  test('is put into a call that signs; the window is sent nothing of it', async () => {
    const window = connectWindow(keeping());
    window.call(1, 'journals:approve', { ...sign, passPhrase: { kept: true } });
    await allDone();
    expect(long(0).input).toEqual({ ...sign, passPhrase: 'quiet ledger' });
    long(0).end(done({}));
    await allDone();
    expect(JSON.stringify(window.received)).not.toContain('quiet ledger');
  });

  test('is put into no call that stores or shows what it is given, nor where two sign side by side', async () => {
    const window = connectWindow(keeping());
    const asked = { fingerprint, passPhrase: { kept: true } };
    window.call(1, 'identities:request', { ...asked, path: 'request.pem' });
    window.call(2, 'signOff:reopen', { periodId: 1, reason: 'x', asker: asked, controller: null, noSecondPerson: 'x' });
    await allDone();
    for (const id of [1, 2]) expect(window.outcome(id)!.outcome).toMatchObject({ failure: 'invalid_input' });
    const specs: [string, CallSpec][] = Object.entries(workbookCalls);
    for (const [channel, spec] of specs) {
      const takesKept = spec.input.safeParse({ fingerprint, passPhrase: { keep: 'x' } }).error?.issues.every(({ path: at }) => at[0] !== 'passPhrase') ?? true;
      expect({ channel, takesKept: takesKept && 'passPhrase' in shapeOf(spec) }).toEqual({ channel, takesKept: spec.signs === true });
    }
    expect(specs.flatMap(([channel, { signs }]) => (signs ? [channel] : [])).sort()).toEqual(
      ['auditPack:make', 'followUp:acceptWaived', 'journals:approve', 'journals:prepare', 'journals:reverse', 'signOff:lock'],
    );
  });

  test('that the store does not give has to be typed, and the call is not carried out', async () => {
    const window = connectWindow(keeping());
    kept.clear();
    window.call(1, 'journals:approve', { ...sign, passPhrase: { kept: true } });
    await allDone();
    expect(window.outcome(1)!.outcome).toMatchObject({ failure: 'wrong_pass_phrase', message: expect.stringContaining('Type it') });
    expect(longCalls.started).toEqual([]);
  });

  test('is kept once a signature was made with it, not where it was refused', async () => {
    const window = connectWindow(keeping());
    for (const [id, typed] of [[1, 'mistyped'], [2, 'loud ledger']] as const) window.call(id, 'journals:approve', { ...sign, passPhrase: { keep: typed } });
    await allDone();
    long(0).end(refused('wrong_pass_phrase', 'No.'));
    await allDone();
    expect(kept.get(fingerprint)).toBe('quiet ledger');
    long(1).end(done({}));
    await allDone();
    expect(kept.get(fingerprint)).toBe('loud ledger');
  });

  test('is not reached from where there is no key store, as on the command line', async () => {
    const window = connectWindow();
    window.call(1, 'journals:approve', { ...sign, passPhrase: { kept: true } });
    await allDone();
    expect(window.outcome(1)!.outcome).toMatchObject({ failure: 'wrong_pass_phrase' });
    expect(await serveCall(session, 'journals:approve', { ...sign, passPhrase: { kept: true } }, silentJob)).toMatchObject({ failure: 'invalid_input' });
  });
});
