/**
 * Opens PKCS #12 files as programs write them today (PBES2 with AES, RFC 8018), by way of pkijs and WebCrypto: RSA and
 * elliptic keys, any pass phrase. Older ciphers are not in WebCrypto: see `pkcs12-legacy.ts`.
 */
import { webcrypto } from 'node:crypto';
import * as pkijs from 'pkijs';
import type { Pkcs12Contents } from './pkcs12-contents';
import { ITERATIONS_MAX, mostIterations } from './pkcs12-iterations';

const OID = {
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
} as const;

/** What pkijs makes of the inside of a file; its own types leave these open. */
interface SafeBag {
  readonly bagId: string;
  readonly bagValue: {
    readonly parsedValue?: { toSchema(encodes?: boolean): { toBER(): ArrayBuffer } };
    toSchema(): { toBER(): ArrayBuffer };
    parseInternalValues?(parameters: { readonly password: ArrayBuffer }): Promise<void>;
  };
}

/** @throws where the file is none, its ciphers are older, or the pass phrase is another */
export async function openModern(bytes: Uint8Array, passPhrase: string): Promise<Pkcs12Contents> {
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto }));
  const password = Uint8Array.from(new TextEncoder().encode(passPhrase)).buffer;
  const file = pkijs.PFX.fromBER(Uint8Array.from(bytes).buffer);
  await file.parseInternalValues({ password, checkIntegrity: true });
  const safe = file.parsedValue?.authenticatedSafe;
  if (safe === undefined) throw new Error('the file holds nothing');
  await safe.parseInternalValues({
    safeContents: safe.safeContents.map(({ contentType }) => (contentType === OID.encryptedData ? { password } : {})),
  });
  const privateKeys: Uint8Array[] = [];
  const certificates: Uint8Array[] = [];
  const contents = safe.parsedValue.safeContents as readonly { readonly value: { readonly safeBags: readonly SafeBag[] } }[];
  for (const { bagId, bagValue } of contents.flatMap(({ value }) => value.safeBags)) {
    if (bagId === OID.shroudedKeyBag) {
      // A key that lay encrypted twice is seen only now.
      if (mostIterations(new Uint8Array(bagValue.toSchema().toBER())) > ITERATIONS_MAX) throw new Error('the key asks for too many iterations');
      await bagValue.parseInternalValues?.({ password });
      privateKeys.push(new Uint8Array(bagValue.parsedValue!.toSchema().toBER()));
    } else if (bagId === OID.keyBag) {
      privateKeys.push(new Uint8Array(bagValue.toSchema().toBER()));
    } else if (bagId === OID.certificateBag) {
      certificates.push(new Uint8Array(bagValue.parsedValue!.toSchema(true).toBER()));
    }
  }
  return { privateKeys, certificates };
}
