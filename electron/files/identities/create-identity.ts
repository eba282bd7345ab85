/**
 * Makes an identity: a key pair, a self-signed certificate for signing documents, and the key under a pass phrase.
 *
 * Self-signed, because the application works without a network and without an authority; whoever verifies compares
 * fingerprints. The certificate's extensions are those that Office asks of a signing certificate.
 */
import 'reflect-metadata';
import { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { refused, type Outcome } from '@shared/domain/outcome';
import type { Role } from '@shared/domain/terms';
import { distinguishedName, KEY_ALGORITHMS, newSerialNumber, signingExtensions, useNodeCrypto, wholeSecond, yearsLater } from './certificate-making';
import type { IdentityAlgorithm, IdentityFile2 } from './identity-file';
import { isCertificateEmail, keepIdentity, passPhraseProblem } from './keep-identity';

const VALIDITY_YEARS = 3;
/** RFC 5280: the common name holds at most 64 characters. */
const NAME_CHARACTERS_MAX = 64;

export interface NewIdentity {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** RSA with 3072 bits unless stated. */
  readonly algorithm?: IdentityAlgorithm | undefined;
  readonly passPhrase: string;
  /** Milliseconds since 1970; the certificate is valid from here on for three years. */
  readonly nowInstant: number;
}

export type NewIdentityFailure = 'name_missing' | 'name_too_long' | 'email_invalid' | 'pass_phrase_short';

async function selfSignedCertificate(
  request: { readonly name: string; readonly email: string; readonly nowInstant: number },
  keys: CryptoKeyPair,
  algorithm: IdentityAlgorithm,
): Promise<X509Certificate> {
  useNodeCrypto();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: distinguishedName(request.name, request.email),
    notBefore: wholeSecond(request.nowInstant),
    notAfter: yearsLater(request.nowInstant, VALIDITY_YEARS),
    keys,
    signingAlgorithm: KEY_ALGORITHMS[algorithm],
    extensions: [
      ...signingExtensions(request.email),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return new X509Certificate(Buffer.from(certificate.rawData));
}

/** Makes a new identity. Takes about a second for RSA, without holding up anything else. */
export async function createIdentity(request: NewIdentity): Promise<Outcome<IdentityFile2, NewIdentityFailure>> {
  const name = request.name.trim();
  const email = request.email.trim();
  if (name === '') return refused('name_missing', 'The name is empty. State the name that signatures show.');
  if (name.length > NAME_CHARACTERS_MAX) {
    return refused(
      'name_too_long',
      `The name has ${name.length} characters; a certificate holds ${NAME_CHARACTERS_MAX}. Shorten it.`,
    );
  }
  if (!isCertificateEmail(email)) {
    return refused('email_invalid', `"${email}" is not an e-mail address that a certificate can hold.`);
  }
  const short = passPhraseProblem(request.passPhrase);
  if (short !== undefined) return short;

  const algorithm = request.algorithm ?? 'rsa-3072';
  const keys = (await webcrypto.subtle.generateKey(KEY_ALGORITHMS[algorithm], true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const certificate = await selfSignedCertificate({ name, email, nowInstant: request.nowInstant }, keys, algorithm);
  const kept = keepIdentity({
    key: KeyObject.from(keys.privateKey as Parameters<typeof KeyObject.from>[0]),
    chain: [certificate],
    role: request.role,
    origin: 'made',
    passPhrase: request.passPhrase,
    nowInstant: request.nowInstant,
  });
  if (!kept.ok) throw new Error(`a new certificate is not fit to sign: ${kept.message}`);
  return kept;
}
