/**
 * Reads PKCS #12 files (.p12, .pfx; RFC 7292): the private key, the certificate that belongs to it, and its issuers.
 *
 * A file of today is read by one library, one in older ciphers by another; which it is shows only in the reading.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { Pkcs12Contents } from './pkcs12-contents';
import { ITERATIONS_MAX, mostIterations } from './pkcs12-iterations';
import { openLegacy } from './pkcs12-legacy';
import { openModern } from './pkcs12-modern';

export interface Pkcs12Identity {
  readonly key: KeyObject;
  /** The certificate that belongs to the key, then the issuers that the file holds, nearest first. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
}

export type Pkcs12Failure = 'wrong_pass_phrase' | 'file_unreadable' | 'key_missing' | 'certificate_missing';

/** A file with a key, its certificate and a long chain has some ten thousand bytes. */
const FILE_BYTES_MAX = 1024 * 1024;
/** What both libraries say where the file's own check of the pass phrase fails. */
const ABOUT_PASS_PHRASE = /integrity|MAC could not be verified|invalid password|decrypt/i;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function opened(bytes: Uint8Array, passPhrase: string): Promise<Outcome<Pkcs12Contents, Pkcs12Failure>> {
  const said: string[] = [];
  for (const open of [openModern, openLegacy]) {
    try {
      return done(await open(bytes, passPhrase));
    } catch (error) {
      said.push(messageOf(error));
    }
  }
  if (said.some((each) => ABOUT_PASS_PHRASE.test(each))) {
    return refused('wrong_pass_phrase', 'The pass phrase does not open the file. It is the one that was set when the file was written, not that of an identity here.');
  }
  return refused('file_unreadable', 'The file is no PKCS #12 file that can be read (.p12 or .pfx with a key and its certificate). Export it again.');
}

/** Node reads certificates that others write badly; one that it cannot read is none of ours. */
function readable(certificates: readonly Uint8Array[]): X509Certificate[] {
  return certificates.flatMap((der) => {
    try {
      return [new X509Certificate(der)];
    } catch {
      return [];
    }
  });
}

function keysOf(contents: Pkcs12Contents): KeyObject[] {
  return contents.privateKeys.flatMap((der) => {
    try {
      return [createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })];
    } catch {
      return [];
    }
  });
}

/** A certificate and its issuers among others, nearest first; one that is signed by itself ends it. */
export function chainFrom(leaf: X509Certificate, others: readonly X509Certificate[]): [X509Certificate, ...X509Certificate[]] {
  const chain: [X509Certificate, ...X509Certificate[]] = [leaf];
  for (;;) {
    const last = chain.at(-1)!;
    const issuer = others.find(
      (each) => !chain.some((held) => held.fingerprint256 === each.fingerprint256) && last.checkIssued(each) && last.verify(each.publicKey),
    );
    if (issuer === undefined) return chain;
    chain.push(issuer);
  }
}

/** Reads a PKCS #12 file with its pass phrase, which may be empty. */
export async function readPkcs12(bytes: Uint8Array, passPhrase: string): Promise<Outcome<Pkcs12Identity, Pkcs12Failure>> {
  if (bytes.length > FILE_BYTES_MAX) {
    return refused('file_unreadable', `The file has ${bytes.length} bytes; a PKCS #12 file with one identity has far fewer than ${FILE_BYTES_MAX}.`);
  }
  const iterations = mostIterations(bytes);
  if (iterations > ITERATIONS_MAX) {
    return refused(
      'file_unreadable',
      `The file asks for its pass phrase to be hashed ${iterations} times; at most ${ITERATIONS_MAX} are done here. Export it again with fewer, as programs do by themselves.`,
    );
  }
  const contents = await opened(bytes, passPhrase);
  if (!contents.ok) return contents;
  const keys = keysOf(contents.value);
  if (keys.length === 0) return refused('key_missing', 'The file holds no private key that can be read, so nobody can sign with it. Export it again, with the private key.');
  const certificates = readable(contents.value.certificates);
  for (const key of keys) {
    const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
    if (leaf) return done({ key, chain: chainFrom(leaf, certificates) });
  }
  return refused('certificate_missing', 'The file holds a private key, but not the certificate that belongs to it. Export it again, with the certificate.');
}
