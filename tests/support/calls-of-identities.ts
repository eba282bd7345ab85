/** Every call about identities, answered on a workbook that knows Eve, who can sign here. */
import path from 'node:path';
import { expect } from 'vitest';
import type { CallInput, CallOutput } from '@shared/contract/call';
import type { WorkbookCalls, WorkbookChannel } from '@shared/contract/index';
import { WELL_FORMED } from './calls';

/** Asks, and fails where it is refused. */
type Get = <Channel extends WorkbookChannel>(channel: Channel, input: CallInput<WorkbookCalls[Channel]>) => Promise<CallOutput<WorkbookCalls[Channel]>>;
/** Asks, whatever the answer. */
type Ask = (channel: WorkbookChannel, input: unknown) => Promise<unknown>;

/** @param folder where requests, certificates and lists are written */
export async function identitiesAnswer(folder: string, get: Get, ask: Ask): Promise<void> {
  const at = (name: string) => path.join(folder, name);
  const eve = (await get('people:list', {})).find(({ name }) => name === 'Eve')!;
  const { passPhrase } = WELL_FORMED['people:createIdentity'];
  const made = await get('identities:createAuthority', { name: 'Harbor & Pine', algorithm: 'ecdsa-p256', passPhrase: 'root of the firm' });
  const open = { authority: made.fingerprint, authorityPassPhrase: 'root of the firm' };
  const root = await get('identities:trustRoot', { authority: made.fingerprint });
  const issued = await get('identities:issue', { ...open, fingerprint: eve.fingerprint, passPhrase });
  expect(issued).toMatchObject({ name: 'Eve', origin: 'issued', trustedBy: 'Harbor & Pine', revoked: null });
  await get('identities:request', { fingerprint: issued.fingerprint, passPhrase, path: at('request.pem') });
  expect(await get('identities:issueFor', { ...open, requestPath: at('request.pem'), path: at('issued.pem') })).toMatchObject({ name: 'Eve' });
  const accepted = await get('identities:accept', { path: at('issued.pem'), passPhrase });
  expect(accepted.fingerprint).not.toBe(issued.fingerprint);
  await get('identities:revoke', { fingerprint: issued.fingerprint, fromInstant: 1, reason: 'replaced', authorityPassPhrase: 'root of the firm' });
  expect(await get('identities:exportRevocations', { authority: made.fingerprint, passPhrase: '', path: at('revoked.pem') })).toMatchObject({ revoked: 1 });
  expect(await get('identities:importRevocations', { path: at('revoked.pem') })).toEqual({ authority: 'Harbor & Pine', revoked: 1, added: 0 });
  const file = path.resolve(import.meta.dirname, '../fixtures/identities/modern-p384.p12');
  const bring = { path: file, filePassPhrase: 'correct horse', role: 'auditor', name: '', email: '', passPhrase } as const;
  expect(await get('identities:import', bring)).toMatchObject({ name: 'Per Holm', origin: 'imported', isSelfSigned: true });
  expect(await ask('identities:import', bring)).toMatchObject({ failure: 'identity_exists' });
  expect(await get('identities:withdrawRoot', { trustedRootId: root.trustedRootId, why: 'Test' })).toMatchObject({ withdrawnWhy: 'Test' });
  const { identities, authorities } = await get('identities:list', {});
  expect(identities.filter(({ name }) => name === 'Eve').map(({ revoked }) => revoked?.reason ?? 'none').sort()).toEqual(['none', 'none', 'replaced']);
  expect(authorities).toMatchObject([{ name: 'Harbor & Pine', isTrusted: false }]);
}
