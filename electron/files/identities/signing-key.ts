/**
 * Which keys and certificates may sign: sizes and curves that hold, a time that is now.
 *
 * The same rules for an identity that is imported or issued, and again each time it signs. What the key usage says is read
 * once, when a certificate comes in: `certificate-usage.ts`.
 */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { type Outcome, refused } from '@shared/domain/outcome';
import { instantWords } from '@shared/domain/instant';
import { certificateFacts } from '../signatures/certificate';

type Refusal<F extends string> = Extract<Outcome<never, F>, { readonly ok: false }>;

export type UnfitFailure = 'key_not_accepted' | 'certificate_expired' | 'certificate_not_yet_valid';

const RSA_BITS_LEAST = 2048;
const CURVES: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'ecdsa-p256'],
  ['secp384r1', 'ecdsa-p384'],
]);

/** The name of a key's algorithm as identities state it; undefined where the key is none that signs here. */
export function keyAlgorithm(key: KeyObject): string | undefined {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') {
    const bits = details?.modulusLength ?? 0;
    return bits >= RSA_BITS_LEAST ? `rsa-${bits}` : undefined;
  }
  return key.asymmetricKeyType === 'ec' ? CURVES.get(details?.namedCurve ?? '') : undefined;
}

function keyProblem(key: KeyObject): Refusal<UnfitFailure> | undefined {
  if (keyAlgorithm(key) !== undefined) return undefined;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const what =
    type === 'rsa'
      ? `an RSA key of ${details?.modulusLength ?? 0} bits`
      : type === 'ec'
        ? `a key on the curve ${details?.namedCurve ?? 'without a name'}`
        : `a key of the kind ${type ?? 'unknown'}`;
  return refused('key_not_accepted', `The certificate has ${what}. RSA with at least ${RSA_BITS_LEAST} bits and the curves P-256 and P-384 are taken.`);
}

/**
 * Why a certificate may not sign at an instant; undefined where it may.
 *
 * @param atInstant milliseconds since 1970
 */
export function unfitToSign(certificate: X509Certificate, atInstant: number): Refusal<UnfitFailure> | undefined {
  const key = keyProblem(certificate.publicKey);
  if (key !== undefined) return key;
  const { signerName, certificateNotBeforeInstant: from, certificateNotAfterInstant: until } = certificateFacts(certificate);
  const whose = `The certificate of ${signerName || 'an unnamed holder'}`;
  if (atInstant < from) {
    return refused('certificate_not_yet_valid', `${whose} is valid from ${instantWords(from)}, which is still to come. Check the clock of this machine, or use another certificate.`);
  }
  if (atInstant > until) {
    return refused('certificate_expired', `${whose} expired on ${instantWords(until)}. Have a new one issued, or make a new identity.`);
  }
  return undefined;
}
