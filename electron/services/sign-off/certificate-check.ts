/**
 * What verification says of the certificate behind a signature: whose it is, who vouches for it, and what is known against it.
 *
 * The time of signing is what the signer claims. So a signature from before a revocation stays, and says that it rests on that.
 */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import type { VerificationCheck } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { REVOCATION_REASON_WORDS } from '@shared/domain/revocation';
import { certificatesIn } from '../../files/identities/pem';
import { certificateFacts, fingerprintOf } from '../../files/signatures/certificate';
import { certificateTrust, type CertificateTrust, type TrustBasis, type TrustedRoot } from '../../files/signatures/trust';
import type { PackageSignature } from '../../files/signatures/verification';
import { HOW_TO_CHECK } from './how-to-check';

/** What whoever verifies gave besides the workbook: roots that they trust, lists of what is revoked. */
export interface GivenTrust {
  readonly rootPaths: readonly string[];
  readonly listPaths: readonly string[];
}

export const NOTHING_GIVEN: GivenTrust = { rootPaths: [], listPaths: [] };

export type GivenTrustFailure = 'file_missing' | 'certificate_unreadable' | 'list_unreadable' | 'issuer_not_trusted';

function bytesOf(filePath: string): Outcome<Uint8Array, 'file_missing'> {
  try {
    return done(fs.readFileSync(filePath));
  } catch (error) {
    return refused('file_missing', `${filePath} cannot be read: ${(error as Error).message}. Check its name and folder.`);
  }
}

/** The basis of the workbook with what was given beside it. A list counts where one of all those roots signed it. */
export async function withGivenTrust(basis: TrustBasis, given: GivenTrust): Promise<Outcome<TrustBasis, GivenTrustFailure>> {
  const roots: TrustedRoot[] = [...basis.roots];
  for (const filePath of given.rootPaths) {
    const bytes = bytesOf(filePath);
    if (!bytes.ok) return bytes;
    const certificates = certificatesIn(bytes.value);
    if (!certificates) return refused('certificate_unreadable', `${filePath} holds no certificate (PEM, or DER).`);
    roots.push(...certificates.map((certificate): TrustedRoot => ({ certificate, name: certificateFacts(certificate).signerName, from: 'file' })));
  }
  const revocations = [...basis.revocations];
  for (const filePath of given.listPaths) {
    const bytes = bytesOf(filePath);
    if (!bytes.ok) return bytes;
    // The library that reads lists takes longer to load than most verifications take.
    const { readRevocationList } = await import('../../files/identities/revocation-list');
    const read = await readRevocationList(bytes.value, roots.map(({ certificate }) => certificate));
    if (!read.ok) return refused(read.failure, `${filePath}: ${read.message}`);
    const { list, issuer } = read.value;
    revocations.push(
      ...list.entries.map((entry) => ({
        ...entry, fingerprintSha256: '', issuerFingerprintSha256: fingerprintOf(issuer), statedBy: certificateFacts(issuer).signerName,
      })),
    );
  }
  return done({ roots, revocations });
}

function vouching(trust: CertificateTrust, signature: PackageSignature, isKnown: boolean | undefined): string {
  const { root } = trust;
  if (root) return `Vouched for by the root ${root.name}, trusted by ${root.from === 'workbook' ? 'this workbook' : 'the file that was given'} (${fingerprintOf(root.certificate).slice(0, 16)}).`;
  const known = isKnown === undefined ? '' : isKnown ? ' The workbook knows this certificate.' : ' The workbook does not know this certificate.';
  if (trust.isSelfSigned) return `Signed by itself: nobody else vouches for it. Compare its fingerprint with what ${signature.signerName} states: ${signature.fingerprintSha256}.${known}`;
  return `Issued by ${trust.issuerName}, whose root is not among the trusted ones.${known}`;
}

function againstIt(trust: CertificateTrust, signature: PackageSignature): string[] {
  const said: string[] = [];
  if (trust.expiredInstant !== undefined && trust.wasValidAtSigning) said.push(`It was valid at the time of signing and expired on ${instantWords(trust.expiredInstant)}.`);
  if (trust.revocation && !trust.isTakenAway) {
    const { revokedInstant, reason, statedBy } = trust.revocation;
    const doubt = reason === 'key_lost' ? ' Whoever has the key can claim any time: ask for other proof of when it was signed, such as the audit trail under a seal.' : '';
    said.push(
      `Revoked from ${instantWords(revokedInstant)} on (${REVOCATION_REASON_WORDS[reason]}; stated by ${statedBy}), after the stated time of signing: the signature stays. That time is the signer's own claim.${doubt}`,
    );
  }
  if (said.length === 0 && signature.signedAtInstant !== null && trust.wasValidAtSigning) said.push("It was valid at the stated time of signing, which is the signer's own claim.");
  return said;
}

function reasonsAgainst(trust: CertificateTrust, signature: PackageSignature, isKnown: boolean | undefined, asksForRoot: boolean): string[] {
  const findings: string[] = [];
  if (!trust.wasValidAtSigning) findings.push(`the certificate of ${signature.signerName} was not valid at the stated time of signing`);
  if (trust.isTakenAway) {
    const { revokedInstant, reason, statedBy } = trust.revocation!;
    findings.push(`the certificate of ${signature.signerName} was revoked from ${instantWords(revokedInstant)} on, before it signed (${REVOCATION_REASON_WORDS[reason]}; stated by ${statedBy})`);
  }
  if (trust.root === undefined && isKnown !== true && asksForRoot) findings.push(`no trusted root vouches for the certificate ${signature.fingerprintSha256.slice(0, 16)} of ${signature.signerName}`);
  return findings;
}

export interface CertificateQuestion {
  readonly signature: PackageSignature;
  readonly basis: TrustBasis;
  /** Whether the workbook knows the certificate as one of its people's; undefined without a workbook. */
  readonly isKnown: boolean | undefined;
  /** Whether a certificate without a trusted root is a finding: roots were given, so that it is asked for. */
  readonly asksForRoot: boolean;
  readonly nowInstant: number;
}

/** The check of one signature's certificate; undefined where there is none to be read. */
export function certificateCheck({ signature, basis, isKnown, asksForRoot, nowInstant }: CertificateQuestion): VerificationCheck | undefined {
  if (signature.certificatePem === '') return undefined;
  const others = signature.furtherCertificatesPem.map((pem) => new X509Certificate(pem));
  const trust = certificateTrust(new X509Certificate(signature.certificatePem), others, basis, signature.signedAtInstant, nowInstant);
  const findings = reasonsAgainst(trust, signature, isKnown, asksForRoot);
  return {
    name: `Certificate of ${signature.signerName || 'an unknown person'}`,
    holds: findings.length === 0,
    message: [vouching(trust, signature, isKnown), ...againstIt(trust, signature)].join(' '),
    findings,
    howToCheck: HOW_TO_CHECK.certificate,
  };
}
