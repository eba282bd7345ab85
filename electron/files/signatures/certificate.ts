/**
 * What a certificate says of its holder, and how a signature names it.
 *
 * Reads only; making certificates is for `electron/files/identities`. Whether a certificate is trusted is decided by
 * whoever knows the fingerprints that should be there.
 */
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface CertificateFacts {
  readonly signerName: string;
  readonly signerEmail: string;
  /** SHA-256 of the certificate in DER, lower-case hexadecimal without separators. */
  readonly fingerprintSha256: string;
  readonly certificatePem: string;
  readonly certificateNotBeforeInstant: number;
  readonly certificateNotAfterInstant: number;
}

function firstOf(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** The fingerprint of a certificate, as this application writes it everywhere. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replace(/:/g, '').toLowerCase();
}

/** The fingerprint of a certificate given as PEM; undefined where it cannot be read. */
export function fingerprintOfPem(certificatePem: string): string | undefined {
  try {
    return fingerprintOf(new X509Certificate(certificatePem));
  } catch {
    return undefined;
  }
}

/** Name and e-mail address of the holder, validity and fingerprint. The address comes from subjectAltName first. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const subject = certificate.toLegacyObject().subject as unknown as Record<string, string | string[] | undefined>;
  const alternative = /(?:^|, )email:([^,"]+)/.exec(certificate.subjectAltName ?? '')?.[1];
  return {
    signerName: firstOf(subject['CN']),
    signerEmail: alternative ?? firstOf(subject['emailAddress']),
    fingerprintSha256: fingerprintOf(certificate),
    certificatePem: certificate.toString(),
    certificateNotBeforeInstant: Date.parse(certificate.validFrom),
    certificateNotAfterInstant: Date.parse(certificate.validTo),
  };
}

/** Names that Office writes where the certificate library has another short name or none. */
const OFFICE_ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.1': 'E',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.4': 'SN',
  '2.5.4.42': 'G',
  '2.5.4.12': 'T',
  ST: 'S',
};

function quotedIfNeeded(value: string): string {
  return /[,+"<>;#=\\\n]|^\s|\s$/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}

/** The issuer in the order of the certificate, with E= for the e-mail address, as Office writes it in XAdES. */
export function issuerNameOf(certificate: X509Certificate): string {
  const names = new x509.X509Certificate(certificate.raw).issuerName.toJSON();
  return names
    .map((name) =>
      Object.entries(name)
        .flatMap(([key, values]) =>
          values.map((value) => `${OFFICE_ATTRIBUTE_NAMES[key] ?? key}=${quotedIfNeeded(value)}`),
        )
        .join(' + '),
    )
    .join(', ');
}

/** The serial number in decimal, as XAdES wants it. */
export function serialNumberOf(certificate: X509Certificate): string {
  return BigInt(`0x${certificate.serialNumber}`).toString();
}
