/** Everything about identities that a workbook and its machine know, as the screen People shows it. */
import { X509Certificate } from 'node:crypto';
import type { Authority, Identity, TrustedRoot } from '@shared/contract/identities';
import { authorityStore } from '../../files/identities/authority-store';
import { type AuthorityFile, chainOf, originOf } from '../../files/identities/identity-file';
import { identityStore } from '../../files/identities/identity-store';
import { certificatesIn } from '../../files/identities/pem';
import { keyAlgorithm } from '../../files/identities/signing-key';
import { certificateFacts } from '../../files/signatures/certificate';
import { certificateTrust, type TrustBasis } from '../../files/signatures/trust';
import { listPersonCertificates } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { trustBasis } from './trust-basis';
import { trustedRoots } from './trusted-roots';

type Stated = Pick<Identity, 'name' | 'email' | 'role' | 'origin' | 'canSignHere' | 'inWorkbook'>;

function identityOf(stated: Stated, certificatePem: string, chainPem: string, basis: TrustBasis, nowInstant: number): Identity {
  const certificate = new X509Certificate(certificatePem);
  const facts = certificateFacts(certificate);
  const trust = certificateTrust(certificate, certificatesIn(chainPem) ?? [], basis, nowInstant, nowInstant);
  const { revocation } = trust;
  return {
    ...stated,
    fingerprint: facts.fingerprintSha256,
    algorithm: keyAlgorithm(certificate.publicKey) ?? certificate.publicKey.asymmetricKeyType ?? '',
    validFromInstant: facts.certificateNotBeforeInstant,
    validUntilInstant: facts.certificateNotAfterInstant,
    isExpired: trust.expiredInstant !== undefined,
    isSelfSigned: trust.isSelfSigned,
    issuer: trust.issuerName,
    trustedBy: trust.root?.name ?? '',
    revoked: revocation ? { fromInstant: revocation.revokedInstant, reason: revocation.reason, statedBy: revocation.statedBy } : null,
  };
}

export const authorityOf = (authority: AuthorityFile, trusted: ReadonlySet<string>): Authority => ({
  name: authority.name,
  fingerprint: authority.fingerprintSha256,
  algorithm: authority.algorithm,
  validUntilInstant: certificateFacts(new X509Certificate(authority.certificatePem)).certificateNotAfterInstant,
  isTrusted: trusted.has(authority.fingerprintSha256),
});

/** Identities by name, a person's newest certificate first; authorities of the machine; roots, oldest first. */
export function listIdentities(
  workbook: ReadableWorkbook,
  identitiesFolder: string,
  nowInstant: number,
): { readonly identities: Identity[]; readonly authorities: Authority[]; readonly roots: TrustedRoot[] } {
  const basis = trustBasis(workbook);
  const here = new Map(identityStore(identitiesFolder).list().identities.map((identity) => [identity.fingerprintSha256, identity]));
  const people = new Map(workbook.all<Pick<Identity, 'name' | 'email' | 'role'> & { person_id: number }>('SELECT person_id, name, email, role FROM people').map((row) => [row.person_id, row]));
  const certificates = listPersonCertificates(workbook);
  const known = certificates.map((row) => {
    const { name, email, role } = people.get(row.person_id)!;
    const identity = here.get(row.fingerprint);
    const stated = { name, email, role, origin: identity ? originOf(identity) : ('' as const), canSignHere: identity !== undefined, inWorkbook: true };
    return identityOf(stated, row.certificate_pem, row.chain_pem, basis, nowInstant);
  });
  const inWorkbook = new Set(certificates.map((row) => row.fingerprint));
  const others = [...here.values()]
    .filter((identity) => !inWorkbook.has(identity.fingerprintSha256))
    .map((identity) => {
      const { name, email, role } = identity;
      return identityOf({ name, email, role, origin: originOf(identity), canSignHere: true, inWorkbook: false }, identity.certificatePem, chainOf(identity), basis, nowInstant);
    });
  const roots = trustedRoots(workbook);
  const trusted = new Set(roots.filter((root) => root.withdrawnInstant === null).map((root) => root.fingerprint));
  return {
    identities: [...known, ...others].sort((left, right) => left.name.localeCompare(right.name, 'en') || right.validFromInstant - left.validFromInstant),
    authorities: authorityStore(identitiesFolder).list().map((authority) => authorityOf(authority, trusted)),
    roots,
  };
}

/** One of them. */
export const findIdentity = (workbook: ReadableWorkbook, identitiesFolder: string, fingerprint: string, nowInstant: number): Identity =>
  listIdentities(workbook, identitiesFolder, nowInstant).identities.find((identity) => identity.fingerprint === fingerprint)!;
