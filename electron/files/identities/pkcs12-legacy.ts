/**
 * Opens PKCS #12 files in the ciphers of older programs (RC2 with 40 bits, triple DES), by way of node-forge: WebCrypto has
 * neither. Nothing is ever written in them.
 */
import forge from 'node-forge';
import type { Pkcs12Contents } from './pkcs12-contents';

const derOf = (value: forge.asn1.Asn1): Uint8Array => Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary');

/** forge has no model for elliptic keys; such a bag holds its ASN.1 instead, which is the PKCS #8 or the certificate itself. */
interface PlainBag extends forge.pkcs12.Bag {
  readonly asn1: forge.asn1.Asn1;
}

/** @throws where the file is none, or the pass phrase is another */
export function openLegacy(bytes: Uint8Array, passPhrase: string): Pkcs12Contents {
  const parsed = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')));
  const bags = forge.pkcs12.pkcs12FromAsn1(parsed, false, passPhrase).safeContents.flatMap(({ safeBags }) => safeBags as PlainBag[]);
  const { keyBag, pkcs8ShroudedKeyBag, certBag } = forge.pki.oids;
  return {
    privateKeys: bags
      .filter(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag)
      .map(({ key, asn1 }) => derOf(key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1)),
    certificates: bags
      .filter(({ type }) => type === certBag)
      .map(({ cert, asn1 }) => derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1)),
  };
}
