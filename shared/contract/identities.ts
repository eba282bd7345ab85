/**
 * Identities and whom they lead to: made here, imported, issued by an authority; trusted roots; what is revoked.
 *
 * Private keys never pass through here. Pass phrases do, for one call each.
 */
import { z } from 'zod';
import { RevocationReason } from '../domain/revocation';
import { ROLES } from '../domain/terms';
import { type ContractArea, Nothing } from './call';

const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const NewPassPhrase = z.string().min(8).max(500);
const PassPhrase = z.string().max(500);
const FilePath = z.string().min(1);

export const IDENTITY_ALGORITHMS = ['rsa-3072', 'ecdsa-p256'] as const;
export const IdentityAlgorithm = z.enum(IDENTITY_ALGORITHMS);
export type IdentityAlgorithm = z.infer<typeof IdentityAlgorithm>;

/** A certificate of a person: of the workbook, of this machine, or both. */
export const Identity = z.strictObject({
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  fingerprint: Fingerprint,
  /** As in `rsa-3072`, `ecdsa-p256`. */
  algorithm: z.string(),
  /** Empty where only the workbook knows it. */
  origin: z.enum(['', 'made', 'imported', 'issued']),
  canSignHere: z.boolean(),
  inWorkbook: z.boolean(),
  validFromInstant: z.int(),
  validUntilInstant: z.int(),
  isExpired: z.boolean(),
  isSelfSigned: z.boolean(),
  /** Who issued it; its own name where it is signed by itself. */
  issuer: z.string(),
  /** The root that the workbook trusts and that vouches for it; empty where none does. */
  trustedBy: z.string(),
  revoked: z.strictObject({ fromInstant: z.int(), reason: RevocationReason, statedBy: z.string() }).nullable(),
});
export type Identity = z.infer<typeof Identity>;

export const Authority = z.strictObject({
  name: z.string(),
  fingerprint: Fingerprint,
  algorithm: z.string(),
  validUntilInstant: z.int(),
  isTrusted: z.boolean(),
});
export type Authority = z.infer<typeof Authority>;

export const TrustedRoot = z.strictObject({
  trustedRootId: z.int(),
  name: z.string(),
  fingerprint: Fingerprint,
  validUntilInstant: z.int(),
  trustedInstant: z.int(),
  trustedBy: z.string(),
  withdrawnInstant: z.int().nullable(),
  withdrawnBy: z.string(),
  withdrawnWhy: z.string(),
});
export type TrustedRoot = z.infer<typeof TrustedRoot>;

export const RevocationInput = z.strictObject({
  fingerprint: Fingerprint,
  /** From when on the certificate is not to be trusted. */
  fromInstant: z.int(),
  reason: RevocationReason,
  /** Opens the authority that issued it; empty for a certificate that is signed by itself. */
  authorityPassPhrase: PassPhrase,
});
export type RevocationInput = z.infer<typeof RevocationInput>;

const UNLOCK = ['wrong_pass_phrase', 'identity_damaged'] as const;
const OPEN = ['authority_missing', 'wrong_pass_phrase', 'authority_damaged'] as const;
const UNFIT = ['key_not_accepted', 'certificate_expired', 'certificate_not_yet_valid', 'certificate_not_for_signing'] as const;

export const identitiesContract = {
  /** Everything about identities that the workbook and this machine know. */
  'identities:list': {
    input: Nothing,
    output: z.strictObject({ identities: z.array(Identity), authorities: z.array(Authority), roots: z.array(TrustedRoot) }),
    failures: [],
  },
  /** Takes an identity from a PKCS #12 file; its key goes under the new pass phrase. */
  'identities:import': {
    input: z.strictObject({
      path: FilePath,
      filePassPhrase: PassPhrase,
      role: z.enum(ROLES),
      /** Where the certificate leaves them open; else empty. */
      name: z.string().trim().max(200),
      email: z.string().trim().max(254),
      passPhrase: NewPassPhrase,
    }),
    output: Identity,
    failures: [
      'file_missing', 'wrong_pass_phrase', 'file_unreadable', 'key_missing', 'certificate_missing', 'name_missing', 'email_invalid', 'pass_phrase_short', 'identity_exists', ...UNFIT,
    ],
    writes: true,
  },
  'identities:createAuthority': {
    input: z.strictObject({ name: z.string().trim().min(1).max(64), algorithm: IdentityAlgorithm, passPhrase: NewPassPhrase }),
    output: Authority,
    failures: ['name_missing', 'name_too_long', 'pass_phrase_short'],
    writes: true,
  },
  /** Issues a certificate to an identity of this machine, which takes it on. */
  'identities:issue': {
    input: z.strictObject({ authority: Fingerprint, authorityPassPhrase: PassPhrase, fingerprint: Fingerprint, passPhrase: PassPhrase }),
    output: Identity,
    failures: [...OPEN, 'identity_missing', 'identity_damaged', 'certificate_other', ...UNFIT],
    writes: true,
  },
  /** Writes a request for a certificate, for an authority elsewhere. */
  'identities:request': {
    input: z.strictObject({ fingerprint: Fingerprint, passPhrase: PassPhrase, path: FilePath }),
    output: z.strictObject({ path: z.string() }),
    failures: ['identity_missing', 'file_unwritable', ...UNLOCK],
  },
  /** Issues for a request that came as a file. */
  'identities:issueFor': {
    input: z.strictObject({ authority: Fingerprint, authorityPassPhrase: PassPhrase, requestPath: FilePath, path: FilePath }),
    output: z.strictObject({ path: z.string(), name: z.string(), email: z.string() }),
    failures: [...OPEN, 'file_missing', 'request_unreadable', 'key_not_accepted', 'file_unwritable'],
  },
  /** Takes on a certificate that was issued for a request of this machine. */
  'identities:accept': {
    input: z.strictObject({ path: FilePath, passPhrase: PassPhrase }),
    output: Identity,
    failures: ['file_missing', 'certificate_unreadable', 'identity_missing', 'certificate_other', ...UNLOCK, ...UNFIT],
    writes: true,
  },
  /** Trusts the root in a file, or that of an authority of this machine. */
  'identities:trustRoot': {
    input: z.union([z.strictObject({ path: FilePath }), z.strictObject({ authority: Fingerprint })]),
    output: TrustedRoot,
    failures: ['file_missing', 'certificate_unreadable', 'no_root', 'already_trusted', 'certificate_expired', 'authority_missing'],
    writes: true,
  },
  'identities:withdrawRoot': {
    input: z.strictObject({ trustedRootId: z.int(), why: z.string().trim().min(1).max(1000) }),
    output: TrustedRoot,
    failures: ['root_missing', 'already_withdrawn'],
    writes: true,
  },
  'identities:revoke': {
    input: RevocationInput,
    output: z.strictObject({ fingerprint: Fingerprint }),
    failures: ['certificate_missing', 'already_revoked', 'role_refused', ...OPEN],
    writes: true,
  },
  /** Writes the list of what an authority revoked, which openssl reads. */
  'identities:exportRevocations': {
    input: z.strictObject({ authority: Fingerprint, passPhrase: PassPhrase, path: FilePath }),
    output: z.strictObject({ path: z.string(), revoked: z.int() }),
    failures: ['file_unwritable', ...OPEN],
  },
  'identities:importRevocations': {
    input: z.strictObject({ path: FilePath }),
    output: z.strictObject({ authority: z.string(), revoked: z.int(), added: z.int() }),
    failures: ['file_missing', 'list_unreadable', 'issuer_not_trusted', 'list_older'],
    writes: true,
  },
} as const satisfies ContractArea;
