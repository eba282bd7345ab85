/** What a certificate says it may be used for. Apart from what else is read of certificates, because only this needs the library. */
import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** RFC 5280, 4.2.1.3: a certificate without the extension may be used for anything; one with it only for what it names. */
export function maySign(certificate: X509Certificate): boolean {
  const usages = new x509.X509Certificate(certificate.raw).getExtension(x509.KeyUsagesExtension)?.usages;
  return usages === undefined || (usages & (x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation)) !== 0;
}
