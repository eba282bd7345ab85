/** Serves identities, authorities, trusted roots and revocations. */
import type { identitiesContract } from '@shared/contract/identities';
import { done } from '@shared/domain/outcome';
import { acceptCertificate, issueFor, issueHere, makeAuthority, requestCertificate } from '../../services/identities/authorities';
import { bringIdentity } from '../../services/identities/bring-identity';
import { authorityOf, findIdentity, listIdentities } from '../../services/identities/list-identities';
import { exportRevocations, importRevocations, revokeCertificate } from '../../services/identities/revoke';
import { trustRoot, withdrawRoot } from '../../services/identities/trusted-roots';
import { addPerson } from '../../services/people';
import type { HandlerContext, Handlers } from '../session';

const folderOf = (context: HandlerContext) => context.session.identitiesFolder;
const shown = (context: HandlerContext, fingerprint: string) => done(findIdentity(context.workbook, folderOf(context), fingerprint, context.now()));

export const identitiesHandlers: Handlers<typeof identitiesContract> = {
  'identities:list': (context) => done(listIdentities(context.workbook, folderOf(context), context.now())),
  'identities:import': async (context, { path, ...input }) => {
    const outcome = await bringIdentity(context, folderOf(context), { ...input, filePath: path });
    return outcome.ok ? shown(context, outcome.value.fingerprintSha256) : outcome;
  },
  'identities:createAuthority': async (context, input) => {
    const outcome = await makeAuthority(folderOf(context), { ...input, nowInstant: context.now() });
    return outcome.ok ? done(authorityOf(outcome.value, new Set())) : outcome;
  },
  'identities:issue': async (context, input) => {
    const outcome = await issueHere(folderOf(context), { ...input, nowInstant: context.now() });
    if (!outcome.ok) return outcome;
    addPerson(context, outcome.value);
    return shown(context, outcome.value.fingerprintSha256);
  },
  'identities:request': (context, input) => requestCertificate(folderOf(context), input),
  'identities:issueFor': (context, input) => issueFor(folderOf(context), { ...input, nowInstant: context.now() }),
  'identities:accept': (context, input) => {
    const outcome = acceptCertificate(folderOf(context), { ...input, nowInstant: context.now() });
    if (!outcome.ok) return outcome;
    addPerson(context, outcome.value);
    return shown(context, outcome.value.fingerprintSha256);
  },
  'identities:trustRoot': (context, input) => trustRoot(context, folderOf(context), input),
  'identities:withdrawRoot': (context, input) => withdrawRoot(context, input),
  'identities:revoke': (context, input) => revokeCertificate({ ...context, role: context.session.actor.role }, folderOf(context), input),
  'identities:exportRevocations': (context, input) => exportRevocations(context, folderOf(context), input),
  'identities:importRevocations': (context, { path }) => importRevocations(context, path),
};
