/**
 * Lists of revoked certificates (CRL, RFC 5280 section 5): written and signed by an authority, read and checked by anybody.
 */
import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { RevocationReason } from '@shared/domain/revocation';
import { type OpenAuthority, webKey } from './authority';
import { KEY_ALGORITHMS, useNodeCrypto, wholeSecond } from './certificate-making';
import { pemBlocks, pemOf } from './pem';

const CRL_NUMBER = '2.5.29.20';
/** When the next list is due at the latest; a list stays what it is after that, but may not be the newest. */
const NEXT_LIST_DAYS = 90;
const DAY_MILLISECONDS = 86_400_000;

const REASON_CODES: Readonly<Record<RevocationReason, x509.X509CrlReason>> = {
  unspecified: x509.X509CrlReason.unspecified,
  key_lost: x509.X509CrlReason.keyCompromise,
  left: x509.X509CrlReason.affiliationChanged,
  replaced: x509.X509CrlReason.superseded,
  no_longer_used: x509.X509CrlReason.cessationOfOperation,
};

export interface ListedRevocation {
  /** Hexadecimal, lower case, without leading zeros. */
  readonly serialNumber: string;
  readonly revokedInstant: number;
  readonly reason: RevocationReason;
}

export interface RevocationList {
  readonly pem: string;
  readonly issuedInstant: number;
  readonly entries: readonly ListedRevocation[];
}

/** A serial number as it is compared. */
export const serialText = (hex: string): string => BigInt(`0x${hex}`).toString(16);

/** ASN.1 INTEGER of a positive number. */
function derNumber(value: number): ArrayBuffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const body = (bytes[0]! & 0x80) === 0 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
  return Uint8Array.from([0x02, body.length, ...body]).buffer;
}

/**
 * Signs a list of everything that an authority has revoked so far, as PEM.
 *
 * @param number counts up with every list of the authority
 */
export async function writeRevocationList(authority: OpenAuthority, entries: readonly ListedRevocation[], number: number, nowInstant: number): Promise<string> {
  useNodeCrypto();
  const root = new x509.X509Certificate(authority.certificate.raw);
  const list = await x509.X509CrlGenerator.create({
    issuer: root.subjectName.toJSON(),
    thisUpdate: wholeSecond(nowInstant),
    nextUpdate: wholeSecond(nowInstant + NEXT_LIST_DAYS * DAY_MILLISECONDS),
    entries: entries.map(({ serialNumber, revokedInstant, reason }) => ({
      serialNumber: serialNumber.length % 2 === 0 ? serialNumber : `0${serialNumber}`,
      revocationDate: wholeSecond(revokedInstant),
      reason: REASON_CODES[reason],
    })),
    extensions: [
      await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
      new x509.Extension(CRL_NUMBER, false, derNumber(number)),
    ],
    signingAlgorithm: KEY_ALGORITHMS[authority.algorithm],
    signingKey: await webKey(authority.key, authority.algorithm),
  });
  return pemOf('X509 CRL', new Uint8Array(list.rawData));
}

const reasonOf = (code: x509.X509CrlReason | undefined): RevocationReason =>
  (Object.entries(REASON_CODES) as [RevocationReason, x509.X509CrlReason][]).find(([, each]) => each === code)?.[0] ??
  (code === x509.X509CrlReason.cACompromise || code === x509.X509CrlReason.aACompromise ? 'key_lost' : 'unspecified');

/**
 * Reads a list, PEM or DER, and holds it against those who may have signed it.
 *
 * @returns the list with the certificate of its authority; refused where it is none, or nobody of these signed it
 */
export async function readRevocationList(
  bytes: Uint8Array,
  issuers: readonly X509Certificate[],
): Promise<Outcome<{ readonly list: RevocationList; readonly issuer: X509Certificate }, 'list_unreadable' | 'issuer_not_trusted'>> {
  useNodeCrypto();
  const [block] = pemBlocks(Buffer.from(bytes).toString('latin1'), 'X509 CRL');
  let list: x509.X509Crl;
  try {
    list = new x509.X509Crl(block ?? Uint8Array.from(bytes).buffer);
    void list.entries;
  } catch {
    return refused('list_unreadable', 'The file is no list of revoked certificates (CRL, PEM or DER). Export it again from where it was signed.');
  }
  for (const issuer of issuers) {
    try {
      if (!(await list.verify({ publicKey: new x509.X509Certificate(issuer.raw) }))) continue;
    } catch {
      // Another kind of key than the list was signed with.
      continue;
    }
    const entries = list.entries.map((entry) => ({
      serialNumber: serialText(entry.serialNumber),
      revokedInstant: entry.revocationDate.getTime(),
      reason: reasonOf(entry.reason),
    }));
    return done({ list: { pem: pemOf('X509 CRL', new Uint8Array(list.rawData)), issuedInstant: list.thisUpdate.getTime(), entries }, issuer });
  }
  return refused('issuer_not_trusted', `The list was signed by ${list.issuer || 'an unnamed authority'}, which is not among the trusted roots. Trust its root first, after comparing the fingerprint.`);
}
