/**
 * A request for a certificate (PKCS #10, RFC 2986): what leaves a person's machine so that an authority on another can issue
 * to them. The private key stays where it is.
 */
import 'reflect-metadata';
import { createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { distinguishedName, useNodeCrypto } from './certificate-making';
import { isCertificateEmail } from './keep-identity';
import { pemBlocks } from './pem';
import { keyAlgorithm } from './signing-key';

const CURVE_NAMES: Readonly<Record<string, string>> = { 'ecdsa-p256': 'P-256', 'ecdsa-p384': 'P-384' };

/** The request of a person for their own key, as PEM; signed by that key, which proves that they hold it. */
export async function writeRequest(person: { readonly name: string; readonly email: string }, key: KeyObject): Promise<string> {
  useNodeCrypto();
  const curve = CURVE_NAMES[keyAlgorithm(key) ?? ''];
  const algorithm = curve === undefined ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: curve, hash: 'SHA-256' };
  const keys = {
    privateKey: await webcrypto.subtle.importKey('pkcs8', key.export({ format: 'der', type: 'pkcs8' }), algorithm, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', createPublicKey(key).export({ format: 'der', type: 'spki' }), algorithm, true, ['verify']),
  } as CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: distinguishedName(person.name, person.email),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: person.email }])],
  });
  return `${request.toString('pem')}\n`;
}

export interface ReadRequest {
  readonly name: string;
  readonly email: string;
  readonly publicKey: KeyObject;
}

const first = (name: x509.Name, field: string): string => name.getField(field)[0] ?? '';

/** Who asks, and with which key; refused where the request was changed or its key is none that may sign. */
export async function readRequest(pem: string): Promise<Outcome<ReadRequest, 'request_unreadable' | 'key_not_accepted'>> {
  const [block] = pemBlocks(pem, '(?:NEW )?CERTIFICATE REQUEST');
  const unreadable = refused('request_unreadable', 'The file is no request for a certificate (PEM, -----BEGIN CERTIFICATE REQUEST-----), or it was changed. Have it written again.');
  if (block === undefined) return unreadable;
  useNodeCrypto();
  let request: x509.Pkcs10CertificateRequest;
  let publicKey: KeyObject;
  try {
    request = new x509.Pkcs10CertificateRequest(block.replaceAll('NEW CERTIFICATE', 'CERTIFICATE'));
    publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' });
    if (!(await request.verify())) return unreadable;
  } catch {
    return unreadable;
  }
  if (keyAlgorithm(publicKey) === undefined) {
    return refused('key_not_accepted', 'The request is for a key that does not sign here. RSA with at least 2048 bits and the curves P-256 and P-384 are taken.');
  }
  const alternative = request.extensions.find((each) => each instanceof x509.SubjectAlternativeNameExtension)?.names.items.find(({ type }) => type === 'email')?.value;
  const name = first(request.subjectName, 'CN').trim();
  const email = (alternative ?? first(request.subjectName, 'E')).trim();
  if (name === '' || !isCertificateEmail(email)) {
    return refused('request_unreadable', 'The request does not state a name and an e-mail address. Have it written again with both.');
  }
  return done({ name, email, publicKey });
}
