/**
 * Who works on this machine: the identity that a person chose last. Asked at each start, so it needs nothing that makes identities.
 */
import fs from 'node:fs';
import path from 'node:path';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { IdentityFile } from '../files/identities/identity-file';
import { identityStore } from '../files/identities/identity-store';
import type { Actor } from './context';

const workingAsFile = (identitiesFolder: string) => path.join(identitiesFolder, 'working-as.txt');

/** Whoever chose to work on this machine last; undefined where nobody did or the identity is gone. */
export function lastWorker(identitiesFolder: string): (Actor & { readonly role: string; readonly fingerprint: string }) | undefined {
  let fingerprint: string;
  try {
    fingerprint = fs.readFileSync(workingAsFile(identitiesFolder), 'utf8').trim();
  } catch {
    return undefined;
  }
  const identity = identityStore(identitiesFolder).findByFingerprint(fingerprint);
  return identity && { name: identity.name, email: identity.email, role: identity.role, fingerprint };
}

/** From now on this identity works here: audit events carry the name. */
export function workAs(identitiesFolder: string, fingerprint: string): Outcome<IdentityFile, 'identity_missing'> {
  const identity = identityStore(identitiesFolder).findByFingerprint(fingerprint);
  if (!identity) return refused('identity_missing', 'That identity is not on this machine. Make one, or choose another.');
  fs.writeFileSync(workingAsFile(identitiesFolder), `${fingerprint}\n`);
  return done(identity);
}
