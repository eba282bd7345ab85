/**
 * The issuer of a certificate as a signature names it. Apart from what else is read of certificates, because only this needs the
 * certificate library, which takes longer to load than most commands take.
 */
import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Names that Office writes where the certificate library has another short name or none. */
const OFFICE_ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.1': 'E',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.4': 'SN',
  '2.5.4.42': 'G',
  '2.5.4.12': 'T',
  ST: 'S',
};

function quotedIfNeeded(value: string): string {
  return /[,+"<>;#=\\\n]|^\s|\s$/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}

/** The issuer in the order of the certificate, with E= for the e-mail address, as Office writes it in XAdES. */
export function issuerNameOf(certificate: X509Certificate): string {
  const names = new x509.X509Certificate(certificate.raw).issuerName.toJSON();
  return names
    .map((name) =>
      Object.entries(name)
        .flatMap(([key, values]) =>
          values.map((value) => `${OFFICE_ATTRIBUTE_NAMES[key] ?? key}=${quotedIfNeeded(value)}`),
        )
        .join(' + '),
    )
    .join(', ');
}
