/** Text with certificates, requests or lists in it, as openssl and other programs write them (RFC 7468). */
import { X509Certificate } from 'node:crypto';

/** The blocks with one label, each whole, in the order of the text. */
export function pemBlocks(text: string, label: string): string[] {
  const block = new RegExp(`-----BEGIN ${label}-----[A-Za-z0-9+/=\\s]*?-----END ${label}-----`, 'g');
  return text.match(block) ?? [];
}

/** DER as a block of PEM with a label, 64 characters a line, with a line end. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * The certificates in a file: blocks of PEM, or one certificate in DER.
 *
 * @returns undefined where there is none, or one cannot be read
 */
export function certificatesIn(bytes: Uint8Array | string): X509Certificate[] | undefined {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
  const blocks = pemBlocks(text, 'CERTIFICATE');
  try {
    if (blocks.length > 0) return blocks.map((block) => new X509Certificate(block));
    return typeof bytes === 'string' ? undefined : [new X509Certificate(bytes)];
  } catch {
    return undefined;
  }
}
