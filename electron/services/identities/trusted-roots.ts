/** The roots that a workbook trusts: who trusted each and when, and who withdrew it, when and why. */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import type { TrustedRoot } from '@shared/contract/identities';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { authorityStore } from '../../files/identities/authority-store';
import { certificatesIn } from '../../files/identities/pem';
import { certificateFacts, fingerprintOf } from '../../files/signatures/certificate';
import { appendAudit } from '../../workbook/audit';
import { insertTrustedRoot, listTrustedRoots, markRootWithdrawn, type TrustedRootRow } from '../../workbook/tables/trust';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';

export const rootOfRow = (row: TrustedRootRow): TrustedRoot => ({
  trustedRootId: row.trusted_root_id,
  name: row.name,
  fingerprint: row.fingerprint,
  validUntilInstant: certificateFacts(new X509Certificate(row.certificate_pem)).certificateNotAfterInstant,
  trustedInstant: row.trusted_instant,
  trustedBy: row.trusted_by,
  withdrawnInstant: row.withdrawn_instant,
  withdrawnBy: row.withdrawn_by ?? '',
  withdrawnWhy: row.withdrawn_why ?? '',
});

export const trustedRoots = (workbook: ReadableWorkbook): TrustedRoot[] => listTrustedRoots(workbook).map(rootOfRow);

export type TrustFailure = 'file_missing' | 'certificate_unreadable' | 'no_root' | 'already_trusted' | 'certificate_expired' | 'authority_missing';

/** The certificate in a file that can be a root: the one that may issue, and of several the one at the end of the chain. */
export function rootInFile(filePath: string): Outcome<X509Certificate, 'file_missing' | 'certificate_unreadable' | 'no_root'> {
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(filePath);
  } catch (error) {
    return refused('file_missing', `${filePath} cannot be read: ${(error as Error).message}. Check its name and folder.`);
  }
  const certificates = certificatesIn(bytes);
  if (!certificates) return refused('certificate_unreadable', `${filePath} holds no certificate (PEM, or DER).`);
  const root = certificates.find((each) => each.ca && each.checkIssued(each)) ?? certificates.find((each) => each.ca);
  return root ? done(root) : refused('no_root', `${filePath} holds no certificate that may issue others. Give the root of the authority, not the certificate of a person.`);
}

/** Trusts a root: of an authority of this machine, or from a file. */
export function trustRoot(
  context: ServiceContext,
  identitiesFolder: string,
  source: { readonly path: string } | { readonly authority: string },
): Outcome<TrustedRoot, TrustFailure> {
  let certificate: X509Certificate;
  if ('path' in source) {
    const read = rootInFile(source.path);
    if (!read.ok) return read;
    certificate = read.value;
  } else {
    const authority = authorityStore(identitiesFolder).find(source.authority);
    if (!authority) return refused('authority_missing', 'That authority is not on this machine.');
    certificate = new X509Certificate(authority.certificatePem);
  }
  const facts = certificateFacts(certificate);
  const name = facts.signerName || (certificate.subject ?? '').replaceAll('\n', ', ');
  if (context.now() > facts.certificateNotAfterInstant) {
    return refused('certificate_expired', `The root ${name} has expired. Ask for the one that took its place.`);
  }
  const { workbook } = context;
  const held = listTrustedRoots(workbook).find((row) => row.fingerprint === facts.fingerprintSha256 && row.withdrawn_instant === null);
  if (held) return refused('already_trusted', `${held.name} is trusted already, by ${held.trusted_by}.`);
  return inTransaction(workbook, () => {
    const trustedInstant = context.now();
    const by = actorText(context.actor);
    const trustedRootId = insertTrustedRoot(workbook, {
      fingerprint: facts.fingerprintSha256, name, certificate_pem: certificate.toString(), trusted_instant: trustedInstant, trusted_by: by,
    });
    appendAudit(workbook, {
      atInstant: trustedInstant, actor: by, action: 'root.trust', periodId: null, subject: `root:${name}`,
      detail: { name, fingerprint: fingerprintOf(certificate) },
    });
    return done(rootOfRow(listTrustedRoots(workbook).find((row) => row.trusted_root_id === trustedRootId)!));
  });
}

/** Trusts a root no more. It stays on record, and so does why. */
export function withdrawRoot(context: ServiceContext, request: { readonly trustedRootId: number; readonly why: string }): Outcome<TrustedRoot, 'root_missing' | 'already_withdrawn'> {
  const { workbook } = context;
  const row = listTrustedRoots(workbook).find((each) => each.trusted_root_id === request.trustedRootId);
  if (!row) return refused('root_missing', `Root ${request.trustedRootId} is not in this workbook.`);
  if (row.withdrawn_instant !== null) return refused('already_withdrawn', `${row.name} was withdrawn already, by ${row.withdrawn_by ?? ''}: ${row.withdrawn_why ?? ''}`);
  return inTransaction(workbook, () => {
    const instant = context.now();
    const by = actorText(context.actor);
    markRootWithdrawn(workbook, row.trusted_root_id, { instant, by, why: request.why });
    appendAudit(workbook, {
      atInstant: instant, actor: by, action: 'root.withdraw', periodId: null, subject: `root:${row.name}`,
      detail: { name: row.name, fingerprint: row.fingerprint, why: request.why },
    });
    return done(rootOfRow(listTrustedRoots(workbook).find((each) => each.trusted_root_id === row.trusted_root_id)!));
  });
}
