/**
 * The shape of an identity on disk: who a person is, their certificate, and their private key under a pass phrase.
 *
 * One JSON file each. Making, unlocking and storing identities are the other files of this folder.
 */
import { z } from 'zod';
import { ROLES } from '@shared/domain/terms';

const RoleField = z.enum(ROLES);

export const IDENTITY_ALGORITHMS = ['rsa-3072', 'ecdsa-p256'] as const;
export const IdentityAlgorithm = z.enum(IDENTITY_ALGORITHMS);
export type IdentityAlgorithm = z.infer<typeof IdentityAlgorithm>;

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The private key (PKCS #8) under AES-256-GCM with a key that scrypt derives from the pass phrase (RFC 7914).
 * The bounds keep a forged file from asking for unbounded memory: 128 x cost x blockSize bytes.
 */
export const EncryptedKey = z.strictObject({
  derivation: z.literal('scrypt'),
  cost: z
    .int()
    .min(2 ** 15)
    .max(2 ** 20),
  blockSize: z.literal(8),
  parallelization: z.int().min(1).max(4),
  saltBase64: Base64,
  cipher: z.literal('aes-256-gcm'),
  nonceBase64: Base64,
  ciphertextBase64: Base64,
  tagBase64: Base64,
});
export type EncryptedKey = z.infer<typeof EncryptedKey>;

export const IdentityFile = z.strictObject({
  format: z.literal('tieout-identity'),
  formatVersion: z.literal(1),
  name: z.string().min(1).max(200),
  email: z.string().min(3).max(254),
  role: RoleField,
  algorithm: IdentityAlgorithm,
  certificatePem: z.string().max(20_000),
  fingerprintSha256: Sha256Hex,
  createdInstant: z.int(),
  encryptedKey: EncryptedKey,
  /** SHA-256 over all other fields; tells a damaged file from a wrong pass phrase. */
  checksumSha256: Sha256Hex,
});
export type IdentityFile = z.infer<typeof IdentityFile>;

/** What an identity states before its key and checksum are added; the key is bound to it. */
export type IdentityStatement = Omit<IdentityFile, 'encryptedKey' | 'checksumSha256'>;
