/** Puts a key with its certificate under a pass phrase: the last step of making, importing and being issued an identity. */
import { type KeyObject, X509Certificate } from 'node:crypto';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { Role } from '@shared/domain/terms';
import { certificateFacts, fingerprintOf } from '../signatures/certificate';
import type { IdentityFile2, IdentityOrigin, IdentityStatement } from './identity-file';
import { encryptKey, identityChecksum } from './key-protection';
import { keyAlgorithm, unfitToSign, type UnfitFailure } from './signing-key';
import { maySign } from './certificate-usage';

export const PASS_PHRASE_CHARACTERS_MIN = 8;

export type PersonFailure = 'email_invalid' | 'name_missing' | 'pass_phrase_short';
export type CertificateFailure = UnfitFailure | 'certificate_not_for_signing';

/** Whether an e-mail address can stand in a certificate. */
export const isCertificateEmail = (email: string): boolean =>
  /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email) && !/[,"<>\\]/.test(email) && email.length <= 254;

export function passPhraseProblem(passPhrase: string) {
  if (passPhrase.length >= PASS_PHRASE_CHARACTERS_MIN) return undefined;
  return refused('pass_phrase_short', `The pass phrase has ${passPhrase.length} characters; at least ${PASS_PHRASE_CHARACTERS_MIN} are needed.`);
}

/** Why a certificate that comes from outside cannot be one to sign with; undefined where it can. */
export function unfitCertificate(certificate: X509Certificate, nowInstant: number) {
  const unfit = unfitToSign(certificate, nowInstant);
  if (unfit !== undefined || maySign(certificate)) return unfit;
  const { signerName } = certificateFacts(certificate);
  return refused(
    'certificate_not_for_signing',
    `The certificate of ${signerName || 'an unnamed holder'} may not be used for signatures: its key usage does not name them. Ask its issuer for one that may sign.`,
  );
}

export interface KeptIdentity {
  readonly key: KeyObject;
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
  readonly role: Role;
  readonly origin: IdentityOrigin;
  /** Stand in for what the certificate does not say; what it says comes first. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly passPhrase: string;
  readonly nowInstant: number;
}

/** The identity as it is kept: the key encrypted, the chain beside the certificate. Takes some tenths of a second. */
export function keepIdentity(request: KeptIdentity): Outcome<IdentityFile2, PersonFailure | CertificateFailure> {
  const [certificate, ...issuers] = request.chain;
  const unfit = unfitCertificate(certificate, request.nowInstant);
  if (unfit !== undefined) return unfit;
  const facts = certificateFacts(certificate);
  const name = (facts.signerName || (request.name ?? '')).trim();
  const email = (facts.signerEmail || (request.email ?? '')).trim();
  if (name === '') return refused('name_missing', 'The certificate names nobody. State the name that is shown with its signatures.');
  if (!isCertificateEmail(email)) {
    return refused('email_invalid', email === '' ? 'The certificate states no e-mail address. State the one that belongs to its holder.' : `"${email}" is not an e-mail address.`);
  }
  const short = passPhraseProblem(request.passPhrase);
  if (short !== undefined) return short;
  const statement: IdentityStatement = {
    format: 'tieout-identity',
    formatVersion: 2,
    name,
    email,
    role: request.role,
    algorithm: keyAlgorithm(certificate.publicKey)!,
    origin: request.origin,
    certificatePem: certificate.toString(),
    fingerprintSha256: fingerprintOf(certificate),
    createdInstant: request.nowInstant,
    chainPem: issuers.filter((each) => each.fingerprint256 !== certificate.fingerprint256).map(String).join(''),
  };
  const der = request.key.export({ format: 'der', type: 'pkcs8' });
  const identity = { ...statement, encryptedKey: encryptKey(der, request.passPhrase, statement) };
  der.fill(0);
  return done({ ...identity, checksumSha256: identityChecksum(identity) });
}
