/**
 * Makes an identity: a key pair, a self-signed certificate for signing documents, and the key under a pass phrase.
 *
 * Self-signed, because the application works without a network and without an authority; whoever verifies compares
 * fingerprints. The certificate's extensions are those that Office asks of a signing certificate.
 */
import 'reflect-metadata';
import { randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { fingerprintOf } from '../signatures/certificate';
import type { Role } from '@shared/domain/terms';
import type { IdentityAlgorithm, IdentityFile, IdentityStatement } from './identity-file';
import { encryptKey, identityChecksum } from './key-protection';

const VALIDITY_YEARS = 3;
const PASS_PHRASE_CHARACTERS_MIN = 8;
/** RFC 5280: the common name holds at most 64 characters. */
const NAME_CHARACTERS_MAX = 64;

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const MICROSOFT_DOCUMENT_SIGNING = '1.3.6.1.4.1.311.10.3.12';

const KEY_ALGORITHMS = {
  'rsa-3072': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const satisfies Record<IdentityAlgorithm, object>;

export interface NewIdentity {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** RSA with 3072 bits unless stated. */
  readonly algorithm?: IdentityAlgorithm;
  readonly passPhrase: string;
  /** Milliseconds since 1970; the certificate is valid from here on for three years. */
  readonly nowInstant: number;
}

export type NewIdentityFailure = 'name_missing' | 'name_too_long' | 'email_invalid' | 'pass_phrase_short';

function positiveSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function yearsLater(instant: number, years: number): Date {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}

async function selfSignedCertificate(
  request: { readonly name: string; readonly email: string; readonly nowInstant: number },
  keys: CryptoKeyPair,
  algorithm: IdentityAlgorithm,
): Promise<X509Certificate> {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: positiveSerialNumber(),
    name: new x509.Name([{ CN: [{ utf8String: request.name }] }, { E: [{ ia5String: request.email }] }]),
    notBefore: new Date(Math.floor(request.nowInstant / 1000) * 1000),
    notAfter: yearsLater(request.nowInstant, VALIDITY_YEARS),
    keys,
    signingAlgorithm: KEY_ALGORITHMS[algorithm],
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
      new x509.ExtendedKeyUsageExtension([EMAIL_PROTECTION, MICROSOFT_DOCUMENT_SIGNING]),
      new x509.SubjectAlternativeNameExtension([{ type: 'email', value: request.email }]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return new X509Certificate(Buffer.from(certificate.rawData));
}

/** Makes a new identity. Takes about a second for RSA, without holding up anything else. */
export async function createIdentity(request: NewIdentity): Promise<Outcome<IdentityFile, NewIdentityFailure>> {
  const name = request.name.trim();
  const email = request.email.trim();
  if (name === '') return refused('name_missing', 'The name is empty. State the name that signatures show.');
  if (name.length > NAME_CHARACTERS_MAX) {
    return refused(
      'name_too_long',
      `The name has ${name.length} characters; a certificate holds ${NAME_CHARACTERS_MAX}. Shorten it.`,
    );
  }
  if (!/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email) || /[,"<>\\]/.test(email) || email.length > 254) {
    return refused('email_invalid', `"${email}" is not an e-mail address that a certificate can hold.`);
  }
  if (request.passPhrase.length < PASS_PHRASE_CHARACTERS_MIN) {
    const count = request.passPhrase.length;
    return refused(
      'pass_phrase_short',
      `The pass phrase has ${count} characters; at least ${PASS_PHRASE_CHARACTERS_MIN} are needed.`,
    );
  }

  const algorithm = request.algorithm ?? 'rsa-3072';
  const keys = (await webcrypto.subtle.generateKey(KEY_ALGORITHMS[algorithm], true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const certificate = await selfSignedCertificate({ name, email, nowInstant: request.nowInstant }, keys, algorithm);
  const privateKey = new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const statement: IdentityStatement = {
    format: 'tieout-identity',
    formatVersion: 1,
    name,
    email,
    role: request.role,
    algorithm,
    certificatePem: certificate.toString(),
    fingerprintSha256: fingerprintOf(certificate),
    createdInstant: request.nowInstant,
  };
  const identity = { ...statement, encryptedKey: encryptKey(privateKey, request.passPhrase, statement) };
  privateKey.fill(0);
  return done({ ...identity, checksumSha256: identityChecksum(identity) });
}
