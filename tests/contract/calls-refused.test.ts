/**
 * Every call of the contract refuses at the door: what is malformed, what a workbook open for reading only cannot take, and what
 * asks about things that are not there.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WorkbookChannel, workbookCalls } from '@shared/contract/index';
import { callHandlers } from '../../electron/ipc/handlers/index';
import type { Session } from '../../electron/ipc/session';
import { chainHead } from '../../electron/workbook/audit';
import { REFUSED_BY_NAME, WELL_FORMED } from '../support/calls';
import { ask, openSample } from '../support/sample-session';

const CHANNELS = Object.keys(workbookCalls) as WorkbookChannel[];

let session: Session;

beforeAll(async () => {
  ({ session } = await openSample(afterAll));
});

test('every call has a handler, and every handler a call', () => {
  expect(Object.keys(callHandlers).sort()).toEqual([...CHANNELS].sort());
});

describe.each(CHANNELS)('%s', (channel) => {
  test('refuses what is malformed, and changes nothing', async () => {
    const before = chainHead(session.workbook);
    const wellFormed = WELL_FORMED[channel] as Readonly<Record<string, unknown>>;
    const [firstKey] = Object.keys(wellFormed);
    const malformed = [undefined, null, 'text', [], { ...wellFormed, surplus: 1 }, ...(firstKey === undefined ? [] : [{ ...wellFormed, [firstKey]: Symbol.iterator }])];
    for (const input of malformed) {
      const outcome = await ask(session, channel, input);
      expect(outcome, JSON.stringify(input)).toMatchObject({ ok: false, failure: 'invalid_input', message: expect.stringContaining(channel) });
    }
    expect(chainHead(session.workbook)).toEqual(before);
  });

  test('where the workbook is open for reading only, refuses to write and nothing else', async () => {
    const before = chainHead(session.workbook);
    const readOnly: Session = { ...session, readOnly: true, readOnlyReason: 'Sample.tieout is open elsewhere: Ben Okafor.' };
    const outcome = await ask(readOnly, channel, WELL_FORMED[channel]);
    const spec = workbookCalls[channel];
    if ('writes' in spec) {
      expect(outcome).toEqual({ ok: false, failure: 'read_only', message: 'Sample.tieout is open elsewhere: Ben Okafor. Nothing can be changed here.' });
    } else if (!outcome.ok) expect(outcome.failure).not.toBe('read_only');
    expect(chainHead(session.workbook)).toEqual(before);
  });
});

test('what is asked about things that are not there is refused by name', async () => {
  const failures: Record<string, string> = {};
  for (const channel of CHANNELS.filter((each) => !['people:createIdentity', 'identities:createAuthority', 'imports:saveProfile'].includes(each))) {
    const outcome = await ask(session, channel, WELL_FORMED[channel]);
    if (!outcome.ok) failures[channel] = outcome.failure;
  }
  expect(failures).toEqual(REFUSED_BY_NAME);
});
