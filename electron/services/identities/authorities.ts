/**
 * A firm's own authority at work: made here, issues to identities of this machine at once, and to other machines by a request
 * that comes as a file and a certificate that goes back as one. A private key never leaves the machine it was made on.
 */
import { createPublicKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { createAuthority, issueCertificate, type NewAuthority, type NewAuthorityFailure, openAuthority, type OpenAuthorityFailure } from '../../files/identities/authority';
import { authorityStore } from '../../files/identities/authority-store';
import { readRequest, writeRequest } from '../../files/identities/certificate-request';
import type { AuthorityFile, IdentityFile } from '../../files/identities/identity-file';
import { identityStore } from '../../files/identities/identity-store';
import { type CertificateFailure, keepIdentity } from '../../files/identities/keep-identity';
import { certificatesIn } from '../../files/identities/pem';
import { chainFrom } from '../../files/identities/pkcs12';
import { unlockKey, type UnlockFailure } from '../../files/identities/unlock-identity';
import { writeOut } from './written-file';

/** Makes an authority on this machine. */
export async function makeAuthority(identitiesFolder: string, request: NewAuthority): Promise<Outcome<AuthorityFile, NewAuthorityFailure>> {
  const made = await createAuthority(request);
  if (made.ok) authorityStore(identitiesFolder).save(made.value);
  return made;
}

const identityMissing = () => refused('identity_missing', 'That identity is not on this machine.');
const authorityMissing = () => refused('authority_missing', 'That authority is not on this machine. Issue where its key is.');

/** Puts a key under a new certificate: the identity's file is replaced, its person and pass phrase stay. */
function replaceCertificate(
  identitiesFolder: string,
  identity: IdentityFile,
  passPhrase: string,
  chain: readonly [X509Certificate, ...X509Certificate[]],
  nowInstant: number,
): Outcome<IdentityFile, UnlockFailure | CertificateFailure | 'certificate_other'> {
  const unlocked = unlockKey(identity, passPhrase);
  if (!unlocked.ok) return unlocked;
  const kept = keepIdentity({ key: unlocked.value, chain, role: identity.role, origin: 'issued', name: identity.name, email: identity.email, passPhrase, nowInstant });
  if (!kept.ok) {
    if (kept.failure === 'name_missing' || kept.failure === 'email_invalid' || kept.failure === 'pass_phrase_short') return refused('certificate_other', kept.message);
    return refused(kept.failure, kept.message);
  }
  if (kept.value.email.toLowerCase() !== identity.email.toLowerCase()) {
    return refused('certificate_other', `The certificate is for ${kept.value.email}, the identity of ${identity.name} for ${identity.email}. Ask for one with the same address.`);
  }
  const store = identityStore(identitiesFolder);
  store.save(kept.value);
  if (kept.value.fingerprintSha256 !== identity.fingerprintSha256) store.remove(identity);
  return done(kept.value);
}

export type IssueFailure = 'identity_missing' | 'authority_missing' | 'certificate_other' | UnlockFailure | OpenAuthorityFailure | CertificateFailure;

/** Issues a certificate to an identity of this machine, which takes it on at once. */
export async function issueHere(
  identitiesFolder: string,
  request: { readonly authority: string; readonly authorityPassPhrase: string; readonly fingerprint: string; readonly passPhrase: string; readonly nowInstant: number },
): Promise<Outcome<IdentityFile, IssueFailure>> {
  const authority = authorityStore(identitiesFolder).find(request.authority);
  if (!authority) return authorityMissing();
  const identity = identityStore(identitiesFolder).findByFingerprint(request.fingerprint);
  if (!identity) return identityMissing();
  const opened = openAuthority(authority, request.authorityPassPhrase);
  if (!opened.ok) return opened;
  const unlocked = unlockKey(identity, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const { name, email } = identity;
  const issued = await issueCertificate(opened.value, { name, email, publicKey: createPublicKey(unlocked.value), nowInstant: request.nowInstant });
  return replaceCertificate(identitiesFolder, identity, request.passPhrase, [issued, opened.value.certificate], request.nowInstant);
}

/** Writes a request for a certificate, for an authority on another machine. */
export async function requestCertificate(
  identitiesFolder: string,
  request: { readonly fingerprint: string; readonly passPhrase: string; readonly path: string },
): Promise<Outcome<{ readonly path: string }, 'identity_missing' | 'file_unwritable' | UnlockFailure>> {
  const identity = identityStore(identitiesFolder).findByFingerprint(request.fingerprint);
  if (!identity) return identityMissing();
  const unlocked = unlockKey(identity, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  return writeOut(request.path, await writeRequest(identity, unlocked.value), {});
}

function textIn(filePath: string): Outcome<string, 'file_missing'> {
  try {
    return done(fs.readFileSync(filePath, 'latin1'));
  } catch (error) {
    return refused('file_missing', `${filePath} cannot be read: ${(error as Error).message}. Check its name and folder.`);
  }
}

/** Issues a certificate for a request that came as a file; writes it with the root behind it, as PEM. */
export async function issueFor(
  identitiesFolder: string,
  request: { readonly authority: string; readonly authorityPassPhrase: string; readonly requestPath: string; readonly path: string; readonly nowInstant: number },
): Promise<Outcome<{ readonly path: string; readonly name: string; readonly email: string }, 'authority_missing' | 'file_missing' | 'request_unreadable' | 'key_not_accepted' | 'file_unwritable' | OpenAuthorityFailure>> {
  const authority = authorityStore(identitiesFolder).find(request.authority);
  if (!authority) return authorityMissing();
  const text = textIn(request.requestPath);
  if (!text.ok) return text;
  const read = await readRequest(text.value);
  if (!read.ok) return read;
  const opened = openAuthority(authority, request.authorityPassPhrase);
  if (!opened.ok) return opened;
  const issued = await issueCertificate(opened.value, { ...read.value, nowInstant: request.nowInstant });
  const { name, email } = read.value;
  return writeOut(request.path, `${issued.toString()}${opened.value.certificate.toString()}`, { name, email });
}

/** Takes on a certificate that an authority issued for a request of this machine: the identity is the one whose key it is for. */
export function acceptCertificate(
  identitiesFolder: string,
  request: { readonly path: string; readonly passPhrase: string; readonly nowInstant: number },
): Outcome<IdentityFile, 'file_missing' | 'certificate_unreadable' | 'identity_missing' | 'certificate_other' | UnlockFailure | CertificateFailure> {
  const text = textIn(request.path);
  if (!text.ok) return text;
  const certificates = certificatesIn(text.value);
  if (!certificates) return refused('certificate_unreadable', `${request.path} holds no certificate (PEM).`);
  const keyOf = (certificate: X509Certificate) => certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  for (const identity of identityStore(identitiesFolder).list().identities) {
    const own = keyOf(new X509Certificate(identity.certificatePem));
    const leaf = certificates.find((each) => keyOf(each) === own);
    if (leaf) return replaceCertificate(identitiesFolder, identity, request.passPhrase, chainFrom(leaf, certificates), request.nowInstant);
  }
  return refused('identity_missing', `${request.path} is for no key of this machine. Take it on where the request was written.`);
}
