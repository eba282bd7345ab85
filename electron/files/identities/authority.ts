/**
 * A firm's own small authority: one key that issues certificates to people, so that a workbook trusts one root and not each
 * person's certificate apart. It signs certificates and lists of revoked ones, and no document.
 */
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { fingerprintOf } from '../signatures/certificate';
import { distinguishedName, KEY_ALGORITHMS, newSerialNumber, signingExtensions, useNodeCrypto, wholeSecond, yearsLater } from './certificate-making';
import type { AuthorityFile, AuthorityStatement, IdentityAlgorithm } from './identity-file';
import { passPhraseProblem } from './keep-identity';
import { decryptKey, encryptKey, identityChecksum } from './key-protection';

const AUTHORITY_YEARS = 10;
const PERSON_YEARS = 2;
const NAME_CHARACTERS_MAX = 64;

export interface NewAuthority {
  readonly name: string;
  readonly algorithm?: IdentityAlgorithm;
  readonly passPhrase: string;
  /** Milliseconds since 1970; the root is valid from here on for ten years. */
  readonly nowInstant: number;
}

/** An authority whose key is open: it can issue and revoke. */
export interface OpenAuthority {
  readonly certificate: X509Certificate;
  readonly algorithm: IdentityAlgorithm;
  readonly key: KeyObject;
}

export type NewAuthorityFailure = 'name_missing' | 'name_too_long' | 'pass_phrase_short';
export type OpenAuthorityFailure = 'wrong_pass_phrase' | 'authority_damaged';

/** WebCrypto's form of a private key, which the certificate library signs with. */
export const webKey = async (key: KeyObject, algorithm: IdentityAlgorithm): Promise<CryptoKey> =>
  (await webcrypto.subtle.importKey('pkcs8', key.export({ format: 'der', type: 'pkcs8' }), KEY_ALGORITHMS[algorithm], false, ['sign'])) as CryptoKey;

/** Makes an authority and its root certificate, which may issue to people and to no further authority. */
export async function createAuthority(request: NewAuthority): Promise<Outcome<AuthorityFile, NewAuthorityFailure>> {
  const name = request.name.trim();
  if (name === '') return refused('name_missing', 'The name is empty. State the name of the authority: that of the firm says most.');
  if (name.length > NAME_CHARACTERS_MAX) {
    return refused('name_too_long', `The name has ${name.length} characters; a certificate holds ${NAME_CHARACTERS_MAX}. Shorten it.`);
  }
  const short = passPhraseProblem(request.passPhrase);
  if (short !== undefined) return short;
  const algorithm = request.algorithm ?? 'rsa-3072';
  useNodeCrypto();
  const keys = (await webcrypto.subtle.generateKey(KEY_ALGORITHMS[algorithm], true, ['sign', 'verify'])) as CryptoKeyPair;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: distinguishedName(name),
    notBefore: wholeSecond(request.nowInstant),
    notAfter: yearsLater(request.nowInstant, AUTHORITY_YEARS),
    keys,
    signingAlgorithm: KEY_ALGORITHMS[algorithm],
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const certificate = new X509Certificate(Buffer.from(made.rawData));
  const statement: AuthorityStatement = {
    format: 'tieout-authority',
    formatVersion: 1,
    name,
    algorithm,
    certificatePem: certificate.toString(),
    fingerprintSha256: fingerprintOf(certificate),
    createdInstant: request.nowInstant,
  };
  const privateKey = new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const authority = { ...statement, encryptedKey: encryptKey(privateKey, request.passPhrase, statement) };
  privateKey.fill(0);
  return done({ ...authority, checksumSha256: identityChecksum(authority) });
}

/** Opens an authority with its pass phrase. */
export function openAuthority(authority: AuthorityFile, passPhrase: string): Outcome<OpenAuthority, OpenAuthorityFailure> {
  const certificate = new X509Certificate(authority.certificatePem);
  if (identityChecksum(authority) !== authority.checksumSha256 || fingerprintOf(certificate) !== authority.fingerprintSha256) {
    return refused('authority_damaged', `The file of the authority ${authority.name} is damaged. Restore it from a copy.`);
  }
  const der = decryptKey(authority, passPhrase);
  if (der === undefined) return refused('wrong_pass_phrase', `The pass phrase does not open the authority ${authority.name}. Enter it again.`);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  if (!certificate.checkPrivateKey(key)) return refused('authority_damaged', `The key of the authority ${authority.name} does not belong to its certificate. Restore its file from a copy.`);
  return done({ certificate, algorithm: authority.algorithm, key });
}

export interface IssuedTo {
  readonly name: string;
  readonly email: string;
  readonly publicKey: KeyObject;
  readonly nowInstant: number;
}

/** Issues a certificate for a person's key: two years, and never longer than the root. */
export async function issueCertificate(authority: OpenAuthority, person: IssuedTo): Promise<X509Certificate> {
  useNodeCrypto();
  const subjectKey = new x509.PublicKey(person.publicKey.export({ format: 'der', type: 'spki' }));
  const until = Math.min(yearsLater(person.nowInstant, PERSON_YEARS).getTime(), Date.parse(authority.certificate.validTo));
  const root = new x509.X509Certificate(authority.certificate.raw);
  const issued = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: distinguishedName(person.name, person.email),
    issuer: root.subjectName,
    notBefore: wholeSecond(person.nowInstant),
    notAfter: new Date(until),
    publicKey: subjectKey,
    signingKey: await webKey(authority.key, authority.algorithm),
    signingAlgorithm: KEY_ALGORITHMS[authority.algorithm],
    extensions: [
      ...signingExtensions(person.email),
      await x509.SubjectKeyIdentifierExtension.create(subjectKey),
      await x509.AuthorityKeyIdentifierExtension.create(new x509.PublicKey(createPublicKey(authority.key).export({ format: 'der', type: 'spki' }))),
    ],
  });
  return new X509Certificate(Buffer.from(issued.rawData));
}
