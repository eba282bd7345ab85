/**
 * The audit pack: made of a locked period, verified as a whole, and what a workbook that was opened out of one says of it.
 */
import { z } from 'zod';
import type { ContractArea } from './call';
import { Verification } from './sign-off';
import { SigningPassPhrase } from './signing';

/** The pack that an open workbook came out of, as its signature vouches for it. */
export const PackOrigin = z.strictObject({
  /** The file's own name. */
  name: z.string(),
  periodCode: z.string(),
  /** Name and address of the certificate. */
  signer: z.string(),
  /** Of the certificate: SHA-256, hexadecimal. */
  fingerprint: z.string(),
  /** ISO 8601, by the signer's clock. */
  made: z.string(),
});
export type PackOrigin = z.infer<typeof PackOrigin>;

export const AuditPack = z.strictObject({
  path: z.string(),
  periodCode: z.string(),
  files: z.int(),
  bytes: z.int(),
  signer: z.string(),
  /** Of the certificate that it is signed with: SHA-256, hexadecimal. */
  fingerprint: z.string(),
  /** SHA-256 of MANIFEST.txt, hexadecimal: it names the pack as a whole. */
  manifestSha256: z.string(),
});
export type AuditPack = z.infer<typeof AuditPack>;

export const auditPackContract = {
  /** Writes the pack of a locked period to `path`. The workbook itself is only read. */
  'auditPack:make': {
    input: z.strictObject({ periodId: z.int(), fingerprint: z.string(), passPhrase: SigningPassPhrase, path: z.string().min(1) }),
    output: AuditPack,
    failures: ['period_missing', 'period_open', 'identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused', 'role_refused', 'backup_failed', 'pack_too_large', 'file_unwritable'],
    signs: true,
    long: true,
  },
  /** Verifies a pack by itself; `path` null: the one that the open workbook came out of. */
  'auditPack:verify': { input: z.strictObject({ path: z.string().min(1).nullable() }), output: Verification, failures: ['file_missing', 'not_a_pack'], long: true },
} as const satisfies ContractArea;
