/**
 * The sample company's workbook, open as the workbook process has it: September locked, October begun. And every answer
 * held against the contract.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { CallInput, CallOutput } from '@shared/contract/call';
import { DOOR_FAILURES } from '@shared/contract/call';
import { type WorkbookCalls, type WorkbookChannel, workbookCalls } from '@shared/contract/index';
import { openSession, type Session } from '../../electron/ipc/session';
import { serveCall, type AnyOutcome } from '../../electron/ipc/workbook-door';
import { type ServiceContext, silentJob } from '../../electron/services/context';
import { createSampleWorkbook, readSampleManifest } from '../../electron/services/sample';
import { attachToWorkbookFile } from '../../electron/workbook/open';
import { PERSON, temporaryFolder, type WhenFinished } from './workbooks';

export interface SampleSession {
  readonly session: Session;
  readonly folder: string;
  /** Closes the workbook, so that it can be copied. */
  close(): void;
}

const WORKBOOK = 'Sample.tieout';
const IDENTITIES = 'identities';

let madeFolder: string | undefined;

/** A copy of the sample company in a folder of its own. It is made once for all files that a worker runs: keys, a close and a lock take seconds. */
async function sampleFiles(whenFinished: WhenFinished): Promise<{ readonly workbookPath: string; readonly identitiesFolder: string }> {
  if (madeFolder === undefined) {
    const making = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-sample-'));
    process.once('exit', () => fs.rmSync(making, { recursive: true, force: true }));
    const made = await createSampleWorkbook(path.join(making, WORKBOOK), path.join(making, IDENTITIES), Date.now());
    if (!made.ok) throw new Error(made.message);
    madeFolder = making;
  }
  const folder = temporaryFolder(whenFinished);
  fs.cpSync(madeFolder, folder, { recursive: true });
  return { workbookPath: path.join(folder, WORKBOOK), identitiesFolder: path.join(folder, IDENTITIES) };
}

export async function openSample(whenFinished: WhenFinished): Promise<SampleSession> {
  const { workbookPath, identitiesFolder } = await sampleFiles(whenFinished);
  return reopen(workbookPath, identitiesFolder, whenFinished);
}

/** The same for tests that call services themselves. */
export async function sampleContext(whenFinished: WhenFinished): Promise<{ readonly context: ServiceContext; readonly identitiesFolder: string }> {
  const { workbookPath, identitiesFolder } = await sampleFiles(whenFinished);
  const { workbook, close } = attachToWorkbookFile(workbookPath, false);
  whenFinished(close);
  const { name, email } = readSampleManifest().people[0]!;
  return { context: { workbook, actor: { name, email }, now: () => Date.now(), job: silentJob }, identitiesFolder };
}

export async function reopen(workbookPath: string, identitiesFolder: string, whenFinished: WhenFinished): Promise<SampleSession> {
  const outcome = await openSession(workbookPath, PERSON, identitiesFolder, Date.now());
  if (!outcome.ok) throw new Error(outcome.message);
  const { opened, session } = outcome.value;
  const close = () => opened.close();
  whenFinished(close);
  return { session, folder: path.dirname(workbookPath), close };
}

/** Serves a call and holds what comes back against the contract: the output's shape, or a refusal of the call's own list. */
export async function ask(session: Session, channel: WorkbookChannel, input: unknown): Promise<AnyOutcome> {
  const outcome = await serveCall(session, channel, input, silentJob);
  const spec = workbookCalls[channel];
  if (outcome.ok) {
    const parsed = spec.output.safeParse(outcome.value);
    expect(parsed.success ? [] : parsed.error.issues, channel).toEqual([]);
  } else {
    expect([...spec.failures, ...DOOR_FAILURES], `${channel}: ${outcome.message}`).toContain(outcome.failure);
    // What a person may come to read is a sentence.
    if (outcome.failure !== 'invalid_input') expect(outcome.message, channel).toMatch(/^\S.*\.$/s);
  }
  return outcome;
}

/** The value of a call that must not be refused. */
export async function answer<Channel extends WorkbookChannel>(
  session: Session, channel: Channel, input: CallInput<WorkbookCalls[Channel]>,
): Promise<CallOutput<WorkbookCalls[Channel]>> {
  const outcome = await ask(session, channel, input);
  if (!outcome.ok) throw new Error(`${channel}: ${outcome.failure}: ${outcome.message}`);
  return outcome.value as CallOutput<WorkbookCalls[Channel]>;
}

/** What the sample company's people sign with. */
export const passPhraseOf = (name: string): string => readSampleManifest().people.find((person) => person.name === name)!.passPhrase;
