/**
 * Whom a certificate leads to: the trusted root at the end of its chain, or nobody; and what is known against it.
 *
 * From bytes and dates alone; which roots are trusted and what was revoked is handed in. Each step of a chain is checked by
 * name, signature, the right to issue, and validity at the time of signing (RFC 5280, section 6, without policies and names).
 */
import type { X509Certificate } from 'node:crypto';
import { isTakenAway, type Revocation } from '@shared/domain/revocation';
import { certificateFacts, fingerprintOf } from './certificate';

/** Where a trusted root is from: the workbook's own list, or a file that whoever verifies gave. */
export interface TrustedRoot {
  readonly certificate: X509Certificate;
  readonly name: string;
  readonly from: 'workbook' | 'file';
}

export interface RevocationEntry extends Revocation {
  /** Of the certificate itself; empty where only its serial number is known. */
  readonly fingerprintSha256: string;
  /** Of the certificate that issued it, and its serial number in hexadecimal, lower case, without leading zeros. */
  readonly issuerFingerprintSha256: string;
  readonly serialNumber: string;
}

export interface TrustBasis {
  readonly roots: readonly TrustedRoot[];
  readonly revocations: readonly RevocationEntry[];
}

export interface CertificateTrust {
  /** The root that the chain ends in; undefined where it ends elsewhere. */
  readonly root: TrustedRoot | undefined;
  /** Signed by itself: nobody else vouches for it. */
  readonly isSelfSigned: boolean;
  /** Who issued it, by name; its own name where it is signed by itself. */
  readonly issuerName: string;
  readonly wasValidAtSigning: boolean;
  /** Since when it is expired; undefined where it is not. */
  readonly expiredInstant: number | undefined;
  readonly revocation: Revocation | undefined;
  /** Revoked at or before the time of signing, so that the signature counts no more. */
  readonly isTakenAway: boolean;
}

const CHAIN_LENGTH_MAX = 10;

const isValidAt = (certificate: X509Certificate, instant: number): boolean =>
  instant >= Date.parse(certificate.validFrom) && instant <= Date.parse(certificate.validTo);

const issued = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** Signed by its own key: nobody else vouches for it. What it may be used for says nothing of that. */
export const isSignedByItself = (certificate: X509Certificate): boolean =>
  certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);

/** The common name of a certificate's issuer; its whole name where it has none. */
export const issuerNameText = (certificate: X509Certificate): string =>
  /^CN=(.*)$/m.exec(certificate.issuer ?? '')?.[1] ?? (certificate.issuer ?? '').replaceAll('\n', ', ');

/** The way from a certificate to a root, certificate first and root left out; undefined where none leads there. */
function pathTo(leaf: X509Certificate, others: readonly X509Certificate[], root: X509Certificate, atInstant: number): X509Certificate[] | undefined {
  const path = [leaf];
  while (path.length <= CHAIN_LENGTH_MAX) {
    const last = path.at(-1)!;
    if (last.fingerprint256 === root.fingerprint256) return path;
    if (root.ca && issued(last, root) && isValidAt(root, atInstant)) return path;
    const next = others.find(
      (each) => each.ca && !path.some((held) => held.fingerprint256 === each.fingerprint256) && isValidAt(each, atInstant) && issued(last, each),
    );
    if (next === undefined) return undefined;
    path.push(next);
  }
  return undefined;
}

/** The serial number of a certificate as revocations have it. */
export const serialOf = (certificate: X509Certificate): string => BigInt(`0x${certificate.serialNumber}`).toString(16);

function revocationOf(certificate: X509Certificate, issuerFingerprint: string, revocations: readonly RevocationEntry[]): RevocationEntry | undefined {
  const fingerprint = fingerprintOf(certificate);
  const serial = serialOf(certificate);
  return revocations
    .filter(
      (each) =>
        each.fingerprintSha256 === fingerprint ||
        (issuerFingerprint !== '' && each.issuerFingerprintSha256 === issuerFingerprint && each.serialNumber === serial),
    )
    .sort((left, right) => left.revokedInstant - right.revokedInstant)[0];
}

/**
 * What is known of the certificate of a signature.
 *
 * @param others the further certificates that came with the signature
 * @param signedAtInstant what the signer claims; null where the signature does not say
 */
export function certificateTrust(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  basis: TrustBasis,
  signedAtInstant: number | null,
  nowInstant: number,
): CertificateTrust {
  const atInstant = signedAtInstant ?? nowInstant;
  const ways = basis.roots.flatMap((root) => {
    const path = pathTo(certificate, others, root.certificate, atInstant);
    return path === undefined ? [] : [{ root, path }];
  });
  const [way] = ways;
  const { signerName, certificateNotAfterInstant: until } = certificateFacts(certificate);
  const isSelfSigned = isSignedByItself(certificate);
  // An issuer that was itself revoked takes its certificates with it.
  const chain = way ? [...way.path, ...(way.path.at(-1)!.fingerprint256 === way.root.certificate.fingerprint256 ? [] : [way.root.certificate])] : [certificate];
  const issuerOf = (index: number) => {
    const issuer = chain[index + 1] ?? others.find((each) => issued(chain[index]!, each));
    return issuer ? fingerprintOf(issuer) : '';
  };
  const [revocation] = chain
    .map((each, index) => revocationOf(each, issuerOf(index), basis.revocations))
    .filter((each) => each !== undefined)
    .sort((left, right) => left.revokedInstant - right.revokedInstant);
  return {
    root: way?.root,
    isSelfSigned,
    issuerName: isSelfSigned ? signerName : issuerNameText(certificate),
    wasValidAtSigning: isValidAt(certificate, atInstant),
    expiredInstant: nowInstant > until ? until : undefined,
    revocation,
    isTakenAway: revocation !== undefined && isTakenAway(revocation, signedAtInstant),
  };
}
