/** What every certificate that is made here has in common: algorithms, names, serial numbers, what it may be used for. */
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { IdentityAlgorithm } from './identity-file';

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const MICROSOFT_DOCUMENT_SIGNING = '1.3.6.1.4.1.311.10.3.12';

export const KEY_ALGORITHMS = {
  'rsa-3072': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const satisfies Record<IdentityAlgorithm, object>;

/** The certificate library signs with Node's own WebCrypto. */
export function useNodeCrypto(): void {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
}

/** RFC 5280, 4.1.2.2: positive, at most 20 bytes; random, so that two authorities of one name never give the same. */
export function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** Certificates know no fraction of a second. */
export const wholeSecond = (instant: number): Date => new Date(Math.floor(instant / 1000) * 1000);

export function yearsLater(instant: number, years: number): Date {
  const date = wholeSecond(instant);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}

export const distinguishedName = (name: string, email?: string): x509.Name =>
  new x509.Name([{ CN: [{ utf8String: name }] }, ...(email === undefined ? [] : [{ E: [{ ia5String: email }] }])]);

/** What Office asks of a certificate that signs documents. */
export const signingExtensions = (email: string): x509.Extension[] => [
  new x509.BasicConstraintsExtension(false, undefined, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
  new x509.ExtendedKeyUsageExtension([EMAIL_PROTECTION, MICROSOFT_DOCUMENT_SIGNING]),
  new x509.SubjectAlternativeNameExtension([{ type: 'email', value: email }]),
];
