/**
 * Unlocks an identity with its pass phrase, which gives a signer; and raw signatures over bytes, for seals and
 * approvals kept inside the workbook.
 *
 * A signer lives in memory only; nothing here writes a key anywhere.
 */
import {
  createPrivateKey,
  sign as signValue,
  verify as verifyValue,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { certificateFacts } from '../signatures/certificate';
import type { PackageSigner } from '../signatures/signature-xml';
import type { Role } from '@shared/domain/terms';
import { chainOf, IdentityFile } from './identity-file';
import { certificatesIn } from './pem';
import { decryptKey, identityChecksum } from './key-protection';

/** An unlocked identity: it can sign. */
export interface Signer extends PackageSigner {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly fingerprintSha256: string;
}

export type UnlockFailure = 'wrong_pass_phrase' | 'identity_damaged';

/** Says what is wrong with an identity that can be seen without its pass phrase; undefined when nothing is. */
export function identityDamage(identity: IdentityFile): string | undefined {
  if (!IdentityFile.safeParse(identity).success) return 'it does not have the fields of an identity';
  if (identityChecksum(identity) !== identity.checksumSha256) return 'its checksum does not fit its content';
  try {
    const facts = certificateFacts(new X509Certificate(identity.certificatePem));
    if (facts.fingerprintSha256 !== identity.fingerprintSha256) return 'its certificate has another fingerprint';
    // A certificate from elsewhere may leave name or address open; then the identity says them.
    if (facts.signerName !== identity.name && facts.signerName !== '') return `its certificate is for ${facts.signerName}`;
    if (facts.signerEmail !== identity.email && facts.signerEmail !== '') return `its certificate is for ${facts.signerEmail}`;
  } catch {
    return 'its certificate cannot be read';
  }
  if (chainOf(identity) !== '' && certificatesIn(chainOf(identity)) === undefined) return 'the certificates of its issuers cannot be read';
  return undefined;
}

function signWith(key: KeyObject, bytes: Uint8Array): Uint8Array {
  const isElliptic = key.asymmetricKeyType === 'ec';
  return signValue('sha256', bytes, isElliptic ? { key, dsaEncoding: 'ieee-p1363' } : { key });
}

/**
 * The private key of an identity, out of its file: for signing, and for putting it under another certificate.
 * Takes some tenths of a second, so that guessing pass phrases is slow.
 */
export function unlockKey(identity: IdentityFile, passPhrase: string): Outcome<KeyObject, UnlockFailure> {
  const damaged = (what: string) =>
    refused(
      'identity_damaged',
      `The identity of ${identity.name} is damaged: ${what}. Restore its file, or make a new identity.`,
    );
  const damage = identityDamage(identity);
  if (damage !== undefined) return damaged(damage);
  const der = decryptKey(identity, passPhrase);
  if (der === undefined) {
    return refused(
      'wrong_pass_phrase',
      `The pass phrase does not open the identity of ${identity.name} (${identity.email}). Enter it again.`,
    );
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return damaged('its key cannot be read');
  } finally {
    der.fill(0);
  }
  if (!new X509Certificate(identity.certificatePem).checkPrivateKey(key)) {
    return damaged('its key does not belong to its certificate');
  }
  return done(key);
}

/** Decrypts the key of an identity, which gives a signer. */
export function unlockIdentity(identity: IdentityFile, passPhrase: string): Outcome<Signer, UnlockFailure> {
  const unlocked = unlockKey(identity, passPhrase);
  if (!unlocked.ok) return unlocked;
  const key = unlocked.value;
  return done({
    name: identity.name,
    email: identity.email,
    role: identity.role,
    fingerprintSha256: identity.fingerprintSha256,
    certificatePem: identity.certificatePem,
    chainPem: chainOf(identity),
    algorithm: key.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
    sign: (bytes) => signWith(key, bytes),
  });
}

/** A detached signature over bytes: RSA PKCS #1 v1.5 or ECDSA in DER, with SHA-256; `openssl dgst -sha256 -verify` takes both. */
export function signBytes(signer: PackageSigner, bytes: Uint8Array): Uint8Array {
  const value = signer.sign(bytes);
  return Uint8Array.from(signer.algorithm === 'rsa-sha256' ? value : derOfNumbers(value));
}

/** An integer of ASN.1 that is never negative: as few bytes as hold it, and a zero byte before one whose first bit is set. */
function derInteger(bigEndian: Uint8Array): Buffer {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const least = first < 0 ? Uint8Array.of(0) : bigEndian.subarray(first);
  const body = (least[0]! & 0x80) === 0 ? least : Uint8Array.of(0, ...least);
  return Buffer.from([0x02, body.length, ...body]);
}

/** The two numbers of an ECDSA signature as ASN.1 has them (RFC 3279, 2.2.3); each has at most 48 bytes, so no length needs two. */
function derOfNumbers(value: Uint8Array): Buffer {
  const half = value.length / 2;
  const body = Buffer.concat([derInteger(value.subarray(0, half)), derInteger(value.subarray(half))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/**
 * True when the key of the certificate made the signature over exactly these bytes. False for damaged input too. An ECDSA
 * signature may be in DER, or its two numbers one after the other, as the first versions kept them.
 */
export function verifyBytes(certificatePem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = new X509Certificate(certificatePem).publicKey;
    if (key.asymmetricKeyType !== 'ec') return verifyValue('sha256', bytes, { key }, signature);
    return (['der', 'ieee-p1363'] as const).some((dsaEncoding) => verifyValue('sha256', bytes, { key, dsaEncoding }, signature));
  } catch {
    return false;
  }
}
