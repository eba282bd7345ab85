/**
 * The private key under a pass phrase, bound to what the identity states, and the checksum of the identity file.
 *
 * scrypt (RFC 7914) with cost 2^17, block size 8: 128 MB and some tenths of a second for each try of a pass phrase.
 * AES-256-GCM takes the statement as additional data, so that a key does not open under another name or role.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import type { AuthorityFile, AuthorityStatement, EncryptedKey, IdentityFile, IdentityStatement } from './identity-file';

type KeyFile = IdentityFile | AuthorityFile;
type Statement = IdentityStatement | AuthorityStatement | KeyFile;

const SCRYPT_COST = 2 ** 17;
const SCRYPT_BLOCK_SIZE = 8;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

function derivedKey(passPhrase: string, parameters: Omit<EncryptedKey, 'ciphertextBase64' | 'tagBase64'>): Buffer {
  const { cost, blockSize, parallelization } = parameters;
  return scryptSync(passPhrase.normalize('NFC'), Buffer.from(parameters.saltBase64, 'base64'), KEY_BYTES, {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: 128 * cost * blockSize + 128 * blockSize * parallelization + 1024 * 1024,
  });
}

/** What a key is bound to: everything stated of its holder, so that none of it can be another under the same key. */
function boundData(statement: Statement): Buffer {
  const { format, formatVersion, name, algorithm, fingerprintSha256, createdInstant } = statement;
  if (format === 'tieout-authority') {
    return Buffer.from(JSON.stringify([format, formatVersion, name, algorithm, fingerprintSha256, createdInstant]));
  }
  const { email, role } = statement;
  const fields = [format, formatVersion, name, email, role, algorithm, fingerprintSha256, createdInstant];
  return Buffer.from(JSON.stringify(statement.formatVersion === 1 ? fields : [...fields, statement.origin]));
}

/** Encrypts a private key (PKCS #8, DER) under a pass phrase. */
export function encryptKey(privateKey: Uint8Array, passPhrase: string, statement: IdentityStatement | AuthorityStatement): EncryptedKey {
  const parameters = {
    derivation: 'scrypt',
    cost: SCRYPT_COST,
    blockSize: SCRYPT_BLOCK_SIZE,
    parallelization: 1,
    saltBase64: randomBytes(16).toString('base64'),
    cipher: 'aes-256-gcm',
    nonceBase64: randomBytes(12).toString('base64'),
  } as const;
  const key = derivedKey(passPhrase, parameters);
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(parameters.nonceBase64, 'base64'));
  cipher.setAAD(boundData(statement));
  const ciphertext = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  key.fill(0);
  return {
    ...parameters,
    ciphertextBase64: ciphertext.toString('base64'),
    tagBase64: cipher.getAuthTag().toString('base64'),
  };
}

/** Decrypts the private key; undefined when the pass phrase, or what the key is bound to, is another one. */
export function decryptKey(identity: KeyFile, passPhrase: string): Buffer | undefined {
  const { encryptedKey } = identity;
  const tag = Buffer.from(encryptedKey.tagBase64, 'base64');
  if (tag.length !== TAG_BYTES) return undefined;
  const key = derivedKey(passPhrase, encryptedKey);
  const nonce = Buffer.from(encryptedKey.nonceBase64, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundData(identity));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(Buffer.from(encryptedKey.ciphertextBase64, 'base64')), decipher.final()]);
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

type Unsummed<File> = File extends unknown ? Omit<File, 'checksumSha256'> : never;

/** SHA-256 over all fields of a file but the checksum itself, in a fixed order. */
export function identityChecksum(identity: Unsummed<KeyFile>): string {
  const key = identity.encryptedKey;
  const fields = [
    boundData(identity as KeyFile).toString('utf8'),
    identity.certificatePem,
    ...('chainPem' in identity ? [identity.chainPem] : []),
    key.derivation,
    key.cost,
    key.blockSize,
    key.parallelization,
    key.saltBase64,
    key.cipher,
    key.nonceBase64,
    key.ciphertextBase64,
    key.tagBase64,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
