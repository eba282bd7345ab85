/**
 * Revoking certificates: the authority that issued one signs a list; of one signed by itself a controller states it.
 *
 * Lists go from workbook to workbook as files, and openssl reads them. A revocation stands: nothing takes it back.
 */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import type { RevocationInput } from '@shared/contract/identities';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { type OpenAuthority, openAuthority, type OpenAuthorityFailure } from '../../files/identities/authority';
import { authorityStore } from '../../files/identities/authority-store';
import { identityStore } from '../../files/identities/identity-store';
import { certificatesIn } from '../../files/identities/pem';
import { type ListedRevocation, readRevocationList, writeRevocationList } from '../../files/identities/revocation-list';
import { certificateFacts, fingerprintOf } from '../../files/signatures/certificate';
import { isSignedByItself, serialOf } from '../../files/signatures/trust';
import { appendAudit } from '../../workbook/audit';
import { insertRevocation, insertRevocationList, listPersonCertificates, listRevocationLists, listRevocations, listTrustedRoots, personCertificate } from '../../workbook/tables/trust';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { writeOut } from './written-file';

export type RevokeFailure = 'certificate_missing' | 'already_revoked' | 'role_refused' | 'authority_missing' | OpenAuthorityFailure;

/** The certificate of a person of the workbook or of an identity of this machine. */
function certificateWith(workbook: ReadableWorkbook, identitiesFolder: string, fingerprint: string): X509Certificate | undefined {
  const pem = personCertificate(workbook, fingerprint)?.certificate_pem ?? identityStore(identitiesFolder).findByFingerprint(fingerprint)?.certificatePem;
  return pem === undefined ? undefined : new X509Certificate(pem);
}

/** What an authority has revoked so far, as the workbook knows it. */
function listedOf(workbook: ReadableWorkbook, issuerFingerprint: string): ListedRevocation[] {
  return listRevocations(workbook)
    .filter((row) => row.issuer_fingerprint === issuerFingerprint && row.revocation_list_id !== null)
    .map((row) => ({ serialNumber: row.serial_number, revokedInstant: row.revoked_instant, reason: row.reason }));
}

interface Revoked {
  readonly certificate: X509Certificate;
  readonly issuerFingerprint: string;
  readonly statedBy: string;
  readonly listPem: string | undefined;
  /** Read once: the list is signed as of the instant that it is kept under. */
  readonly instant: number;
}

function record(context: ServiceContext, input: RevocationInput, { certificate, issuerFingerprint, statedBy, listPem, instant }: Revoked): void {
  const { workbook } = context;
  inTransaction(workbook, () => {
    const by = actorText(context.actor);
    const facts = certificateFacts(certificate);
    const listId =
      listPem === undefined
        ? null
        : insertRevocationList(workbook, { issuer_fingerprint: issuerFingerprint, issued_instant: Math.floor(instant / 1000) * 1000, content_pem: listPem, added_instant: instant, added_by: by });
    insertRevocation(workbook, {
      fingerprint: facts.fingerprintSha256, issuer_fingerprint: issuerFingerprint, serial_number: serialOf(certificate),
      revoked_instant: input.fromInstant, reason: input.reason, stated_instant: instant, stated_by: statedBy, revocation_list_id: listId,
    });
    appendAudit(workbook, {
      atInstant: instant, actor: by, action: 'certificate.revoke', periodId: null, subject: `certificate:${facts.fingerprintSha256.slice(0, 16)}`,
      detail: { name: facts.signerName, fingerprint: facts.fingerprintSha256, fromInstant: input.fromInstant, reason: input.reason, statedBy },
    });
  });
}

/** Revokes a certificate. Answers its fingerprint. */
export async function revokeCertificate(
  context: ServiceContext & { readonly role: string },
  identitiesFolder: string,
  input: RevocationInput,
): Promise<Outcome<{ readonly fingerprint: string }, RevokeFailure>> {
  const { workbook } = context;
  const certificate = certificateWith(workbook, identitiesFolder, input.fingerprint);
  if (!certificate) return refused('certificate_missing', 'That certificate is neither of a person of this workbook nor of an identity of this machine.');
  const facts = certificateFacts(certificate);
  const earlier = listRevocations(workbook).find((row) => row.fingerprint === input.fingerprint);
  if (earlier) return refused('already_revoked', `The certificate of ${facts.signerName} is revoked already, stated by ${earlier.stated_by}.`);
  const instant = context.now();
  const authorities = authorityStore(identitiesFolder).list();
  const issuer = authorities.find((each) => certificate.checkIssued(new X509Certificate(each.certificatePem)));
  let revoked: Revoked;
  if (issuer && !isSignedByItself(certificate)) {
    const opened = openAuthority(issuer, input.authorityPassPhrase);
    if (!opened.ok) return opened;
    const entries = [...listedOf(workbook, issuer.fingerprintSha256), { serialNumber: serialOf(certificate), revokedInstant: input.fromInstant, reason: input.reason }];
    const listPem = await signedList(workbook, opened.value, entries, instant);
    revoked = { certificate, issuerFingerprint: issuer.fingerprintSha256, statedBy: issuer.name, listPem, instant };
  } else {
    const trusted = listTrustedRoots(workbook).find((row) => certificate.checkIssued(new X509Certificate(row.certificate_pem)));
    if (trusted && !isSignedByItself(certificate)) {
      return refused('authority_missing', `The certificate of ${facts.signerName} was issued by ${trusted.name}, whose key is not on this machine. Revoke it where the key is, and take in the list (CRL).`);
    }
    if (context.role !== 'controller') {
      return refused('role_refused', `Nobody but a controller states that a certificate without an authority is revoked. ${context.actor.name} works here ${context.role === '' ? 'without an identity' : `as ${context.role}`}.`);
    }
    revoked = { certificate, issuerFingerprint: isSignedByItself(certificate) ? fingerprintOf(certificate) : '', statedBy: actorText(context.actor), listPem: undefined, instant };
  }
  record(context, input, revoked);
  return done({ fingerprint: input.fingerprint });
}

const signedList = (workbook: ReadableWorkbook, authority: OpenAuthority, entries: readonly ListedRevocation[], instant: number): Promise<string> => {
  const issuer = fingerprintOf(authority.certificate);
  const number = listRevocationLists(workbook).filter((row) => row.issuer_fingerprint === issuer).length + 1;
  return writeRevocationList(authority, entries, number, instant);
};

/** Writes an authority's list of revoked certificates as PEM; an empty one where it revoked none. */
export async function exportRevocations(
  context: ServiceContext,
  identitiesFolder: string,
  input: { readonly authority: string; readonly passPhrase: string; readonly path: string },
): Promise<Outcome<{ readonly path: string; readonly revoked: number }, 'authority_missing' | 'file_unwritable' | OpenAuthorityFailure>> {
  const { workbook } = context;
  const kept = listRevocationLists(workbook).filter((row) => row.issuer_fingerprint === input.authority).at(-1);
  const revoked = listedOf(workbook, input.authority).length;
  if (kept) return writeOut(input.path, kept.content_pem, { revoked });
  const authority = authorityStore(identitiesFolder).find(input.authority);
  if (!authority) return refused('authority_missing', 'This workbook holds no list of that authority, and its key is not on this machine.');
  const opened = openAuthority(authority, input.passPhrase);
  if (!opened.ok) return opened;
  return writeOut(input.path, await signedList(workbook, opened.value, [], context.now()), { revoked: 0 });
}

/** Takes in a list that a trusted root signed: what it names is revoked here too. */
export async function importRevocations(
  context: ServiceContext,
  filePath: string,
): Promise<Outcome<{ readonly authority: string; readonly revoked: number; readonly added: number }, 'file_missing' | 'list_unreadable' | 'issuer_not_trusted' | 'list_older'>> {
  const { workbook } = context;
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(filePath);
  } catch (error) {
    return refused('file_missing', `${filePath} cannot be read: ${(error as Error).message}. Check its name and folder.`);
  }
  const roots = listTrustedRoots(workbook).filter((row) => row.withdrawn_instant === null);
  const read = await readRevocationList(bytes, roots.flatMap((row) => certificatesIn(row.certificate_pem) ?? []));
  if (!read.ok) return read;
  const { list, issuer } = read.value;
  const issuerFingerprint = fingerprintOf(issuer);
  const newest = listRevocationLists(workbook).filter((row) => row.issuer_fingerprint === issuerFingerprint).at(-1);
  if (newest && newest.issued_instant > list.issuedInstant) {
    return refused('list_older', `A newer list of ${certificateFacts(issuer).signerName} is here already.`);
  }
  const name = certificateFacts(issuer).signerName;
  return inTransaction(workbook, () => {
    const instant = context.now();
    const by = actorText(context.actor);
    const known = new Set(listedOf(workbook, issuerFingerprint).map(({ serialNumber }) => serialNumber));
    const added = list.entries.filter(({ serialNumber }) => !known.has(serialNumber));
    const listId = insertRevocationList(workbook, { issuer_fingerprint: issuerFingerprint, issued_instant: list.issuedInstant, content_pem: list.pem, added_instant: instant, added_by: by });
    const certificates = listPersonCertificates(workbook).map((row) => new X509Certificate(row.certificate_pem)).filter((each) => each.checkIssued(issuer));
    for (const entry of added) {
      const certificate = certificates.find((each) => serialOf(each) === entry.serialNumber);
      insertRevocation(workbook, {
        fingerprint: certificate ? fingerprintOf(certificate) : '', issuer_fingerprint: issuerFingerprint, serial_number: entry.serialNumber,
        revoked_instant: entry.revokedInstant, reason: entry.reason, stated_instant: instant, stated_by: name, revocation_list_id: listId,
      });
    }
    appendAudit(workbook, {
      atInstant: instant, actor: by, action: 'revocations.import', periodId: null, subject: `root:${name}`,
      detail: { name, fingerprint: issuerFingerprint, revoked: list.entries.length, added: added.length },
    });
    return done({ authority: name, revoked: list.entries.length, added: added.length });
  });
}
