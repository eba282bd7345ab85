/**
 * What a certificate says of its holder. How a signature names its issuer is `issuer-name.ts`, which needs a library.
 *
 * Reads only; making certificates is for `electron/files/identities`. Whether a certificate is trusted is decided by
 * whoever knows the fingerprints that should be there.
 */
import { X509Certificate } from 'node:crypto';

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

type Subject = Readonly<Record<string, string | string[] | undefined>>;

/** The names in a certificate. Of one whose key is damaged only the first line of each: the process itself ends where `toLegacyObject` meets it. */
function subjectOf(certificate: X509Certificate): Subject {
  try {
    void certificate.publicKey;
  } catch {
    return { CN: /^CN=(.*)$/m.exec(certificate.subject)?.[1], emailAddress: /^emailAddress=(.*)$/m.exec(certificate.subject)?.[1] };
  }
  return certificate.toLegacyObject().subject as unknown as Subject;
}

/** Name and e-mail address of the holder, validity and fingerprint. The address comes from subjectAltName first. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const subject = subjectOf(certificate);
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

/** The serial number in decimal, as XAdES wants it. */
export function serialNumberOf(certificate: X509Certificate): string {
  return BigInt(`0x${certificate.serialNumber}`).toString();
}
