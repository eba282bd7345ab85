/**
 * A signature in a file of its own, as `openssl dgst -sha256 -verify` takes it: RSA PKCS #1 v1.5, or ECDSA in DER.
 */
import { verify, X509Certificate } from 'node:crypto';
import type { PackageSigner } from './signature-xml';

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** A number as DER writes it: no leading zeros, one before a number that would look negative (X.690, section 8.3). */
function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first === -1 ? Buffer.of(0) : Buffer.from(bytes.subarray(first));
  const body = short[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
  return Buffer.concat([Buffer.of(INTEGER, body.byteLength), body]);
}

/** The two numbers of an ECDSA signature as DER. Curves up to 384 bits, so that every length fits one byte. */
function ecdsaDer(signature: Uint8Array): Buffer {
  const half = signature.byteLength / 2;
  const body = Buffer.concat([integer(signature.subarray(0, half)), integer(signature.subarray(half))]);
  if (half > 48 || body.byteLength > 0x7f) throw new Error(`an ECDSA signature of ${signature.byteLength} bytes is not written here`);
  return Buffer.concat([Buffer.of(SEQUENCE, body.byteLength), body]);
}

/** Signs the bytes of a message. */
export function signDetached(signer: PackageSigner, message: Uint8Array): Uint8Array {
  const signature = signer.sign(message);
  return Uint8Array.from(signer.algorithm === 'rsa-sha256' ? signature : ecdsaDer(signature));
}

/** True when the key of the certificate signed exactly these bytes. False for damaged input too. */
export function verifyDetached(certificatePem: string, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', message, new X509Certificate(certificatePem).publicKey, signature);
  } catch {
    return false;
  }
}
