/** What the workbook knows for judging certificates: its trusted roots and what was revoked; and who may follow whom. */
import { X509Certificate } from 'node:crypto';
import { chainOf, type IdentityFile } from '../../files/identities/identity-file';
import { certificatesIn } from '../../files/identities/pem';
import { certificateTrust, type RevocationEntry, type TrustBasis, type TrustedRoot } from '../../files/signatures/trust';
import { certificatesOfPerson, listRevocations, listTrustedRoots, type RevocationRow } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** A row as verification asks for it. */
export const revocationEntry = (row: RevocationRow): RevocationEntry => ({
  fingerprintSha256: row.fingerprint,
  issuerFingerprintSha256: row.issuer_fingerprint,
  serialNumber: row.serial_number,
  revokedInstant: row.revoked_instant,
  reason: row.reason,
  statedBy: row.stated_by,
});

/** The roots that the workbook trusts now, and all that it knows to be revoked. */
export function trustBasis(workbook: ReadableWorkbook): TrustBasis {
  const roots = listTrustedRoots(workbook)
    .filter((root) => root.withdrawn_instant === null)
    .flatMap((root): TrustedRoot[] => {
      const [certificate] = certificatesIn(root.certificate_pem) ?? [];
      return certificate ? [{ certificate, name: root.name, from: 'workbook' }] : [];
    });
  return { roots, revocations: listRevocations(workbook).map(revocationEntry) };
}

const spki = (certificate: X509Certificate): string => certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

/**
 * Whether a new certificate may take the place of the earlier ones of a person: it is for the same key, a root that the
 * workbook trusts vouches for it, or every earlier one is revoked. Otherwise anybody could take on another's address.
 */
export function mayFollow(workbook: ReadableWorkbook, person: { readonly person_id: number; readonly name: string }, identity: IdentityFile): boolean {
  const certificate = new X509Certificate(identity.certificatePem);
  const earlier = certificatesOfPerson(workbook, person.person_id).map((row) => new X509Certificate(row.certificate_pem));
  if (earlier.some((each) => spki(each) === spki(certificate))) return true;
  const basis = trustBasis(workbook);
  const atInstant = identity.createdInstant;
  const trust = certificateTrust(certificate, certificatesIn(chainOf(identity)) ?? [], basis, atInstant, atInstant);
  if (trust.root !== undefined && !trust.isTakenAway) return true;
  return earlier.length > 0 && earlier.every((each) => certificateTrust(each, [], basis, null, atInstant).isTakenAway);
}
