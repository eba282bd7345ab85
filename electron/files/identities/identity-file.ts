/**
 * The shape of an identity on disk: who a person is, their certificate with those of its issuers, and their private key
 * under a pass phrase. And of an authority, which issues certificates and is nobody.
 *
 * One JSON file each. Making, importing, unlocking and storing identities are the other files of this folder.
 */
import { z } from 'zod';
import { ROLES } from '@shared/domain/terms';

const RoleField = z.enum(ROLES);

/** What is made here; an imported key may be of other sizes, see `signing-key.ts`. */
export const IDENTITY_ALGORITHMS = ['rsa-3072', 'ecdsa-p256'] as const;
export const IdentityAlgorithm = z.enum(IDENTITY_ALGORITHMS);
export type IdentityAlgorithm = z.infer<typeof IdentityAlgorithm>;

/** How an identity came to be: made here and signed by itself, brought from a PKCS #12 file, issued by an authority. */
export const IDENTITY_ORIGINS = ['made', 'imported', 'issued'] as const;
export type IdentityOrigin = (typeof IDENTITY_ORIGINS)[number];

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const KeyAlgorithm = z.string().regex(/^(rsa-\d{4,5}|ecdsa-p(256|384))$/);

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

const PersonFields = {
  format: z.literal('tieout-identity'),
  name: z.string().min(1).max(200),
  email: z.string().min(3).max(254),
  role: RoleField,
};
const KeyFields = {
  certificatePem: z.string().max(20_000),
  fingerprintSha256: Sha256Hex,
  createdInstant: z.int(),
  encryptedKey: EncryptedKey,
  /** SHA-256 over all other fields; tells a damaged file from a wrong pass phrase. */
  checksumSha256: Sha256Hex,
};

const IdentityFile1 = z.strictObject({
  ...PersonFields,
  formatVersion: z.literal(1),
  algorithm: IdentityAlgorithm,
  ...KeyFields,
});
export const IdentityFile2 = z.strictObject({
  ...PersonFields,
  formatVersion: z.literal(2),
  algorithm: KeyAlgorithm,
  origin: z.enum(IDENTITY_ORIGINS),
  ...KeyFields,
  /** The certificates of the issuers as PEM, nearest first; empty where the certificate is signed by itself. */
  chainPem: z.string().max(100_000),
});

/** Format 2 keeps the chain and says where the identity is from; format 1 knew only what was made here. */
export const IdentityFile = z.discriminatedUnion('formatVersion', [IdentityFile1, IdentityFile2]);
export type IdentityFile = z.infer<typeof IdentityFile>;

/** An identity of the format that is written now. */
export type IdentityFile2 = z.infer<typeof IdentityFile2>;

/** What an identity states before its key and checksum are added; the key is bound to it. */
export type IdentityStatement = Omit<IdentityFile2, 'encryptedKey' | 'checksumSha256'>;

/** The certificates of an identity's issuers as PEM, nearest first; empty for one signed by itself. */
export const chainOf = (identity: IdentityFile): string => (identity.formatVersion === 1 ? '' : identity.chainPem);

export const originOf = (identity: IdentityFile): IdentityOrigin => (identity.formatVersion === 1 ? 'made' : identity.origin);

/** A firm's own small authority: it issues certificates and lists those that are revoked, and signs nothing else. */
export const AuthorityFile = z.strictObject({
  format: z.literal('tieout-authority'),
  formatVersion: z.literal(1),
  name: z.string().min(1).max(64),
  algorithm: IdentityAlgorithm,
  ...KeyFields,
});
export type AuthorityFile = z.infer<typeof AuthorityFile>;
export type AuthorityStatement = Omit<AuthorityFile, 'encryptedKey' | 'checksumSha256'>;
